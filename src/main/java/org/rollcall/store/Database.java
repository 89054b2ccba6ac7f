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

/// The database of one data folder. Stores run their statements through [#dsl()], which joins the transaction of the
/// thread if there is one; services draw transactions with [#transaction] and never see SQL.
///
/// There is one writer at a time, see [Transactions].
public final class Database implements AutoCloseable {
    /// The file of the database in a data folder.
    public static final String FILE = "rollcall.mv.db";
    /// The version of the newest file in `db/migration`.
    static final String NEWEST_MIGRATION = "26";
    private static final int WALK_FETCH = 2_000;
    /// How long a statement waits for rows that a transaction has written which goes on beside others.
    static final int LOCK_TIMEOUT_MILLIS = 2_000;

    static {
        // Read when H2's classes are first used: a database may name no class of ours or of anybody's, but for the one of
        // which H2's own server makes an alias in a database in memory.
        System.setProperty("h2.allowedClasses", "org.h2.server.TcpServer");
        // H2's cache of values costs an import a twelfth of its processor time and finds little: most values are unique.
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
        this.transactions = new Transactions(dsl, counts::writePending, this::ending, this::ended);
    }

    /// Opens (and makes, if need be) the H2 database `rollcall.mv.db` in `folder` and brings its schema up to date.
    ///
    /// @throws RollcallException STORAGE: in use, read-only, from a newer version, damaged, disk full
    public static Database open(Path folder) {
        return open(folder, null);
    }

