package org.rollcall.sync;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Attributes;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Mirror;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Role;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunKind;
import org.rollcall.domain.RunState;
import org.rollcall.domain.SearchKeys;
import org.rollcall.domain.UserField;
import org.rollcall.runs.ImportSchedules;
import org.rollcall.runs.UndoService;
import org.rollcall.store.TenantStore;
import org.rollcall.store.TestDirectory;
import org.rollcall.sync.plan.PeopleLimit;
import org.rollcall.sync.plan.RunLimits;
import org.rollcall.task.JobContext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Whatever was imported and whatever was done by hand: a run and its undo leave the very directory that was there before, but
/// for what was decided by hand since; and undoing the undo leaves what the run had left.
///
/// `-Drollcall.undo=2000` tells more stories.
class UndoStoriesTest {
    private static final int STORIES = Integer.getInteger("rollcall.undo", 10);
    private static final long FIRST = Long.getLong("rollcall.undo.from", 1);
    private static final int STEPS = 6;
    private static final RunLimits LIMITS = new RunLimits(new PeopleLimit(100, true), 100,
            new PeopleLimit(100, true));
    private static final Set<String> OF_ROLE = Set.of("role", "source", "rule_id");

    @TempDir
    Path folder;
    private ImportWorld world;
    private UndoService undo;
    private int undone;
    private int leftAlone;
    private int blocked;
    private int kept;

