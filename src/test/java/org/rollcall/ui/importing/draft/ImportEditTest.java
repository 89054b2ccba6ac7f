package org.rollcall.ui.importing.draft;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import org.rollcall.domain.Cloud;
import org.rollcall.domain.Profile;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.ProfileConfig.Filters;
import org.rollcall.domain.ProfileConfig.Mapping;
import org.rollcall.domain.ProfileConfig.Policies;
import org.rollcall.domain.ProfileConfig.Scope;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.UserField;
import org.rollcall.sync.Draft.RuleDraft;
import org.rollcall.sync.ImportRequest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// An import that is opened to be changed and is not changed asks for exactly what it was, now and after a restart.
class ImportEditTest {
    private static Ref ref(String name) {
        return new Ref(UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)), name);
    }

    private static void assertKept(Scope scope) {
        var config = new ProfileConfig(scope,
                new Filters(false, true, false, List.of(ref("Tax")), List.of(ref("Ada"))),
                new Mapping(UserField.MAIL, Map.of(UserField.DEPARTMENT, UserField.COMPANY_NAME)),
                new Policies(25, 3, 9, 30, 4));
        var tenant = tenant();
        var profile = profile(tenant, config);
        var rules = List.of(new RuleDraft(ref("IT"), true, "Operator"), new RuleDraft(ref("HR"), false, "Auditor"));
        ImportDraft draft = new ImportEdit(tenant, profile, "Auditor", rules, Duration.ofHours(6)).draft();
        for (ImportDraft each : List.of(draft, ImportDraft.resumed(draft.id(), draft.answers()))) {
            ImportRequest request = each.request();
            assertEquals("Contoso", request.tenant());
            assertEquals("nightly", request.profile());
            assertEquals(config, java.util.Objects.requireNonNull(request.draft()).config());
            assertEquals("Auditor", request.draft().defaultRole());
            assertEquals(rules, request.draft().rules());
            assertEquals("choose", each.stepProperty().get());
            assertTrue(each.isConnected(), "nothing about the tenant is asked again");
            assertTrue(each.scheduledProperty().get());
            assertEquals(360, each.everyMinutesProperty().get());
        }
    }

    @Test
    void everybody() {
        assertKept(Scope.everyone());
    }

    @Test
    void groups() {
        assertKept(Scope.ofGroups(List.of(ref("Sales"), ref("Finance")), false));
    }

    @Test
    void people() {
        assertKept(Scope.ofPeople(List.of(ref("Ben"))));
    }

    private static Tenant tenant() {
        return new Tenant(3, "Contoso", "contoso.example", "Contoso Ltd", "a-client", Cloud.CUSTOM,
                "https://localhost:1", "https://localhost:1", "-----BEGIN CERTIFICATE-----", "http://proxy:3128",
                Instant.EPOCH, null);
    }

    private static Profile profile(Tenant tenant, ProfileConfig config) {
        return new Profile(7, tenant.id(), "nightly", config, 2, Instant.EPOCH, Instant.EPOCH);
    }
}
