package org.rollcall.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.sample.SampleDirectory;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A run that would take the roles of many: stopped, told, allowed for one run, applied once, undone, and limited otherwise.
class LostRolesTest {
    private static final int MEMBERS = 13;

    @TempDir
    Path folder;
    private SampleTenant sample;
    private SampleDirectory directory;
    private CliFixture cli;
    private SampleObject group;
    private List<SampleObject> members;

    /// Everybody is here, the group's people as auditors, and one of them by hand.
    @BeforeEach
    void importEveryone() {
        sample = SampleTenant.start(SampleTenant.Options.defaults().withUsers(40).withGroups(6));
        directory = sample.directory();
        members = directory.users().stream().filter(each -> each.flag("accountEnabled")).limit(MEMBERS).toList();
        group = directory.createGroup(Map.of("displayName", "Audit office", "securityEnabled", true, "mailEnabled",
                false, "mailNickname", "auditoffice"));
        members.forEach(each -> directory.addMember(group.id(), each.id()));
        cli = new CliFixture(folder).init().connect(sample);
        cli.run("import", "run", "--tenant", "contoso", "--all", "--rule", group.id() + "=Auditor", "--every", "1d");
        cli.run("users", "set-role", String.valueOf(members.getFirst().text("userPrincipalName")), "--role", "Auditor")
                .expect(0);
        assertEquals(MEMBERS, auditors());
    }

    @AfterEach
    void close() {
        sample.close();
    }

    private int auditors() {
        return cli.json("users", "list", "--role", "Auditor").path("total").asInt();
    }

    private static JsonNode guard(JsonNode document) {
        for (JsonNode guard : document.path("guards")) {
            if (guard.path("guard").asText().equals("lostRoles")) {
                return guard;
            }
        }
        throw new AssertionError("not asked: " + document);
    }

    private JsonNode schedule() {
        return cli.json("schedules", "list").at("/schedules/0");
    }

    private void emptyGroup() {
        members.forEach(each -> directory.removeMember(group.id(), each.id()));
    }

    @Test
    void theRunIsStoppedAndAHigherLimitLetsItPass() {
        String before = cli.contents();
        emptyGroup();
        JsonNode preview = cli.run("import", "preview", "--tenant", "contoso", "--json").expect(0).json();
        assertTrue(guard(preview).path("stopped").asBoolean());
        CliFixture.Result stopped = cli.run("import", "run", "--tenant", "contoso", "--json").expect(6);
        assertEquals("STOPPED", stopped.json().path("state").asText());
        assertTrue(guard(stopped.json()).path("message").asText().startsWith("Lost roles: " + (MEMBERS - 1) + " of "),
                stopped::out);
        assertTrue(stopped.jsonError().path("remedy").asText().contains("--max-lost-roles"), stopped::err);
        cli.run("import", "run", "--tenant", "contoso", "--max-lost-roles", String.valueOf(MEMBERS - 2)).expect(6)
                .error();
        cli.run("import", "run", "--tenant", "contoso", "--max-removals", "100%").expect(6).error();
        assertEquals(before, cli.contents());
        cli.run("import", "run", "--tenant", "contoso", "--max-lost-roles", "many").expect(2).error();
        cli.run("import", "run", "--tenant", "contoso", "--max-lost-roles", String.valueOf(MEMBERS - 1));
        assertEquals(1, auditors());
    }

    @Test
    void aCommandThatNamesOtherRulesIsStoppedOnlyByALimitOfItsOwn() {
        cli.run("import", "run", "--tenant", "contoso", "--all", "--max-lost-roles", "10%").expect(6).error();
        assertEquals(MEMBERS, auditors());
        cli.run("import", "run", "--tenant", "contoso", "--all");
        assertEquals(1, auditors());
    }

    @Test
    void aStoppedScheduleIsToldAppliedOnceAndUndone() {
        String before = cli.contents();
        emptyGroup();
        String id = schedule().path("id").asText();
        JsonNode stopped = cli.run("schedules", "run", id, "--json").expect(6).json();
        assertEquals("QUARANTINED", schedule().path("state").asText());
        assertTrue(schedule().path("stateReason").asText().contains("ost roles: " + (MEMBERS - 1) + " of "),
                () -> schedule().toString());
        cli.run("runs", "apply", stopped.path("run").asText()).expect(0);
        assertEquals(1, auditors());
        assertEquals("ACTIVE", schedule().path("state").asText());
        assertNotEquals(before, cli.contents());
        cli.run("runs", "undo", stopped.path("run").asText()).expect(0);
        assertEquals(MEMBERS, auditors());
        cli.run("import", "run", "--tenant", "contoso").expect(6).error();
        assertEquals(MEMBERS, auditors(), "the limit stays as it was");
    }

    @Test
    void theLimitIsTheImportsOwn() {
        String id = schedule().path("id").asText();
        cli.run("schedules", "edit", id, "--max-lost-roles", String.valueOf(MEMBERS - 2)).expect(0);
        emptyGroup();
        cli.run("schedules", "run", id).expect(6);
        cli.run("schedules", "resume", id).expect(0);
        cli.run("schedules", "edit", id, "--max-lost-roles", "90%").expect(0);
        cli.run("schedules", "run", id);
        assertEquals(1, auditors());
    }
}
