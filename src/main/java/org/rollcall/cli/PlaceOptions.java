package org.rollcall.cli;

import java.time.Clock;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import org.rollcall.connect.CredentialFiles;
import org.rollcall.connect.TenantPlace;
import org.rollcall.domain.Cloud;
import org.rollcall.domain.RollcallException;

/// Where a tenant lives: one of Microsoft's clouds, or one of its own.
final class PlaceOptions {
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

    @Option(names = "--proxy", paramLabel = "URL", description = "http://[user:password@]host:port")
    @Nullable
    String proxy;

    /// @throws RollcallException INPUT
    TenantPlace of(String tenant) {
        String ca = caFile == null
                ? null
                : new CredentialFiles(Clock.systemUTC()).certificateAuthorities(TenantCommands.path(caFile));
        return new TenantPlace(tenant, cloud(), authority, graph, ca, proxy);
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
