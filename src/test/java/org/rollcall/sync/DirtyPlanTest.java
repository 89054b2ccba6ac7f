package org.rollcall.sync;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Attributes;
import org.rollcall.domain.Change;
import org.rollcall.domain.ChangeFilter;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.GroupField;
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
import org.rollcall.domain.RunKind;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.Trigger;
import org.rollcall.domain.UserField;
import org.rollcall.roles.RoleServices;
import org.rollcall.store.AuditStore;
import org.rollcall.store.Database;
import org.rollcall.store.MirrorRows;
import org.rollcall.store.PersonStore;
import org.rollcall.store.SettingStore;
import org.rollcall.store.TenantStore;
import org.rollcall.store.TestDirectory;
import org.rollcall.sync.plan.Kept;
import org.rollcall.sync.plan.MaxRemovals;
import org.rollcall.sync.read.MirrorReader;
import org.rollcall.task.CancelToken;
import org.rollcall.task.JobContext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Whatever happened since the last plan: a plan that goes through those only whom it may concern says the very same as one
/// that goes through everybody, change by change.
///
/// `-Drollcall.stories=5000` tells more stories.
class DirtyPlanTest {
    private static final int STORIES = Integer.getInteger("rollcall.stories", 20);
    private static final long FIRST = Long.getLong("rollcall.stories.from", 1);
    private static final int STEPS = 12;
    private static final int PEOPLE = 12;
    private static final int GROUPS = 6;
    private static final MaxRemovals ANY = new MaxRemovals(100, true);
    private static final List<String> PROFILES = List.of("default", "other", "third");

    @TempDir
    Path folder;
    private Database database;
    private ImportStores stores;
    private SettledPlans settled;
    private ImportTargets targets;
    private ImportPlanning planning;
    private ImportApplying applying;
    private RoleServices roles;
    private PersonStore people;
    private MirrorRows rows;
    private final Clock clock = Clock.systemUTC();
    private final Actor actor = new Actor(null, "test", "test", EnumSet.allOf(Permission.class));
    private int few;
    private int everybody;
    private int changed;

