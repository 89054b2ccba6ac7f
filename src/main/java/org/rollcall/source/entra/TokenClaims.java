package org.rollcall.source.entra;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import org.rollcall.source.Permissions;

/// Decodes an access token. Clients have to treat tokens as opaque, so unreadable content is "unknown" and never an error.
final class TokenClaims {
    private TokenClaims() {}

    static Permissions permissions(String token) {
        JsonNode claims = claims(token);
        if (!claims.isObject()) {
            return new Permissions(Optional.empty(), false);
        }
        if (claims.hasNonNull("scp")) {
            return new Permissions(
                    Optional.of(Set.copyOf(Arrays.asList(claims.get("scp").asText().strip().split("\\s+")))), true);
        }
        var roles = new LinkedHashSet<String>();
        claims.path("roles").forEach(role -> roles.add(role.asText()));
        return new Permissions(Optional.of(Set.copyOf(roles)), false);
    }

    /// The claims of the token; a missing node if unreadable.
    static JsonNode claims(String token) {
        List<String> parts = List.of(token.split("\\.", -1));
        try {
            return parts.size() == 3
                    ? AnswerLimits.mapper().readTree(Base64.getUrlDecoder().decode(parts.get(1)))
                    : MissingNode.getInstance();
        } catch (IOException | IllegalArgumentException e) {
            return MissingNode.getInstance();
        }
    }
}
