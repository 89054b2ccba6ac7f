package org.rollcall.connect;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// Parses a tenant given as GUID, domain, address of one of its people, or a pasted link of the portal or the login service;
/// and parses origins.
public final class TenantAddress {
    private static final String GUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private static final Pattern DOMAIN = Pattern
            .compile("(?i)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+");
    private static final Pattern NAMED_GUID = Pattern.compile("(?i)(?:tenantid|tid)(?:/|=|~/|%22:%22)(" + GUID + ")");
    private static final Set<String> EVERYBODY = Set.of("common", "organizations", "consumers");

    private TenantAddress() {}

    static boolean isGuid(String text) {
        return text.matches(GUID);
    }

    /// The GUID or the domain, lower case.
    ///
    /// @throws RollcallException INPUT
    public static String tenant(String typed) {
        String text = typed.strip();
        if (text.regionMatches(true, 0, "https://", 0, 8) || text.regionMatches(true, 0, "http://", 0, 7)) {
            text = fromUrl(text);
        } else if (text.indexOf('@') >= 0) {
            text = text.substring(text.lastIndexOf('@') + 1);
        }
        if (EVERYBODY.contains(text.toLowerCase(Locale.ROOT))) {
            throw RollcallException.input("tenant.everybody", Words.of("connect.tenant.everybody", text),
                    Words.of("connect.tenant.everybody.remedy"));
        }
        if (isGuid(text) || DOMAIN.matcher(text).matches()) {
            return text.toLowerCase(Locale.ROOT);
        }
        throw RollcallException.input("tenant.unreadable", Words.of("connect.tenant.unreadable", shortened(typed)),
                Words.of("connect.tenant.unreadable.remedy"));
    }

    private static String fromUrl(String url) {
        Matcher named = NAMED_GUID.matcher(url);
        if (named.find()) {
            return String.valueOf(named.group(1));
        }
        String rest = url.substring(url.indexOf("://") + 3);
        int slash = rest.indexOf('/');
        String path = slash < 0 ? "" : rest.substring(slash + 1);
        String first = path.split("[/?#]", 2)[0];
        return first.startsWith("@") ? first.substring(1) : first;
    }

    /// A client id: a GUID, lower case.
    ///
    /// @throws RollcallException INPUT
    public static String clientId(String typed) {
        String text = typed.strip();
        if (!isGuid(text)) {
            throw RollcallException.input("tenant.client-id", Words.of("connect.tenant.client-id", shortened(typed)),
                    Words.of("connect.tenant.client-id.remedy"));
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /// `https://host[:port]` of a login or Graph URL; a path such as `/v1.0` or a tenant is dropped.
    ///
    /// @throws RollcallException INPUT: not an https URL
    public static String origin(String typed, Words what) {
        try {
            URI uri = URI.create(typed.strip());
            if ("https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null
                    && uri.getRawQuery() == null) {
                String host = uri.getHost().toLowerCase(Locale.ROOT);
                return "https://" + host + (uri.getPort() < 0 || uri.getPort() == 443 ? "" : ":" + uri.getPort());
            }
        } catch (IllegalArgumentException e) {
            throw notAUrl(typed, what);
        }
        throw notAUrl(typed, what);
    }

    private static RollcallException notAUrl(String typed, Words what) {
        return RollcallException.input("tenant.url", Words.of("connect.tenant.url", what, shortened(typed)),
                Words.of("connect.tenant.url.remedy"));
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }
}
