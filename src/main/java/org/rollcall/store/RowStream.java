package org.rollcall.store;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;

/// The rows of every table as a stream: what a backup holds, and nothing that could run. It begins with the version of the schema;
/// each table has its columns and its rows; a manifest of counts and digests ends it. Tables that others refer to come first.
public final class RowStream {
    private static final String FIRST = "rollcall rows 1";
    private static final String LAST = "end of rows";
    private static final int BATCH = 500;
    private static final int FETCH = 500;
    private static final int MOST_COLUMNS = 200;
    /// H2's snapshots are none of the standard's levels.
    private static final int H2_SNAPSHOT = 6;
    private static final String HISTORY = "flyway_schema_history";
    /// What processes note about each other, which means nothing elsewhere; a folder that is made has its own rows of them.
    private static final Set<String> LEFT_OUT = Set.of(HISTORY, "lease", "writer", "people_change");

    private RowStream() {}

    /// What a stream holds.
    ///
    /// @param version of the schema
    /// @param rows    by table
    public record Content(String version, Map<String, Long> rows) {}

    private record Counted(long rows, byte[] digest) {}

    private record Table(String name, List<String> columns, List<RowFormat> formats) {}

    /// Writes every row as it is at one moment; others go on meanwhile.
    ///
    /// @throws RollcallException STORAGE
    static void write(DataSource database, OutputStream to) throws IOException {
        try (Connection connection = database.getConnection()) {
            boolean h2 = isH2(connection);
            connection.setTransactionIsolation(h2 ? H2_SNAPSHOT : Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            lazily(connection, true);
            try {
                write(connection, to);
            } finally {
                connection.rollback();
                lazily(connection, false);
                connection.setAutoCommit(true);
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
        } catch (SQLException e) {
            throw StorageErrors.translate(e);
        }
    }

    private static void write(Connection connection, OutputStream to) throws IOException, SQLException {
        var out = new DataOutputStream(to);
        out.writeUTF(FIRST);
        out.writeUTF(version(connection));
        var manifest = new LinkedHashMap<String, Counted>();
        for (Table table : tables(connection)) {
            out.writeBoolean(true);
            manifest.put(table.name(), rows(connection, table, to));
        }
        out.writeBoolean(false);
        out.writeInt(manifest.size());
        for (var each : manifest.entrySet()) {
            out.writeUTF(each.getKey());
            out.writeLong(each.getValue().rows());
            out.write(each.getValue().digest());
        }
        out.writeUTF(LAST);
        out.flush();
    }

    private static Counted rows(Connection connection, Table table, OutputStream to) throws IOException, SQLException {
        var digest = new DigestOutputStream(to, sha256());
        var out = new DataOutputStream(digest);
        out.writeUTF(table.name());
        out.writeInt(table.columns().size());
        for (int i = 0; i < table.columns().size(); i++) {
            out.writeUTF(table.columns().get(i));
            out.writeUTF(table.formats().get(i).name());
        }
        long count = 0;
        String key = key(connection, table.name()).stream().map(RowStream::quoted).collect(Collectors.joining(", "));
        String sql = "select " + names(table) + " from " + quoted(table.name())
                + (key.isEmpty() ? "" : " order by " + key);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(FETCH);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    count++;
                    out.writeBoolean(true);
                    for (int i = 0; i < table.formats().size(); i++) {
                        table.formats().get(i).write(value(rows, i + 1, table.formats().get(i)), out);
                    }
                }
            }
        }
        out.writeBoolean(false);
        out.flush();
        return new Counted(count, digest.getMessageDigest().digest());
    }

    private static @Nullable Object value(ResultSet rows, int column, RowFormat format) throws SQLException {
        return switch (format) {
            case TIME -> rows.getObject(column, java.time.OffsetDateTime.class);
            case UUID -> rows.getObject(column, java.util.UUID.class);
            case BYTES -> rows.getBytes(column);
            case NUMBERS, UUIDS -> {
                java.sql.Array array = rows.getArray(column);
                yield array == null ? null : array.getArray();
            }
            default -> rows.getObject(column);
        };
    }

    /// Reads a whole stream and looks whether every part of it is right.
    ///
    /// @throws IOException something is not
    public static Content check(InputStream from) throws IOException {
        var reader = new Reader(from);
        while (reader.nextTable()) {
            while (reader.nextRow() != null) {
                // What is in it does not matter: whether it can be read does.
            }
        }
        return reader.content();
    }

    /// Puts every row of a stream into a database whose schema has the stream's version, in the place of what is there: all of
    /// them or, if anything is wrong, none.
    ///
    /// @throws IOException       the stream is not right
    /// @throws RollcallException STORAGE
    static void load(DataSource database, InputStream from) throws IOException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                load(connection, new Reader(from));
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw StorageErrors.translate(e);
        }
    }

    private static void load(Connection connection, Reader reader) throws IOException, SQLException {
        if (!reader.version.equals(version(connection))) {
            throw new IOException("the rows are of another version");
        }
        Map<String, Table> ours = new TreeMap<>();
        List<Table> tables = tables(connection);
        tables.forEach(table -> ours.put(table.name(), table));
        try (var statement = connection.createStatement()) {
            for (Table each : tables.reversed()) {
                statement.executeUpdate("delete from " + quoted(each.name()));
            }
        }
        while (reader.nextTable()) {
            Table table = reader.table();
            Table known = ours.remove(table.name());
            // Names are believed only if the schema has the very same.
            if (known == null || !Set.copyOf(known.columns()).equals(Set.copyOf(table.columns()))
                    || known.columns().size() != table.columns().size()) {
                throw new IOException("a table is not of this version");
            }
            insert(connection, table, reader);
        }
        reader.content();
        if (!ours.isEmpty()) {
            throw new IOException("tables are missing");
        }
        for (Table each : tables) {
            restartIdentity(connection, each);
        }
    }

    private static void insert(Connection connection, Table table, Reader reader) throws IOException, SQLException {
        String marks = String.join(", ", java.util.Collections.nCopies(table.columns().size(), "?"));
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into " + quoted(table.name()) + " (" + names(table) + ") values (" + marks + ")")) {
            int waiting = 0;
            for (Object[] row = reader.nextRow(); row != null; row = reader.nextRow()) {
                for (int i = 0; i < row.length; i++) {
                    set(connection, insert, i + 1, table.formats().get(i), row[i]);
                }
                insert.addBatch();
                waiting++;
                if (waiting == BATCH) {
                    insert.executeBatch();
                    waiting = 0;
                }
            }
            insert.executeBatch();
        }
    }

    private static void set(Connection connection, PreparedStatement insert, int column, RowFormat format,
            @Nullable Object value) throws SQLException {
        if (value == null) {
            insert.setNull(column, format == RowFormat.BYTES ? Types.VARBINARY : Types.NULL);
        } else if (format == RowFormat.NUMBERS || format == RowFormat.UUIDS) {
            insert.setArray(column,
                    connection.createArrayOf(format == RowFormat.NUMBERS ? "bigint" : "uuid", (Object[]) value));
        } else {
            insert.setObject(column, value);
        }
    }

    private static void restartIdentity(Connection connection, Table table) throws SQLException {
        for (int i = 0; i < table.columns().size(); i++) {
            String column = table.columns().get(i);
            if (table.formats().get(i) != RowFormat.NUMBER || !isIdentity(connection, table.name(), column)) {
                continue;
            }
            try (var statement = connection.createStatement();
                    ResultSet most = statement.executeQuery(
                            "select coalesce(max(" + quoted(column) + "), 0) + 1 from " + quoted(table.name()))) {
                most.next();
                statement.execute("alter table " + quoted(table.name()) + " alter column " + quoted(column)
                        + " restart with " + most.getLong(1));
            }
        }
    }

    private static boolean isIdentity(Connection connection, String table, String column) throws SQLException {
        try (ResultSet columns = connection.getMetaData().getColumns(null, null, table, column)) {
            return columns.next() && "YES".equals(columns.getString("IS_AUTOINCREMENT"));
        }
    }

    private static String version(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select \"version\" from \"flyway_schema_history\""
                        + " order by \"installed_rank\" desc fetch first 1 row only")) {
            return rows.next() ? rows.getString(1) : "";
        }
    }

    /// Every table of ours, those first to which others refer.
    private static List<Table> tables(Connection connection) throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        var names = new ArrayList<String>();
        try (ResultSet tables = data.getTables(null, connection.getSchema(), null,
                new String[]{ "TABLE", "BASE TABLE" })) {
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME"));
            }
        }
        names.removeIf(name -> LEFT_OUT.contains(name.toLowerCase(Locale.ROOT)));
        names.sort(String::compareTo);
        var ordered = new LinkedHashSet<String>();
        for (String each : names) {
            order(data, each, names, ordered, new LinkedHashSet<>());
        }
        var tables = new ArrayList<Table>();
        for (String each : ordered) {
            tables.add(table(data, each));
        }
        return tables;
    }

    private static void order(DatabaseMetaData data, String table, List<String> names, Set<String> ordered,
            Set<String> above) throws SQLException {
        if (ordered.contains(table) || !above.add(table)) {
            return;
        }
        var referred = new LinkedHashSet<String>();
        try (ResultSet keys = data.getImportedKeys(null, null, table)) {
            while (keys.next()) {
                referred.add(keys.getString("PKTABLE_NAME"));
            }
        }
        for (String each : referred) {
            if (names.contains(each)) {
                order(data, each, names, ordered, above);
            }
        }
        ordered.add(table);
    }

    private static Table table(DatabaseMetaData data, String name) throws SQLException {
        var columns = new ArrayList<String>();
        var formats = new ArrayList<RowFormat>();
        try (ResultSet found = data.getColumns(null, null, name, null)) {
            while (found.next()) {
                if ("YES".equals(found.getString("IS_GENERATEDCOLUMN"))) {
                    continue;
                }
                columns.add(found.getString("COLUMN_NAME"));
                formats.add(RowFormat.of(found.getString("TYPE_NAME")));
            }
        }
        return new Table(name, columns, formats);
    }

    private static List<String> key(Connection connection, String table) throws SQLException {
        var key = new TreeMap<Short, String>();
        try (ResultSet columns = connection.getMetaData().getPrimaryKeys(null, null, table)) {
            while (columns.next()) {
                key.put(columns.getShort("KEY_SEQ"), columns.getString("COLUMN_NAME"));
            }
        }
        return List.copyOf(key.values());
    }

    private static String names(Table table) {
        return table.columns().stream().map(RowStream::quoted).collect(Collectors.joining(", "));
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static boolean isH2(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("H2");
    }

    /// H2 gathers whole tables in memory before it hands out the first row, unless it is told so.
    private static void lazily(Connection connection, boolean lazily) throws SQLException {
        if (isH2(connection)) {
            try (var statement = connection.createStatement()) {
                statement.execute("set lazy_query_execution " + (lazily ? 1 : 0));
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }

    /// Reads tables and rows in order, counting and digesting them on the way.
    private static final class Reader {
        private final InputStream from;
        private final DataInputStream in;
        private final String version;
        private final Map<String, Counted> counted = new LinkedHashMap<>();
        private @Nullable Table table;
        private @Nullable DigestInputStream digest;
        private @Nullable DataInputStream rows;
        private long count;

        Reader(InputStream from) throws IOException {
            this.from = from;
            this.in = new DataInputStream(from);
            if (!in.readUTF().equals(FIRST)) {
                throw new IOException("no rows");
            }
            version = in.readUTF();
        }

        Table table() {
            return java.util.Objects.requireNonNull(table);
        }

        boolean nextTable() throws IOException {
            if (!in.readBoolean()) {
                return false;
            }
            var digesting = new DigestInputStream(from, sha256());
            var data = new DataInputStream(digesting);
            String name = data.readUTF();
            int size = data.readInt();
            if (size < 1 || size > MOST_COLUMNS || counted.containsKey(name)) {
                throw new IOException("no table");
            }
            var columns = new ArrayList<String>();
            var formats = new ArrayList<RowFormat>();
            for (int i = 0; i < size; i++) {
                columns.add(data.readUTF());
                try {
                    formats.add(RowFormat.valueOf(data.readUTF()));
                } catch (IllegalArgumentException e) {
                    throw new IOException("no format", e);
                }
            }
            table = new Table(name, columns, formats);
            digest = digesting;
            rows = data;
            count = 0;
            return true;
        }

        /// @return null: the table has no more
        @Nullable
        Object @Nullable [] nextRow() throws IOException {
            Table now = table();
            DataInputStream source = java.util.Objects.requireNonNull(rows);
            if (!source.readBoolean()) {
                counted.put(now.name(), new Counted(count,
                        java.util.Objects.requireNonNull(digest).getMessageDigest().digest()));
                return null;
            }
            count++;
            @Nullable
            Object[] row = new Object[now.formats().size()];
            for (int i = 0; i < row.length; i++) {
                row[i] = now.formats().get(i).read(source);
            }
            return row;
        }

        /// After the last table: compares with the manifest.
        Content content() throws IOException {
            if (in.readInt() != counted.size()) {
                throw new IOException("the manifest counts other tables");
            }
            var sizes = new LinkedHashMap<String, Long>();
            for (var each : counted.entrySet()) {
                String name = in.readUTF();
                long size = in.readLong();
                byte[] expected = in.readNBytes(each.getValue().digest().length);
                if (!name.equals(each.getKey()) || size != each.getValue().rows()
                        || !Arrays.equals(expected, each.getValue().digest())) {
                    throw new IOException("the manifest does not fit");
                }
                sizes.put(name, size);
            }
            if (!in.readUTF().equals(LAST) || in.read() >= 0) {
                throw new IOException("the end is missing");
            }
            return new Content(version, sizes);
        }
    }
}
