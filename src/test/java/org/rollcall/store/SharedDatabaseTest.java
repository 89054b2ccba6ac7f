package org.rollcall.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.RoleSource;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserSort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// Several ways to one database, as several processes have them.
class SharedDatabaseTest {
    private static final int ENOUGH = 20;

    @TempDir
    Path folder;

    @Test
    void guestsSeeAndWriteWhatTheHostDoes() {
        try (Database host = ReadyDatabase.open(folder); Database guest = Database.open(folder)) {
            assertTrue(guest.isShared());
            new SettingStore(host).put("color", "blue");
            var there = new SettingStore(guest);
            assertEquals("blue", there.get("color").orElseThrow());
            there.put("color", "red");
            assertEquals("red", new SettingStore(host).get("color").orElseThrow());
            assertTrue(host.isShared(), "somebody has been here");
        }
    }

    @Test
    void whoIsAloneIsNotDisturbed() {
        try (Database host = ReadyDatabase.open(folder)) {
            assertFalse(host.isShared());
        }
        assertFalse(Files.exists(folder.resolve(DatabaseHost.FILE)), "nothing is left");
    }

    @Test
    void whenTheHostGoesAGuestTakesItsPlace() {
        Database host = ReadyDatabase.open(folder);
        try (Database guest = Database.open(folder); Database other = Database.open(folder)) {
            new SettingStore(guest).put("color", "red");
            host.close();
            assertEquals("red", new SettingStore(guest).get("color").orElseThrow());
            new SettingStore(other).put("color", "green");
            assertEquals("green", new SettingStore(guest).get("color").orElseThrow());
            try (Database late = Database.open(folder)) {
                assertEquals("green", new SettingStore(late).get("color").orElseThrow());
            }
        }
    }

    /// Whoever has begun something ends it, nested work on other connections included.
    @Test
    void theHostWaitsForWhatItsGuestsAreAt() throws Exception {
        Database host = ReadyDatabase.open(folder);
        try (Database guest = Database.open(folder); var threads = Executors.newCachedThreadPool()) {
            Future<?> closing = guest.transaction(() -> {
                new SettingStore(guest).put("color", "red");
                Future<?> leaving = threads.submit(host::close);
                assertThrows(TimeoutException.class,
                        () -> leaving.get(300, TimeUnit.MILLISECONDS));
                new SettingStore(guest).put("size", "xl");
                return leaving;
            });
            closing.get(ENOUGH, TimeUnit.SECONDS);
            assertEquals("red", new SettingStore(guest).get("color").orElseThrow());
            assertEquals("xl", new SettingStore(guest).get("size").orElseThrow());
        }
    }

    /// A host may be killed right after a guest has come: whoever waits for a connection then must get to look for another host.
    @Test
    @Timeout(30)
    void whoeverWaitsFromTheFirstMomentOnWaitsNoLongerThanLater() throws Exception {
        try (Database host = ReadyDatabase.open(folder);
                Database guest = Database.open(folder);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertFalse(host.pool().isClosed());
            var pool = guest.pool();
            var taken = IntStream.rangeClosed(0, pool.getMaximumPoolSize())
                    .mapToObj(_ -> threads.submit(() -> pool.getConnection())).toList();
            while (taken.stream().noneMatch(each -> each.state() == Future.State.FAILED)) {
                Thread.onSpinWait();
            }
            for (var each : taken) {
                try {
                    each.get().close();
                } catch (ExecutionException e) {
                    assertInstanceOf(SQLTransientConnectionException.class, e.getCause());
                }
            }
        }
    }

    /// An import stores page after page, and nobody waits for an import.
    @Test
    @Timeout(60)
    void whoWritesOneTransactionAfterTheOtherLetsOtherProcessesInBetween() throws Exception {
        try (Database host = ReadyDatabase.open(folder);
                Database guest = Database.open(folder);
                var threads = Executors.newCachedThreadPool()) {
            var stop = new AtomicBoolean();
            var written = new AtomicInteger();
            var importing = threads.submit(() -> {
                var settings = new SettingStore(host);
                while (!stop.get()) {
                    host.transaction(() -> {
                        settings.put("page", String.valueOf(written.get()));
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                    });
                    written.incrementAndGet();
                }
            });
            int waited = 0;
            for (int i = 0; i < 10; i++) {
                int before = written.get();
                while (written.get() == before) {
                    Thread.onSpinWait();
                }
                before = written.get();
                new SettingStore(guest).put("size", String.valueOf(i));
                waited += written.get() - before;
            }
            stop.set(true);
            importing.get(ENOUGH, TimeUnit.SECONDS);
            assertTrue(waited <= 30, "waited for " + waited + " transactions in 10 attempts");
        }
    }

