package org.rollcall.endtoend;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.DirectoryField;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.GroupField;
import org.rollcall.domain.ProfileConfig.Scope;
import org.rollcall.domain.RunState;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserStatus;
import org.rollcall.runs.RunReport;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;
import org.rollcall.sync.Draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Values that nobody would expect are stored as they are or refused with words, all the way to the directory.
class OddValuesTest {
    @TempDir
    Path folder;
    private SampleTenant tenant;
    private Services services;
    private final Draft draft = Services.draft(Scope.everyone());

    @BeforeEach
    void open() {
        tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(40).withGroups(6));
        services = new Services(folder, tenant);
    }

    @AfterEach
    void close() {
        services.close();
        tenant.close();
    }

    private void run() {
        RunReport report = services.run(draft);
        assertTrue(report.succeeded(), () -> String.valueOf(report.error()));
    }

    private static String longest(DirectoryField field) {
        String end = field == UserField.USER_PRINCIPAL_NAME ? "@contoso.com" : "";
        return "İ".repeat(field.longest() - end.length()) + end;
    }

    @Test
    void theLongestValuesAreStoredAndFound() {
        SampleObject person = tenant.directory().users().getLast();
        SampleObject group = tenant.directory().groups().getLast();
        for (UserField field : UserField.values()) {
            if (field.type() == DirectoryField.Type.TEXT) {
                tenant.directory().update(person.id(), field.graphName(), longest(field));
            }
        }
        for (GroupField field : GroupField.values()) {
            if (field.type() == DirectoryField.Type.TEXT && field != GroupField.VISIBILITY) {
                tenant.directory().update(group.id(), field.graphName(), longest(field));
            }
        }
        run();
        TenantTruth.everyone(tenant.directory()).assertEqualTo(services.stored(), "long values");
        // Changed once more: the run's changes hold both names.
        tenant.directory().update(person.id(), "displayName", "x".repeat(UserField.DISPLAY_NAME.longest()));
        run();
        TenantTruth.everyone(tenant.directory()).assertEqualTo(services.stored(), "other long values");
    }

    @Test
    void aValueThatIsTooLongIsNamedWithItsObject() {
        tenant.faults().set("long-value;length=4001;path=/users");
        RunReport report = services.run(draft);
        assertEquals(RunState.FAILED, report.state());
        var error = report.error();
        assertNotNull(error);
        assertEquals(ErrorKind.REFUSED, error.kind());
        assertTrue(error.message().matches(".*displayName of [0-9a-f-]{36}"), error.message());
        tenant.faults().set("long-value;length=4000");
        run();
    }

    @Test
    void timesStayInTheirYear() {
        tenant.faults().set("fine-times");
        run();
        SampleObject person = tenant.directory().users().getFirst();
        assertEquals("2025-12-31T23:59:59.999999Z", String.valueOf(
                services.person(person).attributes().instant(UserField.CREATED_DATE_TIME)));
        RunReport again = services.run(draft);
        assertTrue(again.counts().values().stream().allMatch(count -> count == 0), () -> again.counts().toString());
    }

    @Test
    void whoIsNotSaidToBeEnabledIsDisabled() {
        tenant.faults().set("no-enabled");
        run();
        for (SampleObject person : tenant.directory().users().subList(33, 36)) {
            assertEquals(UserStatus.DISABLED, services.person(person).status());
        }
    }
}
