package org.rollcall.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.ExecuteListenerProvider;
import org.jooq.impl.DefaultExecuteListenerProvider;

/// Watches the statements that stores run, has H2 explain each, and names those that read a whole table that grows with the
/// tenant or with time. For tests: on a small directory such statements are quick, on a million people they are not.
///
/// A scan along an index counts only if it has a condition on it, or an end (a limit): reading a table from its first to its
/// last row is the same by an index.
public final class StatementPlans implements AutoCloseable {
    /// Tables that grow without bound.
    private static final Set<String> GROWING = Set.of("directory_user", "directory_member", "directory_group",
            "role_assignment", "mirror_user", "mirror_member", "mirror_group", "run_change", "run", "audit_event",
            "profile_object", "read_todo");
    private static final Pattern SCAN = Pattern.compile("/\\* (?:PUBLIC\\.)?\"?(\\w+)\"?\\.tableScan \\*/");

    private static final Pattern SCANNED = Pattern.compile("/\\* scanCount: (\\d+) \\*/");

    private final Database database;
    private final ExecuteListenerProvider[] before;
    private final Map<String, Object[]> statements = Collections.synchronizedMap(new LinkedHashMap<>());

    private StatementPlans(Database database) {
        this.database = database;
        this.before = database.dsl().configuration().executeListenerProviders();
        var all = new ArrayList<>(List.of(before));
        all.add(new DefaultExecuteListenerProvider(new Watcher()));
        database.dsl().configuration().set(all.toArray(ExecuteListenerProvider[]::new));
    }

    /// Watches until it is closed.
    public static StatementPlans watch(Database database) {
        return new StatementPlans(database);
    }

    /// The statements so far that read a growing table as a whole, each with the plan that H2 has for it.
    ///
    /// @param allowed parts of statements that may, with the reason why
    public Map<String, String> scans(Map<String, String> allowed) {
        var found = new LinkedHashMap<String, String>();
        seen().forEach((sql, values) -> {
            String plan = plan(sql, values);
            if (!scanned(plan).isEmpty() && allowed.keySet().stream().noneMatch(sql::contains)) {
                found.put(sql, plan);
            }
        });
        return found;
    }

    /// H2's plan of every statement so far.
    public List<String> plans() {
        return seen().entrySet().stream().map(each -> plan(each.getKey(), each.getValue())).toList();
    }

    /// How many rows H2 goes through for the queries so far, each once more: what they skip or count included.
    public long scanned() {
        return scanned(_ -> true);
    }

    /// The same for some of the queries.
    public long scanned(Predicate<String> which) {
        long rows = 0;
        for (Map.Entry<String, Object[]> each : seen().entrySet()) {
            if (each.getKey().matches("(?is)\\s*(select|with)\\b.*") && which.test(each.getKey())) {
                Matcher counts = SCANNED.matcher(String.valueOf(
                        database.dsl().fetchValue("explain analyze " + each.getKey(), each.getValue())));
                while (counts.find()) {
                    rows += Long.parseLong(counts.group(1));
                }
            }
        }
        return rows;
    }

    /// How many different statements there were.
    public int size() {
        return statements.size();
    }

    private Map<String, Object[]> seen() {
        synchronized (statements) {
            return new LinkedHashMap<>(statements);
        }
    }

    private static Set<String> scanned(String plan) {
        var tables = new LinkedHashSet<String>();
        Matcher scan = SCAN.matcher(plan);
        while (scan.find()) {
            String table = scan.group(1).toLowerCase(Locale.ROOT);
            if (GROWING.contains(table)) {
                tables.add(table);
            }
        }
        return tables;
    }

    private String plan(String sql, Object[] values) {
        return String.valueOf(database.dsl().fetchValue("explain " + sql, values)).replaceAll("\\s+", " ");
    }

    @Override
    public void close() {
        database.dsl().configuration().set(before);
    }

    private final class Watcher implements ExecuteListener {
        private static final long serialVersionUID = 1L;

        @Override
        public void executeStart(ExecuteContext context) {
            String sql = context.sql();
            var query = context.query();
            boolean explainable = sql != null && query != null
                    && sql.matches("(?is)\\s*(select|update|delete|merge|insert|with)\\b.*");
            if (explainable && !sql.startsWith("explain")) {
                statements.putIfAbsent(sql, query.getBindValues().toArray());
            }
        }
    }
}
