package org.rollcall.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

import org.rollcall.domain.SearchKeys;

/// Brings keys that were stored before letter case was folded fully (`ß` as `ss`) to what [SearchKeys] makes today.
/// Folding a key again gives what folding its text gives, so the keys are all that is needed.
final class FoldedKeys implements JavaMigration {
    private static final int CHUNK = 10_000;

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("8.1");
    }

    @Override
    public String getDescription() {
        return "folded keys";
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
        fold(connection, "directory_user", "search_key", SearchKeys.SEARCH_LENGTH);
        fold(connection, "directory_user", "sort_key", SearchKeys.SORT_LENGTH);
        fold(connection, "directory_group", "sort_key", SearchKeys.SORT_LENGTH);
    }

    private static void fold(Connection connection, String table, String column, int longest) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select id, " + column + " from " + table + " where id > ? order by id limit " + CHUNK);
                PreparedStatement update = connection.prepareStatement(
                        "update " + table + " set " + column + " = ? where id = ?")) {
            long after = -1;
            for (long last = chunk(select, update, after, longest); last > after; last = chunk(select, update, after,
                    longest)) {
                after = last;
            }
        }
    }

    /// @return the last id, or `after` if there was none
    private static long chunk(PreparedStatement select, PreparedStatement update, long after, int longest)
            throws SQLException {
        long last = after;
        boolean changed = false;
        select.setLong(1, after);
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                last = rows.getLong(1);
                String key = rows.getString(2);
                String folded = SearchKeys.cut(SearchKeys.fold(key), longest);
                if (!folded.equals(key)) {
                    update.setString(1, folded);
                    update.setLong(2, last);
                    update.addBatch();
                    changed = true;
                }
            }
        }
        if (changed) {
            update.executeBatch();
        }
        return last;
    }
}
