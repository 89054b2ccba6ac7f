package org.rollcall.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.MemberType;

/// Makes lists of memberships that were stored as a row each. What is in the lists already, of a migration that was killed,
/// is made anew.
final class PackedMembers implements JavaMigration {
    /// As it was then: migrations do not change with the program.
    private static final int PIECE = 4_096;
    private static final int BATCH = 500;

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("17.1");
    }

    @Override
    public String getDescription() {
        return "packed members";
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
            for (String table : new String[]{ "mirror_members", "directory_members", "object_number" }) {
                statement.executeUpdate("delete from " + table);
            }
        }
        var numbers = new HashMap<Long, Map<UUID, Integer>>();
        copy(connection, numbers, """
                select m.mirror_id, r.tenant_id, m.group_id, m.generation, m.member_id, m.member_type
                from mirror_member m join mirror r on r.id = m.mirror_id
                order by m.mirror_id, m.group_id, m.member_id""", "mirror_members", "mirror_id");
        copy(connection, numbers, """
                select tenant_id, tenant_id, group_id, 0, member_id, member_type
                from directory_member order by tenant_id, group_id, member_id""", "directory_members", "tenant_id");
    }

    private static void copy(Connection connection, Map<Long, Map<UUID, Integer>> numbers, String query, String table,
            String owner) throws SQLException {
        try (var statement = connection.createStatement();
                var list = connection.prepareStatement("insert into %s (%s, group_id, generation, member_type, piece,"
                        .formatted(table, owner) + " size, members) values (?, ?, ?, ?, ?, ?, ?)");
                var number = connection.prepareStatement(
                        "insert into object_number (tenant_id, number, object_id) values (?, ?, ?)")) {
            statement.setFetchSize(10_000);
            var group = new Group(list, number, numbers);
            try (ResultSet rows = statement.executeQuery(query)) {
                while (rows.next()) {
                    group.member(rows.getLong(1), rows.getLong(2), rows.getObject(3, UUID.class), rows.getInt(4),
                            rows.getObject(5, UUID.class), MemberType.valueOf(rows.getString(6)));
                }
            }
            group.store();
            number.executeBatch();
            list.executeBatch();
        }
    }

    /// The rows of one group until the next one begins.
    private static final class Group {
        private final PreparedStatement list;
        private final PreparedStatement number;
        private final Map<Long, Map<UUID, Integer>> numbers;
        private final Map<Integer, Map<MemberType, int[]>> members = new HashMap<>();
        private final Map<Integer, Map<MemberType, Integer>> sizes = new HashMap<>();
        private long owner;
        private @Nullable UUID id;
        private int waiting;
        private int fresh;

        Group(PreparedStatement list, PreparedStatement number, Map<Long, Map<UUID, Integer>> numbers) {
            this.list = list;
            this.number = number;
            this.numbers = numbers;
        }

        void member(long ownerId, long tenantId, UUID group, int generation, UUID member, MemberType type)
                throws SQLException {
            if (owner != ownerId || !group.equals(id)) {
                store();
                owner = ownerId;
                id = group;
            }
            var known = numbers.computeIfAbsent(tenantId, _ -> new HashMap<>());
            Integer its = known.get(member);
            if (its == null) {
                its = known.size() + 1;
                known.put(member, its);
                number.setLong(1, tenantId);
                number.setInt(2, its);
                number.setObject(3, member);
                number.addBatch();
                if (++fresh % BATCH == 0) {
                    number.executeBatch();
                }
            }
            var some = members.computeIfAbsent(generation, _ -> new EnumMap<>(MemberType.class));
            int size = sizes.computeIfAbsent(generation, _ -> new EnumMap<>(MemberType.class))
                    .merge(type, 1, Integer::sum);
            int[] all = some.getOrDefault(type, new int[16]);
            if (size > all.length) {
                all = Arrays.copyOf(all, size * 2);
            }
            all[size - 1] = its;
            some.put(type, all);
        }

        void store() throws SQLException {
            for (var generation : members.entrySet()) {
                for (var each : generation.getValue().entrySet()) {
                    int size = sizes.getOrDefault(generation.getKey(), Map.of()).getOrDefault(each.getKey(), 0);
                    int[] sorted = PackedNumbers.sorted(Arrays.copyOf(each.getValue(), size));
                    for (int from = 0; from < sorted.length; from += PIECE) {
                        piece(generation.getKey(), each.getKey(), from / PIECE,
                                Arrays.copyOfRange(sorted, from, Math.min(sorted.length, from + PIECE)));
                    }
                }
            }
            members.clear();
            sizes.clear();
        }

        private void piece(int generation, MemberType type, int piece, int[] part) throws SQLException {
            list.setLong(1, owner);
            list.setObject(2, id);
            list.setInt(3, generation);
            list.setString(4, type.name());
            list.setInt(5, piece);
            list.setInt(6, part.length);
            list.setBytes(7, PackedNumbers.pack(part));
            list.addBatch();
            if (++waiting % BATCH == 0) {
                list.executeBatch();
            }
        }
    }
}
