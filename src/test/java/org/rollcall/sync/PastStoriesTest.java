package org.rollcall.sync;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Attributes;
import org.rollcall.domain.Edge;
import org.rollcall.domain.GroupField;
import org.rollcall.domain.GroupRow;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Membership;
import org.rollcall.domain.MfaState;
import org.rollcall.domain.Mirror;
import org.rollcall.domain.Permission;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.ProfileConfig.Filters;
import org.rollcall.domain.ProfileConfig.Mapping;
import org.rollcall.domain.ProfileConfig.Policies;
import org.rollcall.domain.ProfileConfig.Scope;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleRule;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunFilter;
import org.rollcall.domain.RunKind;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.Trigger;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserSort;
import org.rollcall.domain.UserStatus;
import org.rollcall.groups.GroupService;
import org.rollcall.people.LinkService;
import org.rollcall.people.PastService;
import org.rollcall.people.PeopleService;
import org.rollcall.roles.RoleEdit;
import org.rollcall.roles.RoleServices;
import org.rollcall.runs.ImportSchedules;
import org.rollcall.runs.UndoService;
import org.rollcall.store.AuditStore;
import org.rollcall.store.Database;
import org.rollcall.store.GroupNesting;
import org.rollcall.store.GroupQueries;
import org.rollcall.store.MirrorRows;
import org.rollcall.store.PastLog;
import org.rollcall.store.PersonStore;
import org.rollcall.store.ReadyDatabase;
import org.rollcall.store.SettingStore;
import org.rollcall.store.TenantStore;
import org.rollcall.store.TestDirectory;
import org.rollcall.store.UserQueries;
import org.rollcall.sync.plan.PeopleLimit;
import org.rollcall.sync.plan.RunLimits;
import org.rollcall.sync.read.MirrorReader;
import org.rollcall.task.JobContext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Whatever happened: the directory as of a moment is the very directory that was there at that moment, in every export,
/// list and membership.
///
/// `-Drollcall.pasts=2000` tells more stories.
class PastStoriesTest {
    private static final int STORIES = Integer.getInteger("rollcall.pasts", 2);
    private static final long FIRST = Long.getLong("rollcall.pasts.from", 1);
    private static final int STEPS = 12;
    private static final RunLimits LIMITS = new RunLimits(new PeopleLimit(100, true), 100,
            new PeopleLimit(100, true));

    @TempDir
    Path folder;
    private ImportWorld world;
    private UserQueries users;
    private GroupQueries groups;
    private GroupNesting nesting;
    private PastService past;
    private final TestDirectory.SettableClock clock = new TestDirectory.SettableClock();
    private int differing;
    private int compared;
    private int linked;
    private int undone;
    private UndoService undo;

