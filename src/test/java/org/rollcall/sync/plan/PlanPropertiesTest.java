package org.rollcall.sync.plan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

import org.rollcall.domain.Change;
import org.rollcall.domain.Change.MemberChange;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.GroupStatus;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.MfaState;
import org.rollcall.domain.MirrorPerson;
import org.rollcall.domain.Permission;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.ProfileConfig.Filters;
import org.rollcall.domain.ProfileConfig.Mapping;
import org.rollcall.domain.ProfileConfig.Policies;
import org.rollcall.domain.ProfileConfig.Scope;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.StoredGroup;
import org.rollcall.domain.StoredPerson;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserStatus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What holds for every plan, over random tenants that change at random under random configurations.
class PlanPropertiesTest {
    private static final int SEEDS = 200;
    private static final int ROUNDS = 6;
    private static final int PEOPLE = 14;
    private static final int GROUPS = 6;
    private static final Filters EVERYBODY = new Filters(true, true, true, List.of(), List.of());

    @Test
    void plansAreExactAndHarmNobody() {
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var here = new PlanFixture();
            for (int round = 0; round < ROUNDS; round++) {
                mutate(here, random, 12);
                var before = Map.copyOf(here.people);
                PlanFixture.Planned planned = here.planAndApply();
                String where = "seed " + seed + ", round " + round;
                here.names();
                assertTrue(here.plan().changesNothing(), where + ": a second plan has something to do");
                assertEquals(planned.changes(), replan(here, before, planned), where);
                manualRolesStay(here, before, where);
                conflictsHarmNobodyElse(here, planned, where);
                membershipsAreWhatTheyShouldBe(here, where);
                if (here.config.scope().all() && here.config.filters().equals(EVERYBODY)) {
                    everyoneIsHere(here, planned, where);
                }
            }
        }
    }

    /// Whatever happens in the directory and to the rules: a run that is not stopped takes no more roles than its limit.
    @Test
    void noRunThatPassesTakesMoreRolesThanItsLimit() {
        Map<String, Set<Permission>> permissions = Map.of(Role.ADMINISTRATOR, EnumSet.allOf(Permission.class),
                Role.OPERATOR, EnumSet.of(Permission.IMPORT, Permission.VIEW_DIRECTORY), Role.AUDITOR,
                EnumSet.of(Permission.VIEW_DIRECTORY, Permission.VIEW_ACTIVITY), Role.USER, Set.of());
        List<String> roles = permissions.keySet().stream().sorted().toList();
        int stopped = 0;
        int taking = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var here = new PlanFixture();
            here.losses = new RoleLosses(permissions);
            for (int round = 0; round < ROUNDS; round++) {
                mutate(here, random, 12);
                here.defaultRole = roles.get(random.nextInt(roles.size()));
                boolean percent = random.nextBoolean();
                long limit = percent ? random.nextInt(40) : random.nextInt(4);
                here.maxLostRoles = new PeopleLimit(limit, percent);
                var before = Map.copyOf(here.people);
                PlanFixture.Planned planned = here.plan();
                boolean passes = planned.summary().guards().stream()
                        .noneMatch(each -> each.name().equals(Guards.LOST_ROLES) && each.stopped());
                here.apply(planned);
                long lost = before.values().stream().filter(each -> {
                    StoredPerson now = Objects.requireNonNull(here.people.get(each.id()));
                    return each.role() != null && each.status() != UserStatus.REMOVED
                            && now.roleSource() != RoleSource.MANUAL && !permissions
                                    .getOrDefault(now.role(), Set.of())
                                    .containsAll(permissions.getOrDefault(each.role(),
                                            Set.of()));
                }).count();
                long base = planned.summary().activeBefore();
                assertEquals(percent ? lost * 100 > limit * base : lost > limit, !passes,
                        "seed " + seed + ", round " + round + ": " + lost + " of " + base);
                stopped += passes ? 0 : 1;
                taking += passes && lost > 0 ? 1 : 0;
            }
        }
        assertTrue(stopped > 50 && taking > 50, stopped + " stopped, " + taking + " passed and took roles");
    }

    /// The counts of the summary are those of the changes, and nobody is created twice.
    private static List<Change> replan(PlanFixture here, Map<?, StoredPerson> before, PlanFixture.Planned planned) {
        var seen = new HashSet<List<Object>>();
        for (Change change : planned.changes()) {
            Object member = change instanceof MemberChange each ? each.memberId() : "";
            assertTrue(seen.add(List.of(change.kind(), change.objectId(), member)) || change.kind() == ChangeKind.SKIP,
                    "twice: " + change);
        }
        planned.summary().counts().forEach((kind, count) -> assertEquals(count, planned.of(kind).size()));
        assertEquals(before.values().stream().filter(StoredPerson::inProfile)
                .filter(each -> each.status() == UserStatus.ACTIVE).count(), planned.summary().activeBefore());
        long admins = here.people.values().stream().filter(each -> each.status() == UserStatus.ACTIVE)
                .filter(each -> Role.ADMINISTRATOR.equals(each.role())).count();
        assertEquals(admins + 1, planned.summary().admins().after());
        return planned.changes();
    }

    private static void manualRolesStay(PlanFixture here, Map<?, StoredPerson> before, String where) {
        for (StoredPerson old : before.values()) {
            if (old.roleSource() == RoleSource.MANUAL) {
                assertEquals(old.role(), Objects.requireNonNull(here.people.get(old.id())).role(), where);
            }
            if (old.excluded()) {
                assertEquals(old, here.people.get(old.id()), where + ": excluded by hand");
            }
        }
    }

    private static void conflictsHarmNobodyElse(PlanFixture here, PlanFixture.Planned planned, String where) {
        Set<Object> losers = new HashSet<>();
        planned.of(ChangeKind.CONFLICT).forEach(each -> losers.add(each.objectId()));
        for (var seen : here.mirrorPeople.values()) {
            StoredPerson stored = here.people.get(seen.id());
            if (stored == null || losers.contains(seen.id()) || stored.excluded() || !stored.inProfile()
                    || stored.status() == UserStatus.REMOVED) {
                continue;
            }
            assertEquals(seen.attributes(), stored.attributes(), where);
            assertEquals(seen.attributes().text(here.config.mapping().username()), stored.username(), where);
            assertEquals(seen.mfa(), stored.mfa(), where);
        }
    }

    private static void membershipsAreWhatTheyShouldBe(PlanFixture here, String where) {
        var expected = new HashSet<>(here.mirrorMemberships);
        expected.removeIf(each -> !present(here, each.group(), MemberType.GROUP)
                || !present(here, each.member(), each.type()));
        assertEquals(expected, new HashSet<>(here.memberships), where);
    }

    private static boolean present(PlanFixture here, java.util.UUID id, MemberType type) {
        return switch (type) {
            case USER -> {
                StoredPerson person = here.people.get(id);
                yield person != null && person.status() != UserStatus.REMOVED;
            }
            case GROUP -> {
                StoredGroup group = here.groups.get(id);
                yield group != null && group.status() == GroupStatus.ACTIVE;
            }
            default -> true;
        };
    }

    private static void everyoneIsHere(PlanFixture here, PlanFixture.Planned planned, String where) {
        var excused = new HashSet<Object>();
        planned.changes().stream().filter(each -> !each.kind().changesDirectory())
                .forEach(each -> excused.add(each.objectId()));
        for (var id : here.mirrorPeople.keySet()) {
            StoredPerson stored = here.people.get(id);
            assertTrue(excused.contains(id) || stored != null && stored.status() != UserStatus.REMOVED, where);
        }
    }

    /// @param most things that happen
    static void mutate(PlanFixture here, Random random, int most) {
        for (int i = random.nextInt(most); i >= 0; i--) {
            String name = "p" + random.nextInt(PEOPLE);
            boolean known = here.mirrorPeople.containsKey(PlanFixture.id(name));
            switch (random.nextInt(14)) {
                case 0, 1, 2, 3 -> here.seen(name);
                case 4 -> here.gone(name);
                case 5 -> {
                    if (known) {
                        // Few names for many people, in every letter case.
                        String upn = (random.nextBoolean() ? "p" : "P") + random.nextInt(PEOPLE) + "@contoso.example";
                        here.change(name, UserField.USER_PRINCIPAL_NAME, upn);
                    }
                }
                case 6 -> {
                    if (known) {
                        here.change(name, UserField.ACCOUNT_ENABLED, random.nextBoolean());
                    }
                }
                case 7 -> {
                    if (known) {
                        here.change(name, UserField.USER_TYPE, random.nextBoolean() ? "Guest" : "Member");
                    }
                }
                case 8 -> {
                    MirrorPerson seen = here.mirrorPeople.get(PlanFixture.id(name));
                    if (seen != null) {
                        here.seen(name, seen.attributes(),
                                MfaState.values()[random.nextInt(3)]);
                    }
                }
                case 9, 10 -> group(here, random);
                case 11 -> here.config = config(random);
                case 12 -> byHand(here, random, name);
                default -> {
                    here.rules.clear();
                    for (int rule = random.nextInt(3); rule > 0; rule--) {
                        here.rule("group" + random.nextInt(GROUPS), random.nextBoolean(),
                                random.nextBoolean() ? Role.ADMINISTRATOR : Role.AUDITOR);
                    }
                }
            }
        }
    }

    private static void byHand(PlanFixture here, Random random, String name) {
        StoredPerson person = here.people.get(PlanFixture.id(name));
        if (person == null || person.status() == UserStatus.REMOVED) {
            return;
        }
        here.edit(name, p -> random.nextBoolean()
                ? PlanFixture.withRole(p, Role.OPERATOR, RoleSource.MANUAL)
                : PlanFixture.with(p, p.status(), p.disabledByHand(), random.nextInt(3) == 0));
    }

    private static void group(PlanFixture here, Random random) {
        String name = "group" + random.nextInt(GROUPS);
        here.mirrorMemberships.removeIf(each -> each.group().equals(PlanFixture.id(name)));
        if (random.nextInt(5) == 0) {
            here.mirrorGroups.remove(PlanFixture.id(name));
            here.mirrorMemberships.removeIf(each -> each.member().equals(PlanFixture.id(name)));
            return;
        }
        here.seenGroup(name);
        for (int i = random.nextInt(6); i > 0; i--) {
            switch (random.nextInt(4)) {
                case 0 -> here.member(name, "group" + random.nextInt(GROUPS), MemberType.GROUP);
                case 1 -> here.member(name, "printer" + random.nextInt(3), MemberType.DEVICE);
                default -> here.member(name, "p" + random.nextInt(PEOPLE), MemberType.USER);
            }
        }
    }

    private static ProfileConfig config(Random random) {
        var groups = new ArrayList<Ref>();
        var people = new ArrayList<Ref>();
        boolean all = random.nextBoolean();
        if (!all) {
            groups.add(PlanFixture.ref("group" + random.nextInt(GROUPS)));
            people.add(PlanFixture.ref("p" + random.nextInt(PEOPLE)));
        }
        var filters = new Filters(random.nextBoolean(), random.nextBoolean(), random.nextBoolean(),
                random.nextInt(3) == 0 ? List.of(PlanFixture.ref("group" + random.nextInt(GROUPS))) : List.of(),
                random.nextInt(3) == 0 ? List.of(PlanFixture.ref("p" + random.nextInt(PEOPLE))) : List.of());
        return new ProfileConfig(new Scope(all, groups, random.nextBoolean(), people), filters, Mapping.standard(),
                Policies.standard());
    }
}
