package org.rollcall.store;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.logging.Logger;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// Access of this process to the H2 database of a data folder, which any number of processes share. H2 lets only one process
/// open the file: the one that holds the lock of the folder is the *host* and serves the others, its *guests*. When the host
/// ends, one of the guests becomes the host before the next connection is handed out, so callers do not notice. The lock is
/// the operating system's and does not outlive a killed process.
final class SharedDatabase implements DataSource, AutoCloseable {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(SharedDatabase.class);
    private static final String USER = "rollcall";
    private static final int CONNECTIONS = 10;
    /// How long to try to find a host or to become it. Versions that do not share a database never answer.
    private static final Duration SEARCH = Duration.ofSeconds(5);
    /// How long a host that shuts down waits for the transactions of its guests.
    private static final Duration SHUTDOWN_GRACE = Duration.ofMinutes(2);
    private static final Duration SHORT_SHUTDOWN_GRACE = Duration.ofSeconds(8);
    /// A file is compacted when it is closed if that frees at least so many bytes and copies at most so many.
    private static final long LEAST_FREED = 4L * 1024 * 1024;
    private static final long MOST_COPIED = 256L * 1024 * 1024;
    private static final int POLL_MILLIS = 20;
    /// Timeout for a connection, and for one attempt at one pool: a pool whose host has died blocks its callers until their
    /// timeout.
    private static final Duration CONNECTION = Duration.ofSeconds(60);
    private static final Duration ONE_WAIT = Duration.ofSeconds(1);
    /// How long a request for a connection is delayed while this process leaves its host. Without the delay a caller that starts
    /// one transaction after the other would keep the pool busy forever. It is short, since the thread may hold a connection
    /// already.
    private static final int STAND_BACK_MILLIS = 10 * POLL_MILLIS;

    static {
        // Validates every connection before it is handed out, not only those that were idle: a killed host breaks all of them at
        // once. Within the host's own process validation costs next to nothing.
        System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", "0");
    }

    private final Path folder;
    private final String settings;
    /// Read while a connection is taken, written while the way is another one.
    private final ReentrantReadWriteLock change = new ReentrantReadWriteLock();
    private final Consumer<DataSource> first;
    private final @Nullable DatabaseSeal seal;
    private volatile @Nullable Way way;
    /// The way that is to be given up as soon as nobody uses it.
    private volatile @Nullable Way leaving;
    private volatile boolean closed;
    private volatile boolean hurried;
    private boolean everGuest;

    private sealed interface Way {
        HikariDataSource pool();

        record Host(HikariDataSource pool, FileMutex lock, DatabaseHost host, String url) implements Way {}

        record Guest(HikariDataSource pool, DatabaseGuest line) implements Way {}
    }

    /// @param settings of H2, each begun by a semicolon
    /// @param first    done with the database as soon as this process is its host for the first time, before others come
    ///                 and whenever it becomes that again
    /// @param seal     null: the files are in clear
    SharedDatabase(Path folder, String settings, Consumer<DataSource> first, @Nullable DatabaseSeal seal) {
        this.folder = folder;
        this.seal = seal;
        this.settings = settings;
        this.first = first;
    }

    /// Finds the way now.
    ///
    /// @return whether this process is the host
    /// @throws RollcallException STORAGE: in use by something that does not share, and whatever opening says
    boolean open() {
        change.writeLock().lock();
        try {
            return find() instanceof Way.Host;
        } finally {
            change.writeLock().unlock();
        }
    }

    /// Whether others use the database too, or have since this process opened it.
    boolean isShared() {
        return everGuest || way instanceof Way.Host(_, _, var host, _) && host.wasVisited();
    }

    @Override
    public Connection getConnection() throws SQLException {
        standBack();
        long end = System.nanoTime() + CONNECTION.toNanos();
        while (true) {
            change.readLock().lock();
            Way now = way;
            try {
                if (now != null) {
                    return now.pool().getConnection();
                }
            } catch (SQLTransientConnectionException e) {
                if (closed || System.nanoTime() > end) {
                    throw e;
                }
            } catch (SQLException e) {
                // A host that is gone takes the pool with it: there is, or soon will be, another way.
                if (closed || !now.pool().isClosed()) {
                    throw e;
                }
            } finally {
                change.readLock().unlock();
            }
            if (closed) {
                throw new SQLException("the database is closed", "08003");
            }
            if (now == null) {
                open();
            }
        }
    }

