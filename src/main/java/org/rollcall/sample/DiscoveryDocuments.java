package org.rollcall.sample;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The documents that clients read before they sign in.
final class DiscoveryDocuments {
    private final SampleIdentity.Settings settings;
    private final TokenIssuer issuer;
    private final Set<String> federated = ConcurrentHashMap.newKeySet();

    DiscoveryDocuments(SampleIdentity.Settings settings, TokenIssuer issuer) {
        this.settings = settings;
        this.issuer = issuer;
    }

    /// Lets a server of the organization prove the passwords of a domain's people, or no longer.
    void federate(String domain, boolean on) {
        if (on) {
            federated.add(domain.toLowerCase(Locale.ROOT));
        } else {
            federated.remove(domain.toLowerCase(Locale.ROOT));
        }
    }

    /// Instance discovery. The preferred cache is named with its port: msal4j keeps tokens under that name, and without
    /// the port never finds them again. The preferred network goes without, since msal4j adds the authority's port itself.
    ObjectNode instances() {
        String origin = settings.origin().get();
        URI uri = URI.create(origin);
        String host = uri.getHost();
        String authority = uri.getAuthority();
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("tenant_discovery_endpoint",
                origin + "/" + settings.tenantId() + "/v2.0/.well-known/openid-configuration");
        document.put("api-version", "1.1");
        ObjectNode entry = document.putArray("metadata").addObject();
        entry.put("preferred_network", host).put("preferred_cache", authority);
        var aliases = entry.putArray("aliases").add(host);
        if (!host.equals(authority)) {
            aliases.add(authority);
        }
        return document;
    }

    /// The answer to `/common/discovery/instance`, which refuses authorities of other hosts.
    SampleResponse instances(Map<String, String> query) {
        String asked = query.getOrDefault("authorization_endpoint", "");
        try {
            String host = URI.create(asked).getHost();
            if (host != null && !host.equals(URI.create(settings.origin().get()).getHost())) {
                ObjectNode error = JsonNodeFactory.instance.objectNode();
                error.put("error", "invalid_instance").put("error_description",
                        "AADSTS50049: Unknown or invalid instance.");
                error.putArray("error_codes").add(50049);
                return SampleResponse.json(400, error);
            }
        } catch (IllegalArgumentException e) {
            return SampleResponse.json(400, JsonNodeFactory.instance.objectNode().put("error", "invalid_request"));
        }
        return SampleResponse.json(200, instances());
    }

    /// OpenID metadata of the tenant.
    ObjectNode openId(String tenant) {
        String base = settings.origin().get() + "/" + tenant;
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("token_endpoint", base + "/oauth2/v2.0/token");
        document.putArray("token_endpoint_auth_methods_supported").add("client_secret_post").add("private_key_jwt");
        document.put("jwks_uri", base + "/discovery/v2.0/keys");
        document.putArray("response_modes_supported").add("query").add("fragment").add("form_post");
        document.putArray("subject_types_supported").add("pairwise");
        document.putArray("id_token_signing_alg_values_supported").add("RS256");
        document.putArray("response_types_supported").add("code");
        document.putArray("scopes_supported").add("openid").add("profile").add("email").add("offline_access");
        document.put("issuer", issuer.issuer());
        document.put("request_uri_parameter_supported", false);
        document.put("authorization_endpoint", base + "/oauth2/v2.0/authorize");
        document.put("device_authorization_endpoint", base + "/oauth2/v2.0/devicecode");
        document.put("http_logout_supported", true);
        document.putArray("claims_supported").add("sub").add("iss").add("aud").add("exp").add("iat").add("nonce")
                .add("preferred_username").add("name").add("tid").add("ver").add("email");
        document.put("tenant_region_scope", "EU").put("cloud_instance_name", "microsoftonline.com")
                .put("msgraph_host", URI.create(settings.origin().get()).getAuthority());
        return document;
    }

    /// Whether a user name belongs to the tenant (`Managed`) or to nobody known.
    /// Version 2 says it in other words, with the organisation's name.
    ObjectNode userRealm(String userName, String version) {
        int at = userName.lastIndexOf('@');
        String domain = at < 0 ? "" : userName.substring(at + 1).toLowerCase(Locale.ROOT);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        if (version.startsWith("2")) {
            document.put("Login", userName);
            return settings.domains().contains(domain)
                    ? document.put("NameSpaceType", "Managed").put("DomainName", domain)
                            .put("FederationBrandName", settings.organization())
                            .put("CloudInstanceName", "microsoftonline.com")
                    : document.put("NameSpaceType", "Unknown");
        }
        document.put("ver", "1.0");
        if (federated.contains(domain)) {
            String server = "https://sts." + domain;
            document.put("account_type", "Federated").put("domain_name", domain).put("federation_protocol", "WSTrust")
                    .put("federation_metadata_url", server + "/adfs/services/trust/mex")
                    .put("federation_active_auth_url", server + "/adfs/services/trust/2005/usernamemixed")
                    .put("cloud_instance_name", "microsoftonline.com")
                    .put("cloud_audience_urn", "urn:federation:MicrosoftOnline");
        } else if (settings.domains().contains(domain)) {
            document.put("account_type", "Managed").put("domain_name", domain)
                    .put("cloud_instance_name", "microsoftonline.com")
                    .put("cloud_audience_urn", "urn:federation:MicrosoftOnline");
        } else {
            document.put("account_type", "Unknown");
        }
        return document;
    }
}
