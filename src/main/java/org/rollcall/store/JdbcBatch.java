package org.rollcall.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Runs one statement for many rows on the connection of the thread's transaction.
final class JdbcBatch {
    private static final int SIZE = 2_000;

    private JdbcBatch() {}

    /// Sets the parameters of one row.
    interface Binding<T> {
        void bind(PreparedStatement statement, T row) throws SQLException;
    }

    /// Inserts rows and gives the ids that the database makes for them, in the order of the rows.
    static <T> List<Long> insert(Database database, String sql, Collection<T> rows, Binding<T> binding) {
        var ids = new ArrayList<Long>(rows.size());
        database.dsl().connection(connection -> {
            try (var statement = connection.prepareStatement(sql, new String[]{ "id" })) {
                int waiting = 0;
                for (T row : rows) {
                    binding.bind(statement, row);
                    statement.addBatch();
                    if (++waiting == SIZE) {
                        insert(statement, ids);
                        waiting = 0;
                    }
                }
                if (waiting > 0) {
                    insert(statement, ids);
                }
            }
        });
        return ids;
    }

    private static void insert(PreparedStatement statement, List<Long> ids) throws SQLException {
        statement.executeBatch();
        try (var keys = statement.getGeneratedKeys()) {
            while (keys.next()) {
                ids.add(keys.getLong(1));
            }
        }
    }

    static <T> void run(Database database, String sql, Collection<T> rows, Binding<T> binding) {
        if (rows.isEmpty()) {
            return;
        }
        database.dsl().connection(connection -> {
            database.told(sql, statement -> binding.bind(statement, rows.iterator().next()));
            try (var statement = connection.prepareStatement(sql)) {
                int waiting = 0;
                for (T row : rows) {
                    binding.bind(statement, row);
                    statement.addBatch();
                    if (++waiting == SIZE) {
                        statement.executeBatch();
                        waiting = 0;
                    }
                }
                if (waiting > 0) {
                    statement.executeBatch();
                }
            }
        });
    }
}
