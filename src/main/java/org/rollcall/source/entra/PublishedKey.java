package org.rollcall.source.entra;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// One signing key of a tenant, from its keys document (RFC 7517).
///
/// @param algorithm `alg`; null: RS256, which Entra leaves out
/// @param issuer    whose tokens it signs, `{tenantid}` standing for any tenant; null: not stated
record PublishedKey(String id, RSAPublicKey key, @Nullable String algorithm, @Nullable String issuer) {
    private static final int LEAST_BITS = 2048;

    /// The keys of a document that can verify an RSA signature; others are skipped.
    static List<PublishedKey> of(JsonNode document) {
        var keys = new ArrayList<PublishedKey>();
        for (JsonNode one : document.path("keys")) {
            PublishedKey key = read(one);
            if (key != null) {
                keys.add(key);
            }
        }
        return List.copyOf(keys);
    }

    private static @Nullable PublishedKey read(JsonNode one) {
        String id = one.path("kid").asText("");
        if (id.isEmpty() || !one.path("kty").asText("").equals("RSA") || !one.path("use").asText("sig").equals("sig")) {
            return null;
        }
        try {
            var spec = new RSAPublicKeySpec(number(one.path("n").asText("")), number(one.path("e").asText("")));
            var key = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec);
            return key.getModulus().bitLength() < LEAST_BITS
                    ? null
                    : new PublishedKey(id, key, one.hasNonNull("alg") ? one.get("alg").asText() : null,
                            one.hasNonNull("issuer") ? one.get("issuer").asText() : null);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return null;
        }
    }

    private static BigInteger number(String base64) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(base64));
    }

    /// Whether it may sign tokens of that algorithm and issuer.
    boolean isFor(String tokenAlgorithm, String tokenIssuer, String tenantId) {
        String means = algorithm == null ? "RS256" : algorithm;
        return means.equals(tokenAlgorithm)
                && (issuer == null || issuer.replace("{tenantid}", tenantId).equals(tokenIssuer));
    }
}
