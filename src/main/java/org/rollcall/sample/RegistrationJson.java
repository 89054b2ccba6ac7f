package org.rollcall.sample;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import org.rollcall.sample.ServicePrincipal.PermissionGrant;
import org.rollcall.sample.ServicePrincipal.RoleAssignment;

/// How Graph shows applications, service principals, assignments and grants, and what it accepts in them.
final class RegistrationJson {
    /// Properties of `application` that may be written; all others are unknown or read-only.
    private static final Set<String> WRITABLE = Set.of("displayName", "description", "signInAudience",
            "isFallbackPublicClient", "isDeviceOnlyAuthSupported", "publicClient", "web", "spa", "api",
            "requiredResourceAccess", "tags", "notes", "identifierUris", "appRoles", "groupMembershipClaims",
            "optionalClaims", "info", "serviceManagementReference", "addIns", "parentalControlSettings", "uniqueName");
    private static final DateTimeFormatter FINE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'")
            .withZone(ZoneOffset.UTC);
    private static final String MICROSOFT_SERVICES = "f8cdef31-a31e-4b4a-93e4-5f571e91255a";
    private static final Set<String> AUDIENCES = Set.of("AzureADMyOrg", "AzureADMultipleOrgs",
            "AzureADandPersonalMicrosoftAccount", "PersonalMicrosoftAccount");

    private RegistrationJson() {}

