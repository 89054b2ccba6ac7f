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
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(1);
    /// How long a request for a connection is delayed while this process leaves its host. Without the delay a caller that starts
    /// one transaction after the other would keep the pool busy forever. It is short, since the thread may hold a connection
    /// already.
    private static final int LEAVING_DELAY_MILLIS = 10 * POLL_MILLIS;

    static {
        // Validates every connection before it is handed out, not only those that were idle: a killed host breaks all of them at
        // once. Within the host's own process validation costs next to nothing.
        System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", "0");
    }

    private final Path folder;
    private final String settings;
    /// Read lock while a connection is acquired, write lock while the access path changes.
    private final ReentrantReadWriteLock change = new ReentrantReadWriteLock();
    private final Consumer<DataSource> first;
    private final @Nullable DatabaseSeal seal;
    private volatile @Nullable Way way;
    /// The access path that is abandoned as soon as no connection is in use.
    private volatile @Nullable Way leaving;
    private volatile boolean closed;
    private volatile boolean hurried;
    private boolean everGuest;

    private sealed interface Way {
        HikariDataSource pool();

        record Host(HikariDataSource pool, FileMutex lock, DatabaseHost host, String url) implements Way {}

        record Guest(HikariDataSource pool, DatabaseGuest line) implements Way {}
    }

    /// @param settings of H2, each with a leading semicolon
    /// @param first    runs whenever this process becomes the host, before guests are admitted
    /// @param seal     null: files in clear
    SharedDatabase(Path folder, String settings, Consumer<DataSource> first, @Nullable DatabaseSeal seal) {
        this.folder = folder;
        this.seal = seal;
        this.settings = settings;
        this.first = first;
    }

    /// Connects, as host or as guest.
    ///
    /// @return whether this process is the host
    /// @throws RollcallException STORAGE: in use by a program that does not share it, or the faults of opening
    boolean open() {
        change.writeLock().lock();
        try {
            return find() instanceof Way.Host;
        } finally {
            change.writeLock().unlock();
        }
    }

    /// Whether other processes use the database, or have used it since this process opened it.
    boolean isShared() {
        return everGuest || way instanceof Way.Host(_, _, var host, _) && host.wasVisited();
    }

    @Override
    public Connection getConnection() throws SQLException {
        delayWhileLeaving();
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
                // The pool ended with its host. A new host is found on the next attempt.
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

    private void delayWhileLeaving() {
        Way old = leaving;
        for (int waited = 0; old != null && old.equals(way) && waited < LEAVING_DELAY_MILLIS; waited += POLL_MILLIS) {
            LockSupport.parkNanos(Duration.ofMillis(POLL_MILLIS).toNanos());
        }
    }

    /// The connections of this process, for tests.
    HikariDataSource pool() {
        return Objects.requireNonNull(way, "not open").pool();
    }

    /// Requires the write lock.
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
                        : DatabaseGuest.connect(folder).map(this::guest).orElse(null);
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
            // The file may be opened and migrated on a busy machine.
            pool = pool(url, CONNECTION);
            first.accept(pool);
            if (seal != null) {
                seal.alone(pool);
            }
            pool.setConnectionTimeout(ATTEMPT_TIMEOUT.toMillis());
            return new Way.Host(pool, lock, DatabaseHost.begin(folder), url);
        } catch (IOException | RuntimeException e) {
            if (pool != null) {
                pool.close();
                shutDown(url);
            } else if (begun) {
                // H2 may have opened the file before it failed, and would keep it open until the process exits.
                shutDown(url, "SHUTDOWN IMMEDIATELY");
            }
            FolderPath.letGo(folder.resolve(Database.FILE));
            RollcallException why = StorageErrors.translate(e);
            if (begun && pool == null && why.code().equals(StorageErrors.LOST)) {
                why = damageOrElse(why);
            }
            lock.close();
            throw why;
        }
    }

    /// H2 closes the file from a background thread when it meets damage, and reports only that it is closed.
    private RollcallException damageOrElse(RollcallException why) {
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

    /// Seals the file with the current key, and refuses files with foreign objects.
    private void prepareFile(String url) throws IOException {
        Path file = folder.resolve(Database.FILE);
        List<byte[]> keys = seal == null ? List.of() : seal.keys();
        var sealing = new FileSealing(file, keys);
        boolean plain = sealing.begin();
        FolderPath.seal(file, plain ? List.of() : keys);
        ForeignObjects.refuse(file);
        if (plain && seal != null && !keys.isEmpty()) {
            var clear = pool(url, CONNECTION);
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
            // Not lowered later: the pool would apply it only to callers that come after its next housekeeping.
            pool = pool(line.url(), ATTEMPT_TIMEOUT);
        } catch (RuntimeException e) {
            // The host shut down after the handshake. The caller looks for the next one.
            LOG.debug("The host shut down during the connection", e);
            line.close();
            return null;
        }
        everGuest = true;
        var found = new Way.Guest(pool, line);
        Thread.ofVirtual().name("database-line").start(() -> follow(found));
        return found;
    }

    private void follow(Way.Guest guest) {
        boolean waits = guest.line().awaitShutdownNotice();
        leaving = guest;
        try {
            do {
                // Callers that already wait for a connection get one first.
                Thread.sleep(waits ? POLL_MILLIS : 0);
            } while (!leave(guest, waits));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @param onlyWhenIdle only while no connection is in use
    private boolean leave(Way.Guest guest, boolean onlyWhenIdle) {
        if (onlyWhenIdle) {
            guest.pool().getHikariPoolMXBean().softEvictConnections();
        } else {
            // Callers that wait for a connection would run into their timeout and delay the search for the next host.
            guest.pool().close();
        }
        change.writeLock().lock();
        try {
            if (onlyWhenIdle && guest.pool().getHikariPoolMXBean().getActiveConnections() > 0) {
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

    private HikariDataSource pool(String url, Duration timeout) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(USER);
        config.setPassword("");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setPoolName("store");
        config.setConnectionTimeout(timeout.toMillis());
        config.setInitializationFailTimeout(1);
        return new HikariDataSource(config);
    }

    /// Shortens the grace period for guests, since this process was told to terminate.
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
                // The pool first: it replenishes itself, and a connection made after H2's shutdown would reopen the file.
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
                // Never opened, or its host has just shut down.
            }
        }
    }

    private static void shutDown(String url) {
        shutDown(url, "SHUTDOWN");
    }

    /// @param how the statement; null: compacts the file if that pays
    private static void shutDown(String url, @Nullable String how) {
        try (var connection = DriverManager.getConnection(url + ";IFEXISTS=TRUE", USER, "");
                var statement = connection.createStatement()) {
            statement.execute(how == null ? isMuchFree(statement) ? "SHUTDOWN COMPACT" : "SHUTDOWN" : how);
        } catch (SQLException e) {
            // The statement closes its own connection, which H2 may report as a fault.
            LOG.debug("Shutting the database down", e);
        }
    }

    /// Whether more than half of the file is free, as after an import, and the rest is copied within seconds. Small files are not
    /// compacted, so that commands end quickly.
    private static boolean isMuchFree(Statement statement) {
        var numbers = new HashMap<String, Long>();
        try {
            // Recently deleted data counts as used until the next checkpoint.
            statement.execute("checkpoint");
            try (var rows = statement.executeQuery("select setting_name, setting_value from"
                    + " information_schema.settings where setting_name in"
                    + " ('info.FILE_SIZE', 'info.FILL_RATE', 'info.CHUNKS_FILL_RATE')")) {
                while (rows.next()) {
                    numbers.put(rows.getString(1), Long.valueOf(rows.getString(2)));
                }
            }
        } catch (SQLException | NumberFormatException e) {
            // Damaged, or another version of H2: shut down without compaction.
            LOG.debug("Cannot determine the fill rate of the file", e);
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
        // No log is written.
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // The pool's timeout applies.
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
