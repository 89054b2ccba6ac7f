package org.rollcall.sample;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// An application registration. Immutable: changes make a new one.
///
/// @param objectId id of the `application` object
/// @param appId the client id
/// @param owners object ids of the people and service principals that own it
/// @param firstParty Microsoft's own: known to sign-in, but not among the tenant's `applications`
/// @param properties what Graph shows besides ids and credentials; never changed in place
record Registration(String objectId, String appId, Instant created, Set<String> owners, boolean firstParty,
        ObjectNode properties, List<Secret> secrets, List<Key> keys) {

    /// A client secret with its value, which Graph shows only once.
    record Secret(String keyId, @Nullable String displayName, String value, Instant start, Instant end) {
        Secret endingAt(Instant newEnd) {
            return new Secret(keyId, displayName, value, start, newEnd);
        }
    }

    /// A certificate that client assertions may be signed with.
    record Key(String keyId, @Nullable String displayName, X509Certificate certificate, Instant start, Instant end) {
        Key endingAt(Instant newEnd) {
            return new Key(keyId, displayName, certificate, start, newEnd);
        }

        boolean validAt(Instant now) {
            return !now.isBefore(start) && now.isBefore(end);
        }
    }

    Registration {
        owners = Set.copyOf(owners);
        secrets = List.copyOf(secrets);
        keys = List.copyOf(keys);
    }

    String displayName() {
        return properties.path("displayName").asText();
    }

    /// Whether people may sign in through it without the application proving itself ("Allow public client flows").
    boolean allowsPublicClient() {
        return properties.path("isFallbackPublicClient").asBoolean(false);
    }

    Registration withProperties(ObjectNode changed) {
        return new Registration(objectId, appId, created, owners, firstParty, changed, secrets, keys);
    }

    Registration withSecrets(List<Secret> changed) {
        return new Registration(objectId, appId, created, owners, firstParty, properties, changed, keys);
    }

    Registration withKeys(List<Key> changed) {
        return new Registration(objectId, appId, created, owners, firstParty, properties, secrets, changed);
    }

    /// Redirect URIs of one kind: `publicClient`, `web` or `spa`.
    List<String> redirectUris(String kind) {
        var uris = new ArrayList<String>();
        for (JsonNode uri : properties.path(kind).path("redirectUris")) {
            uris.add(uri.asText());
        }
        return uris;
    }

    /// Ids of the Graph permissions that the registration asks for, of type `Role` or `Scope`.
    List<String> requiredGraphAccess(String type) {
        var ids = new ArrayList<String>();
        for (JsonNode resource : properties.path("requiredResourceAccess")) {
            if (resource.path("resourceAppId").asText().equals(PermissionCatalog.GRAPH_APP_ID)) {
                for (JsonNode access : resource.path("resourceAccess")) {
                    if (access.path("type").asText().equals(type)) {
                        ids.add(access.path("id").asText());
                    }
                }
            }
        }
        return ids;
    }
}
