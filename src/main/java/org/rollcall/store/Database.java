package org.rollcall.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.SQLDialect;
import org.jooq.conf.RenderNameCase;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jooq.impl.DSL;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.DefaultConnectionProvider;
import org.jooq.impl.DefaultExecuteListenerProvider;
import org.jooq.impl.DefaultTransactionProvider;
import org.jooq.impl.ThreadLocalTransactionProvider;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// The database of one data folder. Stores run their statements through [#dsl()], which joins the thread's transaction if there
/// is one; services set transaction boundaries with [#transaction] and never see SQL.
///
/// There is a single writer at a time, see [Transactions].
public final class Database implements AutoCloseable {
    /// The file of the database in a data folder.
    public static final String FILE = "rollcall.mv.db";
    /// Version of the newest migration in `db/migration`.
    static final String NEWEST_MIGRATION = "26";
    private static final int WALK_FETCH = 2_000;
    /// How long a statement waits for rows locked by a concurrent transaction.
    static final int LOCK_TIMEOUT_MILLIS = 2_000;

    static {
        // Read when H2's classes are loaded. A database may reference no Java class, except the one for which H2's own server
        // creates an alias in an in-memory database.
        System.setProperty("h2.allowedClasses", "org.h2.server.TcpServer");
        // H2's value cache costs an import 8 % of its processor time and rarely hits, since most values are unique.
        System.setProperty("h2.objectCache", "false");
    }

    private final SharedDatabase dataSource;
    private final DSLContext dsl;
    private final Transactions transactions;
    private final PeopleLog people = new PeopleLog();
    private final PeopleNews news = new PeopleNews(this, people);
    private final PeopleCounts counts = new PeopleCounts(this);
    private final ObjectNumbers numbers = new ObjectNumbers(this);
    private final TouchLog touched = new TouchLog(this);
    private volatile @Nullable StatementWatch watch;
    private final Path folder;
    private final Presence presence;
    private final @Nullable DatabaseSeal seal;

    private Database(SharedDatabase dataSource, SQLDialect dialect, Path folder, @Nullable DatabaseSeal seal) {
        this.seal = seal;
        this.dataSource = dataSource;
        this.folder = folder;
        this.presence = new Presence(folder);
        var provider = new DataSourceConnectionProvider(dataSource);
        var configuration = new DefaultConfiguration().set(dialect)
                .set(new Settings().withRenderQuotedNames(RenderQuotedNames.EXPLICIT_DEFAULT_UNQUOTED)
                        .withRenderNameCase(RenderNameCase.AS_IS)
                        .withExecuteLogging(false)
                        .withRenderSchema(false));
        var threadBound = new ThreadLocalTransactionProvider(provider, true);
        configuration.set(threadBound);
        configuration.set(new DefaultExecuteListenerProvider(new FaultTranslation()));
        this.dsl = DSL.using(configuration);
        this.transactions = new Transactions(dsl, dataSource::isShared, counts::writePending, this::ending,
                this::ended);
    }

    /// Opens the H2 database `rollcall.mv.db` in `folder`, creating it if necessary, and migrates its schema.
    ///
    /// @throws RollcallException STORAGE: in use, read-only, from a newer version, damaged, disk full
    public static Database open(Path folder) {
        return open(folder, null);
    }

    /// The same with sealed files; a file in clear is sealed when it is opened.
    ///
    /// @param seal null: files in clear, for tests
    /// @throws RollcallException STORAGE: as [#open(Path)], sealed under another key, or containing foreign objects
    public static Database open(Path folder, @Nullable DatabaseSeal seal) {
        boolean fresh = !Files.exists(folder.resolve(FILE));
        String settings = settings(seal != null);
        var source = new SharedDatabase(folder, settings, opened -> migrate(opened, fresh, null, seal), seal);
        try {
            if (!source.open() && !isMigrated(source)) {
                throw StorageErrors.otherVersion();
            }
            return new Database(source, SQLDialect.H2, folder, seal);
        } catch (RuntimeException e) {
            source.close();
            throw StorageErrors.translate(e);
        }
    }