    @BeforeEach
    void open() {
        world = new ImportWorld(folder, clock);
        nesting = new GroupNesting(world.database);
        users = new UserQueries(world.database, nesting);
        groups = new GroupQueries(world.database);
        undo = new UndoService(world.stores, world.roles, new ImportSchedules() {
            @Override
            public void undone(Actor by, long profileId, String reason) {}

            @Override
            public void release(Actor by, long profileId) {}
        }, world.audit, clock);
        past = new PastService(world.database, new PeopleService(users, nesting, world.audit), world.audit, clock);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void asOfAMomentIsWhatWasThere() {
        for (long seed = FIRST; seed < FIRST + STORIES; seed++) {
            new Story(seed, true).play();
        }
        assertTrue(differing > compared / 2, differing + " of " + compared + " moments differ from the present");
        assertTrue(linked > 0 && undone > 0, linked + " linked, " + undone + " undone");
    }

    /// Of what happened before the past was kept, the audit log tells enough: all but what stood in rows that are gone.
    @Test
    void theAuditLogTellsOfBefore() {
        new Story(1_000, false).play();
        assertTrue(compared > 0);
    }

    /// Everything that is told of the directory.
    private record Told(List<List<@Nullable Object>> people, List<List<@Nullable Object>> groups, List<Edge> edges,
            Map<String, List<Long>> lists, Map<UUID, List<?>> members, Map<Long, List<?>> groupsOf) {}

    private static List<@Nullable Object> words(UserRow row) {
        var words = new ArrayList<@Nullable Object>(List.of(row.id(), row.username(), row.status(),
                row.disabledByHand(), row.excluded(), row.mfa(), row.role(), row.roleSource()));
        words.add(row.tenant());
        words.add(row.objectId());
        for (UserField field : UserField.values()) {
            words.add(row.attributes().get(field));
        }
        return words;
    }

    private static List<@Nullable Object> words(GroupRow row) {
        var words = new ArrayList<@Nullable Object>(List.of(row.id(), row.tenant(), row.objectId(), row.status()));
        for (GroupField field : GroupField.values()) {
            words.add(row.attributes().get(field));
        }
        return words;
    }

    private final class Story extends ImportStory {
        private final Actor actor = world.actor;
        private final Map<Instant, Told> recorded = new LinkedHashMap<>();
        private final List<RoleEdit> edits = new ArrayList<>();
        private final List<String> said = new ArrayList<>();
        private final Map<String, UserFilter> filters = new LinkedHashMap<>();
        private final boolean kept;
        private int step;

        /// @param kept whether the past was kept as it happened; false: it is filled in afterwards
        Story(long seed, boolean kept) {
            super(PastStoriesTest.this.world, seed);
            this.kept = kept;
            filters.put("everybody", UserFilter.everyone());
            filters.put("administrators", UserFilter.everyone()
                    .withRoles(Set.of(roles.roles().find(actor, Role.ADMINISTRATOR).id())));
            filters.put("removed", UserFilter.everyone().withStatuses(Set.of(UserStatus.REMOVED)));
            filters.put("n1", UserFilter.everyone().withSearch("n1 Department"));
            filters.put("group", UserFilter.everyone()
                    .withGroup(new UserFilter.InGroup(tenant.id(), group(0), true)));
        }

        void play() {
            run("default", draft());
            for (step = 0; step < STEPS; step++) {
                clock.advance(Duration.ofSeconds(1 + random.nextInt(1000)));
                for (int i = random.nextInt(4); i >= 0; i--) {
                    try {
                        said.add(step + " " + happen());
                    } catch (RollcallException e) {
                        said.add(step + " refused: " + e.message());
                    }
                }
                if (kept && step % 4 == 1) {
                    anew();
                } else if (kept && step % 4 == 3) {
                    link();
                }
                if (random.nextInt(4) > 0) {
                    boolean other = random.nextInt(3) == 0;
                    run(other ? "other" : "default",
                            stores.profiles().byName(tenant.id(), other ? "other" : "default").isPresent()
                                    && random.nextInt(8) > 0 ? null : draft());
                    said.add(step + " run");
                }
                recorded.put(clock.instant(), now());
                clock.advance(Duration.ofSeconds(1));
            }
            if (!kept) {
                new TestDirectory(database).refillPast();
            }
            Told present = now();
            recorded.forEach((moment, then) -> {
                if (random.nextBoolean()) {
                    compared++;
                    differing += then.equals(present) ? 0 : 1;
                    compare(moment, then);
                }
            });
        }

        private void compare(Instant moment, Told then) {
            String where = "story " + seed + " as of " + moment + ": " + said;
            Told told = asOf(moment);
            assertEquals(lines(then.people()), lines(told.people()), where);
            assertEquals(lines(then.groups()), lines(told.groups()), where);
            assertEquals(lines(then.edges()), lines(told.edges()), where);
            assertEquals(then.lists(), told.lists(), where);
            assertEquals(then.members(), told.members(), where);
            assertEquals(then.groupsOf(), told.groupsOf(), where);
        }

        private static String lines(Collection<?> rows) {
            return String.join("\n", rows.stream().map(String::valueOf).toList());
        }

        private Told now() {
            var all = new ArrayList<List<@Nullable Object>>();
            var groupsOf = new HashMap<Long, List<?>>();
            var persons = new ArrayList<UserRow>();
            users.forEach(UserFilter.everyone(), persons::add);
            persons.forEach(row -> {
                all.add(words(row));
                if (isAsked(row)) {
                    groupsOf.put(row.id(), row.objectId() == null || row.tenantId() == null
                            ? List.of()
                            : nesting.pathsTo(row.tenantId(), row.objectId()).stream()
                                    .map(path -> path.path().toString()).toList());
                }
            });
            var allGroups = new ArrayList<List<@Nullable Object>>();
            groups.forEach(true, row -> allGroups.add(words(row)));
            var edges = new ArrayList<Edge>();
            groups.forEachEdge(edges::add);
            var lists = new LinkedHashMap<String, List<Long>>();
            filters.forEach((name, filter) -> lists.put(name, users.list(filter, UserSort.BY_NAME, null, 1_000).rows()
                    .stream().map(UserRow::id).toList()));
            var members = new HashMap<UUID, List<?>>();
            for (GroupRow row : mine()) {
                var effective = new ArrayList<Long>();
                users.forEach(GroupService.effective(row), each -> effective.add(each.id()));
                members.put(row.objectId(), List.of(groups.directMembers(tenant.id(), row.objectId()), effective));
            }
            return new Told(all, allGroups, edges, lists, members, groupsOf);
        }

        /// One in four, to save time.
        private static boolean isAsked(UserRow row) {
            return row.id() % 4 == 0;
        }

        private List<GroupRow> mine() {
            var mine = new ArrayList<GroupRow>();
            groups.forEach(true, row -> {
                if (row.tenantId() == tenant.id()) {
                    mine.add(row);
                }
            });
            return mine;
        }

        private Told asOf(Instant moment) {
            var all = new ArrayList<List<@Nullable Object>>();
            var groupsOf = new HashMap<Long, List<?>>();
            var persons = new ArrayList<UserRow>();
            past.exportPeople(actor, moment, UserFilter.everyone(), persons::add);
            persons.forEach(row -> {
                all.add(words(row));
                if (isAsked(row)) {
                    groupsOf.put(row.id(), past.find(actor, moment, Long.toString(row.id())).value().groups().stream()
                            .map(path -> path.path().toString()).toList());
                }
            });
            var allGroups = new ArrayList<List<@Nullable Object>>();
            past.exportGroups(actor, moment, true, row -> allGroups.add(words(row)));
            var edges = new ArrayList<Edge>();
            past.exportMemberships(actor, moment, edges::add);
            var lists = new LinkedHashMap<String, List<Long>>();
            filters.forEach((name, filter) -> lists.put(name, pages(moment, filter)));
            var members = new HashMap<UUID, List<?>>();
            for (GroupRow row : mine()) {
                try {
                    var then = past.members(actor, moment, row, true).value();
                    members.put(row.objectId(),
                            List.of(then.direct(), then.effective().stream().map(UserRow::id).toList()));
                } catch (RollcallException e) {
                    assertEquals("past.not-there", e.code());
                }
            }
            return new Told(all, allGroups, edges, lists, members, groupsOf);
        }

        private List<Long> pages(Instant moment, UserFilter filter) {
            var ids = new ArrayList<Long>();
            String next = null;
            do {
                var page = past.list(actor, moment, filter, UserSort.BY_NAME, next, 9).value();
                page.page().rows().forEach(row -> ids.add(row.id()));
                next = page.page().next();
                assertTrue(next != null || page.total() == ids.size());
            } while (next != null);
            return ids;
        }

        private void run(String profile, @Nullable Draft draft) {
            ImportTarget target = world.targets.resolve(actor, tenant, profile, draft);
            Mirror mirror = mirror(target);
            ImportRun run = run(target, RunKind.IMPORT);
            world.planning.plan(run, target, mirror, LIMITS, JobContext.silent());
            clock.advance(Duration.ofMillis(10));
            world.applying.apply(actor, run, target, JobContext.silent(),
                    ImportApplying.Others.WRITE_TOO, () -> {}, random.nextInt(3) == 0 ? this::chooseRoles : () -> {});
        }

        /// As when a preview is applied with roles that were chosen by hand.
        private void chooseRoles() {
            try {
                edits.add(roles.assignments().setRole(actor, some(), any(List.of(Role.OPERATOR, Role.AUDITOR))));
            } catch (RollcallException e) {
                said.add(step + " refused in the run: " + e.message());
            }
        }

        @Override
        String happen() {
            List<Mirror> mirrors = mirrors();
            int what = random.nextInt(kept ? 46 : 26);
            switch (what) {
                case 0, 1, 2, 3, 4 -> mirrors.forEach(mirror -> rows.putUsers(mirror.id(), mirror.generation(),
                        Map.of(person(), attributes())));
                case 5, 6 -> mirrors.forEach(mirror -> rows.removeUsers(mirror.id(), List.of(person())));
                case 7 -> mirrors.forEach(mirror -> rows.putMfa(mirror.id(), Map.of(person(),
                        random.nextBoolean() ? MfaState.REGISTERED : MfaState.NOT_REGISTERED)));
                case 8, 9 -> mirrors.forEach(mirror -> rows.putGroups(mirror.id(), mirror.generation(),
                        Map.of(group(), groupAttributes())));
                case 10 -> mirrors.forEach(mirror -> rows.removeGroups(mirror.id(), List.of(group())));
                case 11, 12, 13 -> mirrors.forEach(mirror -> rows.putEdges(mirror.id(), mirror.generation(),
                        edges(1 + random.nextInt(3), allGroups())));
                case 14, 15 -> mirrors.forEach(mirror -> {
                    var all = new ArrayList<Membership>();
                    stores.mirrors().forEachEdge(mirror.id(), all::add);
                    if (!all.isEmpty()) {
                        Membership edge = any(all);
                        rows.removeEdges(mirror.id(), List.of(new Membership(edge.group(), edge.member(),
                                MemberType.UNKNOWN)));
                    }
                });
                case 16, 17 -> edits.add(roles.assignments().setRole(actor, some(), any(roleNames())));
                case 18 -> edits.add(roles.assignments().clear(actor, some()));
                case 19 -> {
                    if (!edits.isEmpty()) {
                        roles.assignments().undo(actor, edits.removeLast());
                    }
                }
                case 20 -> peopleEdits.accounts().deactivate(actor, some());
                case 21 -> peopleEdits.accounts().activate(actor, some());
                case 22 -> peopleEdits.accounts().exclude(actor, some());
                case 23 -> peopleEdits.accounts().include(actor, some());
                case 24 -> roles.rules().add(actor, any(profiles()), new Ref(group(), "group"), random.nextBoolean(),
                        any(roleNames()), 0);
                case 25 -> {
                    List<RoleRule> present = stores.rules().ofProfile(any(profiles()));
                    if (!present.isEmpty()) {
                        roles.rules().remove(actor, any(present).id());
                    }
                }
                case 26 -> {
                    long id = people.insertLocal(name(), "Local " + step, null);
                    locals.add(id);
                    roles.assignments().setRole(actor, List.of(id), Role.USER);
                }
                case 27 -> {
                    if (!locals.isEmpty()) {
                        peopleEdits.accounts().removeLocal(actor, locals.removeFirst());
                    }
                }
                case 28 -> {
                    if (roleNames().size() < 8) {
                        roles.roles().copy(actor, Role.AUDITOR, "Role " + seed + " " + step + " " + random.nextInt(9));
                    }
                }
                case 29 -> {
                    Role role = own();
                    if (role != null) {
                        roles.roles().edit(actor, new Role(role.id(), "Called " + seed + " " + step + " "
                                + random.nextInt(9), role.description(), false, role.version(), role.permissions()));
                    }
                }
                case 30 -> {
                    Role role = own();
                    if (role != null) {
                        roles.roles().remove(actor, role.name(), Role.OPERATOR);
                    }
                }
                case 31, 32, 33 -> link();
                case 34, 35, 36, 37 -> anew();
                case 38, 39, 40, 41, 42, 43, 44 -> undo();
                default -> {
                    var tenants = new TenantStore(database);
                    Tenant now = tenants.byId(tenant.id()).orElseThrow();
                    String name = "Contoso " + seed + " " + step;
                    database.transaction(() -> {
                        new PastLog(database, clock).tenantRenamed(now.id(), now.name(), name);
                        tenants.rename(now.id(), name);
                    });
                }
            }
            return Integer.toString(what);
        }

        @Override
        List<Mirror> mirrors() {
            return new TestDirectory(database).mirrors(tenant).stream().map(id -> stores.mirrors().get(id)).toList();
        }

        private void undo() {
            List<Long> runs = stores.runs().list(RunFilter.ofTenant(tenant.id()), null, 3).stream().map(Run::id)
                    .toList();
            if (!runs.isEmpty()) {
                clock.advance(Duration.ofMillis(10));
                undo.undo(actor, any(runs), random.nextBoolean(), JobContext.silent());
                undone++;
            }
        }

        private void link() {
            List<LinkService.Offer> offers = peopleEdits.links().offers(actor);
            if (!offers.isEmpty()) {
                LinkService.Offer offer = any(offers);
                peopleEdits.links().link(actor, offer.present().id(), offer.former().id());
                linked++;
            }
        }

        /// An account is deleted and made anew: the same name, another id.
        private void anew() {
            List<Mirror> mirrors = mirrors();
            var there = new ArrayList<UserRow>();
            users.forEach(UserFilter.everyone().withTenants(Set.of(tenant.id()))
                    .withStatuses(Set.of(UserStatus.ACTIVE, UserStatus.DISABLED)), there::add);
            if (!there.isEmpty()) {
                UserRow row = any(there);
                UUID made = TestDirectory.uuid(seed + " anew " + step + " " + random.nextInt(1_000));
                mirrors.forEach(mirror -> {
                    rows.removeUsers(mirror.id(), List.of(Objects.requireNonNull(row.objectId())));
                    rows.putUsers(mirror.id(), mirror.generation(), Map.of(made, row.attributes()));
                });
            }
        }

        private List<String> roleNames() {
            return roles.roles().list(actor).stream().map(use -> use.role().name()).toList();
        }

        private @Nullable Role own() {
            List<Role> own = roles.roles().list(actor).stream().map(use -> use.role())
                    .filter(role -> !role.builtIn()).toList();
            return own.isEmpty() ? null : any(own);
        }

        @Override
        List<Long> some() {
            List<Long> ids = new ArrayList<>(people.idsOf(tenant.id(),
                    IntStream.range(0, PEOPLE).mapToObj(this::person).toList()).values().stream().sorted().toList());
            ids.addAll(locals);
            var some = new LinkedHashSet<Long>();
            for (int i = random.nextInt(3); i >= 0 && !ids.isEmpty(); i--) {
                some.add(any(ids));
            }
            return List.copyOf(some);
        }

        @Override
        Attributes<UserField> attributes() {
            var builder = Attributes.builder(UserField.class);
            String name = name();
            return builder.set(UserField.USER_PRINCIPAL_NAME, name)
                    .set(UserField.DISPLAY_NAME,
                            random.nextInt(8) == 0 ? null : name.toUpperCase(java.util.Locale.ROOT))
                    .set(UserField.MAIL_NICKNAME, random.nextInt(5) == 0 ? null : name())
                    .set(UserField.DEPARTMENT, "Department " + random.nextInt(3))
                    .set(UserField.USER_TYPE, random.nextInt(6) == 0 ? "Guest" : "Member")
                    .set(UserField.BUSINESS_PHONES, random.nextBoolean() ? null : List.of("1, 2", name))
                    .set(UserField.CREATED_DATE_TIME, random.nextBoolean()
                            ? null
                            : Instant.ofEpochSecond(random.nextInt(1_000_000)))
                    .set(UserField.ACCOUNT_ENABLED, random.nextInt(5) > 0).build();
        }

        @Override
        Attributes<GroupField> groupAttributes() {
            return Attributes.builder(GroupField.class)
                    .set(GroupField.DISPLAY_NAME, random.nextInt(10) == 0 ? null : "Group " + random.nextInt(100))
                    .set(GroupField.SECURITY_ENABLED, random.nextBoolean()).build();
        }

        @Override
        Draft draft() {
            boolean all = random.nextInt(3) > 0;
            var chosenGroups = new ArrayList<Ref>();
            var chosen = new ArrayList<Ref>();
            if (!all) {
                chosenGroups.add(new Ref(group(), "chosen"));
                chosenGroups.add(new Ref(group(), "chosen too"));
                if (random.nextBoolean()) {
                    chosen.add(new Ref(person(), "somebody"));
                }
            }
            var filter = new Filters(random.nextInt(4) > 0, random.nextInt(4) > 0, random.nextInt(4) > 0,
                    List.of(), random.nextInt(3) == 0 ? List.of(new Ref(person(), "not that one")) : List.of());
            var ruled = new ArrayList<Draft.RuleDraft>();
            for (int rule = random.nextInt(3); rule > 0; rule--) {
                ruled.add(new Draft.RuleDraft(new Ref(group(), "ruled"), random.nextInt(3) > 0, any(roleNames())));
            }
            return new Draft(new ProfileConfig(new Scope(all, chosenGroups, random.nextBoolean(), chosen),
                    filter, Mapping.standard(), Policies.standard()), Role.USER, ruled);
        }
    }
}
