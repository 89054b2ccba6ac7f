package org.rollcall.sync;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Attributes;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Membership;
import org.rollcall.domain.Mirror;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.ProfileConfig.Scope;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Role;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.RunKind;
import org.rollcall.domain.UserField;
import org.rollcall.store.Database;
import org.rollcall.store.MirrorRows;
import org.rollcall.store.Stores;
import org.rollcall.store.TenantStore;
import org.rollcall.store.TestDirectory;
import org.rollcall.sync.plan.Kept;
import org.rollcall.sync.plan.PeopleLimit;
import org.rollcall.sync.plan.RunLimits;
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
    private static final PeopleLimit ANY = new PeopleLimit(100, true);

    @TempDir
    Path folder;
    private ImportWorld world;
    private Database database;
    private Stores stores;
    private SettledPlans settled;
    private ImportTargets targets;
    private ImportPlanning planning;
    private ImportApplying applying;
    private MirrorRows rows;
    private Actor actor;
    private int few;
    private int everybody;
    private int changed;

    @BeforeEach
    void open() {
        world = new ImportWorld(folder);
        database = world.database;
        stores = world.stores;
        settled = world.settled;
        targets = world.targets;
        planning = world.planning;
        applying = world.applying;
        rows = world.rows;
        actor = world.actor;
    }

    @AfterEach
    void close() {
        world.close();
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

    private final class Story extends ImportStory {
        private final Kept kept;
        private int step;

        Story(long seed) {
            super(DirtyPlanTest.this.world, seed);
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
            var most = new RunLimits(random.nextInt(3) == 0 ? null : ANY, 100, null);
            Mirror mirror = mirror(target);
            ImportRun asked = run(target, RunKind.IMPORT);
            var watch = new Watch();
            planning.plan(asked, target, mirror, most, watch);
            turnFingerprints(1);
            ImportRun full = run(target, RunKind.PREVIEW);
            planning.plan(full, target, mirror, most, JobContext.silent());
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

        private void end(ImportRun run, ImportTarget target, boolean applied) {
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
