package org.rollcall.sync;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Profile;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunState;
import org.rollcall.domain.Trigger;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserSort;
import org.rollcall.domain.UserStatus;
import org.rollcall.people.PeopleEdits;
import org.rollcall.roles.RoleServices;
import org.rollcall.sample.ObjectKind;
import org.rollcall.sample.SampleDirectory;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;
import org.rollcall.source.Connection;
import org.rollcall.source.entra.EntraConnector;
import org.rollcall.store.AssignmentStore;
import org.rollcall.store.AuditStore;
import org.rollcall.store.GroupNesting;
import org.rollcall.store.LocalAccountStore;
import org.rollcall.store.PersonStore;
import org.rollcall.store.ProfileStore;
import org.rollcall.store.RuleStore;
import org.rollcall.store.SettingStore;
import org.rollcall.store.Stores;
import org.rollcall.store.TestDirectory;
import org.rollcall.store.UserQueries;
import org.rollcall.sync.read.MirrorReader;
import org.rollcall.task.JobContext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// "Why?" of everybody in a tenant, against the rules and against what the tenant itself knows. `-Drollcall.why=2500` asks
/// in a larger one.
class WhyServiceTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final int PEOPLE = Integer.getInteger("rollcall.why", 600);

    @TempDir
    Path folder;
    SampleTenant sample;
    TestDirectory directory;
    RoleServices roles;
    PeopleEdits edits;
    UserQueries users;
    ImportService imports;
    WhyService why;
    Actor root;
    Runnable onOpen = () -> {};
    final Map<String, Set<String>> peopleBelow = new HashMap<>();
    final Map<String, Set<String>> directMembers = new HashMap<>();

    @BeforeEach
    void open() {
        sample = SampleTenant.start(SampleTenant.Options.defaults().withUsers(PEOPLE));
        directory = new TestDirectory(folder);
        var database = directory.database;
        var audit = new AuditService(database, new AuditStore(database), new SettingStore(database), CLOCK);
        var nesting = new GroupNesting(database);
        roles = RoleServices.over(database, audit, CLOCK);
        edits = PeopleEdits.over(database, roles, audit, CLOCK);
        users = new UserQueries(database, nesting);
        long id = new PersonStore(database, CLOCK).insertLocal("root", "Root", null);
        new LocalAccountStore(database).insert(id, "x", CLOCK.instant());
        directory.role(id, Role.ADMINISTRATOR, RoleSource.MANUAL);
        root = new Actor(id, "root", "window", EnumSet.allOf(Permission.class));
        directory.tenant("Contoso");
        var connection = new Connection(sample.tenantId(), sample.clientId(), sample.origin(), sample.origin(),
                sample.caPem(), null, new Connection.Credential.Secret(sample.clientSecret()));
        imports = new ImportService(Stores.over(database, CLOCK), new MirrorReader(database, CLOCK), tenant -> {
            onOpen.run();
            return new EntraConnector(CLOCK).open(connection);
        }, roles, audit, CLOCK);
        why = new WhyService(users, nesting, new PersonStore(database, CLOCK), new AssignmentStore(database, CLOCK),
                new ProfileStore(database, CLOCK), new RuleStore(database));
    }

    @AfterEach
    void close() {
        directory.close();
        sample.close();
    }

    private Run run(ImportRequest request) {
        Run run = imports.run(root, request, JobContext.silent()).run();
        assertEquals(RunState.SUCCEEDED, run.state(), () -> String.valueOf(run.error()));
        return run;
    }

    private List<UserRow> imported() {
        var rows = new ArrayList<UserRow>();
        @Nullable
        String after = null;
        do {
            var page = users.list(UserFilter.everyone(), UserSort.BY_NAME, after, 100);
            rows.addAll(page.rows());
            after = page.next();
        } while (after != null);
        rows.removeIf(UserRow::isLocal);
        return rows;
    }

    /// Groups with people whose members the application may all see, the largest first.
    private List<SampleObject> groupsWithPeople() {
        SampleDirectory truth = sample.directory();
        return truth.groups().stream().filter(group -> isOpen(group) && truth.effectiveMembers(group.id()).stream()
                .filter(member -> member.kind() == ObjectKind.GROUP).allMatch(WhyServiceTest::isOpen))
                .filter(group -> people(group).size() > 2).sorted(java.util.Comparator
                        .comparing((SampleObject group) -> people(group).size()).reversed())
                .toList();
    }

    private static boolean isOpen(SampleObject group) {
        return !Objects.equals(group.text("visibility"), "HiddenMembership");
    }

    private Set<String> people(SampleObject group) {
        return peopleBelow.computeIfAbsent(group.id(), _ -> findPeople(group));
    }

    private Set<String> findPeople(SampleObject group) {
        return sample.directory().effectiveMembers(group.id()).stream()
                .filter(member -> member.kind() == ObjectKind.USER).map(SampleObject::id).collect(Collectors.toSet());
    }

    private Set<String> direct(String group) {
        return directMembers.computeIfAbsent(group, this::findDirect);
    }

    private Set<String> findDirect(String group) {
        return sample.directory().directMembers(group).stream().map(SampleObject::id).collect(Collectors.toSet());
    }

    private static Ref ref(SampleObject group) {
        return new Ref(UUID.fromString(group.id()), group.displayName());
    }

    @Test
    void theReasonsOfEverybodyAreTrue() {
        List<SampleObject> groups = groupsWithPeople();
        SampleObject out = groups.getLast();
        SampleObject directOnly = groups.get(1);
        SampleObject nested = groups.stream().filter(group -> group != out && group != directOnly
                && !direct(group.id()).containsAll(people(group))).findFirst().orElseThrow();
        SampleObject late = groups.get(groups.size() / 2);
        var config = new ProfileConfig(ProfileConfig.Scope.everyone(),
                new ProfileConfig.Filters(false, true, true, List.of(ref(out)), List.of()),
                ProfileConfig.Mapping.standard(), ProfileConfig.Policies.standard());
        var rules = List.of(new Draft.RuleDraft(ref(directOnly), false, Role.AUDITOR),
                new Draft.RuleDraft(ref(nested), true, Role.OPERATOR),
                new Draft.RuleDraft(ref(late), true, Role.AUDITOR));
        Set<String> excluded = people(out);
        Run first = run(new ImportRequest("Contoso", Profile.DEFAULT_NAME, new Draft(config, Role.USER, rules), null,
                Trigger.MANUAL));

        List<UserRow> here = imported();
        assertTrue(here.size() > PEOPLE * 3 / 4, "people came in: " + here.size());
        here.forEach(each -> assertFalse(each.isGuest() || excluded.contains(oid(each)), each.username()));
        List<UserRow> active = here.stream().filter(each -> each.status() == UserStatus.ACTIVE).toList();
        Set<Long> byHand = ids(active, 0, 6);
        Set<Long> deactivated = ids(active, 6, 10);
        Set<Long> setAside = ids(active, 10, 14);
        roles.assignments().setRole(root, List.copyOf(byHand), Role.OPERATOR);
        edits.accounts().deactivate(root, List.copyOf(deactivated));
        edits.accounts().exclude(root, List.copyOf(setAside));
        Set<Long> disabled = ids(active, 14, 18);
        Set<Long> left = ids(active, 18, 22);
        active.stream().filter(each -> disabled.contains(each.id()))
                .forEach(each -> sample.directory().setEnabled(oid(each), false));
        active.stream().filter(each -> left.contains(each.id())).forEach(each -> sample.directory().leave(oid(each)));
        Run second = run(ImportRequest.repeat("Contoso", Profile.DEFAULT_NAME, Trigger.MANUAL));

        int byRule = 0;
        for (UserRow row : imported()) {
            List<Decision> decisions = why.why(root, row.id());
            assertEquals(List.of("imported", "role", "status"), decisions.stream().map(Decision::about).toList());
            boolean gone = left.contains(row.id());
            checkImported(decisions.getFirst(), first, gone);
            if (!gone) {
                byRule += checkRole(decisions.get(1), row, byHand.contains(row.id()), rules);
            }
            checkStatus(decisions.get(2), row, gone, deactivated.contains(row.id()), setAside.contains(row.id()));
            if (disabled.contains(row.id()) || gone) {
                assertEquals(second.id(), decisions.get(2).run(), "the run that changed it");
            }
        }
        assertTrue(byRule > 5, "rules decided about " + byRule);
        Decision local = why.why(root, Objects.requireNonNull(root.userId())).getFirst();
        assertEquals("local account", local.value());
        var nobody = new Actor(null, "nobody", "window", Set.of());
        assertEquals(ErrorKind.NOT_ALLOWED, assertThrows(RollcallException.class,
                () -> why.why(nobody, here.getFirst().id())).kind());
    }

    private static Set<Long> ids(List<UserRow> rows, int from, int to) {
        return rows.subList(from, to).stream().map(UserRow::id).collect(Collectors.toSet());
    }

    private static String oid(UserRow row) {
        return String.valueOf(row.objectId());
    }

    private static void checkImported(Decision decision, Run first, boolean gone) {
        assertEquals(first.id(), decision.run());
        assertEquals(gone
                ? "Imported from Contoso; no import brings them in any more"
                : "Everyone in Contoso is brought in", decision.because());
        assertEquals(gone ? "Contoso" : Profile.DEFAULT_NAME, decision.value());
    }

    /// @return 1 if a rule decided
    private int checkRole(Decision decision, UserRow row, boolean byHand, List<Draft.RuleDraft> rules) {
        if (byHand) {
            assertEquals("Chosen by hand by root; synchronizations leave it alone", decision.because());
            assertEquals(Role.OPERATOR, decision.value());
            return 0;
        }
        for (Draft.RuleDraft rule : rules) {
            SampleObject group = sample.directory().group(rule.group().id().toString()).orElseThrow();
            if ((rule.nested() ? people(group) : direct(group.id())).contains(oid(row))) {
                assertEquals(rule.role(), decision.value(), row.username());
                assertEquals("Rule " + (rules.indexOf(rule) + 1) + ": " + group.displayName() + " gives " + rule.role(),
                        decision.because());
                assertEquals(decision.because(), decision.rule());
                checkPath(decision.path(), group, oid(row));
                return 1;
            }
        }
        assertEquals("No rule fits: the default role", decision.because(), row.username());
        assertEquals(Role.USER, decision.value());
        assertNull(decision.rule());
        return 0;
    }

    /// Each step of a path is a membership in the tenant, and no path is shorter.
    private void checkPath(List<String> path, SampleObject group, String person) {
        assertEquals(group.displayName(), path.getFirst());
        Map<String, SampleObject> reached = Map.of(group.id(), group);
        for (int step = 0; step < path.size(); step++) {
            String name = path.get(step);
            boolean last = step == path.size() - 1;
            assertEquals(last, reached.keySet().stream().anyMatch(id -> direct(id).contains(person)),
                    "the shortest way is taken");
            assertTrue(reached.values().stream().anyMatch(each -> each.displayName().equals(name)), "a real step");
            reached = reached.keySet().stream().flatMap(id -> sample.directory().directMembers(id).stream())
                    .filter(member -> member.kind() == ObjectKind.GROUP)
                    .collect(Collectors.toMap(SampleObject::id, each -> each, (one, same) -> one));
        }
    }

    private void checkStatus(Decision decision, UserRow row, boolean gone, boolean deactivated, boolean setAside) {
        if (gone) {
            assertEquals("REMOVED", decision.value());
            assertEquals("No longer in Entra or in scope", decision.because());
            return;
        }
        boolean enabled = sample.directory().user(oid(row)).orElseThrow().flag("accountEnabled");
        assertEquals(deactivated || !enabled ? "DISABLED" : "ACTIVE", decision.value(), row.username());
        String because = deactivated ? "Deactivated here by hand" : enabled ? "Enabled in Entra" : "Disabled in Entra";
        assertEquals(setAside ? because + "; excluded from synchronization by hand" : because, decision.because());
    }

    @Test
    void whoIsNotSaidToBeEnabledIsDisabledAndWhyIsSaid() {
        sample.faults().set("no-enabled");
        run(new ImportRequest("Contoso", Profile.DEFAULT_NAME,
                new Draft(ProfileConfig.everyone(), Role.USER, List.of()), null, Trigger.MANUAL));
        Decision decision = why.why(root, imported().getLast().id()).getLast();
        assertEquals("DISABLED", decision.value());
        assertEquals("Entra does not say whether the account is enabled", decision.because());
    }

    @Test
    void aTenantHasOneRunAtATime() {
        var refusals = new ArrayList<RollcallException>();
        var request = new ImportRequest("Contoso", Profile.DEFAULT_NAME,
                new Draft(ProfileConfig.everyone(), Role.USER, List.of()), null, Trigger.MANUAL);
        onOpen = () -> {
            // A second run from another thread, as a schedule would begin one.
            Thread other = Thread.ofPlatform().start(() -> refusals.add(assertThrows(RollcallException.class,
                    () -> imports.run(root, request, JobContext.silent()))));
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        run(request);
        assertEquals(List.of(ErrorKind.CONFLICT), refusals.stream().map(RollcallException::kind).toList());
        onOpen = () -> {};
        assertEquals(RunState.SUCCEEDED, run(request).state(), "afterwards it runs again");
    }
}
