package org.rollcall.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.DirectoryField;
import org.rollcall.domain.GroupField;
import org.rollcall.domain.UserField;

/// The least that a first import can cost, to compare imports with: reads the same pages of Graph with the same parallelism
/// ([FloorRead]) and writes them into bare tables of H2. Knows no faults, no interruptions, no decisions. Reads those
/// tables again too and prints them as CSV, to compare exports with.
///
/// Arguments: `read` and the tenant's id, client id, secret, origin and CA file, then the database file without its
/// suffix; or `start`, `users`, `groups` or `memberships` and the database file. `start` opens the database and does no
/// more.
public final class FloorProgram {
    private static final List<String> TABLES = List.of(table("person", UserField.values()),
            table("grp", GroupField.values()),
            "create table members (grp int primary key, size int not null, packed varbinary(1000000000) not null)",
            "create table mfa (registered boolean primary key, size int not null, packed varbinary(1000000000) not null)",
            "create table link (name varchar(20) primary key, link varchar not null)");

    private FloorProgram() {}

    public static void main(String[] args) throws SQLException, IOException {
        if (args[0].equals("read")) {
            String url = url(args[6]);
            try (var kept = DriverManager.getConnection(url)) {
                for (String table : TABLES) {
                    try (var statement = kept.createStatement()) {
                        statement.execute(table);
                    }
                }
                new FloorRead(url, args[1], args[2], args[3], args[4], Files.readString(Path.of(args[5]))).run();
            }
            return;
        }
        try (var connection = DriverManager.getConnection(url(args[1]));
                Writer out = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), 1 << 16)) {
            switch (args[0]) {
                case "start" -> out.write("open\n");
                case "users" -> print(connection, "person", UserField.values().length + 2, out);
                case "groups" -> print(connection, "grp", GroupField.values().length + 1, out);
                case "memberships" -> memberships(connection, out);
                default -> throw new IllegalArgumentException(args[0]);
            }
        }
    }

    private static String url(String file) {
        return "jdbc:h2:file:" + Path.of(file).toAbsolutePath() + ";CACHE_SIZE=32768";
    }

    private static String table(String name, DirectoryField[] fields) {
        var sql = new StringBuilder("create table " + name + " (number int primary key, id uuid not null unique");
        for (DirectoryField field : fields) {
            sql.append(", ").append(field.column()).append(switch (field.type()) {
                case BOOLEAN -> " boolean";
                case INSTANT -> " timestamp with time zone";
                case TEXT, LIST -> " varchar(8000)";
            });
        }
        return sql.append(name.equals("person") ? ", mfa varchar(20))" : ")").toString();
    }

    private static void print(Connection connection, String table, int columns, Writer out)
            throws SQLException, IOException {
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(1_000);
            ResultSet rows = statement.executeQuery("select * from " + table + " order by number");
            while (rows.next()) {
                for (int i = 0; i < columns; i++) {
                    cell(out, rows.getString(2 + i), i == columns - 1);
                }
            }
        }
    }

    private static void cell(Writer out, @Nullable String value, boolean last) throws IOException {
        if (value != null) {
            if (value.indexOf(',') >= 0 || value.indexOf('"') >= 0 || value.indexOf('\n') >= 0) {
                out.write('"');
                out.write(value.replace("\"", "\"\""));
                out.write('"');
            } else {
                out.write(value);
            }
        }
        out.write(last ? "\r\n" : ",");
    }

    private static void memberships(Connection connection, Writer out) throws SQLException, IOException {
        var ids = new ArrayList<@Nullable String>();
        int people = 0;
        for (String table : List.of("person", "grp")) {
            try (var statement = connection.createStatement()) {
                ResultSet rows = statement.executeQuery("select number, id from " + table);
                while (rows.next()) {
                    int number = rows.getInt(1);
                    while (ids.size() <= number) {
                        ids.add(null);
                    }
                    ids.set(number, (table.equals("grp") ? "G" : "U") + rows.getString(2));
                    people++;
                }
            }
        }
        if (people == 0) {
            throw new IllegalStateException("nobody is there");
        }
        try (var statement = connection.createStatement()) {
            ResultSet rows = statement.executeQuery("select grp, size, packed from members order by grp");
            while (rows.next()) {
                String group = ids.get(rows.getInt(1));
                for (int member : FloorNumbers.unpack(rows.getBytes(3), rows.getInt(2))) {
                    String id = member < ids.size() ? ids.get(member) : null;
                    if (group != null && id != null) {
                        out.write(group, 1, group.length() - 1);
                        out.write(',');
                        out.write(id, 1, id.length() - 1);
                        out.write(id.charAt(0) == 'G' ? ",GROUP\r\n" : ",USER\r\n");
                    }
                }
            }
        }
    }
}
