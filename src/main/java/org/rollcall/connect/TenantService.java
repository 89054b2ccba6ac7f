package org.rollcall.connect;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Cloud;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SearchKeys;
import org.rollcall.domain.Tenant;
import org.rollcall.source.Connection;
import org.rollcall.source.Connection.Credential;
import org.rollcall.source.DirectoryConnector;
import org.rollcall.source.DirectoryReader;
import org.rollcall.source.FoundTenant;
import org.rollcall.store.CredentialStore;
import org.rollcall.store.CredentialStore.Kind;
import org.rollcall.store.CredentialStore.Purpose;
import org.rollcall.store.CredentialStore.SealedCredential;
import org.rollcall.store.Database;
import org.rollcall.store.PastLog;
import org.rollcall.store.SettingStore;
import org.rollcall.store.TenantStore;
import org.rollcall.task.JobContext;
import org.rollcall.text.Words;
import org.rollcall.vault.Vault;

/// Connects tenants and stores their addresses and credentials. If an online check is requested, nothing is stored unless it
/// succeeds.
public final class TenantService {
    private static final int LONGEST_NAME = 100;
    private static final String PRIVATE_KEY = "-----BEGIN PRIVATE KEY-----";

    private final Stores stores;
    private final Vault vault;
    private final ProxyPasswords proxies;
    private final DirectoryConnector connector;
    private final TenantVerifier verifier;
    private final AuditService audit;
    private final RemovalGuard guard;
    private final Clock clock;
    private final PastLog past;
    private final TenantRemovals removals;

    /// The database and vault of tenants.
    public record Stores(Database database, TenantStore tenants, CredentialStore credentials) {}

    /// Guards the removal of a tenant: its people are removed too, and an administrator has to remain.
    public interface RemovalGuard {
        /// Runs `removal` and, if no administrator would remain, rolls it back and throws GUARD.
        void around(Runnable removal);

        /// Refuses actors who may not change everybody of the tenant.
        ///
        /// @param verb for the message: "remove"
        /// @throws RollcallException NOT_ALLOWED: somebody there has more permissions than the actor
        default void requireOver(Actor actor, long tenantId, Words verb) {}
    }

    public TenantService(Stores stores, Vault vault, DirectoryConnector connector, AuditService audit,
            RemovalGuard guard, Clock clock) {
        this.stores = stores;
        this.vault = vault;
        this.proxies = new ProxyPasswords(vault);
        this.connector = connector;
        this.verifier = new TenantVerifier(connector);
        this.audit = audit;
        this.guard = guard;
        this.clock = clock;
        this.past = new PastLog(stores.database, clock);
        this.removals = new TenantRemovals(stores, audit, guard, clock);
    }

    /// All, ordered by name.
    public List<Tenant> list(Actor actor) {
        actor.require(Permission.VIEW_DIRECTORY);
        return stores.tenants.list();
    }

    /// @throws RollcallException INPUT: there is no such tenant
    public Tenant byName(String name) {
        return stores.tenants.byName(name.strip()).orElseThrow(() -> RollcallException.input("tenant.unknown-name",
                Words.of("connect.tenant.unknown-name", name.strip()), Words.of("connect.tenant.unknown-name.remedy"))
                .onCommandLine(Words.of("connect.tenant.unknown-name.remedy.cli")));
    }

    /// Connects a tenant.
    ///
    /// @param check verify online first; nothing is stored if that fails
    public Tenant add(Actor actor, NewTenant wanted, boolean check, JobContext job) {
        actor.require(Permission.MANAGE_TENANTS);
        Tenant tenant = tenantOf(wanted);
        requireFree(tenant.name());
        NewCredential credential = wanted.credential();
        if (check) {
            VerifyReport report = verifier.verify(connection(tenant, credential.credential()), credential.thumbprint(),
                    credential.expiresAt(), new JobControl(job, true));
            TenantVerifier.requireOk(report);
            tenant = verified(tenant, report);
        }
        Tenant checked = tenant;
        return stores.database.transaction(() -> {
            Tenant stored = insert(actor, checked);
            seal(stored, credential);
            record(actor, "tenant.add", stored, Map.of("directoryId", stored.directoryId(), "cloud",
                    stored.cloud().optionName(), "credential", credential.credential().toString(), "checked", check));
            return stored;
        });
    }