    @BeforeEach
    void open() {
        database = Database.open(folder);
        stores = ImportStores.of(database, clock);
        settled = new SettledPlans(stores);
        targets = new ImportTargets(stores);
        var audit = new AuditService(database, new AuditStore(database), new SettingStore(database), clock);
        roles = RoleServices.over(database, audit, clock);
        planning = new ImportPlanning(stores, new MirrorReader(database, clock), _ -> {
            throw new IllegalStateException("nothing is read here");
        }, settled);
        applying = new ImportApplying(stores, targets, settled, roles.guard(), audit, clock);
        people = new PersonStore(database, clock);
        rows = new MirrorRows(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void saysWhatGoingThroughEverybodySays() {
        for (long seed = FIRST; seed < FIRST + STORIES; seed++) {
            var story = new Story(seed);
            story.play();
            new TenantStore(database).delete(story.tenant.id());
        }
        String played = few + " of few, " + everybody + " of everybody, " + changed + " with changes";
        assertTrue(few > everybody / 3 && changed > few / 4, played);
    }

    /// Nothing of theirs is another one but that the older import has let go of them.
    @Test
    void whomAnotherImportLetsGoIsLookedAt() {
        var story = new Story(0);
        var chosen = new Ref(story.group(0), "chosen");
        var everybody = draft(Scope.everyone(), new Draft.RuleDraft(new Ref(story.group(1), "ruled"), true,
                Role.AUDITOR));
        var some = draft(Scope.ofGroups(List.of(chosen), true));
        for (Draft draft : List.of(some, everybody)) {
            String profile = draft == some ? "older" : "younger";
            Mirror mirror = story.emptyMirror(targets.resolve(actor, story.tenant, profile, draft));
            int generation = stores.mirrors().nextGeneration(mirror.id());
            rows.putUsers(mirror.id(), generation, Map.of(story.person(0), named("ann"), story.person(1),
                    named("bob")));
            rows.putGroups(mirror.id(), generation, Map.of(story.group(0), story.groupAttributes(), story.group(1),
                    story.groupAttributes()));
            rows.putEdges(mirror.id(), generation, List.of(
                    new Membership(story.group(0), story.person(0), MemberType.USER),
                    new Membership(story.group(0), story.person(1), MemberType.USER),
                    new Membership(story.group(1), story.person(0), MemberType.USER)));
            stores.mirrors().markFullyRead(mirror.id());
            story.plan(profile, draft, "first", true);
            story.plan(profile, null, "second", true);
            assertEquals(Map.of(), story.plan(profile, null, "third", true));
        }
        long older = new TestDirectory(database).mirrors(story.tenant).getFirst();
        rows.removeEdges(older, List.of(new Membership(story.group(0), story.person(0), MemberType.UNKNOWN)));
        story.plan("older", null, "somebody leaves the chosen group", true);
        few = 0;
        Map<ChangeKind, Long> changes = story.plan("younger", null, "the younger import decides", true);
        assertEquals(1, changes.get(ChangeKind.ROLE_CHANGE));
        assertEquals(1, few);
    }

    /// Members may be told of before the group is.
    @Test
    void everybodyInAGroupThatComesIsLookedAt() {
        var story = new Story(0);
        var everybody = draft(Scope.everyone(), new Draft.RuleDraft(new Ref(story.group(0), "ruled"), true,
                Role.AUDITOR));
        Mirror mirror = story.emptyMirror(targets.resolve(actor, story.tenant, "default", everybody));
        int generation = stores.mirrors().nextGeneration(mirror.id());
        rows.putUsers(mirror.id(), generation, Map.of(story.person(0), named("ann"), story.person(1), named("bob")));
        rows.putEdges(mirror.id(), generation, List.of(
                new Membership(story.group(0), story.person(0), MemberType.USER)));
        stores.mirrors().markFullyRead(mirror.id());
        story.plan("default", everybody, "first", true);
        story.plan("default", null, "second", true);
        rows.putGroups(mirror.id(), generation, Map.of(story.group(0), story.groupAttributes()));
        few = 0;
        assertEquals(1, story.plan("default", null, "the group comes", true).get(ChangeKind.ROLE_CHANGE));
        assertEquals(1, few);
    }

    private static Draft draft(Scope scope, Draft.RuleDraft... rules) {
        ProfileConfig standard = ProfileConfig.everyone();
        return new Draft(new ProfileConfig(scope, standard.filters(), standard.mapping(), standard.policies()),
                Role.USER, List.of(rules));
    }

    private static Attributes<UserField> named(String name) {
        return Attributes.builder(UserField.class).set(UserField.USER_PRINCIPAL_NAME, name)
                .set(UserField.DISPLAY_NAME, name).set(UserField.ACCOUNT_ENABLED, true).build();
    }

    private final class Story {
        private final long seed;
        private final Random random;
        private final Tenant tenant;
        private final List<Long> locals = new ArrayList<>();
        private final Kept kept;
        private int step;

        Story(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.tenant = new TestDirectory(database).tenant("Contoso " + seed);
            this.kept = random.nextInt(4) > 0 ? Kept.NOBODY : new Kept(random.nextBoolean(), Set.of(Role.OPERATOR));
        }

        void play() {
            plan("default", draft(), "the first import");
            for (step = 0; step < STEPS; step++) {
                var what = new ArrayList<String>();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    try {
                        what.add(happen());
                    } catch (RollcallException e) {
                        what.add("refused: " + e.message());
                    }
                }
                String profile = random.nextInt(2) > 0 ? "default" : any(PROFILES);
                boolean known = stores.profiles().byName(tenant.id(), profile).isPresent();
                plan(profile, known && random.nextInt(16) > 0 ? null : draft(), what.toString());
                assertEquals(List.of(), new TestDirectory(database).activeMiscounted(), () -> where(what.toString()));
            }
            locals.forEach(people::deleteLocal);
        }

        private String where(String what) {
            return "story " + seed + ", step " + step + ": " + what;
        }

        private void plan(String profile, @Nullable Draft draft, String what) {
            plan(profile, draft, what, false);
        }

        /// @param applied in any case
        /// @return what the run changed in the directory
        private Map<ChangeKind, Long> plan(String profile, @Nullable Draft draft, String what, boolean applied) {
            ImportTarget target = targets.resolve(actor, tenant, profile, draft);
            target = target.with(null, kept);
            MaxRemovals most = random.nextInt(3) == 0 ? null : ANY;
            Mirror mirror = mirror(target);
            RunDraft asked = run(target, RunKind.IMPORT);
            var watch = new Watch();
            planning.plan(asked, target, mirror, most, 100, watch);
            turnFingerprints(1);
            RunDraft full = run(target, RunKind.PREVIEW);
            planning.plan(full, target, mirror, most, 100, JobContext.silent());
            turnFingerprints(63);
            assertEquals(full.run().counts(), asked.run().counts(), () -> where(what));
            assertEquals(full.run().guards(), asked.run().guards(), () -> where(what));
            assertEquals(full.run().admins(), asked.run().admins(), () -> where(what));
            assertEquals(changes(full), changes(asked), () -> where(what));
            if (watch.few) {
                few++;
                changed += full.run().counts().entrySet().stream()
                        .anyMatch(each -> each.getKey().changesDirectory() && each.getValue() > 0) ? 1 : 0;
            } else {
                everybody++;
            }
            end(asked, target, applied);
            stores.runs().delete(full.id());
            var counts = new EnumMap<ChangeKind, Long>(asked.run().counts());
            counts.entrySet().removeIf(each -> !each.getKey().changesDirectory() || each.getValue() == 0);
            return counts;
        }

        /// Until they are turned back, none fits.
        private static void turn(TestDirectory directory, String table, String column, int by) {
            directory.sql("update " + table + " set " + column + " = substring(" + column + " from " + (by + 1)
                    + ") || substring(" + column + " from 1 for " + by + ")");
        }

        private void turnFingerprints(int by) {
            turn(new TestDirectory(database), "plan_base", "basis", by);
            turn(new TestDirectory(database), "settled_plan", "fingerprint", by);
        }

        private void end(RunDraft run, ImportTarget target, boolean applied) {
            int how = applied || target.profile().isEmpty() ? 8 : random.nextInt(8);
            if (how == 0) {
                stores.runs().delete(run.id());
            } else if (how == 1 && target.draft() == null) {
                // As a preview ends.
                database.transaction(() -> {
                    settled.keep(run, run.run().profileId());
                    settled.keepBase(run, target);
                });
            } else {
                applying.apply(actor, run, target, JobContext.silent(), ImportApplying.Others.WRITE_TOO, () -> {},
                        () -> {});
            }
        }

        private RunDraft run(ImportTarget target, RunKind kind) {
            var run = new RunDraft(stores.runs().start(tenant, target.profile().map(each -> each.id()).orElse(null),
                    target.profileName(), kind, Trigger.MANUAL, "test", clock.instant(), null));
            run.read(true, List.of(), 0);
            return run;
        }

        private List<Change> changes(RunDraft run) {
            var all = new ArrayList<Change>();
            stores.changes().all(run.id(), ChangeFilter.everything()).forEachRemaining(row -> all.add(row.change()));
            return all;
        }

        private Mirror emptyMirror(ImportTarget target) {
            var scope = target.readScope();
            return stores.mirrors().open(tenant.id(), scope.key(), scope.canonical());
        }

        /// The import's, read anew if it is the first time.
        private Mirror mirror(ImportTarget target) {
            Mirror mirror = emptyMirror(target);
            if (mirror.generation() == 0) {
                readAll(mirror.id());
            }
            return stores.mirrors().get(mirror.id());
        }

        private void readAll(long mirror) {
            int generation = stores.mirrors().nextGeneration(mirror);
            var users = new HashMap<UUID, Attributes<UserField>>();
            var groups = new HashMap<UUID, Attributes<GroupField>>();
            for (int i = 0; i < PEOPLE; i++) {
                if (random.nextInt(5) > 0) {
                    users.put(person(i), attributes());
                }
            }
            for (int i = 0; i < GROUPS; i++) {
                if (random.nextInt(5) > 0) {
                    groups.put(group(i), groupAttributes());
                }
            }
            rows.putUsers(mirror, generation, users);
            rows.putGroups(mirror, generation, groups);
            rows.putEdges(mirror, generation, edges(2 * GROUPS, groups.keySet()));
            rows.sweep(mirror, generation);
            stores.mirrors().markFullyRead(mirror);
        }

        private String happen() {
            List<Mirror> mirrors = mirrors();
            switch (random.nextInt(28)) {
                case 0, 1, 2, 3 -> mirrors.forEach(mirror -> rows.putUsers(mirror.id(), mirror.generation(),
                        Map.of(person(), attributes())));
                case 4 -> mirrors.forEach(mirror -> rows.removeUsers(mirror.id(), List.of(person())));
                case 5 -> mirrors.forEach(mirror -> rows.pruneUsers(mirror.id(), List.of(person())));
                case 6 -> mirrors.forEach(mirror -> rows.putMfa(mirror.id(), Map.of(person(),
                        random.nextBoolean() ? MfaState.REGISTERED : MfaState.NOT_REGISTERED)));
                case 7, 8 -> mirrors.forEach(mirror -> rows.putGroups(mirror.id(), mirror.generation(),
                        Map.of(group(), groupAttributes())));
                case 9 -> mirrors.forEach(mirror -> rows.removeGroups(mirror.id(), List.of(group())));
                case 10 -> mirrors.forEach(mirror -> rows.pruneGroups(mirror.id(), List.of(group())));
                case 11, 12, 13 -> mirrors.forEach(mirror -> rows.putEdges(mirror.id(), mirror.generation(),
                        edges(1 + random.nextInt(2), allGroups())));
                case 14, 15 -> mirrors.forEach(mirror -> {
                    var all = new ArrayList<Membership>();
                    stores.mirrors().forEachEdge(mirror.id(), all::add);
                    if (!all.isEmpty()) {
                        Membership edge = any(all);
                        rows.removeEdges(mirror.id(), List.of(new Membership(edge.group(), edge.member(),
                                MemberType.UNKNOWN)));
                    }
                });
                case 16 -> {
                    if (random.nextInt(4) == 0) {
                        readAll(any(mirrors).id());
                    }
                }
                case 17 -> roles.assignments().setRole(actor, some(), any(List.of(Role.OPERATOR, Role.USER)));
                case 18 -> roles.assignments().clear(actor, some());
                case 19 -> {
                    if (random.nextBoolean()) {
                        roles.accounts().deactivate(actor, some());
                    } else {
                        roles.accounts().activate(actor, some());
                    }
                }
                case 20 -> {
                    if (random.nextBoolean()) {
                        roles.accounts().exclude(actor, some());
                    } else {
                        roles.accounts().include(actor, some());
                    }
                }
                case 21 -> {
                    if (random.nextInt(3) == 0) {
                        roles.rules().add(actor, any(profiles()), new Ref(group(), "group"), random.nextBoolean(),
                                any(List.of(Role.OPERATOR, Role.ADMINISTRATOR)), 0);
                    }
                }
                case 22 -> {
                    List<RoleRule> present = stores.rules().ofProfile(any(profiles()));
                    if (!present.isEmpty() && random.nextInt(3) == 0) {
                        roles.rules().remove(actor, any(present).id());
                    }
                }
                case 23 -> {
                    locals.add(people.insertLocal(name(), null, null));
                    stores.settings().raiseDirectoryRevision();
                }
                case 24 -> {
                    if (!locals.isEmpty()) {
                        people.deleteLocal(locals.removeLast());
                        stores.settings().raiseDirectoryRevision();
                    }
                }
                default -> {
                    return "nothing";
                }
            }
            return "event";
        }

        /// Of which things happen: all, or one that hears of it before the others.
        private List<Mirror> mirrors() {
            var all = new ArrayList<Mirror>();
            for (long id : new TestDirectory(database).mirrors(tenant)) {
                all.add(stores.mirrors().get(id));
            }
            return random.nextBoolean() ? all : List.of(any(all));
        }

        private List<Long> profiles() {
            return stores.profiles().ofTenant(tenant.id()).stream().map(each -> each.id()).toList();
        }

        private List<Long> some() {
            List<Long> ids = people.idsOf(tenant.id(), allPeople()).values().stream().sorted().toList();
            return ids.isEmpty() ? ids : List.of(any(ids));
        }

        private Collection<UUID> allPeople() {
            return java.util.stream.IntStream.range(0, PEOPLE).mapToObj(this::person).toList();
        }

        private Set<UUID> allGroups() {
            return java.util.stream.IntStream.range(0, GROUPS).mapToObj(this::group)
                    .collect(java.util.stream.Collectors.toSet());
        }

        private List<Membership> edges(int count, Set<UUID> groups) {
            var edges = new HashMap<List<UUID>, Membership>();
            for (int i = 0; i < count && !groups.isEmpty(); i++) {
                UUID group = any(groups.stream().sorted().toList());
                Membership edge = switch (random.nextInt(10)) {
                    case 0, 1, 2 -> new Membership(group, group(), MemberType.GROUP);
                    case 3 -> new Membership(group, random.nextBoolean() ? group() : person(), MemberType.UNKNOWN);
                    case 4 -> new Membership(group, TestDirectory.uuid("device"), MemberType.DEVICE);
                    default -> new Membership(group, person(), MemberType.USER);
                };
                edges.put(List.of(group, edge.member()), edge);
            }
            return List.copyOf(edges.values());
        }

        private Attributes<UserField> attributes() {
            var builder = Attributes.builder(UserField.class);
            if (random.nextInt(12) == 0) {
                return builder.build();
            }
            String name = name();
            return builder.set(UserField.USER_PRINCIPAL_NAME, name).set(UserField.DISPLAY_NAME, name.toUpperCase(
                    java.util.Locale.ROOT)).set(UserField.MAIL_NICKNAME, random.nextInt(5) == 0 ? null : name())
                    .set(UserField.DEPARTMENT, "Department " + random.nextInt(3))
                    .set(UserField.USER_TYPE, random.nextInt(6) == 0 ? "Guest" : "Member")
                    .set(UserField.ACCOUNT_ENABLED, random.nextInt(5) > 0).build();
        }

        private Attributes<GroupField> groupAttributes() {
            return Attributes.builder(GroupField.class)
                    .set(GroupField.DISPLAY_NAME, random.nextInt(10) == 0 ? null : "Group " + random.nextInt(100))
                    .build();
        }

        /// Few names for many people, and the same ones in every story.
        private String name() {
            return (random.nextBoolean() ? "n" : "N") + random.nextInt(PEOPLE + PEOPLE / 2) + "@" + seed;
        }

        private Draft draft() {
            boolean all = random.nextInt(3) == 0;
            var groups = new ArrayList<Ref>();
            var chosen = new ArrayList<Ref>();
            if (!all) {
                groups.add(new Ref(group(), "chosen"));
                groups.add(new Ref(group(), "chosen too"));
                if (random.nextBoolean()) {
                    chosen.add(new Ref(person(), "somebody"));
                }
            }
            var filters = new Filters(random.nextInt(4) > 0, random.nextInt(4) > 0, random.nextInt(4) > 0,
                    random.nextInt(3) == 0 ? List.of(new Ref(group(), "not these")) : List.of(),
                    random.nextInt(3) == 0 ? List.of(new Ref(person(), "not that one")) : List.of());
            var mapping = random.nextInt(3) > 0
                    ? Mapping.standard()
                    : new Mapping(UserField.MAIL_NICKNAME, Map.of());
            var ruled = new ArrayList<Draft.RuleDraft>();
            for (int rule = random.nextInt(3); rule > 0; rule--) {
                ruled.add(new Draft.RuleDraft(new Ref(group(), "ruled"), random.nextInt(3) > 0,
                        random.nextBoolean() ? Role.ADMINISTRATOR : Role.AUDITOR));
            }
            return new Draft(new ProfileConfig(new Scope(all, groups, random.nextBoolean(), chosen),
                    filters, mapping, Policies.standard()), Role.USER, ruled);
        }

        private UUID person() {
            return person(random.nextInt(PEOPLE));
        }

        private UUID person(int number) {
            return TestDirectory.uuid(seed + " person " + number);
        }

        private UUID group() {
            return group(random.nextInt(GROUPS));
        }

        private UUID group(int number) {
            return TestDirectory.uuid(seed + " group " + number);
        }

        private <T> T any(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }
    }

    /// Hears whether few people were gone through.
    private static final class Watch implements JobContext {
        private boolean few;

        @Override
        public void progress(long done, long total) {}

        @Override
        public void message(String text) {
            few |= text.startsWith("Comparing what has changed");
        }

        @Override
        public CancelToken cancelToken() {
            return new CancelToken();
        }
    }
}
