package org.rollcall.sample;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// People whose ID tokens prove nothing, each in its own way: what a program that validates tokens must see through.
public final class SpoiledTokens {
    /// What is wrong with a token.
    public enum Kind {
        /// Not signed, and says so.
        ALG_NONE,
        /// HS256 with the public key as the secret.
        KEY_CONFUSED,
        /// Signed by somebody else in the name of the tenant's key.
        FORGED,
        /// Signed with a key that is not published.
        UNKNOWN_KEY,
        NO_KEY_ID,
        WRONG_AUDIENCE,
        WRONG_ISSUER,
        WRONG_TENANT,
        WRONG_NONCE,
        NO_NONCE,
        EXPIRED,
        NOT_YET_VALID,
        NO_OBJECT_ID,
        /// A claim comes twice, with two values.
        DUPLICATE_CLAIM,
        /// Longer than any real one.
        OVERSIZED,
        /// No JSON inside.
        GARBLED,
        /// None at all.
        MISSING;

        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final String NOBODY = "00000000-9999-4999-8999-999999999999";
    private static final int DAY = 86_400;

    private final Map<String, Kind> people = new ConcurrentHashMap<>();
    private final SigningKeys keys;

    SpoiledTokens(SigningKeys keys) {
        this.keys = keys;
    }

    /// Spoils one person's ID tokens from now on.
    public void spoil(String userName, Kind kind) {
        people.put(key(userName), kind);
    }

    /// The same by name, such as `alg-none`; an empty name makes the person's tokens good again.
    ///
    /// @throws IllegalArgumentException if there is no such way
    public void spoil(String userName, String kind) {
        if (kind.isEmpty()) {
            people.remove(key(userName));
            return;
        }
        spoil(userName, Arrays.stream(Kind.values()).filter(k -> k.text().equals(kind)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such way to spoil a token: " + kind + " (one of "
                        + String.join(", ", Arrays.stream(Kind.values()).map(Kind::text).toList()) + ")")));
    }

    /// Everybody's tokens are good again.
    public void clear() {
        people.clear();
    }

    private static String key(String userName) {
        return userName.strip().toLowerCase(Locale.ROOT);
    }

    /// The person's ID token; empty for none at all.
    String sign(String userName, ObjectNode claims) {
        Kind kind = people.get(key(userName));
        if (kind == null) {
            return keys.sign(claims);
        }
        return switch (kind) {
            case ALG_NONE -> unsigned(claims);
            case KEY_CONFUSED -> keyConfused(claims);
            case FORGED -> SignedJwt.sign(keys.header(), claims, stranger().getPrivate());
            case UNKNOWN_KEY -> SignedJwt.sign(keys.header().put("kid", "nobodys-key"), claims,
                    stranger().getPrivate());
            case NO_KEY_ID -> keys.sign(without("kid", keys.header()), claims);
            case DUPLICATE_CLAIM -> keys.signText(keys.header(),
                    claims.toString().replaceFirst("\\{", "{\"oid\":\"" + NOBODY + "\","));
            case OVERSIZED -> keys.sign(claims.put("groups", "x".repeat(200_000)));
            case GARBLED -> keys.signText(keys.header(), "not JSON at all");
            case MISSING -> "";
            default -> keys.sign(changed(kind, claims));
        };
    }

    private static ObjectNode changed(Kind kind, ObjectNode claims) {
        switch (kind) {
            case WRONG_AUDIENCE -> claims.put("aud", NOBODY);
            case WRONG_ISSUER -> claims.put("iss", claims.path("iss").asText().replace("localhost", "evil.example"));
            case WRONG_TENANT -> claims.put("tid", NOBODY);
            case WRONG_NONCE -> claims.put("nonce", "of-another-request");
            case NO_NONCE -> claims.remove("nonce");
            case EXPIRED -> shift(claims, -DAY);
            case NOT_YET_VALID -> shift(claims, DAY);
            case NO_OBJECT_ID -> claims.remove("oid");
            default -> throw new IllegalArgumentException(kind + " is not about claims");
        }
        return claims;
    }

    private static void shift(ObjectNode claims, long seconds) {
        List.of("iat", "nbf", "exp").forEach(name -> claims.put(name, claims.path(name).asLong() + seconds));
    }

    private static ObjectNode without(String name, ObjectNode header) {
        header.remove(name);
        return header;
    }

    private static String unsigned(ObjectNode claims) {
        return SignedJwt.encode(JsonNodeFactory.instance.objectNode().put("typ", "JWT").put("alg", "none").toString())
                + "." + SignedJwt.encode(claims.toString()) + ".";
    }

    private String keyConfused(ObjectNode claims) {
        try {
            String signed = SignedJwt.encode(keys.header().put("alg", "HS256").toString()) + "."
                    + SignedJwt.encode(claims.toString());
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(keys.current().getEncoded(), "HmacSHA256"));
            return signed + "." + Base64.getUrlEncoder().withoutPadding()
                    .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC is missing", e);
        }
    }

    private static KeyPair stranger() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("RSA is missing", e);
        }
    }
}