    /// Stores a tenant without its credential, or updates one with that name. If any address changes, the credential is
    /// deleted: it must not be sent anywhere except where it was given for.
    ///
    /// @return whether it has no credential now
    /// @throws RollcallException INPUT; NOT_ALLOWED, also: its people would sign in elsewhere, and one has more permissions
    ///                           than the actor
    public boolean define(Actor actor, TenantDefinition wanted) {
        actor.require(Permission.MANAGE_TENANTS);
        TenantDefinition checked = wanted.checked();
        return stores.database.transaction(() -> {
            Optional<Tenant> known = stores.tenants.byName(checked.name());
            var tenant = new Tenant(known.map(Tenant::id).orElse(0L), checked.name(), checked.directoryId(),
                    known.map(Tenant::organization).orElse(null), checked.clientId(), checked.cloud(),
                    checked.authorityUrl(), checked.graphUrl(), checked.caPem(), checked.proxyUrl(),
                    known.map(Tenant::createdAt).orElse(clock.instant()), null);
            if (known.isEmpty()) {
                Tenant stored = insert(actor, tenant);
                record(actor, "tenant.add", stored, Map.of("directoryId", stored.directoryId(), "cloud",
                        stored.cloud().optionName(), "credential", "none", "checked", false));
                return true;
            }
            Tenant before = known.get();
            boolean elsewhere = !reached(before).equals(reached(tenant));
            if (elsewhere) {
                requireOverAt(actor, before, tenant);
                stores.credentials.remove(before.id(), Purpose.APPLICATION);
                stores.credentials.remove(before.id(), Purpose.USER_TOKEN);
            }
            stores.tenants.update(elsewhere ? tenant : before.withName(tenant.name()));
            record(actor, "tenant.change", tenant, Map.of("directoryId", tenant.directoryId(), "clientId",
                    tenant.clientId(), "cloud", tenant.cloud().optionName(), "credential",
                    elsewhere ? "none" : "kept"));
            return elsewhere;
        });
    }

    /// A stored proxy's address, `http://host[:port]`, without its user.
    public static String proxyAddress(String stored) {
        int mark = stored.indexOf("/#");
        return mark < 0 ? stored : stored.substring(0, mark);
    }

    private static List<Object> reached(Tenant tenant) {
        String proxy = tenant.proxyUrl();
        return List.of(tenant.directoryId(), tenant.clientId(), tenant.loginOrigin(), tenant.graphOrigin(),
                tenant.caPem() == null ? "" : TenantDefinition.certificates(tenant.caPem()),
                proxy == null ? "" : proxyAddress(proxy));
    }

    /// @throws RollcallException INPUT: an invalid name, or taken
    void requireFree(String name) {
        String checked = checkedName(name);
        if (stores.tenants.byName(checked).isPresent()) {
            throw taken(checked);
        }
    }

    /// The addresses of a stored tenant, to sign in there.
    public TenantPlace place(Tenant tenant) {
        String proxy = tenant.proxyUrl();
        return new TenantPlace(tenant.directoryId(), tenant.cloud(), tenant.authorityUrl(), tenant.graphUrl(),
                tenant.caPem(), proxy == null ? null : proxies.open(proxy));
    }

    /// Looks up the tenant of a name before anybody signs in.
    ///
    /// @return empty: there is no such tenant
    /// @throws RollcallException INPUT, OFFLINE, REFUSED
    public Optional<FoundTenant> find(Actor actor, TenantPlace place) {
        actor.require(Permission.MANAGE_TENANTS);
        return connector.find(place.endpoint());
    }

    /// The check of [#add], without storing anything.
    public VerifyReport probe(Actor actor, NewTenant wanted, JobContext job) {
        actor.require(Permission.MANAGE_TENANTS);
        return verifier.verify(connection(tenantOf(wanted), wanted.credential().credential()),
                wanted.credential().thumbprint(), wanted.credential().expiresAt(), new JobControl(job, true));
    }

    /// Checks a stored tenant online. Missing permissions are in the report; refusals and network errors are thrown.
    public VerifyReport verify(Actor actor, String name, JobContext job) {
        actor.require(Permission.MANAGE_TENANTS);
        Tenant tenant = byName(name);
        SealedCredential sealed = sealed(tenant);
        VerifyReport report = verifier.verify(connection(tenant), sealed.thumbprint(), sealed.expiresAt(),
                new JobControl(job, true));
        if (report.ok()) {
            stores.tenants.update(verified(tenant, report));
        }
        record(actor, "tenant.verify", tenant, Map.of("ok", report.ok()));
        return report;
    }

