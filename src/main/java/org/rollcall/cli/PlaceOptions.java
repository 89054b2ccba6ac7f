package org.rollcall.cli;

import java.time.Clock;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import org.rollcall.connect.CredentialFiles;
import org.rollcall.connect.ProxyLogin;
import org.rollcall.connect.TenantPlace;
import org.rollcall.domain.Cloud;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

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
            throw RollcallException.input("tenant.proxy.missing", Words.of("cli.tenant.proxy.missing"),
                    Words.of("cli.tenant.proxy.missing.remedy"));
        }
        if (proxyUser == null && proxyPasswordFile != null) {
            throw RollcallException.input("tenant.proxy.user", Words.of("cli.tenant.proxy.user"),
                    Words.of("cli.tenant.proxy.user.remedy"));
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
            return new String(Passwords.read(proxyPasswordFile, Words.of("files.what.proxyPassword")));
        }
        String password = terminal.variable(PROXY_PASSWORD);
        if (password == null && terminal.prompt() != null) {
            char[] typed = terminal.prompt().ask(
                    Words.of("cli.placeOptions.passwordOfAtTheProxy", Text.clean(String.valueOf(proxyUser))).shown());
            password = typed == null ? null : new String(typed);
        }
        if (password == null) {
            throw RollcallException.input("tenant.proxy.no-password", Words.of("cli.tenant.proxy.no-password"),
                    Words.of("cli.tenant.proxy.no-password.remedy", PROXY_PASSWORD));
        }
        return password;
    }

    private Cloud cloud() {
        boolean own = authority != null || graph != null;
        if (own && (authority == null || graph == null)) {
            throw RollcallException.input("tenant.urls", Words.of("cli.tenant.urls"),
                    Words.of("cli.tenant.urls.remedy"));
        }
        if (own && cloud != null) {
            throw RollcallException.input("tenant.urls", Words.of("cli.tenant.urls.placeOptions"),
                    Words.of("cli.tenant.urls.placeOptions.remedy"));
        }
        if (cloud == null) {
            return own ? Cloud.CUSTOM : Cloud.GLOBAL;
        }
        Cloud known = Cloud.ofOption(cloud);
        if (known == null || known == Cloud.CUSTOM) {
            throw RollcallException.input("tenant.cloud", Words.of("cli.tenant.cloud", cloud),
                    Words.of("cli.tenant.cloud.remedy"));
        }
        return known;
    }
}
