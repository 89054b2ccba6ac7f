package org.rollcall.sample;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.rollcall.sample.RegistrationEndpoints.Target;

/// `/v1.0/applications`: registrations and their credentials.
final class ApplicationEndpoints {
    /// Whom a proof of possession is addressed to.
    private static final String PROOF_AUDIENCE = "00000002-0000-0000-c000-000000000000";
    private static final Duration LONGEST_PROOF = Duration.ofMinutes(10);

    private final SampleIdentity.Settings settings;
    private final AppRegistry apps;
    private final RegistrationRights rights;
    private final ReplicationDelay delay;
    private final IdentityPolicies policies;
    private final Clock clock;

    ApplicationEndpoints(SampleIdentity.Settings settings, AppRegistry apps, RegistrationRights rights,
            ReplicationDelay delay, IdentityPolicies policies, Clock clock) {
        this.settings = settings;
        this.apps = apps;
        this.rights = rights;
        this.delay = delay;
        this.policies = policies;
        this.clock = clock;
    }

    SampleResponse handle(Target target, Caller caller) {
        if (target.isCollection()) {
            return collection(target, caller);
        }
        Registration app = find(target);
        String action = target.action();
        if (action == null) {
            return object(target, caller, app);
        }
        if (!target.is("POST")) {
            throw target.wrongMethod();
        }
        return switch (action) {
            case "addPassword" -> addPassword(target, caller, app);
            case "removePassword" -> removePassword(target, caller, app);
            case "addKey" -> addKey(target, caller, app);
            case "removeKey" -> removeKey(target, caller, app);
            default -> throw target.unknown();
        };
    }

    private Registration find(Target target) {
        String appId = target.appId();
        Optional<Registration> app = appId != null
                ? apps.application(appId).filter(a -> !a.firstParty())
                : apps.applicationByObjectId(String.valueOf(target.id()));
        return RegistrationEndpoints.found(app.filter(a -> delay.hasArrived("object " + a.objectId())), target);
    }

    private SampleResponse collection(Target target, Caller caller) {
        String origin = settings.origin().get();
        if (target.is("GET")) {
            rights.toRead(caller);
            return RegistrationQuery.list(target.request(), origin, target.path(), "applications",
                    apps.applications().stream().map(RegistrationJson::application).toList());
        }
        if (!target.is("POST")) {
            throw target.wrongMethod();
        }
        rights.toCreateApplication(caller);
        JsonNode body = target.body();
        ObjectNode properties = RegistrationJson.newApplicationProperties("");
        RegistrationJson.merge(properties, body);
        List<Registration.Secret> secrets = new ArrayList<>();
        for (JsonNode entry : body.path("passwordCredentials")) {
            secrets.add(newSecret(entry));
        }
        Set<String> owners = caller.objectId() == null ? Set.of() : Set.of(caller.objectId());
        var app = new Registration(UUID.randomUUID().toString(), UUID.randomUUID().toString(), clock.instant(), owners,
                false, properties, secrets, keys(body.path("keyCredentials"), List.of()));
        apps.put(app);
        for (String step : List.of("object " + app.objectId(), "reference " + app.appId(),
                "application " + app.appId())) {
            delay.created(step);
        }
        ObjectNode shown = RegistrationJson.application(app);
        if (!secrets.isEmpty()) {
            var list = shown.putArray("passwordCredentials");
            secrets.forEach(s -> list.add(RegistrationJson.secret(s, true)));
        }
        return RegistrationQuery.single(target.request(), 201, origin, "applications", shown);
    }

    private SampleResponse object(Target target, Caller caller, Registration app) {
        if (target.is("GET")) {
            rights.toRead(caller);
            ObjectNode shown = RegistrationJson.application(app);
            String select = target.request().query("$select");
            if (select != null && select.contains("keyCredentials")) {
                var list = shown.putArray("keyCredentials");
                app.keys().forEach(k -> list.add(RegistrationJson.key(k, true)));
            }
            return RegistrationQuery.single(target.request(), 200, settings.origin().get(), "applications", shown);
        }
        rights.toChange(caller, app);
        if (target.is("DELETE")) {
            apps.removeApplication(app.appId());
            return SampleResponse.empty(204);
        }
        if (!target.is("PATCH")) {
            throw target.wrongMethod();
        }
        JsonNode body = target.body();
        apps.update(app.appId(), current -> {
            ObjectNode properties = current.properties().deepCopy();
            RegistrationJson.merge(properties, body);
            Registration changed = current.withProperties(properties);
            if (body.has("keyCredentials")) {
                changed = changed.withKeys(keys(body.path("keyCredentials"), current.keys()));
            }
            return body.has("passwordCredentials")
                    ? changed.withSecrets(kept(body.path("passwordCredentials"), current.secrets()))
                    : changed;
        });
        return SampleResponse.empty(204);
    }