    @Test
    @Timeout(30)
    void aGuestWhoWritesAllTheTimeLetsTheHostGoAndLosesNothing() throws Exception {
        Database host = ReadyDatabase.open(folder);
        try (Database guest = Database.open(folder); var threads = Executors.newCachedThreadPool()) {
            var settings = new SettingStore(guest);
            var stop = new AtomicBoolean();
            var written = new AtomicInteger();
            var writing = threads.submit(() -> {
                while (!stop.get()) {
                    guest.transaction(() -> settings.put("count", String.valueOf(written.get() + 1)));
                    written.incrementAndGet();
                }
            });
            while (written.get() < 20) {
                Thread.onSpinWait();
            }
            host.close();
            int then = written.get();
            while (written.get() < then + 20 && !writing.isDone()) {
                Thread.onSpinWait();
            }
            stop.set(true);
            writing.get();
            assertEquals(String.valueOf(written.get()), settings.get("count").orElseThrow());
        }
    }

    /// Guests that left reconnect at once: without pauses the host would never be without guests.
    @Test
    @Timeout(60)
    void manyWhoComeBackAtOnceLetTheHostGoAndLoseNothing() throws Exception {
        int many = 12;
        Database host = ReadyDatabase.open(folder);
        var stop = new AtomicBoolean();
        var written = new AtomicInteger();
        try (var threads = Executors.newCachedThreadPool()) {
            var writing = new ArrayList<Future<Integer>>();
            for (int i = 0; i < many; i++) {
                String name = "count of " + i;
                writing.add(threads.submit(() -> {
                    int count = 0;
                    try (Database guest = Database.open(folder)) {
                        var settings = new SettingStore(guest);
                        while (!stop.get()) {
                            String next = Integer.toString(count + 1);
                            guest.transaction(() -> settings.put(name, next));
                            count++;
                            written.incrementAndGet();
                        }
                    }
                    return count;
                }));
            }
            while (written.get() < 10 * many && writing.stream().noneMatch(Future::isDone)) {
                Thread.onSpinWait();
            }
            host.close();
            int then = written.get();
            while (written.get() < then + 10 * many && writing.stream().noneMatch(Future::isDone)) {
                Thread.onSpinWait();
            }
            stop.set(true);
            var counts = new ArrayList<String>();
            for (Future<Integer> one : writing) {
                counts.add(Integer.toString(one.get()));
            }
            try (Database last = Database.open(folder)) {
                var settings = new SettingStore(last);
                for (int i = 0; i < many; i++) {
                    assertEquals(counts.get(i), settings.get("count of " + i).orElseThrow());
                }
            }
        }
    }

    /// What is kept in memory about people follows what others change: names, roles, and more than can be told one by one.
    @Test
    void searchesFindWhatOthersHaveChanged() {
        try (var host = new TestDirectory(ReadyDatabase.open(folder));
                var guest = new TestDirectory(Database.open(folder))) {
            var tenant = host.tenant("Contoso");
            long ada = host.person(tenant, "Ada", "ada@contoso.example");
            var searches = List.of(searching(host), searching(guest));
            guest.person(tenant, "Bo", "bo@contoso.example");
            host.person(tenant, "Cy", "cy@contoso.example");
            guest.role(ada, "Operator", RoleSource.MANUAL);
            for (UserQueries search : searches) {
                search.awaitSearchIndex();
                assertEquals(List.of("Ada", "Bo", "Cy"), names(search, UserFilter.everyone().withSearch("contoso")));
                assertEquals("Operator", search.list(UserFilter.everyone().withSearch("ada"), UserSort.BY_NAME, null, 1)
                        .rows().getFirst().role());
            }
            for (int i = 0; i < 2_100; i++) {
                int number = i;
                host.database.transaction(() -> host.person(tenant, "Many " + number, "many" + number));
            }
            searches.getLast().awaitSearchIndex();
            assertEquals(List.of("Many 2099"),
                    names(searches.getLast(), UserFilter.everyone().withSearch("many 2099")));
            assertEquals(2_103, searches.getLast().count(UserFilter.everyone()));
        }
    }

    private static UserQueries searching(TestDirectory directory) {
        var search = new UserQueries(directory.database, new GroupNesting(directory.database));
        search.awaitSearchIndex();
        return search;
    }

    private static List<String> names(UserQueries search, UserFilter filter) {
        return search.list(filter, UserSort.BY_NAME, null, 10).rows().stream().map(UserRow::displayName).toList();
    }

