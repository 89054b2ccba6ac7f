package org.rollcall.sample;

import java.net.URI;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// A `scope` parameter, understood: which Graph permissions are asked for, and which of OpenID's own.
///
/// @param permissions delegated Graph permissions by name, without OpenID's
/// @param openId those of `openid`, `profile`, `email`, `offline_access` that were asked for
/// @param everything whether `.default` was asked for: all that is granted
record RequestedScopes(Set<String> permissions, Set<String> openId, boolean everything) {
    static final Set<String> OPEN_ID = Set.of("openid", "profile", "email", "offline_access");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /// Reads the parameter.
    ///
    /// @param origin the sample tenant's own origin, which is a valid name of its Graph beside `graph.microsoft.com`
    /// @throws AadError 70011 for a scope that does not exist, 500011 for a resource that is not in the tenant
    static RequestedScopes parse(String parameter, String origin, String organization) {
        if (parameter.isBlank()) {
            throw AadError.of(900144, "scope");
        }
        var permissions = new TreeSet<String>();
        var openId = new TreeSet<String>();
        boolean everything = false;
        for (String scope : BLANKS.splitAsStream(parameter.strip()).toList()) {
            String name = scope;
            int slash = scope.lastIndexOf('/');
            if (slash > 0) {
                String resource = scope.substring(0, slash);
                name = scope.substring(slash + 1);
                if (!isGraph(resource, origin)) {
                    throw AadError.of(500011, resource, organization);
                }
            }
            if (name.equals(".default")) {
                everything = true;
            } else if (OPEN_ID.contains(name)) {
                openId.add(name);
            } else {
                permissions.add(PermissionCatalog.scope(name).orElseThrow(() -> AadError.of(70011, scope)));
            }
        }
        if (everything && !permissions.isEmpty()) {
            throw AadError.of(70011, parameter);
        }
        return new RequestedScopes(permissions, openId, everything);
    }

    private static boolean isGraph(String resource, String origin) {
        String trimmed = resource.endsWith("/") ? resource.substring(0, resource.length() - 1) : resource;
        if (trimmed.equals("https://graph.microsoft.com") || trimmed.equals(PermissionCatalog.GRAPH_APP_ID)) {
            return true;
        }
        try {
            // Clients derive the resource from the Graph host, some with the port and some without.
            URI uri = URI.create(trimmed);
            String host = uri.getHost();
            return "https".equals(uri.getScheme()) && host != null
                    && (host.equals(URI.create(origin).getHost()) || host.equals("127.0.0.1"))
                    && (uri.getPath() == null || uri.getPath().isEmpty());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