    private static String settings(boolean sealed) {
        // More than this made imports no faster, and a service keeps it for as long as it runs.
        long cacheKib = Math.clamp(Runtime.getRuntime().maxMemory() / 1024 / 8, 8 * 1024, 64 * 1024);
        // Our own lock file guards the folder. FS locks are released as soon as a process is killed.
        String settings = ";FILE_LOCK=FS;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1;CACHE_SIZE=" + cacheKib
        // Rewriting pages for a better fill rate costs as much as the work itself, so half full is enough.
                + ";COMPRESS=TRUE;AUTO_COMPACT_FILL_RATE=50;TRACE_LEVEL_FILE=0;LOCK_TIMEOUT=" + LOCK_TIMEOUT_MILLIS
                + ";DEFAULT_NULL_ORDERING=HIGH";
        if (sealed) {
            // Larger results would spill to temporary files, which H2 writes in clear.
            settings += ";MAX_MEMORY_ROWS=" + Integer.MAX_VALUE;
        }
        return settings;
    }

    /// The file of the database in a folder that has one.
    ///
    /// @throws RollcallException STORAGE: it is missing or empty, where H2 would silently create a new database
    static void requireThere(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            if (!Files.isRegularFile(file)) {
                throw StorageErrors.dataMissing(file, Words.of("store.file.isMissing"));
            }
            if (Files.size(file) == 0) {
                throw StorageErrors.dataMissing(file, Words.of("store.file.isEmpty"));
            }
        } catch (IOException e) {
            throw StorageErrors.translate(e);
        }
    }

    /// Whether the newest migration has been applied. Flyway would find out, but needs more processor time for that than most
    /// commands need for their work.
    private static boolean isMigrated(DataSource source) {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select \"version\", \"success\" from \"flyway_schema_history\""
                        + " order by \"installed_rank\" desc fetch first 1 row only")) {
            return rows.next() && NEWEST_MIGRATION.equals(rows.getString(1)) && rows.getBoolean(2);
        } catch (SQLException e) {
            // Not our database, or a damaged one: Flyway reports what is wrong.
            return false;
        }
    }

    /// @param fresh the database was just created
    /// @param version target version; null: the newest
    /// @param seal    notified before an existing database is changed
    private static void migrate(DataSource source, boolean fresh, @Nullable String version,
            @Nullable DatabaseSeal seal) {
        if (!fresh && isMigrated(source)) {
            return;
        }
        var flyway = Flyway.configure(Database.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:db/migration")
                .javaMigrations(new FoldedKeys(), new PackedMembers(), new PastFromAudit())
                .loggers("slf4j")
                .target(version == null ? MigrationVersion.LATEST : MigrationVersion.fromVersion(version))
                .load();
        var newest = flyway.info().current();
        boolean fromTheFuture = newest != null && java.util.Arrays.stream(flyway.info().all())
                .anyMatch(info -> info.getState().name().startsWith("FUTURE"));
        if (fromTheFuture) {
            throw StorageErrors.newerVersion();
        }
        if (newest == null && !fresh) {
            throw StorageErrors.noData();
        }
        if (newest != null && seal != null) {
            seal.beforeMigrating(newest.getVersion().getVersion(), out -> RowStream.write(source, out));
        }
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            throw StorageErrors.translate(e);
        }
    }

    /// For the stores of this package.
    DSLContext dsl() {
        return dsl;
    }

    /// Writes a consistent snapshot of the rows of every table, concurrently with other work.
    ///
    /// @throws IOException       they cannot be written
    /// @throws RollcallException STORAGE: they cannot be read
    public void writeRows(OutputStream out) throws IOException {
        RowStream.write(dataSource, out);
    }

    /// Creates the database of a data folder from the rows that [#writeRows] wrote. Rows of an older version result in its schema,
    /// which the next opening migrates.
    ///
    /// @param version of the schema of the rows
    /// @throws IOException       the rows are malformed
    /// @throws RollcallException STORAGE
    public static void load(Path folder, DatabaseSeal seal, String version, InputStream rows) throws IOException {
        var source = new SharedDatabase(folder, settings(true), opened -> migrate(opened, true, version, null), seal);
        try {
            source.open();
            RowStream.load(source, rows);
        } finally {
            source.close();
        }
    }

    /// @throws RollcallException STORAGE: no migration of this program leads to that version
    public static void requireKnownVersion(String version) {
        try {
            if (MigrationVersion.fromVersion(version).compareTo(MigrationVersion.fromVersion(NEWEST_MIGRATION)) > 0) {
                throw StorageErrors.newerVersion();
            }
        } catch (FlywayException e) {
            throw StorageErrors.translate(e);
        }
    }

    /// For libraries with tables of their own (db-scheduler).
    public DataSource dataSource() {
        return dataSource;
    }

    /// Runs `work` in one transaction as the single writer. An exception rolls everything back. Nested calls join the outer
    /// transaction.
    ///
    /// @throws RollcallException STORAGE for faults of the database; whatever `work` throws besides
    public <T extends @Nullable Object> T transaction(Supplier<T> work) {
        return transactions.alone(work);
    }

    public void transaction(Runnable work) {
        transaction(() -> {
            work.run();
            return Boolean.TRUE;
        });
    }

    /// The same concurrently with other writers, until `work` calls [#alone]. For long work on rows that no other transaction
    /// writes; changes that others committed meanwhile have to be checked then. Others that write one of these rows wait for the
    /// end of the transaction, for at most two seconds.
    ///
    /// @throws RollcallException as [#transaction]
    public <T extends @Nullable Object> T transactionBesideOthers(Supplier<T> work) {
        return transactions.beside(work);
    }

    public void transactionBesideOthers(Runnable work) {
        transactionBesideOthers(() -> {
            work.run();
            return Boolean.TRUE;
        });
    }

    /// Makes the thread's transaction the single writer until it ends. Called before reading rows that others may write, in order
    /// to update them.
    public void alone() {
        if (transactions.current() != null) {
            transactions.alone();
        }
    }

    /// Passes the state of the thread's transaction, or of a new one if there is none.
    void inTransaction(Consumer<OpenTransaction> work) {
        OpenTransaction current = transactions.current();
        if (current != null) {
            work.accept(current);
        } else {
            transaction(() -> work.accept(Objects.requireNonNull(transactions.current())));
        }
    }

    private void ending(OpenTransaction transaction) {
        if (!transaction.people.isNothing() || !transaction.touched.isNothing() || !transaction.counts.isEmpty()
                || !transaction.active.isEmpty()) {
            alone();
        }
        if (!transaction.people.isNothing()) {
            transaction.stamp = news.stamp(transaction.people);
        }
        touched.write(transaction.touched);
    }

    private void ended(OpenTransaction transaction, boolean committed) {
        numbers.ended(transaction.numbered, committed);
        people.ended(transaction.people);
        if (committed && transaction.stamp != null) {
            news.committed(transaction.stamp);
        }
    }

    /// Runs `work` in a transaction without blocking: immediately if there is no writer, otherwise on the thread of the current
    /// writer once it has finished. For recording that somebody looked at something, which must not wait.
    ///
    /// @throws RollcallException as [#transaction] does, if it runs immediately
    public void withoutWaiting(Runnable work) {
        transactions.withoutWaiting(work);
    }

    /// Runs `work` after the thread's transaction has ended, committed or not; immediately if there is none.
    public void afterwards(Runnable work) {
        transactions.afterwards(work);
    }

    /// Reports changed people. Called by every statement that adds or deletes people or changes what they are searched, filtered
    /// or sorted by.
    void peopleChanged(Collection<Long> ids, PeopleLog.Part part) {
        inTransaction(open -> {
            open.people = open.people.and(PeopleLog.of(ids, part));
            open.touched.people(ids);
        });
    }

    void peopleChanged(long tenantId, Collection<UUID> objectIds, PeopleLog.Part part) {
        inTransaction(open -> {
            open.people = open.people.and(PeopleLog.of(tenantId, objectIds, part));
            open.touched.people(tenantId, objectIds);
        });
    }

    void everybodyChanged() {
        inTransaction(open -> {
            open.people = PeopleLog.EVERYBODY;
            open.touched.everything();
        });
    }

    /// Whether the calling thread is within a transaction.
    boolean isInTransaction() {
        return transactions.current() != null;
    }

    /// Whether other processes use the database, or have used it since this one opened it, so that caches need validation.
    public boolean isShared() {
        return dataSource.isShared();
    }

    /// The registry of running processes.
    Presence presence() {
        return presence;
    }

    HikariDataSource pool() {
        return dataSource.pool();
    }

    /// The numbers that stand for the tenants' objects.
    ObjectNumbers numbers() {
        return numbers;
    }

    /// The change log for incremental plans. Changes of people are reported by [#peopleChanged].
    TouchLog touched() {
        return touched;
    }

    /// Log of committed changes of people, including those of other processes.
    PeopleLog people() {
        news.follow();
        return people;
    }

    /// Persistent version of all people. Data derived from them is valid while it is the same.
    Optional<String> peopleStamp() {
        return news.stamp();
    }

    /// The folder of the database file, for derived files; empty for a database server.
    Optional<Path> folder() {
        return Optional.ofNullable(folder);
    }

    /// The keys that seal derived files; none: they are in clear, like the database.
    List<byte[]> keysBeside() {
        return seal == null ? List.of() : seal.keys();
    }

    /// Observes statements that bypass jOOQ. For tests of statement costs.
    interface StatementWatch {
        void statement(String sql, Binder values) throws SQLException;
    }

    /// Binds the parameters of a statement.
    interface Binder {
        void bind(PreparedStatement statement) throws SQLException;
    }

    /// @param watcher null: removes the observer
    void watch(@Nullable StatementWatch watcher) {
        watch = watcher;
    }

    /// Called before every statement that bypasses jOOQ.
    void told(String sql, Binder values) throws SQLException {
        StatementWatch watcher = watch;
        if (watcher != null) {
            watcher.statement(sql, values);
        }
    }

    /// Receives one row of a walk.
    interface RowSink {
        void row(ResultSet row) throws SQLException;
    }

    /// Streams the rows of a query, for walks over whole tables in the order of an index. Outside of transactions.
    void walk(String sql, RowSink sink) {
        walking(connection -> {
            told(sql, _ -> {});
            try (var statement = connection.createStatement()) {
                statement.setFetchSize(WALK_FETCH);
                try (var rows = statement.executeQuery(sql)) {
                    while (rows.next()) {
                        sink.row(rows);
                    }
                }
            }
        });
    }

    /// The same for a query made with [#dsl].
    <R extends Record> void walk(ResultQuery<R> query, Consumer<? super R> sink) {
        walking(connection -> {
            // The configuration's transaction provider would substitute a connection of its own.
            var here = new DefaultConnectionProvider(connection);
            query.attach(dsl.configuration().derive(new DefaultTransactionProvider(here)).derive(here));
            try (Cursor<R> rows = query.fetchSize(WALK_FETCH).fetchLazy()) {
                rows.forEach(sink);
            }
        });
    }

    private interface Walk {
        void along(Connection connection) throws SQLException;
    }

    private void walking(Walk walk) {
        boolean h2 = dsl.dialect() == SQLDialect.H2;
        try (var connection = dataSource.getConnection(); var statement = connection.createStatement()) {
            // By default H2 materializes the whole result before it returns the first row.
            connection.setAutoCommit(h2);
            if (h2) {
                statement.execute("set lazy_query_execution 1");
            }
            try {
                walk.along(connection);
            } finally {
                if (h2) {
                    statement.execute("set lazy_query_execution 0");
                }
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw StorageErrors.translate(e);
        }
    }

    /// Called when this process was told to terminate: its guests then get only a short grace period.
    public void hurry() {
        dataSource.hurry();
    }

    @Override
    public void close() {
        transactions.flush();
        presence.close();
        dataSource.close();
    }

    /// Translates faults of statements, except constraint violations, which the stores interpret.
    private static final class FaultTranslation implements ExecuteListener {
        private static final long serialVersionUID = 1L;

        @Override
        public void exception(ExecuteContext context) {
            RuntimeException thrown = context.exception();
            if (thrown != null && !(thrown instanceof IntegrityConstraintViolationException)) {
                context.exception(StorageErrors.translate(thrown));
            }
        }
    }
}