    /// Connects a tenant for an import that is being set up: checks it online first, then stores it or, if it is connected
    /// already, replaces its application and credential. Missing permissions are in the report and do not prevent storing.
    ///
    /// @param wanted its name replaces the organization's if Entra does not return that
    public Connected connect(Actor actor, NewTenant wanted, JobContext job) {
        actor.require(Permission.MANAGE_TENANTS);
        Tenant tenant = tenantOf(wanted);
        NewCredential credential = wanted.credential();
        VerifyReport report = verifier.verify(connection(tenant, credential.credential()), credential.thumbprint(),
                credential.expiresAt(), new JobControl(job, true));
        Tenant found = report.organization() == null ? tenant : verified(tenant, report);
        job.checkCancelled();
        return stores.database.transaction(() -> {
            Optional<Tenant> known = stores.tenants.list().stream()
                    .filter(one -> one.directoryId().equals(found.directoryId())).findFirst();
            Tenant stored;
            if (known.isPresent()) {
                requirePlaces(actor, found);
                stored = new Tenant(known.get().id(), known.get().name(), found.directoryId(), found.organization(),
                        found.clientId(), found.cloud(), found.authorityUrl(), found.graphUrl(), found.caPem(),
                        found.proxyUrl(), known.get().createdAt(), found.verifiedAt());
                stores.tenants.update(stored);
            } else {
                stored = insert(actor, found.withName(free(
                        Objects.requireNonNullElse(found.organization(), found.name()))));
            }
            // A tenant has one kind of connection; a credential of the other kind would be used instead.
            stores.credentials.remove(stored.id(), Purpose.APPLICATION);
            stores.credentials.remove(stored.id(), Purpose.USER_TOKEN);
            seal(stored, credential);
            record(actor, known.isPresent() ? "tenant.change" : "tenant.add", stored,
                    Map.of("directoryId", stored.directoryId(), "clientId", stored.clientId(), "cloud",
                            stored.cloud().optionName(), "credential", credential.credential().toString()));
            return new Connected(stored, report);
        });
    }

    /// Reconnects a tenant that was removed without its people.
    private Tenant insert(Actor actor, Tenant wanted) {
        requirePlaces(actor, wanted);
        Optional<Tenant> gone = stores.tenants.removed().stream()
                .filter(each -> each.directoryId().equals(wanted.directoryId())).findFirst();
        if (gone.isEmpty()) {
            return stores.tenants.insert(wanted);
        }
        past.tenantRenamed(gone.get().id(), gone.get().name(), wanted.name());
        return stores.tenants.reconnect(new Tenant(gone.get().id(), wanted.name(), wanted.directoryId(),
                wanted.organization(), wanted.clientId(), wanted.cloud(), wanted.authorityUrl(), wanted.graphUrl(),
                wanted.caPem(), wanted.proxyUrl(), gone.get().createdAt(), wanted.verifiedAt()));
    }

    /// Whoever changes where the people of a tenant sign in could sign in as any of them.
    private void requirePlaces(Actor actor, Tenant wanted) {
        stores.tenants.all().stream().filter(each -> each.directoryId().equals(wanted.directoryId()))
                .forEach(each -> requireOverAt(actor, each, wanted));
    }

    private void requireOverAt(Actor actor, Tenant known, Tenant wanted) {
        if (!known.loginOrigin().equals(wanted.loginOrigin()) || !known.graphOrigin().equals(wanted.graphOrigin())
                || !Objects.equals(known.caPem(), wanted.caPem())) {
            guard.requireOver(actor, known.id(), Words.of("roles.verb.decideAboutTheSignIn"));
        }
    }

    /// A tenant as it was stored, with the result of the check.
    public record Connected(Tenant tenant, VerifyReport report) {}

    private String free(String wanted) {
        String name = checkedName(wanted.length() > LONGEST_NAME - 4 ? wanted.substring(0, LONGEST_NAME - 4) : wanted);
        String found = name;
        for (int i = 2; stores.tenants.byName(found).isPresent(); i++) {
            found = name + " " + i;
        }
        return found;
    }