    @Test
    void aLeaseIsOneProcesssUntilItGivesItBackOrIsGone() {
        var clock = new TestDirectory.SettableClock();
        Database host = ReadyDatabase.open(folder);
        try (Database guest = Database.open(folder)) {
            var first = new LeaseStore(host, clock);
            var second = new LeaseStore(guest, clock);
            LeaseStore.Lease lease = first.take("import 1").orElseThrow();
            assertTrue(first.take("import 1").isEmpty(), "not twice");
            assertTrue(second.take("import 1").isEmpty());
            assertTrue(second.isHeld("import 1"));
            assertTrue(second.take("import 2").isPresent());
            lease.close();
            assertFalse(second.isHeld("import 1"));
            assertTrue(first.take("import 1").isPresent());
            host.close();
            assertFalse(second.isHeld("import 1"), "its holder is gone");
            assertTrue(second.take("import 1").isPresent());
        }
    }

    /// Many come and go at the same time; what each has counted is there at the end.
    @Test
    void comersAndGoersLoseNothing() throws Exception {
        ReadyDatabase.copyTo(folder);
        int people = 4;
        int each = 25;
        try (var threads = Executors.newFixedThreadPool(people)) {
            var working = new ArrayList<Future<?>>();
            for (int i = 0; i < people; i++) {
                int person = i;
                working.add(threads.submit(() -> {
                    for (int round = 0; round < each; round += 5) {
                        try (Database database = Database.open(folder)) {
                            var settings = new SettingStore(database);
                            for (int step = 0; step < 5; step++) {
                                database.transaction(() -> settings.put("count", Integer.toString(
                                        settings.get("count").map(Integer::parseInt).orElse(0) + 1)));
                            }
                            settings.put("last of " + person, Integer.toString(round));
                        }
                    }
                }));
            }
            for (Future<?> work : working) {
                work.get(3L * ENOUGH, TimeUnit.SECONDS);
            }
        }
        try (Database last = Database.open(folder)) {
            assertEquals(Integer.toString(people * each), new SettingStore(last).get("count").orElseThrow());
        }
    }

    @Test
    void nobodyComesInWithoutTheKey() throws IOException, SQLException {
        try (Database host = ReadyDatabase.open(folder); Database guest = Database.open(folder)) {
            List<String> file = Files.readAllLines(folder.resolve(DatabaseHost.FILE));
            try (var line = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(file.getFirst()))) {
                line.setSoTimeout(ENOUGH * 1000);
                line.getInputStream().readNBytes(DatabaseHost.NONCE);
                line.getOutputStream().write(new byte[2 * DatabaseHost.NONCE]);
                assertEquals(-1, line.getInputStream().read(), "told nothing");
            }
            String url = guest.pool().getJdbcUrl();
            String server = url.substring(0, url.lastIndexOf('/') + 1);
            for (String name : List.of("other", "mem:mine", folder.resolve("rollcall").toString(), "../x")) {
                assertThrows(SQLException.class,
                        () -> DriverManager.getConnection(server + name, "rollcall", "").close(), name);
            }
            DriverManager.getConnection(url, "rollcall", "").close();
            assertTrue(host.isShared());
        }
    }

    @Test
    void theKeyIsForTheOwnerOnly() throws IOException {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
        try (Database host = ReadyDatabase.open(folder)) {
            assertFalse(host.isShared());
            assertEquals("rw-------", PosixFilePermissions
                    .toString(Files.getPosixFilePermissions(folder.resolve(DatabaseHost.FILE))));
        }
    }

    /// What a killed host leaves behind is no host.
    @Test
    void aFileOfAHostThatIsGoneKeepsNobodyOut() throws IOException {
        ReadyDatabase.copyTo(folder);
        Files.write(folder.resolve(DatabaseHost.FILE), List.of("1", "00".repeat(DatabaseHost.NONCE)));
        try (Database host = Database.open(folder); Database guest = Database.open(folder)) {
            new SettingStore(guest).put("color", "red");
            assertEquals("red", new SettingStore(host).get("color").orElseThrow());
        }
    }

    @Test
    void whoHoldsTheFolderWithoutServingItIsNamed() throws IOException {
        ReadyDatabase.copyTo(folder);
        try (var lock = FileMutex.tryLock(folder.resolve(DataFolder.LOCK)).orElseThrow()) {
            assertTrue(FileMutex.tryLock(folder.resolve(DataFolder.LOCK)).isEmpty(), lock + " is held");
            assertEquals("storage.in-use",
                    assertThrows(RollcallException.class, () -> Database.open(folder).close()).code());
        }
    }
}
