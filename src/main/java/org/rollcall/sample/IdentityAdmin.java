package org.rollcall.sample;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/// The switches of the identity half, over HTTPS, for tools outside the process.
///
/// - `POST /admin/devicecode` `{"user_code":"...","action":"approve"|"decline","user":"UPN"}`: what a person does at
///   `/devicelogin`. 204, or 404 for a code that does not wait, or the refusal as Entra would show it.
/// - `POST /admin/identity`: an object with any of
///   `app` (client id; default: the application registered from the start),
///   `roles` (array: exactly these application permissions), `grant`, `revoke` (arrays of application permissions),
///   `scopes` (array: exactly these delegated permissions, for everyone), `enabled`, `assignmentRequired`, `publicClient`
///   (booleans), `expireSecrets`, `expireCertificates` (true), `addSecret` (value, good for 180 days),
///   `blockDeviceCode`, `blockPasswordGrant`, `mfaForEveryone`, `mfaForRegistered`, `userConsent`, `userRegistration`,
///   `forbidSecrets` (booleans), `revokeSessions`, `expirePassword` (user names), `replicationCalls` (number),
///   `setPassword` (object: user name to password), `refuse` (object: user name to AADSTS number, 0 for no longer),
///   `spoilTokens` (object: user name to a kind of [SpoiledTokens] such as `alg-none`, empty for no longer),
///   `federate` (object: domain to boolean), `rotateKeys`, `retireKeys` (true),
///   `breakLogin` (object: end of a path to a fault of [LoginFaults] such as `html`, empty for no longer). 204.
final class IdentityAdmin {
    private final SampleIdentity identity;
    private final String clientId;

    IdentityAdmin(SampleIdentity identity, String clientId) {
        this.identity = identity;
        this.clientId = clientId;
    }

    SampleResponse handle(String path, SampleRequest request) {
        if (!request.method().equalsIgnoreCase("POST")) {
            return SampleResponse.empty(405);
        }
        try {
            JsonNode body = request.json();
            if (path.equals("/admin/devicecode")) {
                return deviceCode(body);
            }
            for (Map.Entry<String, JsonNode> field : body.properties()) {
                apply(body.path("app").asText(clientId), field.getKey(), field.getValue());
            }
            return SampleResponse.empty(204);
        } catch (AadError e) {
            throw e;
        } catch (RuntimeException e) {
            return SampleResponse.json(400,
                    JsonNodeFactory.instance.objectNode().put("error", String.valueOf(e.getMessage())));
        }
    }

    private SampleResponse deviceCode(JsonNode body) {
        String userCode = body.path("user_code").asText("");
        try {
            if ("decline".equals(body.path("action").asText("approve"))) {
                identity.declineDeviceCode(userCode);
            } else {
                identity.approveDeviceCode(userCode, body.path("user").asText(""));
            }
            return SampleResponse.empty(204);
        } catch (AadError e) {
            if (e.number() == 70018) {
                return SampleResponse.json(404,
                        JsonNodeFactory.instance.objectNode().put("error", "no such code is waiting"));
            }
            throw e;
        }
    }

    private void apply(String app, String name, JsonNode value) {
        AppRegistry apps = identity.apps();
        IdentityPolicies policies = identity.policies();
        switch (name) {
            case "app" -> {
                // Says whom the other fields are about.
            }
            case "roles" -> apps.setRoles(app, names(value));
            case "grant" -> names(value).forEach(role -> apps.grantRole(app, role));
            case "revoke" -> names(value).forEach(role -> apps.revokeRole(app, role));
            case "scopes" -> {
                apps.revokeScopes(app);
                apps.grantScopes(app, names(value));
            }
            case "enabled" -> apps.setEnabled(app, value.asBoolean());
            case "assignmentRequired" -> apps.setAssignmentRequired(app, value.asBoolean());
            case "publicClient" -> apps.setPublicClient(app, value.asBoolean());
            case "expireSecrets" -> apps.expireSecrets(app);
            case "expireCertificates" -> apps.expireCertificates(app);
            case "addSecret" -> apps.addSecret(app, value.asText(), identity.inDays(180));
            case "blockDeviceCode" -> policies.setDeviceCodeBlocked(value.asBoolean());
            case "blockPasswordGrant" -> policies.setPasswordGrantBlocked(value.asBoolean());
            case "mfaForEveryone" -> policies.setMfaForEveryone(value.asBoolean());
            case "mfaForRegistered" -> policies.setMfaForRegistered(value.asBoolean());
            case "userConsent" -> policies.setUserConsentAllowed(value.asBoolean());
            case "userRegistration" -> policies.setUserRegistrationAllowed(value.asBoolean());
            case "forbidSecrets" -> policies.setSecretsForbidden(value.asBoolean());
            case "revokeSessions" -> names(value).forEach(identity::revokeSessions);
            case "expirePassword" -> names(value).forEach(identity.passwords()::expirePassword);
            case "setPassword" -> pairs(value, (user, one) -> identity.passwords().setPassword(user, one.asText()));
            case "refuse" -> pairs(value, (user, one) -> identity.passwords().refuse(user, one.asInt()));
            case "spoilTokens" -> pairs(value, (user, one) -> identity.spoiledTokens().spoil(user, one.asText()));
            case "federate" -> pairs(value, (domain, one) -> identity.federate(domain, one.asBoolean()));
            case "rotateKeys" -> identity.signingKeys().rotate();
            case "retireKeys" -> identity.signingKeys().retire();
            case "breakLogin" -> pairs(value, (path, one) -> identity.loginFaults().set(path, one.asText()));
            case "replicationCalls" -> identity.replicationDelay().setCalls(value.asInt());
            default -> throw new IllegalArgumentException("unknown switch: " + name);
        }
    }

    private static void pairs(JsonNode value, BiConsumer<String, JsonNode> each) {
        value.properties().forEach(pair -> each.accept(pair.getKey(), pair.getValue()));
    }

    private static Set<String> names(JsonNode value) {
        var names = new TreeSet<String>();
        if (value.isTextual()) {
            names.add(value.asText());
        }
        value.forEach(v -> names.add(v.asText()));
        return names;
    }
}
