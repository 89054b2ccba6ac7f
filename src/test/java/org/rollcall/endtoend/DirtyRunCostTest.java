package org.rollcall.endtoend;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.ProfileConfig.Scope;
import org.rollcall.domain.Role;
import org.rollcall.runs.RunReport;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;
import org.rollcall.store.StatementCounts;
import org.rollcall.sync.Draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A run before which ten things happened looks at the people whom these may concern, however many others there are.
class DirtyRunCostTest {
    private static final List<String> PEOPLE = List.of("mirror_user", "directory_user", "role_assignment",
            "profile_object");
    /// Whether the members of groups are there is looked up in a list of everybody's ids, as all memberships are compared.
    private static final String IDS = "select directory_user.object_id, directory_user.status from directory_user";
    /// The report on second factors comes as a whole.
    private static final String REPORT = "select mirror_user.object_id, mirror_user.mfa from mirror_user where"
            + " mirror_user.mirror_id = cast(? as bigint)";
    private static final Predicate<String> OF_PEOPLE = sql -> PEOPLE.stream().anyMatch(sql::contains)
            && !sql.startsWith(IDS) && !sql.equals(REPORT);

    @TempDir
    Path folder;

    @Test
    void peopleWhomNothingConcernsAreNotReadWhereEverybodyIsBroughtIn() {
        Cost few = tenChanges(folder.resolve("few"), 40, false);
        Cost many = tenChanges(folder.resolve("many"), 240, false);
        compare(few, many);
    }

    @Test
    void norWhereRulesAndGroupsDecide() {
        Cost few = tenChanges(folder.resolve("few"), 40, true);
        Cost many = tenChanges(folder.resolve("many"), 240, true);
        compare(few, many);
    }

    /// @param scanned rows gone through of people's tables
    private record Cost(StatementCounts counts, long scanned) {
        long rows() {
            return counts.rows(OF_PEOPLE);
        }
    }

    private static void compare(Cost few, Cost many) {
        assertTrue(many.rows() <= few.rows() + 20, () -> differences(few.counts(), many.counts()));
        assertTrue(many.rows() < 400, () -> "rows: " + many.rows());
        assertEquals(List.of(), many.counts().scans().keySet().stream().filter(OF_PEOPLE).toList());
        assertTrue(many.scanned() <= few.scanned() + 20, () -> few.scanned() + " / " + many.scanned());
    }

    private static String differences(StatementCounts few, StatementCounts many) {
        var lines = new StringBuilder();
        many.each().forEach((sql, count) -> {
            if (OF_PEOPLE.test(sql) && !count.equals(few.each().get(sql))) {
                lines.append(few.each().get(sql)).append(" / ").append(count).append(": ").append(sql).append('\n');
            }
        });
        return lines.toString();
    }

    private static Cost tenChanges(Path at, int people, boolean ruled) {
        // Groups are compared one by one whatever happened, so there are as many here and there.
        var options = SampleTenant.Options.defaults().withUsers(people).withGroups(12);
        at.toFile().mkdirs();
        try (var tenant = SampleTenant.start(options); var services = new Services(at, tenant)) {
            var directory = tenant.directory();
            SampleObject top = directory.createGroup(Map.of("displayName", "Top"));
            SampleObject below = directory.createGroup(Map.of("displayName", "Below"));
            directory.addMember(top.id(), below.id());
            for (int i = 0; i < 5; i++) {
                directory.addMember(below.id(), directory.users().get(i).id());
            }
            Draft draft = ruled
                    ? Services.draft(Scope.everyone(), new Draft.RuleDraft(Services.ref(top), true, Role.AUDITOR))
                    : Services.draft(Scope.everyone());
            RunReport first = services.run(draft);
            assertTrue(first.succeeded(), () -> String.valueOf(first.error()));
            assertTrue(services.run(null).succeeded());
            List<String> ids = directory.users().stream().skip(10).map(SampleObject::id).toList();
            directory.addMember(below.id(), directory.hire(Map.of("displayName", "Hired One")).id());
            directory.hire(Map.of("displayName", "Hired Two"));
            directory.leave(ids.get(0));
            directory.leave(ids.get(1));
            directory.rename(ids.get(2), "renamed@" + tenant.domain(), "Renamed");
            directory.setEnabled(ids.get(3), !directory.user(ids.get(3)).orElseThrow().flag("accountEnabled"));
            directory.update(ids.get(4), "department", "Elsewhere");
            directory.update(ids.get(5), "jobTitle", "Other");
            directory.addMember(top.id(), ids.get(6));
            directory.removeMember(below.id(), directory.users().get(0).id());
            var counts = StatementCounts.watch(services.database);
            RunReport run = services.run(null);
            RunReport after = services.run(null);
            counts.stop();
            assertEquals(2, run.run().count(ChangeKind.CREATE));
            assertEquals(2, run.run().count(ChangeKind.REMOVE));
            assertTrue(after.succeeded(), () -> String.valueOf(after.error()));
            assertTrue(after.counts().entrySet().stream()
                    .noneMatch(each -> each.getKey().changesDirectory() && each.getValue() > 0));
            return new Cost(counts, counts.scanned(OF_PEOPLE));
        }
    }
}