    /// Replaces the credential; the present one stays if the new one does not work.
    public void replaceCredential(Actor actor, String name, NewCredential credential, boolean check, JobContext job) {
        actor.require(Permission.MANAGE_TENANTS);
        Tenant tenant = byName(name);
        if (check) {
            verifier.verify(connection(tenant, credential.credential()), credential.thumbprint(),
                    credential.expiresAt(), new JobControl(job, true));
        }
        stores.database.transaction(() -> {
            // Only one kind of credential at a time; otherwise it would be undefined which one is used.
            stores.credentials.remove(tenant.id(), Purpose.APPLICATION);
            stores.credentials.remove(tenant.id(), Purpose.USER_TOKEN);
            seal(tenant, credential);
            record(actor, "tenant.credential", tenant, Map.of("credential", credential.credential().toString()));
        });
    }

    public void rename(Actor actor, String name, String newName) {
        actor.require(Permission.MANAGE_TENANTS);
        Tenant tenant = byName(name);
        String checked = checkedName(newName);
        stores.tenants.byName(checked).filter(other -> other.id() != tenant.id()).ifPresent(other -> {
            throw taken(checked);
        });
        stores.database.transaction(() -> {
            past.tenantRenamed(tenant.id(), tenant.name(), checked);
            stores.tenants.rename(tenant.id(), checked);
            record(actor, "tenant.rename", tenant, Map.of("to", checked));
        });
    }

    /// What a removal affects.
    ///
    /// @param active  number of people who are active, and so on
    /// @param removed people who are deleted in Entra or out of scope already
    /// @param groups  number of present groups
    /// @param imports configurations
    /// @param signsIn its people sign in with Entra now, and no longer could
    /// @param busy    an import of it is running, so it cannot be removed now
    public record Removal(Tenant tenant, long active, long disabled, long removed, int groups, int imports,
            int schedules, boolean signsIn, boolean busy) {}

    /// What [#remove] would affect.
    ///
    /// @throws RollcallException INPUT: there is no such tenant
    public Removal removal(Actor actor, String name) {
        actor.require(Permission.MANAGE_TENANTS);
        return removals.look(removable(name));
    }

    /// Disconnects a tenant; Entra is not changed. If its people stay, so do their groups, roles and history, its runs and its
    /// imports, and reconnecting it restores them. A tenant whose people stayed can be removed again, with its people.
    ///
    /// @throws RollcallException GUARD: no administrator would remain; NOT_ALLOWED: somebody of it has more permissions than
    ///                           the actor; CONFLICT: an import of it is running
    public Removal remove(Actor actor, String name, PeopleFate people) {
        actor.require(Permission.MANAGE_TENANTS);
        return removals.remove(actor, removable(name), people);
    }

    private Tenant removable(String name) {
        String key = SearchKeys.unique(name.strip());
        return stores.tenants.byName(name.strip()).or(() -> stores.tenants.removed().stream()
                .filter(each -> SearchKeys.unique(each.name()).equals(key)).findFirst())
                .orElseGet(() -> byName(name));
    }

    /// The connection to a stored tenant. For services: contains the secret in clear text.
    public Connection connection(Tenant tenant) {
        SealedCredential sealed = sealed(tenant);
        byte[] plain = vault.open(sealed.sealed(), SealedCredential.binding(tenant.id(), sealed.purpose()));
        String text = new String(plain, StandardCharsets.UTF_8);
        Credential credential = switch (sealed.kind()) {
            case SECRET -> new Credential.Secret(text);
            case REFRESH_TOKEN -> new Credential.UserToken(text);
            case CERTIFICATE -> {
                int key = text.indexOf(PRIVATE_KEY);
                yield new Credential.Certificate(text.substring(0, key), text.substring(key));
            }
        };
        return connection(tenant, credential);
    }

    /// Stores a refresh token that replaced the present one. Called after reading.
    public void keepRenewed(Tenant tenant, DirectoryReader reader) {
        reader.renewedCredential().ifPresent(renewed -> seal(tenant, new NewCredential(renewed, null, null)));
    }

    /// Stores a certificate that replaced the present one.
    void keepRenewed(Actor actor, Tenant tenant, NewCredential credential) {
        stores.database.transaction(() -> {
            seal(tenant, credential);
            record(actor, "tenant.credential", tenant,
                    Map.of("credential", credential.credential().toString(), "renewed",
                            true, "expiresAt", String.valueOf(credential.expiresAt())));
        });
    }

    /// The application's credential, sealed; empty: a person's token is used, or there is none.
    Optional<SealedCredential> applicationCredential(Tenant tenant) {
        return stores.credentials.get(tenant.id(), Purpose.APPLICATION);
    }