    @BeforeEach
    void open() {
        world = new ImportWorld(folder);
        undo = new UndoService(world.stores, world.roles, new ImportSchedules() {
            @Override
            public void undone(Actor actor, long profileId, String reason) {}

            @Override
            public void release(Actor actor, long profileId) {}
        }, world.audit, world.clock);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void givesBackWhatWasThere() {
        for (long seed = FIRST; seed < FIRST + STORIES; seed++) {
            var story = new Story(seed);
            story.play();
            new TenantStore(world.database).delete(story.tenant.id());
        }
        String played = undone + " undone, " + leftAlone + " with something left alone, " + blocked
                + " with names taken, "
                + kept + " with people kept";
        assertTrue(undone > STORIES * 2 && leftAlone > STORIES / 3 && (blocked > 0 || STORIES < 50)
                && kept > STORIES / 10, played);
    }

    /// A local account takes the name that somebody had before the run.
    @Test
    void aNameThatIsSomebodyElsesByNowStaysWithThem() {
        var story = new Story(0);
        Mirror mirror = story.mirrorOf("ann");
        story.run("default", everybody());
        world.rows.putUsers(mirror.id(), mirror.generation(), Map.of(story.person(0), named("beth")));
        long renamed = story.run("default", null);
        story.locals.add(world.people.insertLocal("Ann", null, null));
        Run undoing = undo.undo(world.actor, renamed, true, JobContext.silent()).run();
        assertEquals(1, undoing.count(ChangeKind.CONFLICT));
        var ann = story.everything().get("person " + story.person(0));
        assertEquals("beth", Objects.requireNonNull(ann).get("username"));
        assertEquals("ann", ann.get("user_principal_name"), "the rest comes back");
        story.locals.forEach(world.people::deleteLocal);
    }

    private static Draft everybody() {
        return new Draft(ProfileConfig.everyone(), Role.USER, List.of());
    }

    private static Attributes<UserField> named(String name) {
        return Attributes.builder(UserField.class).set(UserField.USER_PRINCIPAL_NAME, name)
                .set(UserField.ACCOUNT_ENABLED, true).build();
    }

    /// All runs of a story, the newest first, and then all of them again.
    @Test
    void goesBackAndForthThroughAllRuns() {
        for (long seed = FIRST; seed < FIRST + STORIES / 3 + 1; seed++) {
            var story = new Story(100_000 + seed);
            story.backAndForth();
            new TenantStore(world.database).delete(story.tenant.id());
        }
    }

    private final class Story extends ImportStory {
        private int step;

        Story(long seed) {
            super(UndoStoriesTest.this.world, seed);
        }

        /// With one person in it.
        Mirror mirrorOf(String name) {
            Mirror mirror = emptyMirror(world.targets.resolve(world.actor, tenant, "default", everybody()));
            rows.putUsers(mirror.id(), stores.mirrors().nextGeneration(mirror.id()), Map.of(person(0), named(name)));
            stores.mirrors().markFullyRead(mirror.id());
            return stores.mirrors().get(mirror.id());
        }

        private String where() {
            return "story " + seed + ", step " + step;
        }

        void play() {
            for (step = 0; step < STEPS; step++) {
                something();
                String profile = step == 0 ? "default" : any(PROFILES);
                boolean known = stores.profiles().byName(tenant.id(), profile).isPresent();
                Draft draft = known && random.nextInt(3) > 0 ? null : draft();
                var before = everything();
                long run = run(profile, draft);
                var after = everything();
                if (stores.applied().of(run).isEmpty()) {
                    assertEquals(before, after, this::where);
                    continue;
                }
                int edits = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(3);
                for (int i = 0; i < edits; i++) {
                    tryTo(this::byHand);
                }
                if (step < 2 || random.nextInt(4) > 0) {
                    undone(run, before, after, everything());
                }
                assertEquals(List.of(), new TestDirectory(database).activeMiscounted(), this::where);
                assertEquals(List.of(), new TestDirectory(database).peopleMiscounted(), this::where);
            }
            locals.forEach(people::deleteLocal);
        }

        void backAndForth() {
            var runs = new ArrayList<Long>();
            var states = new ArrayList<Map<String, Map<String, @Nullable Object>>>();
            for (step = 0; step < STEPS; step++) {
                something();
                var before = everything();
                String profile = step == 0 ? "default" : any(PROFILES);
                long run = run(profile,
                        stores.profiles().byName(tenant.id(), profile).isPresent() && random.nextInt(3) > 0
                                ? null
                                : draft());
                if (stores.applied().of(run).isPresent()) {
                    runs.add(run);
                    states.add(before);
                }
            }
            states.add(everything());
            var undos = new ArrayList<Long>();
            for (int i = runs.size() - 1; i >= 0; i--) {
                long run = runs.get(i);
                if (i > 0) {
                    long older = runs.get(i - 1);
                    assertEquals("undo.later", assertThrows(RollcallException.class,
                            () -> undo.undo(world.actor, older, true, JobContext.silent())).code(), this::where);
                }
                Run undoing = undo.undo(world.actor, run, true, JobContext.silent()).run();
                undos.add(undoing.id());
                assertSame(byRuns(states.get(i)), byRuns(everything()));
                assertEquals("undo.undone", assertThrows(RollcallException.class,
                        () -> undo.undo(world.actor, run, true, JobContext.silent())).code(), this::where);
            }
            for (int i = 0; i < runs.size(); i++) {
                undo.undo(world.actor, undos.get(runs.size() - 1 - i), true, JobContext.silent());
                assertSame(byRuns(states.get(i + 1)), byRuns(everything()));
            }
            assertEquals(List.of(), new TestDirectory(database).peopleMiscounted(), this::where);
            locals.forEach(people::deleteLocal);
        }

        /// Without local accounts, which no run has to do with.
        private static Map<String, Map<String, @Nullable Object>> byRuns(
                Map<String, Map<String, @Nullable Object>> all) {
            var some = new TreeMap<>(all);
            some.keySet().removeIf(key -> key.startsWith("local "));
            return some;
        }

        private void something() {
            for (int i = random.nextInt(4); i >= 0 && !new TestDirectory(database).mirrors(tenant).isEmpty(); i--) {
                tryTo(this::happenInEntra);
            }
        }

        /// What is refused does not happen.
        private static void tryTo(Runnable edit) {
            try {
                edit.run();
            } catch (RollcallException e) {
                assertEquals("user.name-taken", e.code());
            }
        }

        private Map<String, Map<String, @Nullable Object>> everything() {
            return new TestDirectory(database).everything(tenant);
        }

        private long run(String profile, @Nullable Draft draft) {
            ImportTarget target = world.targets.resolve(world.actor, tenant, profile, draft);
            Mirror mirror = mirror(target);
            ImportRun run = run(target, RunKind.IMPORT);
            world.planning.plan(run, target, mirror, LIMITS, JobContext.silent());
            world.applying.apply(world.actor, run, target, JobContext.silent(),
                    ImportApplying.Others.WRITE_TOO, () -> {}, () -> {});
            return run.id();
        }

        private void undone(long run, Map<String, Map<String, @Nullable Object>> before,
                Map<String, Map<String, @Nullable Object>> after, Map<String, Map<String, @Nullable Object>> now) {
            boolean all = random.nextInt(3) == 0;
            var expected = new Expected(before, after, now, all);
            UndoService.Preview preview = undo.preview(world.actor, run, all, JobContext.silent());
            assertSame(now, everything());
            Run undoing = undo.undo(world.actor, run, all, JobContext.silent()).run();
            assertEquals(RunState.SUCCEEDED, undoing.state(), this::where);
            assertEquals(preview.run().counts(), undoing.counts(), this::where);
            assertSame(expected.rows, everything());
            undone++;
            leftAlone += undoing.count(ChangeKind.CONFLICT) > 0 ? 1 : 0;
            blocked += expected.blocked.isEmpty() ? 0 : 1;
            kept += expected.kept.isEmpty() ? 0 : 1;
            if (byRuns(now).equals(byRuns(after)) && expected.blocked.isEmpty()) {
                assertEquals(0, undoing.count(ChangeKind.CONFLICT), this::where);
            }
            if (stores.applied().of(undoing.id()).isPresent()) {
                Run redone = undo.undo(world.actor, undoing.id(), false, JobContext.silent()).run();
                assertSame(now, everything());
                assertEquals(0, redone.count(ChangeKind.CONFLICT), this::where);
                if (random.nextBoolean()) {
                    undo.undo(world.actor, redone.id(), all, JobContext.silent());
                    assertSame(expected.rows, everything());
                }
            }
        }

        private void assertSame(Map<String, Map<String, @Nullable Object>> expected,
                Map<String, Map<String, @Nullable Object>> actual) {
            var lines = new ArrayList<String>();
            var keys = new TreeSet<>(expected.keySet());
            keys.addAll(actual.keySet());
            for (String key : keys) {
                var one = expected.get(key);
                var other = actual.get(key);
                if (one == null || other == null) {
                    lines.add(key + (one == null ? " should not be there: " + other : " is missing: " + one));
                } else {
                    one.forEach((name, value) -> {
                        if (!Objects.equals(value, other.get(name))) {
                            lines.add(key + "." + name + " is " + other.get(name) + ", should be " + value);
                        }
                    });
                }
            }
            assertEquals("", String.join("\n", lines), this::where);
        }
    }

    /// What has to be there after an undo, worked out from what was there at three moments.
    private static final class Expected {
        private final Map<String, Map<String, @Nullable Object>> before;
        private final Map<String, Map<String, @Nullable Object>> after;
        private final Map<String, Map<String, @Nullable Object>> now;
        private final boolean all;
        private final Set<String> blocked = new HashSet<>();
        private final Set<String> kept = new HashSet<>();
        private final Set<String> stay = new HashSet<>();
        private Map<String, Map<String, @Nullable Object>> rows = Map.of();

        Expected(Map<String, Map<String, @Nullable Object>> before, Map<String, Map<String, @Nullable Object>> after,
                Map<String, Map<String, @Nullable Object>> now, boolean all) {
            this.before = before;
            this.after = after;
            this.now = now;
            this.all = all;
            do {
                rows = rows();
            } while (blocks());
        }

        /// Two cannot have one name: who gets theirs back does without.
        private boolean blocks() {
            var holders = new HashMap<Object, String>();
            boolean more = false;
            for (boolean taking : List.of(false, true)) {
                for (var each : rows.entrySet()) {
                    Object key = each.getValue().get("username_key");
                    var is = now.get(each.getKey());
                    boolean takes = is == null || !Objects.equals(is.get("username_key"), key);
                    if (key != null && takes == taking && holders.putIfAbsent(key, each.getKey()) != null) {
                        more |= blocked.add(each.getKey());
                    }
                }
            }
            return more;
        }

        private Map<String, Map<String, @Nullable Object>> rows() {
            var result = new TreeMap<String, Map<String, @Nullable Object>>();
            kept.clear();
            stay.clear();
            var keys = new TreeSet<>(before.keySet());
            keys.addAll(now.keySet());
            for (String key : keys) {
                Map<String, @Nullable Object> row = key.startsWith("person ")
                        ? person(key)
                        : key.startsWith("group ") || key.startsWith("local ") ? columns(key) : null;
                if (row != null) {
                    result.put(key, row);
                }
            }
            for (String key : keys) {
                String[] parts = key.split(" ");
                boolean was = before.containsKey(key);
                boolean is = now.containsKey(key);
                if (parts[0].equals("claim")) {
                    String person = "person " + parts[1];
                    boolean there = result.containsKey(person) || result.containsKey("group " + parts[1]);
                    if (there && (stay.contains(person) || kept.contains(person) ? is : was)) {
                        result.put(key, Map.of());
                    }
                } else if (parts[0].equals("member")) {
                    var group = result.get("group " + parts[1]);
                    boolean stays = kept.contains("person " + parts[2]) ? is : was;
                    if (stays && group != null && "ACTIVE".equals(group.get("status")) && isThere(parts, result)) {
                        result.put(key, Map.of());
                    }
                }
            }
            return result;
        }

        private static boolean isThere(String[] edge, Map<String, Map<String, @Nullable Object>> result) {
            String kind = edge[3].equals("USER") ? "person " : "group ";
            var member = result.get(kind + edge[2]);
            return !edge[3].equals("USER") && !edge[3].equals("GROUP")
                    || member != null && !Objects.equals(member.get("status"), "REMOVED");
        }

        /// What the run did not touch is as it is; what it did is as it was, unless somebody touched it since.
        private @Nullable Map<String, @Nullable Object> columns(String key) {
            var was = before.get(key);
            var left = after.get(key);
            var is = now.get(key);
            if (was == null) {
                return left == null ? is : null;
            }
            if (is == null || left == null) {
                return is;
            }
            var row = new TreeMap<String, @Nullable Object>();
            is.forEach((name, value) -> row.put(name, Objects.equals(was.get(name), left.get(name))
                    ? value
                    : all || Objects.equals(value, left.get(name)) ? was.get(name) : value));
            return row;
        }

        private @Nullable Map<String, @Nullable Object> person(String key) {
            var was = before.get(key);
            var left = after.get(key);
            var is = now.get(key);
            if (is == null || left == null) {
                return is;
            }
            if (was == null) {
                boolean decided = "MANUAL".equals(is.get("source")) || isTrue(is, "disabled_by_hand")
                        || isTrue(is, "excluded");
                if (decided && !all) {
                    kept.add(key);
                    return is;
                }
                return null;
            }
            var row = Objects.requireNonNull(columns(key));
            role(row, was, left, is);
            status(key, row, was, left, is);
            return row;
        }

        private void role(Map<String, @Nullable Object> row, Map<String, @Nullable Object> was,
                Map<String, @Nullable Object> left, Map<String, @Nullable Object> is) {
            boolean touched = OF_ROLE.stream().anyMatch(name -> !Objects.equals(was.get(name), left.get(name)));
            boolean asLeft = OF_ROLE.stream().allMatch(name -> Objects.equals(left.get(name), is.get(name)));
            OF_ROLE.forEach(name -> row.put(name, touched && (asLeft || all) ? was.get(name) : is.get(name)));
        }

        private void status(String key, Map<String, @Nullable Object> row, Map<String, @Nullable Object> was,
                Map<String, @Nullable Object> left, Map<String, @Nullable Object> is) {
            String then = text(was, "status");
            String between = text(left, "status");
            boolean removal = "REMOVED".equals(then) != "REMOVED".equals(between);
            boolean decided = isTrue(is, "disabled_by_hand") && (then.equals("ACTIVE") || between.equals("ACTIVE"));
            boolean asLeft = text(is, "status").equals(between) && !decided;
            boolean goesBack = !then.equals(between) && !text(is, "status").equals(then) && (asLeft || all)
                    && !(removal && blocked.contains(key) && text(is, "status").equals("REMOVED"));
            row.put("status", goesBack ? then : is.get("status"));
            if (goesBack && decided) {
                row.put("disabled_by_hand", false);
            }
            if (removal && !goesBack) {
                stay.add(key);
            }
            if (blocked.contains(key)) {
                row.put("username", is.get("username"));
            }
            boolean named = Objects.equals(row.get("username"), is.get("username"))
                    && text(row, "status").equals("REMOVED") == text(is, "status").equals("REMOVED");
            String username = text(row, "username");
            boolean removed = text(row, "status").equals("REMOVED");
            row.put("username_key", named ? is.get("username_key") : removed ? null : SearchKeys.unique(username));
            row.put("former_key", named ? is.get("former_key") : removed ? SearchKeys.unique(username) : null);
            row.put("search_key", SearchKeys.search((String) row.get("display_name"), username,
                    (String) row.get("mail"), (String) row.get("department")));
        }

        private static String text(Map<String, @Nullable Object> row, String name) {
            return String.valueOf(row.get(name));
        }

        private static boolean isTrue(Map<String, @Nullable Object> row, String name) {
            return Boolean.TRUE.equals(row.get(name));
        }
    }
}
