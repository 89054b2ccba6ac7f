package org.rollcall.sync.plan;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.junit.jupiter.api.Test;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.GroupStatus;
import org.rollcall.domain.Guard;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.MfaState;
import org.rollcall.domain.Permission;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.ProfileConfig.Filters;
import org.rollcall.domain.ProfileConfig.Mapping;
import org.rollcall.domain.ProfileConfig.Policies;
import org.rollcall.domain.ProfileConfig.Scope;
import org.rollcall.domain.ReasonCode;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserStatus;
import org.rollcall.sync.plan.PlanFixture.Planned;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PlannerTest {
    private final PlanFixture here = new PlanFixture();

    @Test
    void aFirstPlanCreatesEverything() {
        here.seen("ann");
        here.seen("bob");
        here.seenGroup("group-a", "ann", "group-b");
        here.seenGroup("group-b", "bob");
        here.member("group-b", "printer", MemberType.DEVICE);
        here.member("group-b", "stranger", MemberType.USER);
        Planned planned = here.planAndApply();
        assertEquals(Map.of(ChangeKind.CREATE, 2L, ChangeKind.GROUP_CREATE, 2L, ChangeKind.MEMBER_ADD, 4L),
                planned.summary().counts());
        assertEquals(ReasonCode.IN_SCOPE_EVERYONE, planned.reason(ChangeKind.CREATE, "ann"));
        var after = planned.person(ChangeKind.CREATE, "ann").after();
        assertEquals("ann@contoso.example", after.get("username"));
        assertEquals("ACTIVE", after.get("status"));
        assertEquals("User", after.get("role"));
        assertEquals("DEFAULT", after.get("roleSource"));
        assertTrue(here.plan().changes().isEmpty(), "a second plan has nothing to do");
    }

    @Test
    void attributesNamesAndStatusAreToldApart() {
        here.seen("ann");
        here.planAndApply();
        here.change("ann", UserField.USER_PRINCIPAL_NAME, "anna@contoso.example");
        here.change("ann", UserField.DEPARTMENT, "Sales");
        here.change("ann", UserField.ACCOUNT_ENABLED, false);
        Planned planned = here.planAndApply();
        assertEquals(List.of(ChangeKind.DEACTIVATE, ChangeKind.RENAME, ChangeKind.UPDATE), planned.kinds("ann"));
        assertEquals(Map.of("status", "ACTIVE", "accountEnabled", true),
                planned.person(ChangeKind.DEACTIVATE, "ann").before());
        assertEquals(Map.of("userPrincipalName", "anna@contoso.example", "username", "anna@contoso.example"),
                planned.person(ChangeKind.RENAME, "ann").after());
        assertEquals(Map.of("department", "Sales"), planned.person(ChangeKind.UPDATE, "ann").after());
        assertEquals(ReasonCode.DISABLED_IN_ENTRA, planned.reason(ChangeKind.DEACTIVATE, "ann"));
        here.change("ann", UserField.ACCOUNT_ENABLED, true);
        Planned back = here.planAndApply();
        assertEquals(List.of(ChangeKind.REACTIVATE), back.kinds("ann"));
        assertEquals(ReasonCode.ENABLED_IN_ENTRA, back.reason(ChangeKind.REACTIVATE, "ann"));
        assertTrue(here.plan().changesNothing());
    }

    @Test
    void whoIsNotSaidToBeEnabledIsDisabled() {
        here.seen("ann", PlanFixture.attributes("ann").toBuilder().set(UserField.ACCOUNT_ENABLED, null).build());
        here.seen("bob");
        Planned first = here.planAndApply();
        assertEquals("DISABLED", first.person(ChangeKind.CREATE, "ann").after().get("status"));
        here.change("bob", UserField.ACCOUNT_ENABLED, null);
        Planned second = here.planAndApply();
        assertEquals(List.of(ChangeKind.DEACTIVATE), second.kinds("bob"));
        assertEquals(ReasonCode.ENABLED_UNKNOWN, second.reason(ChangeKind.DEACTIVATE, "bob"));
        here.change("ann", UserField.ACCOUNT_ENABLED, true);
        assertEquals(List.of(ChangeKind.REACTIVATE), here.planAndApply().kinds("ann"));
        assertTrue(here.plan().changesNothing());
    }

    @Test
    void mfaIsAnUpdate() {
        here.seen("ann");
        here.planAndApply();
        here.seen("ann", PlanFixture.attributes("ann"), MfaState.REGISTERED);
        assertEquals(Map.of("mfa", "REGISTERED"), here.planAndApply().person(ChangeKind.UPDATE, "ann").after());
        assertTrue(here.plan().changesNothing());
    }

    @Test
    void whoIsDisabledByHandStaysSo() {
        here.seen("ann");
        here.planAndApply();
        here.edit("ann", person -> PlanFixture.with(person, UserStatus.DISABLED, true, false));
        assertTrue(here.plan().changesNothing());
        here.change("ann", UserField.ACCOUNT_ENABLED, false);
        Planned planned = here.planAndApply();
        assertEquals(List.of(ChangeKind.UPDATE), planned.kinds("ann"), "the status does not change");
        assertEquals(UserStatus.DISABLED, here.person("ann").status());
    }

    @Test
    void leaversAreRemovedAndComeBackWithTheirRole() {
        here.seen("ann");
        here.seenGroup("group-a", "ann");
        here.planAndApply();
        here.edit("ann", person -> PlanFixture.withRole(person, Role.AUDITOR, RoleSource.MANUAL));
        here.gone("ann");
        Planned left = here.planAndApply();
        assertEquals(List.of(ChangeKind.REMOVE), left.kinds("ann"));
        assertEquals(ReasonCode.GONE_FROM_ENTRA, left.reason(ChangeKind.REMOVE, "ann"));
        assertEquals(1, left.of(ChangeKind.MEMBER_REMOVE).size());
        assertTrue(here.plan().changes().isEmpty());
        here.seen("ann");
        here.change("ann", UserField.DEPARTMENT, "New");
        Planned back = here.planAndApply();
        assertEquals(List.of(ChangeKind.REACTIVATE, ChangeKind.UPDATE), back.kinds("ann"));
        assertEquals(ReasonCode.BACK_IN_SCOPE, back.reason(ChangeKind.REACTIVATE, "ann"));
        assertEquals(Role.AUDITOR, here.person("ann").role());
        assertTrue(here.plan().changes().isEmpty());
    }

    @Test
    void nobodyIsMissedAfterAnIncompleteRead() {
        here.seen("ann");
        here.seenGroup("group-a", "ann");
        here.planAndApply();
        here.gone("ann");
        here.mirrorGroups.clear();
        here.complete = false;
        Planned planned = here.plan();
        assertTrue(planned.changesNothing());
        assertTrue(planned.summary().stopped());
        assertEquals(Guards.COMPLETENESS, planned.summary().guards().getFirst().name());
    }

    @Test
    void filtersLeaveOutAndSayWhy() {
        here.seen("guest", PlanFixture.attributes("guest").toBuilder().set(UserField.USER_TYPE, "Guest").build());
        here.seen("disabled",
                PlanFixture.attributes("disabled").toBuilder().set(UserField.ACCOUNT_ENABLED, false).build());
        here.seen("mfa", PlanFixture.attributes("mfa"), MfaState.REGISTERED);
        here.seen("unknown", PlanFixture.attributes("unknown"), MfaState.UNKNOWN);
        here.seen("secret", Attributes.builder(UserField.class).build());
        here.seen("named");
        here.seen("nested");
        here.seenGroup("group-out", "group-below");
        here.seenGroup("group-below", "nested");
        here.config = new ProfileConfig(Scope.everyone(), new Filters(false, false, false,
                List.of(PlanFixture.ref("group-out")), List.of(PlanFixture.ref("named"))), Mapping.standard(),
                Policies.standard());
        Planned planned = here.planAndApply();
        assertEquals(ReasonCode.GUEST_SKIPPED, planned.reason(ChangeKind.SKIP, "guest"));
        assertEquals(ReasonCode.DISABLED_SKIPPED, planned.reason(ChangeKind.SKIP, "disabled"));
        assertEquals(ReasonCode.MFA_SKIPPED, planned.reason(ChangeKind.SKIP, "mfa"));
        assertEquals(ReasonCode.ONLY_ID_READABLE, planned.reason(ChangeKind.SKIP, "secret"));
        assertEquals(ReasonCode.EXCLUDED_PERSON, planned.reason(ChangeKind.SKIP, "named"));
        assertEquals(ReasonCode.EXCLUDED_GROUP, planned.reason(ChangeKind.SKIP, "nested"));
        assertEquals(ReasonCode.EXCLUDED_GROUP, planned.reason(ChangeKind.SKIP, "group-out"));
        assertEquals(List.of(ChangeKind.CREATE), planned.kinds("unknown"));
        assertEquals(List.of(ChangeKind.GROUP_CREATE), planned.kinds("group-below"), "only the group named stays out");
        assertEquals(1, planned.summary().count(ChangeKind.CREATE));
        assertTrue(here.plan().changesNothing());
    }

    @Test
    void aFilterThatIsSetLaterRemoves() {
        here.seen("guest", PlanFixture.attributes("guest").toBuilder().set(UserField.USER_TYPE, "Guest").build());
        here.planAndApply();
        here.config = new ProfileConfig(Scope.everyone(), new Filters(false, true, true, List.of(), List.of()),
                Mapping.standard(), Policies.standard());
        Planned planned = here.planAndApply();
        assertEquals(ReasonCode.GUEST_SKIPPED, planned.reason(ChangeKind.REMOVE, "guest"));
    }

    @Test
    void chosenGroupsBringTheirPeopleAndOnlyWhatIsBelow() {
        here.seen("ann");
        here.seen("bob");
        here.seen("carl");
        here.seenGroup("group-a", "ann", "group-b");
        here.seenGroup("group-b", "bob");
        here.seenGroup("group-c", "carl");
        here.config = scope(Scope.ofGroups(List.of(PlanFixture.ref("group-a")), true));
        Planned planned = here.planAndApply();
        assertEquals(Map.of(ChangeKind.CREATE, 2L, ChangeKind.GROUP_CREATE, 2L, ChangeKind.MEMBER_ADD, 3L),
                planned.summary().counts());
        assertEquals(List.of("group-a", "group-b"),
                planned.person(ChangeKind.CREATE, "bob").reason().facts().get("path"));
        here.config = scope(Scope.ofGroups(List.of(PlanFixture.ref("group-a")), false));
        Planned narrower = here.planAndApply();
        assertEquals(ReasonCode.OUT_OF_SCOPE, narrower.reason(ChangeKind.REMOVE, "bob"));
        assertEquals(List.of(ChangeKind.GROUP_REMOVE), narrower.kinds("group-b"));
        assertEquals(2, narrower.summary().count(ChangeKind.MEMBER_REMOVE));
        here.config = scope(Scope.ofPeople(List.of(PlanFixture.ref("carl"))));
        Planned people = here.planAndApply();
        assertEquals(ReasonCode.IN_SCOPE_PERSON, people.reason(ChangeKind.CREATE, "carl"));
        assertEquals(GroupStatus.REMOVED, Objects.requireNonNull(here.groups.get(PlanFixture.id("group-a"))).status());
        assertTrue(here.memberships.isEmpty());
        here.config = scope(Scope.everyone());
        Planned wide = here.planAndApply();
        assertEquals(ReasonCode.BACK_IN_SCOPE, wide.reason(ChangeKind.GROUP_CREATE, "group-a"));
        assertEquals(4, here.memberships.size());
        assertTrue(here.plan().changes().isEmpty());
    }

    private static ProfileConfig scope(Scope scope) {
        return new ProfileConfig(scope, Filters.none(), Mapping.standard(), Policies.standard());
    }

    @Test
    void rulesDecideInOrderAndManualRolesStay() {
        for (String name : List.of("ann", "bob", "carl", "dora")) {
            here.seen(name);
        }
        here.seenGroup("group-admins", "ann");
        here.seenGroup("group-ops", "ann", "bob", "group-deep");
        here.seenGroup("group-deep", "carl");
        here.rule("group-admins", false, Role.ADMINISTRATOR);
        here.rule("group-ops", true, Role.OPERATOR);
        Planned planned = here.planAndApply();
        assertEquals(Role.ADMINISTRATOR, here.person("ann").role());
        assertEquals(Role.OPERATOR, here.person("carl").role());
        assertEquals(RoleSource.DEFAULT, here.person("dora").roleSource());
        assertEquals(List.of("group-ops", "group-deep"),
                planned.person(ChangeKind.ROLE_GRANT, "carl").reason().facts().get("path"));
        assertEquals(3, planned.summary().count(ChangeKind.ROLE_GRANT));
        assertEquals(1, planned.summary().admins().before());
        assertEquals(2, planned.summary().admins().after());
        assertTrue(here.plan().changes().isEmpty());
        here.edit("bob", person -> PlanFixture.withRole(person, Role.AUDITOR, RoleSource.MANUAL));
        here.rules.remove(1);
        Planned fewer = here.planAndApply();
        assertEquals(List.of(ChangeKind.ROLE_CHANGE), fewer.kinds("carl"));
        assertEquals(ReasonCode.DEFAULT_ROLE, fewer.reason(ChangeKind.ROLE_CHANGE, "carl"));
        assertEquals(List.of(), fewer.kinds("bob"));
        assertEquals(Role.AUDITOR, here.person("bob").role());
    }

    @Test
    void anotherRuleWithTheSameRoleIsNoChangeButNoted() {
        here.seen("ann");
        here.seenGroup("group-a", "ann");
        here.seenGroup("group-b");
        here.rule("group-a", false, Role.OPERATOR);
        here.rule("group-b", false, Role.OPERATOR);
        here.planAndApply();
        here.mirrorMemberships.clear();
        here.member("group-b", "ann", MemberType.USER);
        Planned planned = here.planAndApply();
        assertEquals(0, planned.summary().count(ChangeKind.ROLE_CHANGE));
        assertEquals(101L, here.person("ann").ruleId());
        assertTrue(here.plan().changes().isEmpty());
    }

    @Test
    void whoIsExcludedByHandIsLeftAlone() {
        here.seen("ann");
        here.planAndApply();
        here.edit("ann", person -> PlanFixture.with(person, UserStatus.ACTIVE, false, true));
        here.change("ann", UserField.DEPARTMENT, "Other");
        assertEquals(ReasonCode.EXCLUDED_BY_HAND, here.planAndApply().reason(ChangeKind.SKIP, "ann"));
        here.gone("ann");
        Planned planned = here.planAndApply();
        assertEquals(List.of(ChangeKind.SKIP), planned.kinds("ann"));
        assertEquals(UserStatus.ACTIVE, here.person("ann").status());
    }

    @Test
    void whomAnotherImportHasIsReleasedNotRemoved() {
        here.seen("ann");
        here.seenGroup("group-a", "ann");
        here.planAndApply();
        here.edit("ann", person -> PlanFixture.withProfiles(person, true, 3L));
        here.gone("ann");
        Planned planned = here.planAndApply();
        assertEquals(List.of(ChangeKind.SKIP), planned.kinds("ann"));
        assertEquals(ReasonCode.ANOTHER_PROFILE, planned.reason(ChangeKind.SKIP, "ann"));
        assertFalse(here.person("ann").inProfile());
        assertTrue(here.plan().changesNothing());
    }

    @Test
    void theOldestImportDecidesAboutRoleAndNames() {
        here.seen("ann");
        here.planAndApply();
        here.edit("ann", person -> PlanFixture.withProfiles(person, false, 3L));
        here.defaultRole = Role.AUDITOR;
        here.change("ann", UserField.USER_PRINCIPAL_NAME, "new@contoso.example");
        Planned planned = here.planAndApply();
        assertEquals(List.of(ChangeKind.SKIP), planned.kinds("ann"), "adopted, not changed");
        assertTrue(here.person("ann").inProfile());
        here.sameMapping.add(3L);
        assertEquals(List.of(ChangeKind.RENAME), here.planAndApply().kinds("ann"), "the same mapping may");
        assertEquals(Role.USER, here.person("ann").role());
        here.edit("ann", person -> PlanFixture.withProfiles(person, true, 9L));
        assertEquals(List.of(ChangeKind.ROLE_CHANGE), here.planAndApply().kinds("ann"));
    }

    @Test
    void groupsAreUpdatedAndRemoved() {
        here.seenGroup("group-a", "group-b");
        here.seenGroup("group-b");
        here.planAndApply();
        here.mirrorGroups.remove(PlanFixture.id("group-b"));
        here.seenGroup("group-a");
        here.mirrorGroups.computeIfPresent(PlanFixture.id("group-a"),
                (key, group) -> new org.rollcall.domain.MirrorGroup(key, group.attributes().toBuilder()
                        .set(org.rollcall.domain.GroupField.DISPLAY_NAME, "Renamed").build()));
        Planned planned = here.planAndApply();
        assertEquals(List.of(ChangeKind.GROUP_UPDATE), planned.kinds("group-a"));
        assertEquals(ReasonCode.GONE_FROM_ENTRA, planned.reason(ChangeKind.GROUP_REMOVE, "group-b"));
        assertEquals(1, planned.summary().count(ChangeKind.MEMBER_REMOVE));
        assertTrue(here.plan().changes().isEmpty());
    }

    @Test
    void aMemberWhoseTypeBecomesKnownIsStoredAnew() {
        here.seen("ann");
        here.seenGroup("group-a");
        here.member("group-a", "thing", MemberType.UNKNOWN);
        here.member("group-a", "ann", MemberType.UNKNOWN);
        here.planAndApply();
        assertEquals(2, here.memberships.size());
        assertTrue(here.memberships.stream().anyMatch(each -> each.type() == MemberType.USER), "the id tells");
        assertTrue(here.plan().changes().isEmpty());
        here.mirrorMemberships.removeIf(each -> each.member().equals(PlanFixture.id("thing")));
        here.member("group-a", "thing", MemberType.DEVICE);
        Planned planned = here.planAndApply();
        assertEquals(1, planned.summary().count(ChangeKind.MEMBER_REMOVE));
        assertEquals(1, planned.summary().count(ChangeKind.MEMBER_ADD));
    }

    @Test
    void theRemovalGuardCountsAgainstActivePeople() {
        for (int i = 0; i < 100; i++) {
            here.seen("p" + i);
        }
        here.planAndApply();
        for (int i = 0; i < 10; i++) {
            here.gone("p" + i);
        }
        assertFalse(here.plan().summary().stopped(), "ten of a hundred are ten per cent, not more");
        here.change("p10", UserField.ACCOUNT_ENABLED, false);
        Planned planned = here.plan();
        assertTrue(planned.summary().stopped());
        assertEquals(100, planned.summary().activeBefore());
        here.maxRemovals = PeopleLimit.removals("11");
        assertFalse(here.plan().summary().stopped());
        here.maxRemovals = PeopleLimit.removals("5%");
        assertTrue(here.plan().summary().stopped());
        here.maxRemovals = PeopleLimit.removals("0");
        assertTrue(here.plan().summary().stopped());
        here.mirrorPeople.clear();
        here.maxRemovals = PeopleLimit.removals("100%");
        assertFalse(here.plan().summary().stopped());
    }

    @Test
    void fewRemovalsNeverStop() {
        for (int i = 0; i < 10; i++) {
            here.seen("p" + i);
        }
        here.planAndApply();
        for (int i = 0; i < 9; i++) {
            here.gone("p" + i);
        }
        assertFalse(here.plan().summary().stopped(), "nine of ten, but fewer than ten people");
    }

    private static Role role(long id, String name, Permission... permissions) {
        return new Role(id, name, "", true, 1, Set.of(permissions));
    }

    private Guard lostRoles() {
        return here.plan().summary().guards().stream().filter(each -> each.name().equals(Guards.LOST_ROLES)).findFirst()
                .orElseThrow();
    }

    @Test
    void theGuardOfLostRolesCountsThoseWhoCanDoLessAfterwards() {
        here.losses = RoleLosses.among(List.of(role(1, Role.USER, Permission.VIEW_OWN_PROFILE),
                role(2, Role.AUDITOR, Permission.VIEW_OWN_PROFILE, Permission.VIEW_DIRECTORY),
                role(3, Role.OPERATOR, Permission.VIEW_OWN_PROFILE, Permission.IMPORT)));
        var names = new String[14];
        for (int i = 0; i < names.length; i++) {
            names[i] = "p" + i;
            here.seen(names[i]);
        }
        here.seenGroup("group-a", names);
        here.seenGroup("group-b");
        here.rule("group-a", true, Role.AUDITOR);
        here.planAndApply();
        assertEquals("Lost roles: 0 of 14 people; 10% (at least 10) would stop the run", lostRoles().message());
        here.edit("p0", p -> PlanFixture.withRole(p, Role.AUDITOR, RoleSource.MANUAL));
        here.gone("p1");
        here.defaultRole = Role.AUDITOR;
        here.rules.clear();
        assertEquals("Lost roles: 0 of 14 people; 10% (at least 10) would stop the run", lostRoles().message(),
                "from elsewhere, but the same");
        here.defaultRole = Role.USER;
        assertEquals("Lost roles: 12 of 14 people; 10% (at least 10) stop the run", lostRoles().message(),
                "by hand and removed count for nothing");
        assertTrue(here.plan().summary().stopped());
        here.defaultRole = Role.OPERATOR;
        assertTrue(lostRoles().stopped(), "another role that permits other things");
        here.config = new ProfileConfig(here.config.scope(), here.config.filters(), here.config.mapping(),
                here.config.policies().withLostRoles(10, 13));
        assertFalse(lostRoles().stopped(), "fewer than the least");
        here.config = new ProfileConfig(here.config.scope(), here.config.filters(), here.config.mapping(),
                here.config.policies().withLostRoles(86, 1));
        assertFalse(lostRoles().stopped());
        here.maxLostRoles = PeopleLimit.lostRoles("11");
        assertEquals("Lost roles: 12 of 14 people; the limit of this run is 11", lostRoles().message());
        assertTrue(lostRoles().stopped());
        here.maxLostRoles = PeopleLimit.lostRoles("12");
        assertFalse(lostRoles().stopped());
        here.maxLostRoles = PeopleLimit.lostRoles("85%");
        assertTrue(lostRoles().stopped());
        here.maxLostRoles = PeopleLimit.lostRoles("100%");
        assertFalse(lostRoles().stopped());
        for (String nonsense : List.of("-1", "many", "%", "", "1.5", "5 %")) {
            assertEquals("max-lost-roles.format", assertThrows(RollcallException.class,
                    () -> PeopleLimit.lostRoles(nonsense)).code());
        }
    }

    @Test
    void theLastAdministratorWhoCanSignInStays() {
        here.administrators = new PlanInput.Administrators(0, 0, true);
        here.seen("ann");
        here.seenGroup("group-admins", "ann");
        here.rule("group-admins", false, Role.ADMINISTRATOR);
        here.planAndApply();
        here.gone("ann");
        Planned planned = here.plan();
        assertTrue(planned.summary().guards().stream()
                .anyMatch(each -> each.name().equals(Guards.ADMINISTRATORS) && each.stopped()));
        assertEquals(1, planned.summary().admins().before());
        assertEquals(0, planned.summary().admins().after());
    }
}
