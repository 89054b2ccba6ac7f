package org.rollcall.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.h2.engine.DbObject;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.db.ValueDataType;
import org.h2.mvstore.tx.TransactionMap;
import org.h2.mvstore.tx.TransactionStore;
import org.h2.result.Row;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// A database file is data, never code. H2 runs the statements of its own catalogue when it opens a file, and with them code that
/// stands in triggers and aliases; so the catalogue is read before, without H2's SQL, and a file with anything in it that the
/// migrations did not make is not opened at all.
final class ForeignObjects {
    /// H2's own: the catalogue is the table with the number 0.
    private static final String CATALOGUE = "table.0";
    private static final int TYPE = 2;
    private static final int SQL = 3;
    private static final String OURS = "ROLLCALL";
    private static final Set<String> SETTINGS = Set.of("CREATE_BUILD", "DB_CLOSE_DELAY", "DEFAULT_LOCK_TIMEOUT",
            "MAX_MEMORY_ROWS",
            "CACHE_SIZE", "WRITE_DELAY", "DEFAULT_TABLE_TYPE", "MAX_OPERATION_MEMORY", "MAX_LENGTH_INPLACE_LOB");
    /// Every table that a migration makes, also those that a later one drops: files of older versions have them.
    static final Set<String> TABLES = Set.of(
            "audit_event", "auth_settings", "credential", "directory_group", "directory_member", "directory_members",
            "directory_user", "former_identity", "import_profile", "lease", "local_account", "mfa_state", "mirror",
            "mirror_group", "mirror_member", "mirror_members", "mirror_user", "notification_channel",
            "notification_told", "object_number", "past", "past_gone", "people_change", "people_count", "plan_base",
            "profile_object", "read_note", "read_stream", "read_todo", "role", "role_assignment", "role_permission",
            "role_rule", "run", "run_change", "schedule", "scheduled_tasks", "setting", "settled_plan",
            "sign_in_pressure", "sign_in_unknown", "tenant", "touched", "writer");
    private static final String HISTORY = "flyway_schema_history";
    /// What may stand before a parenthesis in the statements that make our tables: types, keywords and H2's own words.
    private static final Set<String> BEFORE_PARENTHESIS = Set.of("varying", "character", "binary", "numeric",
            "timestamp",
            "time", "identity", "key", "unique", "distinct", "check", "in", "and", "or", "not", "cast");
    /// Names of tables before the list of their columns.
    private static final Pattern COLUMNS_OF = Pattern.compile("\\b(?:TABLE|ON|REFERENCES) \"\"(?:\\.\"\")?\\s*\\(");
    private static final Pattern CALL = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)\\s*\\(");
    private static final Pattern NAMED = Pattern.compile("\"((?:[^\"]|\"\")*)\"");

    private ForeignObjects() {}

    /// @param file the database file, as H2 would find it
    /// @throws RollcallException STORAGE: there is something in it that is not Rollcall's, or it is damaged
    static void refuse(Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            return;
        }
        try (var store = new MVStore.Builder().fileName(FolderPath.nameOf(file)).readOnly().autoCommitDisabled()
                .cacheSize(1).open()) {
            if (!store.hasMap(CATALOGUE)) {
                return;
            }
            var transactions = new TransactionStore(store, new ValueDataType());
            transactions.init();
            TransactionMap<Long, Row> catalogue = transactions.begin().openMap(CATALOGUE);
            // Of rows that somebody was writing both states count: H2 may take either.
            for (Iterator<Long> keys = catalogue.keyIteratorUncommitted(null, null); keys.hasNext();) {
                look(catalogue.getFromSnapshot(keys.next()));
            }
        } catch (MVStoreException e) {
            throw StorageErrors.translate(e);
        }
    }

    private static void look(@org.jspecify.annotations.Nullable Row row) {
        if (row == null) {
            return;
        }
        look(row.getValue(TYPE).getInt(), row.getValue(SQL).getString());
    }

    /// @param type of the object, as of [DbObject]
    /// @param sql  the statement that makes it
    static void look(int type, String sql) {
        boolean ours = switch (type) {
            case DbObject.TABLE_OR_VIEW ->
                (sql.startsWith("CREATE CACHED TABLE ") || sql.startsWith("CREATE MEMORY TABLE "))
                        && isOurTable(name(sql)) && callsNothing(sql);
            case DbObject.INDEX, DbObject.CONSTRAINT, DbObject.SEQUENCE, DbObject.COMMENT -> callsNothing(sql);
            case DbObject.USER -> name(sql).equals(OURS);
            case DbObject.SETTING -> SETTINGS.contains(setting(sql));
            default -> false;
        };
        if (!ours) {
            throw foreign(type, sql);
        }
    }

    private static boolean isOurTable(String name) {
        return name.equals(HISTORY) || TABLES.contains(name.toLowerCase(Locale.ROOT));
    }

    /// No function is called in a default, a condition or a column that is computed.
    private static boolean callsNothing(String sql) {
        // Texts first, in which anything may stand; then names, which are quoted.
        String bare = NAMED.matcher(sql.replaceAll("'(?:[^']|'')*'", "''")).replaceAll("\"\"");
        bare = COLUMNS_OF.matcher(bare).replaceAll("");
        if (bare.contains("\"(") || bare.contains("\" (")) {
            return false;
        }
        Matcher calls = CALL.matcher(bare);
        while (calls.find()) {
            if (!BEFORE_PARENTHESIS.contains(calls.group(1).toLowerCase(Locale.ROOT))) {
                return false;
            }
        }
        return true;
    }

    /// The last part of the first name.
    private static String name(String sql) {
        Matcher names = NAMED.matcher(sql);
        if (!names.find()) {
            return "";
        }
        String name = names.group(1);
        int end = names.end();
        while (end < sql.length() && sql.charAt(end) == '.' && names.find() && names.start() == end + 1) {
            name = names.group(1);
            end = names.end();
        }
        return name;
    }

    private static String setting(String sql) {
        String[] words = sql.split(" ", 3);
        return words.length > 1 && words[0].equals("SET") ? words[1] : "";
    }

    private static RollcallException foreign(int type, String sql) {
        String kind = switch (type) {
            case DbObject.TABLE_OR_VIEW ->
                sql.contains(" TABLE ") && !sql.contains(" LINK")
                        ? "table"
                        : Words.of("store.viewOrLinkedTable").english();
            case DbObject.INDEX -> "index";
            case DbObject.USER -> "user";
            case DbObject.SEQUENCE -> "sequence";
            case DbObject.TRIGGER -> "trigger";
            case DbObject.CONSTRAINT -> "constraint";
            case DbObject.SETTING -> "setting";
            case DbObject.FUNCTION_ALIAS -> "alias";
            default -> "object";
        };
        String name = type == DbObject.SETTING ? setting(sql) : name(sql);
        return new RollcallException(ErrorKind.STORAGE, "storage.foreign-object",
                Words.of("store.storage.foreign-object", kind, name),
                Words.of("store.storage.foreign-object.remedy"));
    }
}
