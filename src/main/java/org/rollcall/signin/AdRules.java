package org.rollcall.signin;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.AdSettings;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// Validates settings of Active Directory before they are used.
final class AdRules {
    private static final int LONGEST = 1000;
    private static final int MOST_SERVERS = 20;

    private AdRules() {}

    /// @throws RollcallException INPUT
    static AdSettings checked(AdSettings wanted, boolean hasBindPassword) {
        if (wanted.servers().isEmpty() || wanted.servers().size() > MOST_SERVERS) {
            throw RollcallException.input("ad.servers", Words.of("signin.ad.servers", MOST_SERVERS),
                    Words.of("signin.ad.servers.remedy")).onCommandLine(Words.of("signin.ad.servers.remedy.cli"));
        }
        var servers = new ArrayList<String>();
        wanted.servers().forEach(each -> servers.add(server(each, wanted.startTls())));
        String base = text(wanted.baseDn());
        if (base == null || !base.contains("=")) {
            throw RollcallException.input("ad.base", Words.of("signin.ad.base"),
                    Words.of("signin.ad.base.remedy")).onCommandLine(Words.of("signin.ad.base.remedy.cli"));
        }
        String bindUser = text(wanted.bindUser());
        if ((bindUser != null) != hasBindPassword) {
            throw RollcallException.input("ad.bind", Words.of("signin.ad.bind"),
                    Words.of("signin.ad.bind.remedy")).onCommandLine(Words.of("signin.ad.bind.remedy.cli"));
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
            throw RollcallException.input("ad.clear", Words.of("signin.ad.clear"),
                    Words.of("signin.ad.clear.remedy")).onCommandLine(Words.of("signin.ad.clear.remedy.cli"));
        }
        return scheme + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    private static @Nullable String text(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        if (text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw RollcallException.input("ad.text",
                    Words.of("signin.ad.text"),
                    Words.of("signin.ad.text.remedy"));
        }
        return text.strip();
    }

    private static RollcallException wrong(String server) {
        return RollcallException.input("ad.server", Words.of("signin.ad.server", server),
                Words.of("signin.ad.server.remedy"));
    }
}
