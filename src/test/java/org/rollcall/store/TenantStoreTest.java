package org.rollcall.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.Cloud;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Ref;
import org.rollcall.domain.RoleRule;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.UserField;
import org.rollcall.store.CredentialStore.Kind;
import org.rollcall.store.CredentialStore.Purpose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TenantStoreTest {
    @TempDir
    Path folder;
    TestDirectory directory;
    TenantStore tenants;

    @BeforeEach
    void open() {
        directory = new TestDirectory(folder);
        tenants = new TenantStore(directory.database);
    }

    @AfterEach
    void close() {
        directory.close();
    }

    @Test
    void aTenantIsReadBackAsItWasStored() {
        var tenant = new Tenant(0, "Contoso", "id", "Contoso Ltd", "client", Cloud.CUSTOM, "https://login:1",
                "https://graph:2", "-----BEGIN CERTIFICATE-----", "http://proxy:3",
                Instant.parse("2026-01-02T03:04:05.678901Z"), null);
        Tenant stored = tenants.insert(tenant);
        assertEquals(Optional.of(stored), tenants.byName("CONTOSO"));
        assertEquals(new Tenant(stored.id(), "Contoso", "id", "Contoso Ltd", "client", Cloud.CUSTOM,
                "https://login:1", "https://graph:2", "-----BEGIN CERTIFICATE-----", "http://proxy:3",
                Instant.parse("2026-01-02T03:04:05.678901Z"), null), stored);
        assertEquals("https://graph:2", stored.graphOrigin());

        Tenant verified = stored.withVerified("Contoso AG", Instant.parse("2026-02-03T00:00:00Z"));
        tenants.update(verified);
        assertEquals(Optional.of(verified), tenants.byId(stored.id()));
    }

    @Test
    void aNameIsTakenWhateverItsLetterCase() {
        Tenant contoso = directory.tenant("Contoso");
        Tenant other = directory.tenant("Fabrikam");
        for (Runnable attempt : List.<Runnable>of(() -> directory.tenant("contoso"),
                () -> tenants.rename(other.id(), "CONTOSO"),
                () -> tenants.update(other.withName("cONTOSO")))) {
            var refusal = assertThrows(RollcallException.class, attempt::run);
            assertEquals("tenant.name-taken", refusal.code());
            assertEquals(ErrorKind.INPUT, refusal.kind());
        }
        tenants.rename(contoso.id(), "CONTOSO");
        assertEquals(List.of("CONTOSO", "Fabrikam"), tenants.list().stream().map(Tenant::name).toList());
    }

    @Test
    void everythingOfATenantGoesWithIt() {
        Tenant contoso = directory.tenant("Contoso");
        Tenant fabrikam = directory.tenant("Fabrikam");
        long ada = directory.person(contoso, "Ada", "ada@contoso.com");
        long bo = directory.person(fabrikam, "Bo", "bo@fabrikam.com");
        var profile = directory.profile(contoso, "default");
        directory.owns(profile, "ada@contoso.com");
        var credentials = new CredentialStore(directory.database, directory.clock);
        credentials.put(contoso.id(), Purpose.APPLICATION, Kind.SECRET, new byte[]{ 1 }, null, null);
        tenants.delete(contoso.id());
        var users = new UserQueries(directory.database, new GroupNesting(directory.database));
        assertTrue(users.byId(ada).isEmpty());
        assertTrue(users.byId(bo).isPresent());
        assertTrue(credentials.get(contoso.id(), Purpose.APPLICATION).isEmpty());
        assertTrue(new ProfileStore(directory.database, directory.clock).byId(profile.id()).isEmpty());
    }

    @Test
    void aNewCredentialTakesThePlaceOfTheOld() {
        Tenant contoso = directory.tenant("Contoso");
        var credentials = new CredentialStore(directory.database, directory.clock);
        credentials.put(contoso.id(), Purpose.APPLICATION, Kind.SECRET, new byte[]{ 1, 2 }, null, null);
        credentials.put(contoso.id(), Purpose.USER_TOKEN, Kind.REFRESH_TOKEN, new byte[]{ 9 }, null, null);
        credentials.put(contoso.id(), Purpose.APPLICATION, Kind.CERTIFICATE, new byte[]{ 3 }, "AB12",
                Instant.parse("2027-01-01T00:00:00Z"));
        var stored = credentials.get(contoso.id(), Purpose.APPLICATION).orElseThrow();
        assertArrayEquals(new byte[]{ 3 }, stored.sealed());
        assertEquals(Kind.CERTIFICATE, stored.kind());
        assertEquals("AB12", stored.thumbprint());
        assertEquals(Instant.parse("2027-01-01T00:00:00Z"), stored.expiresAt());
        credentials.remove(contoso.id(), Purpose.APPLICATION);
        assertTrue(credentials.get(contoso.id(), Purpose.APPLICATION).isEmpty());
        assertTrue(credentials.get(contoso.id(), Purpose.USER_TOKEN).isPresent());
    }

    @Test
    void aProfileKeepsItsConfiguration() {
        Tenant contoso = directory.tenant("Contoso");
        var profiles = new ProfileStore(directory.database, directory.clock);
        long role = new RoleStore(directory.database).require("Auditor").id();
        var sales = new Ref(TestDirectory.uuid("sales"), "Säles \uD83D\uDE00 \"x\"");
        var config = new ProfileConfig(ProfileConfig.Scope.ofGroups(List.of(sales), false),
                new ProfileConfig.Filters(false, true, false, List.of(sales), List.of()),
                new ProfileConfig.Mapping(UserField.MAIL, Map.of(UserField.DEPARTMENT, UserField.COMPANY_NAME)),
                new ProfileConfig.Policies(25, 3));
        var stored = profiles.insert(contoso.id(), "Night", config, role);
        assertEquals(Optional.of(stored), profiles.byName(contoso.id(), "NIGHT"));
        assertEquals(config, stored.config());
        assertEquals("profile.name-taken", assertThrows(RollcallException.class,
                () -> profiles.insert(contoso.id(), "night", config, role)).code());
        profiles.update(stored.id(), ProfileConfig.everyone(), role);
        assertEquals(ProfileConfig.everyone(), profiles.byId(stored.id()).orElseThrow().config());
    }

    @Test
    void rulesKeepTheirIdsWhenTheyMove() {
        Tenant contoso = directory.tenant("Contoso");
        long profile = directory.profile(contoso, "default").id();
        long operator = new RoleStore(directory.database).require("Operator").id();
        var rules = new RuleStore(directory.database);
        var first = rules.replace(profile, List.of(rule(profile, "a", operator), rule(profile, "b", operator)));
        assertEquals(List.of(0, 1), first.stream().map(RoleRule::position).toList());
        var second = rules.replace(profile, List.of(first.get(1), rule(profile, "c", operator), first.get(0)));
        assertEquals(List.of("b", "c", "a"), second.stream().map(rule -> rule.group().name()).toList());
        assertEquals(first.get(1).id(), second.get(0).id());
        assertEquals(first.get(0).id(), second.get(2).id());
        assertEquals(3, rules.uses(operator));
        var third = rules.replace(profile, List.of(second.get(1)));
        assertEquals(List.of(second.get(1).id()), third.stream().map(RoleRule::id).toList());
        assertEquals(0, third.getFirst().position());
    }

    private static RoleRule rule(long profile, String group, long role) {
        return new RoleRule(0, profile, 0, new Ref(TestDirectory.uuid(group), group), true, role);
    }

    @Test
    void settingsAndTheRevisionSurvive() {
        var settings = new SettingStore(directory.database);
        settings.put("look", "dark");
        settings.put("look", "light");
        assertEquals(Optional.of("light"), settings.get("look"));
        settings.remove("look");
        assertEquals(Optional.empty(), settings.get("look"));
        assertEquals(0, settings.directoryRevision());
        assertEquals(1, settings.raiseDirectoryRevision());
        assertThrows(IllegalStateException.class, () -> directory.database.transaction(() -> {
            settings.raiseDirectoryRevision();
            throw new IllegalStateException("taken back");
        }));
        assertEquals(1, settings.directoryRevision());
    }
}
