package org.rollcall.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/// Fills in what was changed before the past was kept, from the audit log, which tells it in the order in which it happened.
/// What was in the row of a local account that was removed it does not tell: that is noted as gone.
final class PastFromAudit implements JavaMigration {
    private static final int BATCH = 500;

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("20.1");
    }

    @Override
    public String getDescription() {
        return "past from audit";
    }

    @Override
    public Integer getChecksum() {
        return 1;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        try (var statement = connection.createStatement()) {
            // Of a migration that was killed.
            statement.executeUpdate("delete from past");
            statement.executeUpdate("delete from past_gone");
        }
        try (var events = connection.createStatement();
                var past = connection.prepareStatement(
                        "insert into past (at, what, subject, people, before_state) values (?, ?, ?, ?, ?)");
                var gone = connection
                        .prepareStatement("insert into past_gone (what, name, since, until) values (?, ?, ?, ?)")) {
            events.setFetchSize(10_000);
            var filling = new Filling(connection, past, gone);
            try (ResultSet rows = events.executeQuery("select e.at, e.action, e.object_id, e.object_name, e.detail,"
                    + " r.id, r.counts, e.actor, r.started_at from audit_event e left join run r on r.id = e.run_id and r.state = 'SUCCEEDED'"
                    + " order by e.seq")) {
                while (rows.next()) {
                    filling.event(rows);
                }
            }
            filling.write();
            past.executeBatch();
            gone.executeBatch();
        }
    }

    /// A role that was set by hand. If it was chosen in a preview, it was set within the run, after what the run did, but is told
    /// before it.
    private record Chosen(OffsetDateTime at, String actor, long person, Map<String, @Nullable Object> before) {}

    private static final class Filling {
        private final Connection connection;
        private final PreparedStatement past;
        private final PreparedStatement gone;
        private final Map<Long, OffsetDateTime> added = new HashMap<>();
        private final Map<Long, OffsetDateTime> imported = new HashMap<>();
        private final List<Chosen> chosen = new ArrayList<>();
        private boolean anyRun;
        private int waiting;

        Filling(Connection connection, PreparedStatement past, PreparedStatement gone) {
            this.connection = connection;
            this.past = past;
            this.gone = gone;
        }

        void event(ResultSet row) throws SQLException {
            OffsetDateTime at = row.getObject(1, OffsetDateTime.class);
            String action = row.getString(2);
            String object = row.getString(3);
            long id = object != null && object.matches("[0-9]{1,18}") ? Long.parseLong(object) : 0;
            Map<String, @Nullable Object> detail = Json.readMap(row.getString(5));
            if (!action.equals("role.set") && !action.equals("import.applied")) {
                write();
            }
            switch (action) {
                case "import.applied", "signin.refresh" -> {
                    if (action.equals("import.applied")) {
                        imported.putIfAbsent(id, at);
                    }
                    long run = row.getLong(6);
                    OffsetDateTime started = row.getObject(9, OffsetDateTime.class);
                    String actor = row.getString(8);
                    if (!chosen.stream().allMatch(each -> started != null && each.actor().equals(actor)
                            && !each.at().isBefore(started))) {
                        write();
                    }
                    if (run != 0 && (!anyRun || changes(row.getString(7)))) {
                        anyRun = true;
                        past(at, PastLog.What.RUN, run, null, Map.of());
                    }
                    write();
                }
                case "role.set" -> {
                    if (detail.get("before") instanceof Map<?, ?> before) {
                        chosen.add(new Chosen(at, row.getString(8), id, values(before)));
                    }
                }
                case "role.clear", "role.undo", "role.by-rule", "role.moved" -> {
                    if (detail.get("before") instanceof Map<?, ?> before) {
                        past(at, PastLog.What.PEOPLE, null, id, values(before));
                    }
                }
                case "user.deactivate" -> past(at, PastLog.What.PEOPLE, null, id,
                        Map.of(PastLog.DISABLED_BY_HAND, false, "status", PastLog.AS_IN_ENTRA));
                case "user.activate" -> past(at, PastLog.What.PEOPLE, null, id,
                        Map.of(PastLog.DISABLED_BY_HAND, true, "status", "DISABLED"));
                case "user.exclude" -> past(at, PastLog.What.PEOPLE, null, id, Map.of(PastLog.EXCLUDED, false));
                case "user.include" -> past(at, PastLog.What.PEOPLE, null, id, Map.of(PastLog.EXCLUDED, true));
                case "user.add" -> {
                    added.put(id, at);
                    past(at, PastLog.What.ADDED, null, id, Map.of());
                }
                case "user.remove" -> gone(PastLog.Gone.LOCAL, null, added.get(id), at);
                case "role.add" -> past(at, PastLog.What.ROLE, id, null,
                        Map.of("after", String.valueOf(row.getString(4))));
                case "role.edit" -> {
                    if (detail.get("before") instanceof Map<?, ?> before
                            && detail.get("after") instanceof Map<?, ?> after) {
                        renamed(at, PastLog.What.ROLE, id, before.get("name"), after.get("name"));
                    }
                }
                case "tenant.rename" -> renamed(at, PastLog.What.TENANT, id, row.getString(4), detail.get("to"));
                case "tenant.remove" -> {
                    if (imported.containsKey(id)) {
                        gone(PastLog.Gone.TENANT, row.getString(4), imported.get(id), at);
                    }
                }
                default -> {
                    // Nothing of what is asked about the past.
                }
            }
        }

        private static Map<String, @Nullable Object> values(Map<?, ?> before) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            before.forEach((name, value) -> values.put(String.valueOf(name), value));
            return values;
        }

        /// Roles that have been set by hand.
        void write() throws SQLException {
            for (Chosen each : chosen) {
                past(each.at(), PastLog.What.PEOPLE, null, each.person(), each.before());
            }
            chosen.clear();
        }

        private static boolean changes(@Nullable String counts) {
            return Json.readMap(counts).entrySet().stream()
                    .anyMatch(each -> !each.getKey().equals("SKIP") && !each.getKey().equals("CONFLICT")
                            && each.getValue() instanceof Number number && number.longValue() > 0);
        }

        private void renamed(OffsetDateTime at, PastLog.What what, long id, @Nullable Object before,
                @Nullable Object after) throws SQLException {
            if (before != null && after != null && !before.equals(after)) {
                past(at, what, id, null, Map.of("before", before, "after", after));
            }
        }

        private void past(OffsetDateTime at, PastLog.What what, @Nullable Long subject, @Nullable Long person,
                Map<String, @Nullable Object> before) throws SQLException {
            past.setObject(1, at);
            past.setString(2, what.name());
            past.setObject(3, subject);
            past.setArray(4, person == null ? null : connection.createArrayOf("bigint", new Long[]{ person }));
            past.setString(5, before.isEmpty() ? null : Json.write(before));
            past.addBatch();
            if (++waiting % BATCH == 0) {
                past.executeBatch();
            }
        }

        private void gone(PastLog.Gone what, @Nullable String name, @Nullable OffsetDateTime since,
                OffsetDateTime until) throws SQLException {
            gone.setString(1, what.name());
            gone.setString(2, name);
            gone.setObject(3, since);
            gone.setObject(4, until);
            gone.addBatch();
        }
    }
}
