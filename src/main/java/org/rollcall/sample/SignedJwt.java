package org.rollcall.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A JSON web token in its compact form: taken apart, not yet believed.
///
/// @param signed the part that the signature covers
/// @param signature the signature, base64url
record SignedJwt(JsonNode header, JsonNode claims, String signed, String signature) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /// Empty if the text has not the shape of a signed token.
    static Optional<SignedJwt> parse(String token) {
        int first = token.indexOf('.');
        int last = token.lastIndexOf('.');
        if (first <= 0 || last <= first + 1 || last == token.length() - 1 || token.indexOf('.', first + 1) != last) {
            return Optional.empty();
        }
        try {
            JsonNode header = MAPPER.readTree(Base64.getUrlDecoder().decode(token.substring(0, first)));
            JsonNode claims = MAPPER.readTree(Base64.getUrlDecoder().decode(token.substring(first + 1, last)));
            return header.isObject() && claims.isObject()
                    ? Optional.of(new SignedJwt(header, claims, token.substring(0, last), token.substring(last + 1)))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Whether this key made the signature; RS256 and PS256 are understood, everything else is refused.
    boolean isSignedBy(PublicKey key) {
        try {
            var verifier = signature(header.path("alg").asText());
            verifier.initVerify(key);
            verifier.update(signed.getBytes(StandardCharsets.US_ASCII));
            return verifier.verify(Base64.getUrlDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    String claim(String name) {
        return claims.path(name).asText("");
    }

    /// Signs; the header's `alg` must be RS256 or PS256.
    static String sign(ObjectNode header, ObjectNode claims, PrivateKey key) {
        return sign(header, claims.toString(), key);
    }

    static String sign(ObjectNode header, String claims, PrivateKey key) {
        try {
            String signed = encode(header.toString()) + "." + encode(claims);
            var signer = signature(header.path("alg").asText());
            signer.initSign(key);
            signer.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign a token", e);
        }
    }

    static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Signature signature(String algorithm) throws GeneralSecurityException {
        return switch (algorithm) {
            case "RS256" -> Signature.getInstance("SHA256withRSA");
            case "PS256" -> {
                var pss = Signature.getInstance("RSASSA-PSS");
                pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
                yield pss;
            }
            default -> throw new GeneralSecurityException("algorithm not accepted: " + algorithm);
        };
    }
}
