package org.rollcall.cli;

import java.time.Clock;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import org.rollcall.connect.CredentialFiles;
import org.rollcall.connect.ProxyLogin;
import org.rollcall.connect.TenantPlace;
import org.rollcall.domain.Cloud;
import org.rollcall.domain.RollcallException;

/// Where a tenant lives: one of Microsoft's clouds, or one of its own.
final class PlaceOptions {
    private static final String PROXY_PASSWORD = "ROLLCALL_PROXY_PASSWORD";

    @Option(names = "--cloud", paramLabel = "CLOUD", description = "global, usgov, usgov-dod or china.")
    @Nullable
    String cloud;

    @Option(names = "--authority", paramLabel = "URL", description = "Login origin of a cloud of its own.")
    @Nullable
    String authority;

    @Option(names = "--graph", paramLabel = "URL", description = "Graph origin of a cloud of its own.")
    @Nullable
    String graph;

    @Option(names = "--ca-file", paramLabel = "PEM", description = "Certificates to trust besides the platform's.")
    @Nullable
    String caFile;

    @Option(names = "--proxy", paramLabel = "URL", description = "The proxy, as http://host:port.")
    @Nullable
    String proxy;

    @Option(names = "--proxy-user", paramLabel = "U", description = "Who signs in to the proxy.")
    @Nullable
    String proxyUser;

    @Option(names = "--proxy-password-file", paramLabel = "F", description = "File with that user's password, otherwise "
            + PROXY_PASSWORD + ".")
    @Nullable
    String proxyPasswordFile;

    /// @throws RollcallException INPUT
    TenantPlace of(String tenant, Terminal terminal) {
        String ca = caFile == null
                ? null
                : new CredentialFiles(Clock.systemUTC()).certificateAuthorities(TenantCommands.path(caFile));
        return new TenantPlace(tenant, cloud(), authority, graph, ca, proxy(terminal));
    }

    private @Nullable String proxy(Terminal terminal) {
        if (proxy == null && (proxyUser != null || proxyPasswordFile != null)) {
            throw RollcallException.input("tenant.proxy.missing", "there is a proxy's user or password without a proxy",
                    "give the proxy with --proxy http://host:port");
        }
        if (proxyUser == null && proxyPasswordFile != null) {
            throw RollcallException.input("tenant.proxy.user", "there is a proxy's password without a user",
                    "give the user with --proxy-user");
        }
        if (proxy == null) {
            return null;
        }
        String address = ProxyLogin.address(proxy);
        return proxyUser == null
                ? address
                : ProxyLogin.with(address, ProxyLogin.user(proxyUser), proxyPassword(terminal));
    }

    private String proxyPassword(Terminal terminal) {
        if (proxyPasswordFile != null) {
            return new String(Passwords.read(proxyPasswordFile, "proxy password"));
        }
        String password = terminal.variable(PROXY_PASSWORD);
        if (password == null && terminal.prompt() != null) {
            char[] typed = terminal.prompt().ask("Password of " + Text.clean(String.valueOf(proxyUser))
                    + " at the proxy: ");
            password = typed == null ? null : new String(typed);
        }
        if (password == null) {
            throw RollcallException.input("tenant.proxy.no-password", "there is no password for the proxy's user",
                    "name a file with --proxy-password-file, or set " + PROXY_PASSWORD);
        }
        return password;
    }

    private Cloud cloud() {
        boolean own = authority != null || graph != null;
        if (own && (authority == null || graph == null)) {
            throw RollcallException.input("tenant.urls", "--authority and --graph belong together", "give both");
        }
        if (own && cloud != null) {
            throw RollcallException.input("tenant.urls", "--cloud and --authority exclude each other",
                    "give the cloud, or the two addresses of one of its own");
        }
        if (cloud == null) {
            return own ? Cloud.CUSTOM : Cloud.GLOBAL;
        }
        Cloud known = Cloud.ofOption(cloud);
        if (known == null || known == Cloud.CUSTOM) {
            throw RollcallException.input("tenant.cloud", "there is no cloud " + cloud,
                    "choose global, usgov, usgov-dod or china");
        }
        return known;
    }
}
