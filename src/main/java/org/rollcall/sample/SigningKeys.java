package org.rollcall.sample;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The keys the tenant signs its tokens with. The newest one signs; older ones stay published so that tokens issued
/// before a [#rotate()] remain good, as Entra does it.
public final class SigningKeys {
    private record Key(String id, KeyPair pair) {}

    private final List<Key> keys = new CopyOnWriteArrayList<>();

    SigningKeys() {
        rotate();
    }

    /// Starts to sign with a new key.
    public void rotate() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            keys.addFirst(
                    new Key(CredentialCertificate.thumbprint("SHA-1", pair.getPublic().getEncoded(), true), pair));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("RSA is missing", e);
        }
    }

    /// Withdraws all keys but the newest: tokens that older ones signed are no longer good.
    public void retire() {
        keys.retainAll(List.of(keys.getFirst()));
    }

    String sign(ObjectNode claims) {
        return sign(header(), claims);
    }

    String sign(ObjectNode header, ObjectNode claims) {
        return SignedJwt.sign(header, claims, keys.getFirst().pair.getPrivate());
    }

    /// Signs a text in place of claims.
    String signText(ObjectNode header, String claims) {
        return SignedJwt.sign(header, claims, keys.getFirst().pair.getPrivate());
    }

    /// The header of a token that the newest key signs.
    ObjectNode header() {
        Key key = keys.getFirst();
        ObjectNode header = JsonNodeFactory.instance.objectNode();
        return header.put("typ", "JWT").put("alg", "RS256").put("x5t", key.id).put("kid", key.id);
    }

    /// The newest key's public half.
    PublicKey current() {
        return keys.getFirst().pair.getPublic();
    }

    /// The token taken apart, if one of these keys signed it.
    Optional<SignedJwt> verify(String token) {
        return SignedJwt.parse(token).filter(jwt -> keys.stream()
                .anyMatch(k -> k.id.equals(jwt.header().path("kid").asText()) && jwt.isSignedBy(k.pair.getPublic())));
    }

    /// The key document (JWKS).
    ObjectNode document(String issuer) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        var list = document.putArray("keys");
        for (Key key : keys) {
            var rsa = (RSAPublicKey) key.pair.getPublic();
            list.addObject().put("kty", "RSA").put("use", "sig").put("alg", "RS256").put("kid", key.id)
                    .put("x5t", key.id).put("n", base64(rsa.getModulus())).put("e", base64(rsa.getPublicExponent()))
                    .put("issuer", issuer);
        }
        return document;
    }

    private static String base64(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int from = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder().withoutPadding()
                .encodeToString(java.util.Arrays.copyOfRange(bytes, from, bytes.length));
    }
}
