package org.rollcall.store;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.domain.RollcallException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RoleStoreTest {
    @TempDir
    Path folder;
    Database database;
    RoleStore roles;

    @BeforeEach
    void open() {
        database = ReadyDatabase.open(folder);
        roles = new RoleStore(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void builtInRolesPermitWhatTheyAreFor() {
        assertEquals(List.of("Administrator", "Operator", "Auditor", "User"),
                roles.list().stream().map(Role::name).toList());
        assertEquals(EnumSet.allOf(Permission.class), roles.require("Administrator").permissions());
        assertEquals(
                EnumSet.of(Permission.VIEW_OWN_PROFILE, Permission.VIEW_DIRECTORY, Permission.EXPORT,
                        Permission.VIEW_ACTIVITY, Permission.IMPORT, Permission.MANAGE_SCHEDULES),
                roles.require("operator").permissions());
        assertEquals(EnumSet.of(Permission.VIEW_OWN_PROFILE, Permission.VIEW_DIRECTORY, Permission.EXPORT,
                Permission.VIEW_ACTIVITY), roles.require("AUDITOR").permissions());
        assertEquals(Set.of(Permission.VIEW_OWN_PROFILE), roles.require("User").permissions());
        assertTrue(roles.require("Administrator").isAdministrator());
    }

    @Test
    void anUnknownRoleIsAnsweredWithTheKnownOnes() {
        var refusal = assertThrows(RollcallException.class, () -> roles.require("Boss"));
        assertEquals(ErrorKind.INPUT, refusal.kind());
        assertTrue(refusal.remedy().contains("Administrator, Operator, Auditor, User"), refusal.remedy());
    }

    @Test
    void ownRolesComeAfterTheBuiltInOnesByName() {
        roles.insert("zeta", "", Set.of());
        roles.insert("Alpha", "First", Set.of(Permission.EXPORT));
        assertEquals(List.of("Administrator", "Operator", "Auditor", "User", "Alpha", "zeta"),
                roles.list().stream().map(Role::name).toList());
        assertEquals(Set.of(Permission.EXPORT), roles.require("alpha").permissions());
    }

    @Test
    void namesAreTakenWhateverTheirLetterCase() {
        roles.insert("Helpdesk", "", Set.of());
        var refusal = assertThrows(RollcallException.class, () -> roles.insert("HELPDESK", "", Set.of()));
        assertEquals("role.name-taken", refusal.code());
        assertEquals(ErrorKind.INPUT, refusal.kind());
    }

    @Test
    void theSecondOfTwoEditsIsTold() {
        Role read = roles.insert("Helpdesk", "", Set.of());
        Role first = new Role(read.id(), "Helpdesk", "Changed", false, read.version(), Set.of(Permission.EXPORT));
        roles.update(first);
        var refusal = assertThrows(RollcallException.class, () -> roles.update(
                new Role(read.id(), "Helpdesk", "Other", false, read.version(), Set.of())));
        assertEquals(ErrorKind.CONFLICT, refusal.kind());
        Role stored = roles.byId(read.id()).orElseThrow();
        assertEquals("Changed", stored.description());
        assertEquals(Set.of(Permission.EXPORT), stored.permissions());
    }
}
