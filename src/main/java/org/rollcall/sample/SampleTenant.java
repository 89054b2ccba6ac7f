package org.rollcall.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/// A running sample tenant: Entra's sign-in endpoints and Microsoft Graph on one HTTPS origin on the loopback address,
/// with an invented organisation behind them. Everything about it follows from its seed, but for its certificates.
///
/// ```java
/// try (var tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(500))) {
///     connect(tenant.origin(), tenant.tenantId(), tenant.clientId(), tenant.clientSecret(), tenant.caFile());
/// }
/// ```
public final class SampleTenant implements AutoCloseable {
    private static final String PASSWORD = "Sample-Horse-Battery-7";
    /// The login service's answers that faults can befall.
    private static final Pattern SMALL_DOCUMENT = Pattern
            .compile("/oauth2/v2\\.0/token$|/v2\\.0/\\.well-known/openid-configuration$");

    /// What the tenant is made of.
    ///
    /// @param port 0 for any free port
    /// @param users people, up to a million; the first 32 are odd ones
    /// @param groups groups
    /// @param seed what everything follows from
    /// @param memberships direct memberships in all; 0 for as many as the organisation happens to have
    /// @param latency how long every answer of Graph and sign-in takes longer
    /// @param faultSpec how it misbehaves, see [SampleFaults]; empty for not at all
    /// @param caFile where to write the authority's certificate as PEM; null for a temporary file
    /// @param roles application permissions of the registered application
    public record Options(int port, int users, int groups, long seed, long memberships, Duration latency,
            String faultSpec, @Nullable Path caFile, Set<String> roles) {

        public Options {
            if (users < 1 || users > 4_000_000 || groups < 0 || groups > 1_000_000 || memberships < 0) {
                throw new IllegalArgumentException("1 to 4,000,000 people and up to 1,000,000 groups are possible");
            }
        }

        /// Contoso: 2,500 people, 120 groups, seed 1, any free port.
        public static Options defaults() {
            return new Options(0, 2_500, 120, 1, 0, Duration.ZERO, "", null,
                    Set.of("User.Read.All", "GroupMember.Read.All", "AuditLog.Read.All"));
        }

        public Options withPort(int newPort) {
            return new Options(newPort, users, groups, seed, memberships, latency, faultSpec, caFile, roles);
        }

        public Options withUsers(int newUsers) {
            return new Options(port, newUsers, groups, seed, memberships, latency, faultSpec, caFile, roles);
        }

        public Options withGroups(int newGroups) {
            return new Options(port, users, newGroups, seed, memberships, latency, faultSpec, caFile, roles);
        }

        public Options withSeed(long newSeed) {
            return new Options(port, users, groups, newSeed, memberships, latency, faultSpec, caFile, roles);
        }

        public Options withMemberships(long newMemberships) {
            return new Options(port, users, groups, seed, newMemberships, latency, faultSpec, caFile, roles);
        }

        public Options withLatency(Duration newLatency) {
            return new Options(port, users, groups, seed, memberships, newLatency, faultSpec, caFile, roles);
        }

        public Options withFaults(String newFaultSpec) {
            return new Options(port, users, groups, seed, memberships, latency, newFaultSpec, caFile, roles);
        }

        public Options withCaFile(@Nullable Path newCaFile) {
            return new Options(port, users, groups, seed, memberships, latency, faultSpec, newCaFile, roles);
        }

        /// Application permissions instead of the usual User.Read.All, GroupMember.Read.All and AuditLog.Read.All.
        public Options withRoles(Set<String> newRoles) {
            return new Options(port, users, groups, seed, memberships, latency, faultSpec, caFile, newRoles);
        }
    }

    private final Options options;
    private final SampleDomain domain = SampleDomain.CONTOSO;
    private final SampleClock clock = new SampleClock();
    private final SampleFaults faults = new SampleFaults();
    private final RequestLog log = new RequestLog();
    private final ServerCertificate certificate = ServerCertificate.generate();
    private final SampleDirectory directory;
    private final SampleIdentity identity;
    private final SpoiledAnswers spoiled = new SpoiledAnswers(faults);
    private final ThrottleMeter meter;
    private final GraphEndpoints graph;
    private final SampleAdmin admin;
    private final SampleServer server;
    private final Path caFile;