    /// The same with files that are sealed; one that is still in clear is sealed at this opening.
    ///
    /// @param seal null: they are in clear, which is for tests
    /// @throws RollcallException STORAGE: as [#open(Path)], sealed under another key, or with objects in it that are not
    ///                           Rollcall's
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
        long cacheKib = Math.clamp(Runtime.getRuntime().maxMemory() / 1024 / 8, 8 * 1024, 256 * 1024);
        // Our own lock file guards the folder; FS lets go the moment a killed process is gone.
        String settings = ";FILE_LOCK=FS;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1;CACHE_SIZE=" + cacheKib
        // Writing pages anew to fill the file better costs as much as the work itself: half full is full enough.
                + ";COMPRESS=TRUE;AUTO_COMPACT_FILL_RATE=50;TRACE_LEVEL_FILE=0;LOCK_TIMEOUT=" + LOCK_TIMEOUT_MILLIS
                + ";DEFAULT_NULL_ORDERING=HIGH";
        if (sealed) {
            // Results beyond this many rows go into files of their own, which H2 would write in clear.
            settings += ";MAX_MEMORY_ROWS=" + Integer.MAX_VALUE;
        }
        return settings;
    }

    /// The file of the database in a folder that has one.
    ///
    /// @throws RollcallException STORAGE: it is missing, or empty: H2 would begin a new database there without a word
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

    /// Whether the last migration that was made is the newest one: then there is nothing for Flyway to do, which needs more
    /// processor time to find that out than most commands need for their work.
    private static boolean isMigrated(DataSource source) {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select \"version\", \"success\" from \"flyway_schema_history\""
                        + " order by \"installed_rank\" desc fetch first 1 row only")) {
            return rows.next() && NEWEST_MIGRATION.equals(rows.getString(1)) && rows.getBoolean(2);
        } catch (SQLException e) {
            // No database of ours, or a damaged one: Flyway is asked and says what is wrong with it.
            return false;
        }
    }

    /// @param fresh there was no database before
    /// @param version where to stop; null: the newest
    /// @param seal    is told before something is changed that is there
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

    /// For stores of this package only, and for libraries that keep tables of their own.
    DSLContext dsl() {
        return dsl;
    }

    /// Writes the rows of every table as they are at one moment; others go on meanwhile.
    ///
    /// @throws IOException       they cannot be written
    /// @throws RollcallException STORAGE: they cannot be read
    public void writeRows(OutputStream out) throws IOException {
        RowStream.write(dataSource, out);
    }

    /// Makes the database of a data folder out of the rows that [#writeRows] wrote, also those of an older version, whose schema it
    /// has afterwards: the next opening brings it up to date.
    ///
    /// @param version of the schema of the rows
    /// @throws IOException       the rows are not right
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

    /// @throws RollcallException STORAGE: no migration of this program makes that version
    public static void requireKnownVersion(String version) {
        try {
            if (MigrationVersion.fromVersion(version).compareTo(MigrationVersion.fromVersion(NEWEST_MIGRATION)) > 0) {
                throw StorageErrors.newerVersion();
            }
        } catch (FlywayException e) {
            throw StorageErrors.translate(e);
        }
    }

    /// For libraries that keep tables of their own (db-scheduler).
    public DataSource dataSource() {
        return dataSource;
    }

    /// Runs `work` in one transaction: all of it or, if it throws, none of it. Nobody else writes meanwhile. Nested calls join
    /// the outer one.
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

    /// The same, while others write too, until `work` calls [#alone]. For much work on rows that nobody else writes: what others
    /// have committed meanwhile is to be looked at then. Whoever writes one of these rows waits for its end, for two seconds at
    /// most.
    ///
    /// @throws RollcallException as [#transaction]
    public <T extends @Nullable Object> T transactionBesideOthers(Supplier<T> work) {
        return transactions.beside(work);
    }

    /// From here on nobody else writes until the thread's transaction ends. To be called before anything is read, in order to be
    /// written, that others may write.
    public void alone() {
        if (transactions.current() != null) {
            transactions.alone();
        }
    }

    /// Gives what the thread's transaction gathers, in a transaction of its own if there is none.
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

    /// Runs `work` in a transaction without waiting for whoever writes: at once if nobody does, otherwise as soon as they have
    /// done, on their thread. For what only notes that somebody has looked: looking waits for nobody.
    ///
    /// @throws RollcallException as [#transaction] does, if it runs at once
    public void withoutWaiting(Runnable work) {
        transactions.withoutWaiting(work);
    }

    /// Runs `work` as soon as the thread's transaction has ended, whichever way; at once if there is none.
    public void afterwards(Runnable work) {
        transactions.afterwards(work);
    }

    /// To be called by every statement that changes what people are searched, filtered or sorted by, or who is there at
    /// all.
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

    /// Whether other processes are at work on the same database, or have been since this one opened it: what is kept in memory
    /// is to be compared with it.
    public boolean isShared() {
        return dataSource.isShared();
    }

    /// Which processes are there.
    Presence presence() {
        return presence;
    }

    HikariDataSource pool() {
        return dataSource.pool();
    }

    /// The numbers of the tenants' objects.
    ObjectNumbers numbers() {
        return numbers;
    }

    /// Where writers say what they touch, within their transactions. Who changes people says so by [#peopleChanged].
    TouchLog touched() {
        return touched;
    }

    /// Who was changed, as far as it is committed, by other processes until now.
    PeopleLog people() {
        news.follow();
        return people;
    }

    /// Changes whenever people do, and is kept: what is stored elsewhere about people is good while this is the same.
    Optional<String> peopleStamp() {
        return news.stamp();
    }

    /// The folder of the database file, for what may be kept beside it; empty for a server's database.
    Optional<Path> folder() {
        return Optional.ofNullable(folder);
    }

    /// The keys that seal files beside the database; none: they are in clear, as the database is.
    List<byte[]> keysBeside() {
        return seal == null ? List.of() : seal.keys();
    }

    /// Is told of every statement that does not pass through jOOQ. For tests that look at what statements cost.
    interface StatementWatch {
        void statement(String sql, Binder values) throws SQLException;
    }

    /// Sets the parameters of a statement.
    interface Binder {
        void bind(PreparedStatement statement) throws SQLException;
    }

    /// @param watcher null: nobody watches any more
    void watch(@Nullable StatementWatch watcher) {
        watch = watcher;
    }

    /// To be called before every statement that does not pass through jOOQ.
    void told(String sql, Binder values) throws SQLException {
        StatementWatch watcher = watch;
        if (watcher != null) {
            watcher.statement(sql, values);
        }
    }

    /// Reads one row of a walk.
    interface RowSink {
        void row(ResultSet row) throws SQLException;
    }

    /// Hands over the rows of a query one by one as they are read: for walks along whole tables in the order of an index.
    /// Outside of transactions.
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

    /// The same for a query of the stores, made with [#dsl].
    <R extends Record> void walk(ResultQuery<R> query, Consumer<? super R> sink) {
        walking(connection -> {
            // The provider of transactions would put a connection of its own in place of this one.
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
            // H2 gathers whole results before it hands out the first row, on disk if they are large, unless it is told so.
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

    /// To be called when this process has been told to end: other processes that go through it get a few seconds only to come
    /// to the end of what they are at.
    public void hurry() {
        dataSource.hurry();
    }

    @Override
    public void close() {
        transactions.flush();
        presence.close();
        dataSource.close();
    }

    /// Makes every fault of a statement ours, except broken constraints: the stores know what those mean.
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
