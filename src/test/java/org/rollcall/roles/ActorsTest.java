package org.rollcall.roles;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.AuditEvent;
import org.rollcall.domain.AuditFilter;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.RollcallException;
import org.rollcall.people.PeopleEdits;
import org.rollcall.store.AuditStore;
import org.rollcall.store.LocalAccountStore;
import org.rollcall.store.PersonStore;
import org.rollcall.store.SettingStore;
import org.rollcall.store.TestDirectory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Somebody signed in may what their role permits at the moment they act.
class ActorsTest {
    @TempDir
    Path folder;
    private TestDirectory directory;
    private AuditService audit;
    private RoleServices services;
    private PeopleEdits edits;
    private Actors actors;
    private Actor root;
    private Actor deputy;

    @BeforeEach
    void open() {
        directory = new TestDirectory(folder);
        audit = new AuditService(directory.database, new AuditStore(directory.database),
                new SettingStore(directory.database), directory.clock);
        services = RoleServices.over(directory.database, audit, directory.clock);
        edits = PeopleEdits.over(directory.database, services, audit, directory.clock);
        actors = new Actors(directory.database, audit, directory.clock);
        root = local("root", "Administrator");
        deputy = local("deputy", "Administrator");
    }

    @AfterEach
    void close() {
        directory.close();
    }

    private Actor local(String name, String role) {
        long id = new PersonStore(directory.database, directory.clock).insertLocal(name, name, null);
        new LocalAccountStore(directory.database).insert(id, "x", directory.clock.instant());
        directory.role(id, role, RoleSource.MANUAL);
        return actors.of(id, name, "window");
    }

    private static long id(Actor actor) {
        return java.util.Objects.requireNonNull(actor.userId());
    }

    private List<AuditEvent> refusals() {
        return audit.list(root, AuditFilter.everything(), null, 100).rows().stream()
                .filter(each -> each.action().equals("refused")).toList();
    }

    private static RollcallException refused(ErrorKind kind, org.junit.jupiter.api.function.Executable action) {
        var refusal = assertThrows(RollcallException.class, action);
        assertEquals(kind, refusal.kind(), refusal.message());
        return refusal;
    }

    @Test
    void whoIsGivenALesserRoleIsRefusedAtTheNextAction() {
        services.roles().list(deputy);
        services.assignments().setRole(root, List.of(id(deputy)), "Auditor");
        var refusal = refused(ErrorKind.NOT_ALLOWED,
                () -> services.assignments().setRole(deputy, List.of(id(root)), "User"));
        assertEquals("permission.missing", refusal.code());
        assertFalse(deputy.may(Permission.CHANGE_ROLES), "known from then on");
        services.assignments().setRole(root, List.of(id(deputy)), "Administrator");
        services.assignments().setRole(deputy, List.of(id(root)), "User");
        refused(ErrorKind.NOT_ALLOWED, () -> services.assignments().setRole(root, List.of(id(deputy)), "User"));
    }

    @Test
    void whoseRoleIsEditedMayLessAtOnce() {
        var role = services.roles().add(root, "Clerk", "",
                Set.of(Permission.VIEW_DIRECTORY, Permission.MANAGE_USERS));
        services.assignments().setRole(root, List.of(id(deputy)), "Clerk");
        edits.accounts().deactivate(deputy, List.of(id(local("bo", "User"))));
        services.roles().edit(root, new org.rollcall.domain.Role(role.id(), "Clerk", "", false, role.version(),
                Set.of(Permission.VIEW_DIRECTORY)));
        refused(ErrorKind.NOT_ALLOWED,
                () -> edits.accounts().deactivate(deputy, List.of(id(local("cy", "User")))));
    }

    @Test
    void whoIsDeactivatedOrRemovedIsNoLongerSignedIn() {
        edits.accounts().deactivate(root, List.of(id(deputy)));
        assertEquals("signin.ended",
                refused(ErrorKind.NOT_SIGNED_IN, () -> services.roles().list(deputy)).code());
        assertFalse(deputy.may(Permission.VIEW_DIRECTORY));
        edits.accounts().activate(root, List.of(id(deputy)));
        services.roles().list(deputy);
        edits.accounts().removeLocal(root, id(deputy));
        refused(ErrorKind.NOT_SIGNED_IN, () -> services.roles().list(deputy));
    }

    @Test
    void rightsOfATransactionThatWasTakenBackAreGoneWithIt() {
        Actor clerk = local("clerk", "User");
        assertThrows(IllegalStateException.class, () -> directory.database.transaction(() -> {
            services.assignments().setRole(root, List.of(id(clerk)), "Administrator");
            clerk.require(Permission.MANAGE_ROLES);
            throw new IllegalStateException("taken back");
        }));
        services.roles().add(root, "Another", "", Set.of());
        refused(ErrorKind.NOT_ALLOWED, () -> clerk.require(Permission.MANAGE_ROLES));
    }

    @Test
    void aRefusalIsRecordedOnceAMinuteThoughItsTransactionIsTakenBack() {
        Actor clerk = local("clerk", "User");
        for (int i = 0; i < 5; i++) {
            assertThrows(RollcallException.class, () -> directory.database.transaction(() -> {
                services.roles().add(root, "Made in vain", "", Set.of());
                services.assignments().setRole(clerk, List.of(id(clerk)), "Administrator");
            }));
        }
        assertEquals(1, refusals().size());
        var event = refusals().getFirst();
        assertEquals("clerk", event.actor());
        assertEquals("permission.missing", event.detail().get("code"));
        assertTrue(String.valueOf(event.detail().get("because")).contains("Change roles"), event.toString());
        assertTrue(services.roles().list(root).stream().noneMatch(use -> use.role().name().equals("Made in vain")));
        assertFalse(clerk.may(Permission.CHANGE_ROLES), "asking is not recorded");
        directory.clock.advance(Duration.ofMinutes(2));
        assertThrows(RollcallException.class, () -> services.assignments().clear(clerk, List.of(id(clerk))));
        assertEquals(2, refusals().size());
    }
}
