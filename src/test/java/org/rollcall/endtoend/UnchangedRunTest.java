package org.rollcall.endtoend;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.rollcall.domain.Change;
import org.rollcall.domain.ChangeFilter;
import org.rollcall.domain.Permission;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.ProfileConfig.Scope;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleRule;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunChange;
import org.rollcall.domain.Trigger;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserRow;
import org.rollcall.runs.RunReport;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;
import org.rollcall.signin.LocalAccountService;
import org.rollcall.signin.LocalSignIn;
import org.rollcall.store.ChangeStore;
import org.rollcall.store.PlanBaseStore;
import org.rollcall.store.ProfileStore;
import org.rollcall.store.RuleStore;
import org.rollcall.store.StatementCounts;
import org.rollcall.store.TestDirectory;
import org.rollcall.sync.Draft;
import org.rollcall.sync.ImportRequest;
import org.rollcall.sync.PreviewEdits;
import org.rollcall.task.CancelToken;
import org.rollcall.task.JobContext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A run after which nothing changed repeats what the last plan came to, and one after which little changed plans for few.
/// Whatever happened before, both say the very same as a run that plans for everybody.
///
/// `-Drollcall.unchanged=1000` plays longer.
class UnchangedRunTest {
    private static final int STEPS = Integer.getInteger("rollcall.unchanged", 20);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = { 1, 2 })
    void saysWhatPlanningWouldSay(long seed) {
        var options = SampleTenant.Options.defaults().withUsers(30).withGroups(7).withSeed(seed);
        try (var tenant = SampleTenant.start(options); var services = new Services(folder, tenant)) {
            new Story(services, tenant, seed).play();
        }
    }

    /// Statements and rows of a run that finds nothing are as many among many people as among few.
    @Test
    void costsTheSameHoweverManyThereAre() {
        StatementCounts few = unchanged(folder.resolve("few"), 40);
        StatementCounts many = unchanged(folder.resolve("many"), 240);
        assertEquals(few.each(), many.each());
        // Where an index branches, and no more.
        assertTrue(many.scanned() <= few.scanned() + 2, () -> few.scanned() + " / " + many.scanned());
        // A tenth of them take the writer's row.
        assertTrue(many.statements() < 170, many::toString);
    }

    /// Whom a run has just dealt with it leaves to no other one, however many they are.
    @Test
    void theRunAfterAFirstImportLooksAtNobody() {
        var options = SampleTenant.Options.defaults().withUsers(60).withGroups(8);
        try (var tenant = SampleTenant.start(options); var services = new Services(folder, tenant)) {
            assertTrue(services.run(Services.draft(Scope.everyone())).succeeded());
            long profile = new ProfileStore(services.database, Clock.systemUTC())
                    .ofTenant(services.tenants.byName("Contoso").id()).getFirst().id();
            var bases = new PlanBaseStore(services.database);
            var base = bases.of(profile).orElseThrow();
            assertEquals(Set.of(), base.unsettled(), "it had nothing to say that was not done");
            assertEquals(List.of(Set.of(), Set.of(), Set.of()),
                    List.of(bases.since(base).people(), bases.since(base).groups(), bases.since(base).below()));
            var told = new Told();
            assertTrue(services.imports.run(services.maren, Services.request(null, Services.ANY), told).succeeded());
            assertTrue(told.words.contains("Comparing what has changed"), told.words::toString);
        }
    }

    /// Hears what a run says of what it does.
    private static final class Told implements JobContext {
        private final List<String> words = new ArrayList<>();

        @Override
        public void progress(long done, long total) {}

        @Override
        public void message(String text) {
            words.add(text);
        }

        @Override
        public CancelToken cancelToken() {
            return new CancelToken();
        }
    }

    private static StatementCounts unchanged(Path at, int people) {
        var options = SampleTenant.Options.defaults().withUsers(people).withGroups(people / 6);
        at.toFile().mkdirs();
        try (var tenant = SampleTenant.start(options); var services = new Services(at, tenant)) {
            assertTrue(services.run(Services.draft(Scope.everyone())).succeeded());
            assertTrue(services.run(null).succeeded());
            // Whether the first read had to ask for something again is chance, and costs a row in each later read.
            services.sql("delete from read_stream where stream = 'ASKED_AGAIN'");
            var counts = StatementCounts.watch(services.database);
            RunReport run = services.run(null);
            counts.stop();
            assertTrue(run.succeeded());
            assertEquals(2, run.requests());
            assertEquals(Map.of(), counts.scans(), "whole tables are read");
            return counts;
        }
    }

    private static final class Story {
        private final Services services;
        private final SampleTenant tenant;
        private final TenantStory story;
        private final Random random;
        private final LocalAccountService accounts;
        private final ChangeStore changes;
        private final RuleStore rules;
        private final long profile;
        private int number;
        private int repeated;
        private int planned;
        private int few;

        Story(Services services, SampleTenant tenant, long seed) {
            this.services = services;
            this.tenant = tenant;
            this.story = new TenantStory(tenant, seed);
            this.random = new Random(seed);
            this.rules = new RuleStore(services.database);
            this.changes = new ChangeStore(services.database);
            var clock = Clock.systemUTC();
            this.accounts = new LocalAccountService(services.database, services.users,
                    LocalSignIn.over(services.database, services.users, services.audit, clock), services.audit, clock);
            assertTrue(services.run(Services.draft(Scope.everyone())).succeeded());
            profile = new ProfileStore(services.database, clock).ofTenant(services.tenants.byName("Contoso").id())
                    .getFirst().id();
        }

        void play() {
            for (int step = 0; step < STEPS; step++) {
                String where = "step " + step;
                try {
                    where += ": " + happen();
                } catch (RollcallException e) {
                    where += ": refused, " + e.message();
                }
                compare(where);
            }
            assertTrue(repeated > STEPS / 4 && planned > STEPS / 4 && few > STEPS / 10,
                    repeated + " repeated, " + planned + " planned, " + few + " of them for few");
        }

        /// Three answers to one question: as it is asked, with everything planned, and by a run.
        private void compare(String where) {
            var watch = new Watch();
            Run asked = services.imports.preview(services.maren, Services.request(null, Services.ANY), watch).run();
            List<Change> told = changes(asked);
            if (watch.repeated) {
                repeated++;
            } else {
                planned++;
                few += watch.few ? 1 : 0;
            }
            services.sql("delete from settled_plan");
            services.sql("delete from plan_base");
            var full = new Watch();
            Run plan = services.imports.preview(services.maren, Services.request(null, Services.ANY), full).run();
            assertFalse(full.repeated || full.few, where);
            same(plan, asked, where);
            assertEquals(changes(plan), told, where);
            if (random.nextInt(4) > 0) {
                RunReport run = services.run(null);
                assertEquals(plan.counts(), run.counts(), where);
                assertEquals(plan.guards(), run.guards(), where);
            }
        }

        private static void same(Run expected, Run actual, String where) {
            assertEquals(expected.counts(), actual.counts(), where);
            assertEquals(expected.guards(), actual.guards(), where);
            assertEquals(expected.admins(), actual.admins(), where);
            assertEquals(expected.complete(), actual.complete(), where);
            assertEquals(expected.baseRevision(), actual.baseRevision(), where);
            assertEquals(expected.state(), actual.state(), where);
        }

        private List<Change> changes(Run run) {
            var all = new ArrayList<Change>();
            changes.all(run.id(), ChangeFilter.everything()).forEachRemaining((RunChange row) -> all.add(row.change()));
            assertEquals(run.counts().values().stream().mapToLong(Long::longValue).sum(), all.size());
            return all;
        }

        private String happen() {
            number++;
            var roles = services.roles;
            var edits = services.edits;
            int what = random.nextInt(30);
            switch (what) {
                case 0, 1, 2 -> story.step();
                case 3 -> roles.assignments().setRole(services.maren, some(), any(List.of(Role.OPERATOR, Role.USER)));
                case 4 -> roles.assignments().clear(services.maren, some());
                case 5 -> edits.accounts().deactivate(services.maren, some());
                case 6 -> edits.accounts().activate(services.maren, some());
                case 7 -> edits.accounts().exclude(services.maren, some());
                case 8 -> edits.accounts().include(services.maren, some());
                case 9 -> roles.rules().add(services.maren, profile, group(), random.nextBoolean(), "Operator", 0);
                case 10 -> {
                    List<RoleRule> present = rules.ofProfile(profile);
                    if (!present.isEmpty()) {
                        roles.rules().remove(services.maren, any(present).id());
                    }
                }
                case 11 -> {
                    List<RoleRule> present = rules.ofProfile(profile);
                    if (!present.isEmpty()) {
                        roles.rules().move(services.maren, any(present).id(), random.nextInt(3));
                    }
                }
                case 12 -> accounts.add(services.maren, upn(), null, null, Role.USER, "a horse of correct battery"
                        .toCharArray());
                case 13 -> services.users.forEach(UserFilter.everyone(), row -> {
                    if (row.isLocal() && !row.username().equals("maren")) {
                        edits.accounts().removeLocal(services.maren, row.id());
                    }
                });
                case 14 -> new TestDirectory(services.database).signInWithEntra(random.nextBoolean());
                case 15 -> services.run(draft());
                case 16 -> other(Services.draft(Scope.ofGroups(List.of(group()), true)));
                case 17 -> other(null);
                case 18 -> {
                    Run preview = services.imports.preview(services.maren, Services.request(null, Services.ANY),
                            JobContext.silent()).run();
                    var out = services.users.byIds(some()).stream().map(UserRow::objectId)
                            .filter(id -> id != null).collect(java.util.stream.Collectors.toSet());
                    services.imports.applyPreview(services.maren, preview.id(),
                            new PreviewEdits(out, Map.of(), Services.ANY), JobContext.silent());
                }
                case 19 -> {
                    Role made = roles.roles().add(services.maren, "Made " + number, "",
                            EnumSet.of(Permission.VIEW_DIRECTORY));
                    roles.rules().add(services.maren, profile, group(), true, made.name(), 0);
                }
                case 20 -> {
                    Role own = roles.roles().list(services.maren).stream().map(use -> use.role())
                            .filter(role -> !role.builtIn()).findFirst().orElse(null);
                    if (own != null) {
                        roles.roles().edit(services.maren, new Role(own.id(), "Renamed " + number, "", false,
                                own.version(), Set.of(Permission.VIEW_DIRECTORY)));
                    }
                }
                case 21 -> tenant.directory().hire(Map.of("displayName", "Twin " + number, "mailNickname", "twin"));
                default -> {
                    return "nothing";
                }
            }
            return "event " + what;
        }

        private void other(@Nullable Draft draft) {
            services.imports.run(services.maren,
                    new ImportRequest("Contoso", "other", draft, Services.ANY, Trigger.MANUAL), JobContext.silent());
        }

        private Draft draft() {
            ProfileConfig standard = ProfileConfig.everyone();
            List<Draft.RuleDraft> ruled = rules.ofProfile(profile).stream()
                    .map(rule -> new Draft.RuleDraft(rule.group(), rule.nested(), "Operator")).toList();
            return new Draft(new ProfileConfig(Scope.everyone(),
                    new ProfileConfig.Filters(random.nextBoolean(), random.nextBoolean(), random.nextBoolean(),
                            random.nextBoolean() ? List.of() : List.of(group()), List.of()),
                    random.nextBoolean()
                            ? standard.mapping()
                            : new ProfileConfig.Mapping(UserField.MAIL_NICKNAME, Map.of()),
                    standard.policies()), any(List.of("User", "Auditor")), ruled);
        }

        private String upn() {
            return any(tenant.directory().users()).text("userPrincipalName") + (random.nextBoolean() ? "" : "x");
        }

        private Ref group() {
            SampleObject group = any(tenant.directory().groups());
            return Services.ref(group);
        }

        private List<Long> some() {
            var all = new ArrayList<Long>();
            services.users.forEach(UserFilter.everyone(), row -> {
                if (!row.isLocal()) {
                    all.add(row.id());
                }
            });
            return random.ints(2, 0, all.size()).distinct().mapToObj(all::get).toList();
        }

        private <T> T any(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }
    }

    /// Hears whether the last plan was repeated, or made for few.
    private static final class Watch implements JobContext {
        private boolean repeated;
        private boolean few;

        @Override
        public void progress(long done, long total) {}

        @Override
        public void message(String text) {
            repeated |= text.startsWith("Nothing has changed since");
            few |= text.startsWith("Comparing what has changed");
        }

        @Override
        public CancelToken cancelToken() {
            return new CancelToken();
        }
    }
}