    private SampleTenant(Options options) throws IOException {
        this.options = options;
        faults.set(options.faultSpec);
        directory = new SampleDirectory(options.seed, options.users, options.groups, options.memberships, domain,
                clock);
        identity = new SampleIdentity(SampleIdentity.Settings.of(this::origin, tenantId(), domain.organization(),
                List.of(domain.name(), domain.initialName()), clientId(), clientSecret(), PASSWORD)
                .withRoles(options.roles), clock, directory);
        meter = new ThrottleMeter(clock, options.users);
        graph = new GraphEndpoints(identity, directory, faults, meter, clock, tenantId());
        admin = new SampleAdmin(directory, faults, clock, log, meter);
        server = new SampleServer(options.port, certificate, log, this::answer);
        try {
            caFile = writeAuthority();
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /// Starts a tenant.
    ///
    /// @throws UncheckedIOException if the port is taken or the certificate file cannot be written
    /// @throws IllegalArgumentException if the faults are none
    public static SampleTenant start(Options options) {
        try {
            var tenant = new SampleTenant(options);
            tenant.server.start();
            return tenant;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path writeAuthority() throws IOException {
        Path file = options.caFile;
        if (file == null) {
            file = Files.createTempFile("rollcall-sample-ca", ".pem");
            file.toFile().deleteOnExit();
        }
        return Files.writeString(file, caPem());
    }

    private Delivery answer(SampleRequest request) throws InterruptedException {
        boolean admins = request.path().startsWith("/admin/");
        if (!admins && options.latency.isPositive()) {
            Thread.sleep(options.latency);
        }
        if (GraphEndpoints.isGraph(request.path())) {
            return graph.handle(request, GraphEndpoints.origin(request, origin()));
        }
        SampleResponse login = identity.handleLogin(request);
        if (login != null) {
            return SMALL_DOCUMENT.matcher(request.path()).find()
                    ? faults.deliverLogin(spoiled.ofLogin(login, request.path()), request.path())
                    : Delivery.of(login);
        }
        return Delivery.of(admins ? admin.handle(request) : SampleResponse.empty(404));
    }

    private String derived(String what) {
        return UUID.nameUUIDFromBytes(("sample " + options.seed + " " + what).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /// `https://localhost:PORT`: login authority and Graph share it.
    public String origin() {
        return "https://localhost:" + server.port();
    }

    public String tenantId() {
        return derived("tenant");
    }

    /// The tenant's default domain.
    public String domain() {
        return domain.name();
    }

    /// Client id of the application that is registered from the start.
    public String clientId() {
        return derived("application");
    }

    public String clientSecret() {
        return "smp8Q~" + derived("secret").replace("-", "").substring(0, 32) + "_a";
    }

    /// A certificate registered for the same application: certificate and PKCS#8 key as PEM.
    public String registeredCertificatePem() {
        return identity.registeredCertificatePem();
    }

    /// The certificate of the authority that clients have to trust, as PEM.
    public String caPem() {
        return certificate.authorityPem();
    }

    /// Where that certificate was written.
    public Path caFile() {
        return caFile;
    }

    /// TLS for a client that trusts this tenant and nothing else.
    public SSLContext trust() {
        return certificate.client();
    }

    /// User name of a Global Administrator who has no MFA.
    public String adminUserName() {
        return OddPeople.ADMINISTRATOR + "@" + domain.name();
    }

    /// Everyone's password.
    public String password() {
        return PASSWORD;
    }

    /// The truth, and what changes it.
    public SampleDirectory directory() {
        return directory;
    }

    /// Applications, consent, sign-in policies.
    public SampleIdentity identity() {
        return identity;
    }

    public RequestLog log() {
        return log;
    }

    /// How the tenant misbehaves; to be set and cleared while it runs.
    public SampleFaults faults() {
        return faults;
    }

    /// Throttling by resource units; off at first.
    public ThrottleMeter throttling() {
        return meter;
    }

    public SampleClock clock() {
        return clock;
    }

    @Override
    public void close() {
        server.close();
    }
}
