package org.rollcall.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.rollcall.domain.Edge;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Membership;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// A database that an earlier version wrote, with a row for each membership.
class PackedMembersTest {
    @TempDir
    Path folder;
    private final List<UUID> groups = Stream.generate(UUID::randomUUID).limit(4).toList();
    private final Set<Membership> mirrored = new HashSet<>();
    private final Set<Edge> stored = new HashSet<>();

    private void migrate(HikariDataSource source, String target) {
        Flyway.configure(Database.class.getClassLoader()).dataSource(source).locations("classpath:db/migration")
                .javaMigrations(new FoldedKeys(), new PackedMembers()).target(target).load().migrate();
    }

    private void sql(HikariDataSource source, String sql, Object... values) throws Exception {
        try (var connection = source.getConnection(); var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    /// @param killed after which version the first attempt at the migration ended, having written something of the next one
    @ParameterizedTest
    @ValueSource(strings = { "16", "17", "17.1" })
    void everyMembershipOfBeforeIsThere(String killed) throws Exception {
        var config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:" + folder.resolve("rollcall"));
        config.setUsername("rollcall");
        config.setPassword("");
        try (var source = new HikariDataSource(config)) {
            migrate(source, "16");
            fill(source);
            migrate(source, killed);
            if (killed.equals("16")) {
                sql(source, "create table object_number (tenant_id bigint not null, number int not null, object_id uuid"
                        + " not null, primary key (tenant_id, number), unique (tenant_id, object_id))");
            } else if (killed.equals("17")) {
                sql(source, "insert into object_number (tenant_id, number, object_id) values (1, 1, random_uuid())");
            } else {
                sql(source, "drop table mirror_member");
            }
        }
        try (var database = Database.open(folder)) {
            var lists = MemberLists.ofMirrors(database);
            var now = new HashSet<Membership>();
            lists.memberships(1, 1).forEachRemaining(now::add);
            assertEquals(mirrored, now);
            var edges = new ArrayList<Edge>();
            new GroupQueries(database).forEachEdge(edges::add);
            assertEquals(stored, new HashSet<>(edges));
            assertEquals(stored.size(), edges.size());
            assertEquals(1, lists.sweep(1, 2),
                    "the generation of before is kept: a full read that was cut off goes on");
        }
    }

    private void fill(HikariDataSource source) throws Exception {
        sql(source, "insert into tenant (name, name_key, directory_id, client_id, cloud, created_at)"
                + " values ('Contoso', 'contoso', 'd', 'c', 'GLOBAL', current_timestamp)");
        sql(source, "insert into mirror (tenant_id, scope_key, scope, used_at) values (1, 'k', '{}',"
                + " current_timestamp)");
        for (int i = 0; i < 300; i++) {
            UUID member = UUID.randomUUID();
            UUID group = groups.get(i % 3);
            MemberType type = i % 7 == 0 ? MemberType.DEVICE : MemberType.USER;
            sql(source, "insert into mirror_member (mirror_id, group_id, member_id, member_type, generation)"
                    + " values (1, ?, ?, ?, 2)", group, member, type.name());
            mirrored.add(new Membership(group, member, type));
            if (i % 2 == 0) {
                sql(source, "insert into directory_member (tenant_id, group_id, member_id, member_type)"
                        + " values (1, ?, ?, ?)", group, member, type.name());
                stored.add(new Edge(1, group, member, type));
            }
        }
        sql(source, "insert into mirror_member (mirror_id, group_id, member_id, member_type, generation)"
                + " values (1, ?, ?, 'GROUP', 1)", groups.get(3), groups.getFirst());
        mirrored.add(new Membership(groups.get(3), groups.getFirst(), MemberType.GROUP));
    }

    @Test
    void aNewDatabaseHasNothingToPack() {
        try (var database = Database.open(folder)) {
            assertEquals(0, MemberLists.ofMirrors(database).count(1));
        }
    }
}
