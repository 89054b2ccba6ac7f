package org.rollcall.endtoend;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.AuditFilter;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunFilter;
import org.rollcall.domain.RunKind;
import org.rollcall.domain.UserStatus;
import org.rollcall.sample.SampleDirectory;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;
import org.rollcall.source.CallControl;
import org.rollcall.store.RunStore;
import org.rollcall.sync.Draft;
import org.rollcall.sync.Draft.RuleDraft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// One person read anew is as an import would have left them, and nobody else is touched.
class PersonRefreshTest {
    private static final CallControl PATIENT = new CallControl() {
        @Override
        public void checkCancelled() {}

        @Override
        public void pause(Duration time, String reason) {}
    };

    @TempDir
    Path folder;
    private SampleTenant tenant;
    private SampleDirectory directory;
    private Services services;
    private SampleObject crew;
    private SampleObject officers;
    private SampleObject ship;
    private SampleObject ada;
    private SampleObject bo;

    @BeforeEach
    void start() {
        tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(20).withGroups(4));
        directory = tenant.directory();
        ship = directory.createGroup(Map.of("displayName", "Ship"));
        crew = directory.createGroup(Map.of("displayName", "Crew"));
        officers = directory.createGroup(Map.of("displayName", "Officers"));
        directory.addMember(ship.id(), crew.id());
        directory.addMember(ship.id(), officers.id());
        ada = directory.hire(Map.of("displayName", "Ada"));
        bo = directory.hire(Map.of("displayName", "Bo"));
        List.of(ada, bo).forEach(each -> directory.addMember(crew.id(), each.id()));
        services = new Services(folder, tenant);
    }

    @AfterEach
    void stop() {
        services.close();
        tenant.close();
    }

    private Draft draft(boolean everyone) {
        var scope = everyone
                ? ProfileConfig.Scope.everyone()
                : new ProfileConfig.Scope(false, List.of(Services.ref(ship)), true, List.of());
        return Services.draft(scope, new RuleDraft(Services.ref(officers), true, "Operator"));
    }

    private Optional<UserStatus> refresh(SampleObject who) {
        return services.imports.refresh(services.person(who), "test", PATIENT);
    }

    private List<Run> runs() {
        return new RunStore(services.database).list(RunFilter.everything(), null, 50);
    }

    private Set<String> groupsOf(SampleObject who) {
        var person = services.person(who);
        var names = new TreeSet<String>();
        services.groups.forEachEdge(edge -> {
            if (edge.memberId().equals(person.objectId())) {
                names.add(directory.group(edge.groupId().toString()).orElseThrow().displayName());
            }
        });
        return names;
    }

    @Test
    void whatAnImportWouldHaveDoneIsDoneForOnePerson() {
        services.run(draft(false));
        var before = others(ada);
        directory.update(ada.id(), "department", "Bridge");
        directory.update(bo.id(), "department", "Bridge");
        directory.rename(ada.id(), "captain@" + tenant.domain(), "Captain Ada");
        directory.move(ada.id(), crew.id(), officers.id());

        assertEquals(Optional.of(UserStatus.ACTIVE), refresh(ada));

        var person = services.person(ada);
        assertEquals("captain@" + tenant.domain() + " Captain Ada Operator RULE", person.username() + " "
                + person.shownName() + " " + person.role() + " " + person.roleSource());
        assertEquals(Set.of("Officers"), groupsOf(ada));
        assertEquals(before, others(ada), "nobody else is touched");
        var run = runs().getFirst();
        assertEquals("REFRESH SUCCEEDED", run.kind() + " " + run.state());
        assertEquals(Map.of(ChangeKind.RENAME, 1L, ChangeKind.UPDATE, 1L, ChangeKind.ROLE_CHANGE, 1L,
                ChangeKind.MEMBER_ADD, 1L, ChangeKind.MEMBER_REMOVE, 1L),
                run.counts().entrySet().stream().filter(each -> each.getValue() > 0)
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        var event = services.audit.list(services.maren, AuditFilter.everything(), null, 1).rows().getFirst();
        assertEquals("signin.refresh Ada", event.action() + " " + event.objectName());

        // The import finds the rest, and nothing to do for her.
        var rest = services.run(null);
        assertEquals(1, rest.counts().getOrDefault(ChangeKind.UPDATE, 0L), rest.counts().toString());
        assertEquals(0, rest.counts().getOrDefault(ChangeKind.RENAME, 0L));
        assertEquals(Set.of("Officers"), groupsOf(ada));
    }

    private List<Object> others(SampleObject but) {
        var rows = new ArrayList<>(services.everything());
        rows.removeIf(row -> row.toString().contains(but.id()));
        return rows;
    }

    @Test
    void nothingChangedLeavesNoTrace() {
        services.run(draft(true));
        assertEquals(Optional.of(UserStatus.ACTIVE), refresh(ada));
        assertEquals(1, runs().size());
        directory.update(ada.id(), "department", "Bridge");
        refresh(ada);
        assertEquals(2, runs().size());
        assertEquals(Optional.of(UserStatus.ACTIVE), refresh(ada), "planned in full after a refresh");
        assertEquals(2, runs().size());
        // Back as the import left it, which the mirror alone would not tell.
        directory.update(ada.id(), "department", null);
        refresh(ada);
        assertEquals(3, runs().size());
    }

    @Test
    void whoIsDisabledOrGoneInEntraIsSoHere() {
        services.run(draft(true));
        directory.setEnabled(ada.id(), false);
        assertEquals(Optional.of(UserStatus.DISABLED), refresh(ada));
        assertEquals(UserStatus.DISABLED, services.person(ada).status());
        directory.setEnabled(ada.id(), true);
        assertEquals(Optional.of(UserStatus.ACTIVE), refresh(ada));
        assertEquals(UserStatus.ACTIVE, services.person(ada).status());
        directory.leave(ada.id());
        assertEquals(Optional.of(UserStatus.REMOVED), refresh(ada));
        assertEquals(UserStatus.REMOVED, services.person(ada).status());
        assertEquals(Set.of(), groupsOf(ada));
        assertEquals(UserStatus.ACTIVE, services.person(bo).status());
    }

    @Test
    void whatWasDecidedByHandStays() {
        services.run(draft(true));
        long id = services.person(ada).id();
        services.roles.assignments().setRole(services.maren, List.of(id), "Auditor");
        services.edits.accounts().deactivate(services.maren, List.of(id));
        directory.move(ada.id(), crew.id(), officers.id());
        assertEquals(Optional.of(UserStatus.ACTIVE), refresh(ada));
        var person = services.person(ada);
        assertEquals("Auditor DISABLED " + RoleSource.MANUAL, person.role() + " " + person.status() + " "
                + person.roleSource());
        assertEquals(Set.of("Officers"), groupsOf(ada));
    }

    @Test
    void aNameThatSomebodyHasIsNotTaken() {
        services.run(draft(true));
        services.sql("update directory_user set username = 'taken@x.example', username_key = 'taken@x.example'"
                + " where object_id = '" + bo.id() + "'");
        directory.rename(ada.id(), "taken@x.example", "Ada");
        refresh(ada);
        assertTrue(services.person(ada).username().startsWith("ada"), services.person(ada).username());
    }

    @Test
    void theLastAdministratorStaysWhateverEntraSays() {
        services.run(draft(true));
        var person = services.person(ada);
        services.roles.assignments().setRole(services.maren, List.of(person.id()), "Administrator");
        services.sql("update auth_settings set entra_enabled = true, entra_tenant_id = "
                + services.tenants.byName("Contoso").id());
        services.sql("update directory_user set status = 'DISABLED' where tenant_id is null");
        directory.leave(ada.id());
        assertEquals(Optional.of(UserStatus.REMOVED), refresh(ada));
        assertEquals(UserStatus.ACTIVE, services.person(ada).status());
        assertEquals(1, runs().size());
    }

    @Test
    void strangersAndFaultsChangeNothing() {
        services.run(draft(false));
        var before = services.everything();
        directory.update(ada.id(), "department", "Bridge");
        tenant.close();
        assertThrows(RollcallException.class, () -> refresh(ada));
        assertEquals(before, services.everything());
        assertEquals(Optional.empty(), services.imports.refresh(
                services.users.find("maren"), "test", PATIENT), "a local account is in no tenant");
        assertEquals(1, runs().size());
        assertTrue(services.users.byObjectId(services.tenants.byName("Contoso").id(), UUID.randomUUID()).isEmpty());
    }
}