    /// Opens a reader for a stored tenant.
    public DirectoryReader open(Tenant tenant) {
        return connector.open(connection(tenant));
    }

    Connection connection(Tenant tenant, Credential credential) {
        String proxy = tenant.proxyUrl();
        return new Connection(tenant.directoryId(), tenant.clientId(), tenant.loginOrigin(), tenant.graphOrigin(),
                tenant.caPem(), proxy == null ? null : proxies.open(proxy), credential);
    }

    private SealedCredential sealed(Tenant tenant) {
        return stores.credentials.get(tenant.id(), Purpose.APPLICATION)
                .or(() -> stores.credentials.get(tenant.id(), Purpose.USER_TOKEN))
                .orElseThrow(() -> RollcallException.input("tenant.no-credential",
                        Words.of("connect.tenant.no-credential", tenant.name()),
                        Words.of("connect.tenant.no-credential.remedy"))
                        .onCommandLine(Words.of("connect.tenant.no-credential.remedy.cli")));
    }

    private void seal(Tenant tenant, NewCredential credential) {
        Kind kind = switch (credential.credential()) {
            case Credential.Secret secret -> Kind.SECRET;
            case Credential.Certificate certificate -> Kind.CERTIFICATE;
            case Credential.UserToken token -> Kind.REFRESH_TOKEN;
        };
        String text = switch (credential.credential()) {
            case Credential.Secret(String value) -> value;
            case Credential.Certificate(String certificate, String key) -> certificate + key;
            case Credential.UserToken(String token) -> token;
        };
        Purpose purpose = kind == Kind.REFRESH_TOKEN ? Purpose.USER_TOKEN : Purpose.APPLICATION;
        byte[] sealed = vault.seal(text.getBytes(StandardCharsets.UTF_8),
                SealedCredential.binding(tenant.id(), purpose));
        stores.database.transaction(() -> {
            stores.credentials.put(tenant.id(), purpose, kind, sealed, credential.thumbprint(), credential.expiresAt());
            stores.credentials.setRegistered(tenant.id(), purpose, credential.applicationId(), credential.keyId());
        });
    }

    private Tenant tenantOf(NewTenant wanted) {
        boolean custom = wanted.cloud() == Cloud.CUSTOM;
        String authority = wanted.authorityUrl();
        String graph = wanted.graphUrl();
        if (custom != (authority != null && graph != null) || !custom && (authority != null || graph != null)) {
            throw RollcallException.input("tenant.cloud",
                    Words.of("connect.tenant.cloud"),
                    Words.of("connect.tenant.cloud.remedy"))
                    .onCommandLine(Words.of("connect.tenant.cloud.remedy.cli"));
        }
        return new Tenant(0, checkedName(wanted.name()), TenantAddress.tenant(wanted.tenant()), null,
                TenantAddress.clientId(wanted.clientId()), wanted.cloud(),
                authority == null ? null : TenantAddress.origin(authority, Words.of("connect.what.authority")),
                graph == null ? null : TenantAddress.origin(graph, Words.of("connect.what.graphUrl")), wanted.caPem(),
                wanted.proxyUrl() == null ? null : proxies.seal(wanted.proxyUrl()), clock.instant(), null);
    }

    /// A tenant is stored by its GUID, since domains can move.
    private Tenant verified(Tenant tenant, VerifyReport report) {
        var organization = report.organization();
        if (organization == null) {
            return tenant;
        }
        return new Tenant(tenant.id(), tenant.name(), organization.tenantId(), organization.displayName(),
                tenant.clientId(), tenant.cloud(), tenant.authorityUrl(), tenant.graphUrl(), tenant.caPem(),
                tenant.proxyUrl(), tenant.createdAt(), clock.instant());
    }

    static String checkedName(String typed) {
        String name = typed.strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw RollcallException.input("tenant.name", Words.of("connect.tenant.name", LONGEST_NAME),
                    Words.of("connect.tenant.name.remedy"));
        }
        return name;
    }

    private static RollcallException taken(String name) {
        return RollcallException.input("tenant.name-taken", Words.of("connect.tenant.name-taken", name),
                Words.of("connect.tenant.name-taken.remedy"));
    }

    private void record(Actor actor, String action, Tenant tenant, Map<String, @Nullable Object> detail) {
        audit.record(actor, action, "TENANT", Long.toString(tenant.id()), tenant.name(), detail, null);
    }
}
