package org.rollcall.source.entra;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.Endpoint;
import org.rollcall.source.FoundTenant;
import org.rollcall.text.Words;

/// Looks up the tenant of a name in the two public documents of the login service: the OpenID metadata, whose issuer contains
/// the tenant's id, and the user realm of a domain, which may contain the organization's name.
///
/// Source: learn.microsoft.com/entra/identity-platform/v2-protocols-oidc, "Fetch the OpenID configuration document".
final class TenantLookup implements AutoCloseable {
    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final int UNKNOWN_TENANT = 90002;

    private final Endpoint endpoint;
    private final HttpUrl login;
    private final NetworkErrors network;
    private final OkHttpClient client;

    private record Answer(int status, @Nullable JsonNode json) {}

    TenantLookup(Endpoint endpoint) {
        this.endpoint = endpoint;
        ProxyAddress proxy = endpoint.proxyUrl() == null ? null : ProxyAddress.parse(endpoint.proxyUrl());
        login = HttpUrl.get(endpoint.authorityUrl());
        network = new NetworkErrors(login.host(), proxy);
        client = HttpClients.forLogin(EntraSignIn.unproved(endpoint, ""), proxy);
    }

    /// @throws RollcallException OFFLINE, REFUSED
    Optional<FoundTenant> find() {
        Answer answer = get(login.newBuilder().addPathSegment(endpoint.tenant())
                .addPathSegments("v2.0/.well-known/openid-configuration").build());
        JsonNode json = answer.json;
        if (json == null) {
            throw new RollcallException(ErrorKind.REFUSED, "entra.not-json",
                    Words.of("directory.entra.not-json", login.host(), answer.status),
                    Words.of("directory.entra.not-json.remedy"),
                    Map.of("status", Integer.toString(answer.status)), null);
        }
        Matcher id = GUID.matcher(json.path("issuer").asText(""));
        if (answer.status == 200 && id.find()) {
            return Optional.of(new FoundTenant(id.group(), name()));
        }
        String description = json.path("error_description").asText("");
        if (answer.status < 500 && (AadErrors.number(description) == UNKNOWN_TENANT
                || json.path("error").asText("").equals("invalid_tenant"))) {
            return Optional.empty();
        }
        throw new RollcallException(ErrorKind.OFFLINE, "entra.unavailable",
                Words.of("directory.entra.unavailable.tenantLookup", answer.status),
                Words.of("directory.entra.unavailable.tenantLookup.remedy"));
    }

    /// Optional: if it fails, the id is known.
    private @Nullable String name() {
        if (GUID.matcher(endpoint.tenant()).matches()) {
            return null;
        }
        try {
            Answer answer = get(login.newBuilder().addPathSegments("common/userrealm")
                    .addPathSegment("rollcall@" + endpoint.tenant()).addQueryParameter("api-version", "2.1").build());
            String name = answer.json == null ? "" : answer.json.path("FederationBrandName").asText("").strip();
            return name.isEmpty() ? null : name;
        } catch (RollcallException e) {
            return null;
        }
    }

    private Answer get(HttpUrl url) {
        try (Response response = client.newCall(new Request.Builder().url(url).build()).execute()) {
            return new Answer(response.code(),
                    json(AnswerLimits.text(response.body(), AnswerLimits.SMALL_BYTES)));
        } catch (IOException e) {
            RuntimeException unusable = AnswerFaults.of(e, login.host());
            RuntimeException meaning = unusable == null ? network.of(e, false) : unusable;
            throw meaning instanceof TransientFault fault ? fault.outcome() : meaning;
        }
    }

    private static @Nullable JsonNode json(String body) {
        try {
            JsonNode node = AnswerLimits.mapper().readTree(body);
            return node != null && node.isObject() ? node : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    @Override
    public void close() {
        HttpClients.close(client);
    }
}
