package org.rollcall.signin;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.AdSettings;
import org.rollcall.domain.RollcallException;

/// What settings of Active Directory must be before anybody is asked with them.
final class AdRules {
    private static final int LONGEST = 1000;
    private static final int MOST_SERVERS = 20;

    private AdRules() {}

    /// @throws RollcallException INPUT
    static AdSettings checked(AdSettings wanted, boolean hasBindPassword) {
        if (wanted.servers().isEmpty() || wanted.servers().size() > MOST_SERVERS) {
            throw RollcallException.input("ad.servers", "there must be 1 to " + MOST_SERVERS + " servers",
                    "name the domain controllers").onCommandLine("name a domain controller with --server");
        }
        var servers = new ArrayList<String>();
        wanted.servers().forEach(each -> servers.add(server(each, wanted.startTls())));
        String base = text(wanted.baseDn());
        if (base == null || !base.contains("=")) {
            throw RollcallException.input("ad.base", "the base is not a distinguished name",
                    "write it like DC=contoso,DC=com").onCommandLine("write it like --base DC=contoso,DC=com");
        }
        String bindUser = text(wanted.bindUser());
        if ((bindUser != null) != hasBindPassword) {
            throw RollcallException.input("ad.bind", "the account that searches and its password belong together",
                    "give both, or neither").onCommandLine("give --bind-user and --bind-password-file, or neither");
        }
        return new AdSettings(List.copyOf(servers), wanted.startTls(), base, text(wanted.domain()),
                text(wanted.upnSuffix()), wanted.caPem(), bindUser);
    }

    private static String server(String server, boolean startTls) {
        URI uri;
        try {
            uri = URI.create(server.strip());
        } catch (IllegalArgumentException e) {
            throw wrong(server);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean plain = scheme.equals("ldap");
        if ((!plain && !scheme.equals("ldaps")) || uri.getHost() == null || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null || uri.getRawFragment() != null
                || !(uri.getRawPath() == null || uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                || uri.getPort() == 0 || uri.getPort() > 65_535 || server.length() > LONGEST) {
            throw wrong(server);
        }
        if (plain && !startTls) {
            throw RollcallException.input("ad.clear", "ldap:// without StartTLS would send passwords in clear",
                    "use ldaps://, or switch StartTLS on").onCommandLine("use ldaps://, or add --starttls");
        }
        return scheme + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    private static @Nullable String text(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        if (text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw RollcallException.input("ad.text",
                    "a value for Active Directory is too long or holds control characters",
                    "type it again");
        }
        return text.strip();
    }

    private static RollcallException wrong(String server) {
        return RollcallException.input("ad.server", server + " is not the address of a domain controller",
                "write it as ldaps://host or ldaps://host:port");
    }
}
