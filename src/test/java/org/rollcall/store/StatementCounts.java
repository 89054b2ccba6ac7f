package org.rollcall.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Counts the statements that a database gets and the rows that they give or change, whoever sends them. For tests: counts
/// are the same on every machine, times are not.
public final class StatementCounts {
    /// H2 forgets the statements that it saw first beyond so many different ones.
    private static final int MOST = 2_000;

    private final Database database;
    private final StatementPlans plans;
    private Map<String, String> scans = Map.of();
    private final Map<String, Long> executions = new TreeMap<>();
    private final Map<String, Long> given = new TreeMap<>();
    private long statements;
    private long rows;
    private long scanned;

    private StatementCounts(Database database) {
        this.database = database;
        this.plans = StatementPlans.watch(database);
        database.dsl().execute("set query_statistics_max_entries " + MOST);
        database.dsl().execute("set query_statistics true");
    }

    /// Counts until it is stopped.
    public static StatementCounts watch(Database database) {
        return new StatementCounts(database);
    }

    public void stop() {
        plans.close();
        var seen = new LinkedHashMap<String, long[]>();
        database.dsl().fetch("select sql_statement, execution_count, cumulative_row_count"
                + " from information_schema.query_statistics").forEach(
                        row -> seen.put(row.get(0, String.class),
                                new long[]{ row.get(1, Long.class), row.get(2, Long.class) }));
        database.dsl().execute("set query_statistics false");
        // What a connection is given when it is made is nobody's work, and when the pool makes one is chance.
        seen.keySet().removeIf(sql -> sql.contains("query_statistics") || sql.startsWith("SET "));
        seen.forEach((sql, counts) -> {
            executions.put(sql, counts[0]);
            given.put(sql, counts[1]);
            statements += counts[0];
            rows += counts[1];
        });
        scans = plans.scans(Map.of());
        scanned = plans.scanned();
    }

    public long statements() {
        return statements;
    }

    public long rows() {
        return rows;
    }

    /// The same for some of the statements.
    public long rows(Predicate<String> which) {
        return given.entrySet().stream().filter(each -> which.test(each.getKey())).mapToLong(Map.Entry::getValue).sum();
    }

    /// How often each statement came, and the rows of all its times.
    public Map<String, String> each() {
        var all = new TreeMap<String, String>();
        executions.forEach((sql, times) -> all.put(sql, times + " times, " + given.get(sql) + " rows"));
        return all;
    }

    /// As [StatementPlans#scanned].
    public long scanned(Predicate<String> which) {
        return plans.scanned(which);
    }

    /// As [StatementPlans#scanned].
    public long scanned() {
        return scanned;
    }

    /// As [StatementPlans#scans].
    public Map<String, String> scans() {
        return scans;
    }

    @Override
    public String toString() {
        return statements + " statements, " + rows + " rows, " + scanned + " gone through: " + executions;
    }
}
