package org.rollcall.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;

/// Runs one statement for many rows on the connection of the thread's transaction.
final class JdbcBatch {
    private static final int SIZE = 2_000;

    private JdbcBatch() {}

    /// Sets the parameters of one row.
    interface Binding<T> {
        void bind(PreparedStatement statement, T row) throws SQLException;
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