    private void standBack() {
        Way old = leaving;
        for (int waited = 0; old != null && old.equals(way) && waited < STAND_BACK_MILLIS; waited += POLL_MILLIS) {
            LockSupport.parkNanos(Duration.ofMillis(POLL_MILLIS).toNanos());
        }
    }

    /// The connections of this process, for tests.
    HikariDataSource pool() {
        return Objects.requireNonNull(way, "not open").pool();
    }

    /// With the write lock.
    private Way find() {
        Way known = way;
        if (known != null) {
            return known;
        }
        long end = System.nanoTime() + SEARCH.toNanos();
        try {
            do {
                Optional<FileMutex> lock = FileMutex.tryLock(folder.resolve(DataFolder.LOCK));
                Way found = lock.isPresent()
                        ? host(lock.get())
                        : DatabaseGuest.knock(folder).map(this::guest).orElse(null);
                if (found != null) {
                    way = found;
                    return found;
                }
                Thread.sleep(POLL_MILLIS);
            } while (System.nanoTime() < end);
        } catch (IOException e) {
            throw StorageErrors.translate(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new RollcallException(ErrorKind.STORAGE, "storage.in-use",
                Words.of("store.storage.in-use.sharedDatabase"),
                Words.of("store.storage.in-use.sharedDatabase.remedy"))
                .onCommandLine(Words.of("store.storage.in-use.remedy.cli"));
    }

    private Way host(FileMutex lock) {
        String url = "jdbc:h2:" + FolderPath.nameOf(folder.resolve("rollcall")) + settings;
        HikariDataSource pool = null;
        boolean begun = false;
        try {
            prepareFile(url);
            begun = true;
            pool = pool(url);
            first.accept(pool);
            if (seal != null) {
                seal.alone(pool);
            }
            pool.setConnectionTimeout(ONE_WAIT.toMillis());
            return new Way.Host(pool, lock, DatabaseHost.begin(folder), url);
        } catch (IOException | RuntimeException e) {
            if (pool != null) {
                pool.close();
                shutDown(url);
            } else if (begun) {
                // H2 may have opened the file and failed afterwards: it would hold it until the process ends.
                shutDown(url, "SHUTDOWN IMMEDIATELY");
            }
            FolderPath.letGo(folder.resolve(Database.FILE));
            RollcallException why = StorageErrors.translate(e);
            if (begun && pool == null && why.code().equals(StorageErrors.LOST)) {
                why = damageOr(why);
            }
            lock.close();
            throw why;
        }
    }

    /// H2 closes a file on a thread of its own where it meets what does not open, and then says only that it is closed.
    private RollcallException damageOr(RollcallException why) {
        if (seal == null) {
            return why;
        }
        try {
            SealedFile.requireWhole(folder.resolve(Database.FILE), seal.keys());
            return why;
        } catch (IOException e) {
            return StorageErrors.translate(e);
        }
    }

    /// Brings the file under the key with which it is to be sealed, and looks whether it is one to be opened at all.
    private void prepareFile(String url) throws IOException {
        Path file = folder.resolve(Database.FILE);
        List<byte[]> keys = seal == null ? List.of() : seal.keys();
        var sealing = new FileSealing(file, keys);
        boolean plain = sealing.begin();
        FolderPath.seal(file, plain ? List.of() : keys);
        ForeignObjects.refuse(file);
        if (plain && seal != null && !keys.isEmpty()) {
            var clear = pool(url);
            try (clear) {
                first.accept(clear);
                seal.beforeSealing(clear);
            } finally {
                clear.close();
                shutDown(url);
            }
            sealing.seal();
            FolderPath.seal(file, keys);
        }
    }

    private @Nullable Way guest(DatabaseGuest line) {
        HikariDataSource pool;
        try {
            pool = pool(line.url());
            pool.setConnectionTimeout(ONE_WAIT.toMillis());
        } catch (RuntimeException e) {
            // It went between its answer and our call, or is about to: whoever is next is looked for.
            LOG.debug("The host went", e);
            line.close();
            return null;
        }
        everGuest = true;
        var found = new Way.Guest(pool, line);
        Thread.ofVirtual().name("database-line").start(() -> follow(found));
        return found;
    }

    private void follow(Way.Guest guest) {
        boolean waits = guest.line().awaitLeaving();
        leaving = guest;
        try {
            do {
                // Whoever has come for a connection gets it first.
                Thread.sleep(waits ? POLL_MILLIS : 0);
            } while (!leave(guest, waits));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @param politely only when nobody uses a connection: who does may take another one meanwhile
    private boolean leave(Way.Guest guest, boolean politely) {
        if (politely) {
            guest.pool().getHikariPoolMXBean().softEvictConnections();
        } else {
            // Whoever waits for a connection would wait in vain, and keep us from looking for another way.
            guest.pool().close();
        }
        change.writeLock().lock();
        try {
            if (politely && guest.pool().getHikariPoolMXBean().getActiveConnections() > 0) {
                return false;
            }
            if (guest.equals(way)) {
                way = null;
            }
        } finally {
            change.writeLock().unlock();
        }
        guest.pool().close();
        guest.line().close();
        return true;
    }

    private HikariDataSource pool(String url) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(USER);
        config.setPassword("");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setPoolName("store");
        // Before the way is known nobody asks again: the file may be opened on a machine that has much else to do.
        config.setConnectionTimeout(CONNECTION.toMillis());
        config.setInitializationFailTimeout(1);
        return new HikariDataSource(config);
    }

    /// When it is closed, others do not get the time that they need for long work: this process has been told to end.
    void hurry() {
        hurried = true;
    }

    @Override
    public void close() {
        change.writeLock().lock();
        Way last;
        try {
            closed = true;
            last = way;
            way = null;
        } finally {
            change.writeLock().unlock();
        }
        switch (last) {
            case Way.Host(var pool, var lock, var host, var url) -> {
                host.leave(hurried ? SHORT_SHUTDOWN_GRACE : SHUTDOWN_GRACE);
                // The pool first: it fills up by itself at times, and a connection that it makes after H2 was shut down would
                // open the file again, for good.
                pool.close();
                host.close();
                shutDown(url, hurried ? "SHUTDOWN" : null);
                FolderPath.letGo(folder.resolve(Database.FILE));
                lock.close();
            }
            case Way.Guest(var pool, var line) -> {
                pool.close();
                line.close();
            }
            case null -> {
                // It was never opened, or its host has just gone.
            }
        }
    }

    private static void shutDown(String url) {
        shutDown(url, "SHUTDOWN");
    }

    /// @param how the statement; null: H2 also makes the file smaller where that pays
    private static void shutDown(String url, @Nullable String how) {
        try (var connection = DriverManager.getConnection(url + ";IFEXISTS=TRUE", USER, "");
                var statement = connection.createStatement()) {
            statement.execute(how == null ? isMuchFree(statement) ? "SHUTDOWN COMPACT" : "SHUTDOWN" : how);
        } catch (SQLException e) {
            // The connection that shuts H2 down is closed by that very statement, which H2 may report.
            LOG.debug("Shutting the database down", e);
        }
    }

    /// Whether more than half of the file holds nothing, as after an import, and what it holds is copied within seconds. Small
    /// files are left alone: most commands end at once.
    private static boolean isMuchFree(Statement statement) {
        var numbers = new HashMap<String, Long>();
        try {
            // What was deleted just now counts as used until it is written.
            statement.execute("checkpoint");
            try (var rows = statement.executeQuery("select setting_name, setting_value from"
                    + " information_schema.settings where setting_name in"
                    + " ('info.FILE_SIZE', 'info.FILL_RATE', 'info.CHUNKS_FILL_RATE')")) {
                while (rows.next()) {
                    numbers.put(rows.getString(1), Long.valueOf(rows.getString(2)));
                }
            }
        } catch (SQLException | NumberFormatException e) {
            // Damaged, or another H2: it is shut down all the same.
            LOG.debug("How full the file is cannot be told", e);
            return false;
        }
        long size = numbers.getOrDefault("info.FILE_SIZE", 0L);
        long used = size * numbers.getOrDefault("info.FILL_RATE", 100L) / 100
                * numbers.getOrDefault("info.CHUNKS_FILL_RATE", 100L) / 100;
        return size - used > LEAST_FREED && used < size / 2 && used < MOST_COPIED;
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("one user only");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {
        // Nothing is written there.
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // The pool's counts.
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("logged elsewhere");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("nothing in here for others");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