    static ObjectNode newApplicationProperties(String displayName) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("displayName", displayName).put("signInAudience", "AzureADMyOrg").putNull("description")
                .putNull("notes").putNull("isFallbackPublicClient").putNull("groupMembershipClaims")
                .putNull("uniqueName");
        node.putArray("identifierUris");
        node.putArray("tags");
        node.putArray("appRoles");
        node.putArray("requiredResourceAccess");
        node.putObject("publicClient").putArray("redirectUris");
        node.putObject("spa").putArray("redirectUris");
        ObjectNode web = node.putObject("web");
        web.putArray("redirectUris");
        web.putObject("implicitGrantSettings").put("enableAccessTokenIssuance", false).put("enableIdTokenIssuance",
                false);
        return node;
    }

    /// Takes the writable properties of `body` into `properties`.
    ///
    /// @throws GraphFault 400 for a property that does not exist or may not be written, or a value out of range
    static void merge(ObjectNode properties, JsonNode body) {
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            String name = field.getKey();
            if (name.startsWith("@odata.") || name.equals("keyCredentials") || name.equals("passwordCredentials")) {
                continue;
            }
            if (!WRITABLE.contains(name)) {
                throw bad("Property '" + name
                        + "' does not exist as a declared property or extension property or is read-only.");
            }
            properties.set(name, field.getValue().deepCopy());
        }
        String name = properties.path("displayName").asText("");
        if (name.isBlank() || name.length() > 256) {
            throw bad("Invalid value specified for property 'displayName' of resource 'Application'.");
        }
        if (!AUDIENCES.contains(properties.path("signInAudience").asText())) {
            throw bad("Invalid value specified for property 'signInAudience' of resource 'Application'.");
        }
        for (JsonNode resource : properties.path("requiredResourceAccess")) {
            for (JsonNode access : resource.path("resourceAccess")) {
                if (!Set.of("Role", "Scope").contains(access.path("type").asText())) {
                    throw bad("Invalid value specified for property 'resourceAccess' of resource 'Application'.");
                }
            }
        }
    }

    static ObjectNode application(Registration app) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", app.objectId()).put("appId", app.appId()).putNull("deletedDateTime")
                .put("createdDateTime", time(app.created()));
        node.setAll(app.properties());
        var keys = node.putArray("keyCredentials");
        app.keys().forEach(k -> keys.add(key(k, false)));
        var secrets = node.putArray("passwordCredentials");
        app.secrets().forEach(s -> secrets.add(secret(s, false)));
        return node;
    }

    /// @param revealed whether the value itself is shown, as only the answer to `addPassword` does
    static ObjectNode secret(Registration.Secret secret, boolean revealed) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.putNull("customKeyIdentifier").put("displayName", secret.displayName())
                .put("endDateTime", time(secret.end())).put("hint", secret.value().substring(0, 3))
                .put("keyId", secret.keyId()).put("secretText", revealed ? secret.value() : null)
                .put("startDateTime", time(secret.start()));
        return node;
    }

    /// @param whole whether the certificate is shown, as only `$select=keyCredentials` on a single application does
    static ObjectNode key(Registration.Key key, boolean whole) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("customKeyIdentifier", Base64.getEncoder()
                .encodeToString(CredentialCertificate.digest("SHA-1", key.certificate())))
                .put("displayName", key.displayName()).put("endDateTime", time(key.end()));
        try {
            node.put("key", whole ? Base64.getEncoder().encodeToString(key.certificate().getEncoded()) : null);
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
        return node.put("keyId", key.keyId()).put("startDateTime", time(key.start())).put("type", "AsymmetricX509Cert")
                .put("usage", "Verify");
    }

    static ObjectNode principal(ServicePrincipal principal, @Nullable Registration app, String tenantId) {
        boolean foreign = app == null || app.firstParty();
        String name = app == null ? "" : app.displayName();
        boolean graph = principal.appId().equals(PermissionCatalog.GRAPH_APP_ID);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", principal.objectId()).putNull("deletedDateTime").put("accountEnabled", principal.enabled())
                .put("appDisplayName", name).put("appId", principal.appId())
                .put("appOwnerOrganizationId", foreign ? MICROSOFT_SERVICES : tenantId)
                .put("appRoleAssignmentRequired", principal.assignmentRequired()).put("displayName", name)
                .put("servicePrincipalType", "Application").put("signInAudience",
                        app == null ? "AzureADMyOrg" : app.properties().path("signInAudience").asText("AzureADMyOrg"))
                .putNull("description").putNull("notes");
        node.putArray("alternativeNames");
        node.putArray("tags");
        node.putArray("servicePrincipalNames").add(principal.appId());
        node.putArray("keyCredentials");
        node.putArray("passwordCredentials");
        var replies = node.putArray("replyUrls");
        if (app != null) {
            app.redirectUris("publicClient").forEach(replies::add);
            app.redirectUris("web").forEach(replies::add);
        }
        node.set("appRoles", graph ? PermissionCatalog.appRoles() : JsonNodeFactory.instance.arrayNode());
        node.set("oauth2PermissionScopes", graph ? PermissionCatalog.scopes() : JsonNodeFactory.instance.arrayNode());
        node.setAll(principal.properties());
        return node;
    }

    static ObjectNode assignment(RoleAssignment assignment, String principalName, String resourceName) {
        return JsonNodeFactory.instance.objectNode().put("id", assignment.id()).putNull("deletedDateTime")
                .put("appRoleId", assignment.roleId()).put("createdDateTime", FINE.format(assignment.created()))
                .put("principalDisplayName", principalName).put("principalId", assignment.principalId())
                .put("principalType", assignment.principalType()).put("resourceDisplayName", resourceName)
                .put("resourceId", assignment.resourceId());
    }

    static ObjectNode grant(PermissionGrant grant) {
        return JsonNodeFactory.instance.objectNode().put("id", grant.id()).put("clientId", grant.clientId())
                .put("consentType", grant.consentType()).put("principalId", grant.principalId())
                .put("resourceId", grant.resourceId()).put("scope", String.join(" ", grant.scopes()));
    }

    /// One entry of a `keyCredentials` collection that a caller sent.
    ///
    /// @throws GraphFault 400 if it holds no certificate
    static Registration.Key readKey(JsonNode node) {
        String text = node.path("key").asText("");
        // Some clients send the text of a PEM file, encoded once more.
        var certificate = CredentialCertificate.decode(text).or(() -> fromPem(text))
                .orElseThrow(
                        () -> bad("Invalid value specified for property 'keyCredentials' of resource 'Application': "
                                + "Key credential must contain a valid certificate."));
        Instant start = instant(node, "startDateTime", certificate.getNotBefore().toInstant());
        Instant end = instant(node, "endDateTime", certificate.getNotAfter().toInstant());
        if (end.isAfter(certificate.getNotAfter().toInstant())) {
            throw bad("Key credential end date is invalid.");
        }
        return new Registration.Key(node.path("keyId").asText(UUID.randomUUID().toString()),
                node.path("displayName").asText(null), certificate, start, end);
    }

    private static java.util.Optional<java.security.cert.X509Certificate> fromPem(String base64) {
        try {
            String pem = new String(Base64.getDecoder().decode(base64), StandardCharsets.US_ASCII);
            return CredentialCertificate.decode(pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            return java.util.Optional.empty();
        }
    }

    static Instant instant(JsonNode node, String field, Instant otherwise) {
        String text = node.path(field).asText("");
        if (text.isEmpty() || text.equals("null")) {
            return otherwise;
        }
        try {
            return java.time.OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw bad("Invalid value specified for property '" + field + "'.");
        }
    }

    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static GraphFault bad(String message) {
        return new GraphFault(400, "Request_BadRequest", message);
    }

    static GraphFault notFound(String id) {
        return new GraphFault(404, "Request_ResourceNotFound", "Resource '" + id
                + "' does not exist or one of its queried reference-property objects are not present.");
    }
}