    /// The whole new collection: entries without a certificate must name one that is already there.
    private static List<Registration.Key> keys(JsonNode sent, List<Registration.Key> present) {
        var keys = new ArrayList<Registration.Key>();
        for (JsonNode entry : sent) {
            String keyId = entry.path("keyId").asText("");
            Optional<Registration.Key> known = present.stream().filter(k -> k.keyId().equals(keyId)).findFirst();
            keys.add(known.isPresent() ? known.get() : RegistrationJson.readKey(entry));
        }
        return keys;
    }

    private static List<Registration.Secret> kept(JsonNode sent, List<Registration.Secret> present) {
        var kept = new ArrayList<Registration.Secret>();
        for (JsonNode entry : sent) {
            kept.add(present.stream().filter(s -> s.keyId().equals(entry.path("keyId").asText())).findFirst()
                    .orElseThrow(() -> RegistrationJson.bad("New password credentials must be generated with service "
                            + "actions.")));
        }
        return kept;
    }

    private Registration.Secret newSecret(JsonNode entry) {
        if (policies.secretsForbidden()) {
            throw new GraphFault(403, "CredentialTypeNotAllowedAsPerAppPolicy",
                    "Credential type not allowed as per assigned policy.");
        }
        Instant now = clock.instant();
        Instant start = RegistrationJson.instant(entry, "startDateTime", now);
        Instant end = RegistrationJson.instant(entry, "endDateTime",
                now.atOffset(ZoneOffset.UTC).plusYears(2).toInstant());
        if (!end.isAfter(start)) {
            throw RegistrationJson.bad("Password credential end date is invalid.");
        }
        return new Registration.Secret(UUID.randomUUID().toString(), entry.path("displayName").asText(null),
                Handles.secretValue(), start, end);
    }

    private SampleResponse addPassword(Target target, Caller caller, Registration app) {
        rights.toChange(caller, app);
        Registration.Secret secret = newSecret(target.body().path("passwordCredential"));
        apps.update(app.appId(), a -> a.withSecrets(AppRegistry.plus(a.secrets(), secret)));
        delay.created("secret " + secret.keyId());
        return SampleResponse.json(200, RegistrationJson.secret(secret, true));
    }

    private SampleResponse removePassword(Target target, Caller caller, Registration app) {
        rights.toChange(caller, app);
        String keyId = target.body().path("keyId").asText("");
        if (app.secrets().stream().noneMatch(s -> s.keyId().equals(keyId))) {
            throw RegistrationJson.bad("No password credential found with keyId.");
        }
        apps.update(app.appId(),
                a -> a.withSecrets(a.secrets().stream().filter(s -> !s.keyId().equals(keyId)).toList()));
        return SampleResponse.empty(204);
    }

    private SampleResponse addKey(Target target, Caller caller, Registration app) {
        rights.toRollKeys(caller, app);
        JsonNode body = target.body();
        checkProof(app, body.path("proof").asText(""));
        Registration.Key key = RegistrationJson.readKey(body.path("keyCredential"));
        apps.update(app.appId(), a -> a.withKeys(AppRegistry.plus(a.keys(), key)));
        delay.created("key " + key.keyId());
        return SampleResponse.json(200, RegistrationJson.key(key, false));
    }

    private SampleResponse removeKey(Target target, Caller caller, Registration app) {
        rights.toRollKeys(caller, app);
        JsonNode body = target.body();
        checkProof(app, body.path("proof").asText(""));
        String keyId = body.path("keyId").asText("");
        if (app.keys().stream().noneMatch(k -> k.keyId().equals(keyId))) {
            throw RegistrationJson.bad("No key credential found with keyId.");
        }
        apps.update(app.appId(), a -> a.withKeys(a.keys().stream().filter(k -> !k.keyId().equals(keyId)).toList()));
        return SampleResponse.empty(204);
    }

    /// The caller must show that it holds a key that is registered already: a token signed with it, addressed to the
    /// directory, by the application object, good for ten minutes at most.
    private void checkProof(Registration app, String proof) {
        Instant now = settings.callersClock().instant();
        boolean good = SignedJwt.parse(proof).filter(jwt -> {
            Instant end = Instant.ofEpochSecond(jwt.claims().path("exp").asLong(0));
            Instant start = Instant.ofEpochSecond(jwt.claims().path("nbf").asLong(0));
            return jwt.claim("aud").equals(PROOF_AUDIENCE) && jwt.claim("iss").equals(app.objectId())
                    && end.isAfter(now) && !end.isAfter(now.plus(LONGEST_PROOF).plusSeconds(60))
                    && !start.isAfter(now.plusSeconds(60)) && app.keys().stream()
                            .anyMatch(k -> k.validAt(clock.instant())
                                    && jwt.isSignedBy(k.certificate().getPublicKey()));
        }).isPresent();
        if (!good) {
            throw new GraphFault(403, "Authentication_MissingOrMalformed",
                    "Access Token missing or malformed: the proof of possession is not valid.");
        }
    }
}
