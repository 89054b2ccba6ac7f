package org.rollcall.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.ExecuteListenerProvider;
import org.jooq.impl.DefaultExecuteListenerProvider;
import org.jspecify.annotations.Nullable;

/// Watches the statements that stores run, has H2 explain each, and names those that read a whole table that grows with the
/// tenant or with time. For tests: on a small directory such statements are quick, on a million people they are not.
///
/// To walk along a whole index is to read a table as a whole, too: an index counts only if the statement has a condition on
/// it, or walks along it in its order and has an end (a limit).
public final class StatementPlans implements AutoCloseable {
    /// Tables that grow without bound.
    private static final Set<String> GROWING = Set.of("directory_user", "directory_members", "directory_group",
            "role_assignment", "mirror_user", "mirror_members", "mirror_group", "run_change", "run", "audit_event",
            "profile_object", "read_todo", "object_number", "mfa_state");
    /// A table in a plan, and by what it is read: `PUBLIC.DIRECTORY_USER_SORT`, with `: ID > 5` if there is a condition.
    private static final Pattern READ = Pattern
            .compile("\"PUBLIC\"\\.\"(\\w+)\"(?: \"\\w+\")? /\\* (?:PUBLIC\\.)?([\\w.\"]+)(:?) ?(FALSE)?");
    private static final Pattern SCANNED = Pattern.compile("/\\* scanCount: (\\d+) \\*/");

    /// What is found in statements that read a table as a whole because it is wanted as a whole, and for what.
    public static final Map<String, String> WALKS = Map.ofEntries(
            Map.entry("from directory_user left outer join ((?! where ).)* order by directory_user\\.id$",
                    "an export of everybody"),
            Map.entry("from directory_group left outer join ((?! where ).)*( where directory_group\\.status = "
                    + "((?! and ).)*)? order by directory_group\\.id$", "an export of every group"),
            Map.entry("^select count\\(\\*\\) from directory_group where directory_group\\.status = [^=]*$",
                    "how many groups there are; they are few, and no counter is kept of them"),
            Map.entry("directory_group\\.sort_key like", "words within names of groups, which are few"),
            Map.entry("from directory_members order by directory_members\\.tenant_id, [^?]*$",
                    "an export of every membership"));

    private final Database database;
    private final ExecuteListenerProvider[] before;
    private final Map<String, Object[]> statements = Collections.synchronizedMap(new LinkedHashMap<>());

    private StatementPlans(Database database) {
        this.database = database;
        this.before = database.dsl().configuration().executeListenerProviders();
        var all = new ArrayList<>(List.of(before));
        all.add(new DefaultExecuteListenerProvider(new Watcher()));
        database.dsl().configuration().set(all.toArray(ExecuteListenerProvider[]::new));
        database.watch((sql, values) -> {
            if (!statements.containsKey(sql)) {
                var recorder = new Recorder();
                values.bind(recorder.statement());
                statements.putIfAbsent(sql, recorder.values.values().toArray());
            }
        });
    }

    /// Watches until it is closed.
    public static StatementPlans watch(Database database) {
        return new StatementPlans(database);
    }

    /// The statements so far that read a growing table as a whole, each with the plan that H2 has for it.
    ///
    /// @param allowed what is found in statements that may, as regular expressions, with the reason why
    public Map<String, String> scans(Map<String, String> allowed) {
        var found = new LinkedHashMap<String, String>();
        seen().forEach((sql, values) -> {
            String plan = plan(sql, values);
            if (!scanned(plan).isEmpty()
                    && allowed.keySet().stream().noneMatch(each -> Pattern.compile(each).matcher(sql).find())) {
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
        boolean ends = plan.contains("/* direct lookup */")
                || plan.contains("/* index sorted */") && plan.contains("FETCH ");
        Matcher read = READ.matcher(plan);
        while (read.find()) {
            String table = read.group(1).toLowerCase(Locale.ROOT);
            boolean whole = read.group(4) == null
                    && (read.group(2).endsWith(".tableScan") || read.group(3).isEmpty() && !ends);
            if (GROWING.contains(table) && whole) {
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
        database.watch(null);
    }

    /// Keeps what a batch sets its parameters to.
    private static final class Recorder implements InvocationHandler {
        private final Map<Integer, @Nullable Object> values = new TreeMap<>();

        PreparedStatement statement() {
            return (PreparedStatement) Proxy.newProxyInstance(StatementPlans.class.getClassLoader(),
                    new Class<?>[]{ PreparedStatement.class }, this);
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object[] arguments) {
            if (!method.getName().startsWith("set")) {
                throw new UnsupportedOperationException(method.getName());
            }
            values.put((Integer) arguments[0], method.getName().equals("setNull") ? null : arguments[1]);
            return null;
        }
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
