package org.rollcall.bench;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserSort;
import org.rollcall.domain.UserStatus;
import org.rollcall.roles.RoleServices;
import org.rollcall.store.AuditStore;
import org.rollcall.store.Database;
import org.rollcall.store.GroupNesting;
import org.rollcall.store.RoleStore;
import org.rollcall.store.SettingStore;
import org.rollcall.store.UserQueries;

/// Looks through a directory of a million people, written straight into the store, as the window does: first page,
/// typing into the filter, any place of the list, roles for ten thousand at once. Started by [ImportBenchmark] in a
/// process of its own with the heap that the table names; prints its rows.
public final class DirectoryBenchmark {
    private static final int PAGE = 200;
    private final Database database;
    private final Clock clock = Clock.systemUTC();
    private final Random random = new Random(7);
    private final String name;

    private DirectoryBenchmark(Database database, String name) {
        this.database = database;
        this.name = name;
    }

    /// Measures in a folder that [DirectoryFill] has filled, or fills it with a fourth argument `fill`. Arguments: number
    /// of people, number of groups, folder.
    public static void main(String[] args) {
        if (args.length > 3) {
            DirectoryFill.fill(Path.of(args[2]), Integer.parseInt(args[0]), Integer.parseInt(args[1]));
            return;
        }
        try (var database = Database.open(Path.of(args[2]))) {
            new DirectoryBenchmark(database, name(Integer.parseInt(args[0]), Integer.parseInt(args[1]))).measure();
        }
    }

    private static String name(int people, int groups) {
        return String.format(Locale.ROOT, "%,d people, %,d groups", people, groups);
    }

    private void measure() {
        var nesting = new GroupNesting(database);
        var users = new UserQueries(database, nesting);
        users.count(UserFilter.everyone().withSearch("classes are loaded").withGuests(true));
        users.byId(1);
        time("first page of everybody", () -> users.list(UserFilter.everyone(), UserSort.BY_NAME, null, PAGE));
        time("make the search index (in the background)", users::awaitSearchIndex);
        users.saveSearchIndex();
        var again = new UserQueries(database, nesting);
        time("read the search index from its file, at the next start", again::awaitSearchIndex);
        row("a letter typed into the filter: all who fit, and the first 200 of them; 95 of 100 within",
                keystrokes(users, UserFilter.everyone(), UserSort.BY_NAME));
        var chips = UserFilter.everyone().withStatuses(Set.of(UserStatus.ACTIVE))
                .withRoles(Set.of(new RoleStore(database).require("User").id()));
        row("the same with status and role chosen, ordered by role; 95 of 100 within",
                keystrokes(users, chips, new UserSort(UserSort.By.ROLE, true)));
        time("everybody ordered by user name, which no index has", () -> users.ids(UserFilter.everyone(),
                new UserSort(UserSort.By.USERNAME, false)));
        time("everybody in a group of a hundred", () -> users.ids(UserFilter.everyone().withGroup(
                new UserFilter.InGroup(1, DirectoryFill.groupId(77), true)), UserSort.BY_NAME));
        long[] everybody = time("order of everybody, for a table that shows any place",
                () -> users.ids(UserFilter.everyone(), UserSort.BY_NAME));
        var pages = new ArrayList<Meter.Spent>();
        for (int i = 0; i < 100; i++) {
            int place = random.nextInt(Math.max(1, everybody.length - PAGE));
            List<Long> ids = Arrays.stream(everybody, place, Math.min(everybody.length, place + PAGE)).boxed().toList();
            pages.add(Meter.of(() -> users.byIds(ids)));
        }
        row("a page of 200 at any place, 95 of 100 within", Meter.percentile(pages));
        time("count by status, for Overview", users::countByStatus);
        time("departments to choose from", () -> users.departments("", 50));
        roles(everybody);
        time("search by text right after that", () -> users.ids(
                UserFilter.everyone().withSearch("schmidt anna"), UserSort.BY_NAME));
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        System.out.printf(Locale.ROOT, "| %s | heap in use at the end, index included | %,d MiB of %,d MiB | |%n", name,
                (runtime.totalMemory() - runtime.freeMemory()) >> 20, runtime.maxMemory() >> 20);
    }

    /// What somebody types, letter by letter: each prefix is a search, its count and its first page.
    private static Meter.Spent keystrokes(UserQueries users, UserFilter chips, UserSort sort) {
        var times = new ArrayList<Meter.Spent>();
        List<String> typed = List.of("anna schmidt", "garcía", "user.77", "@contoso.example", "human res",
                "nobody of that name", "аня петров", "o'brien legal");
        for (String text : typed) {
            for (int length = 1; length <= text.length(); length++) {
                UserFilter filter = chips.withSearch(text.substring(0, length));
                times.add(Meter.of(() -> {
                    long[] found = users.ids(filter, sort);
                    users.byIds(Arrays.stream(found).limit(PAGE).boxed().toList());
                }));
            }
        }
        return Meter.percentile(times);
    }

    private void roles(long[] everybody) {
        var audit = new AuditService(database, new AuditStore(database), new SettingStore(database), clock);
        var services = RoleServices.over(database, audit, clock);
        var actor = new Actor(null, "bench", "bench", Set.of(Permission.values()));
        List<Long> chosen = new Random().ints(0, everybody.length).distinct().limit(10_000).mapToObj(i -> everybody[i])
                .toList();
        time("the role of 10,000 people at once, audit included",
                () -> services.assignments().setRole(actor, chosen, "Auditor"));
    }

    private interface Work<T extends @Nullable Object> {
        T run();
    }

    private <T> T time(String step, Work<T> work) {
        Meter.Reading begin = Meter.read();
        T result = work.run();
        row(step, Meter.since(begin));
        return result;
    }

    private void time(String step, Runnable work) {
        row(step, Meter.of(work));
    }

    private void row(String step, Meter.Spent spent) {
        System.out.printf(Locale.ROOT, "| %s | %s | %,d ms | %,d ms |%n", name, step, spent.wall() / 1_000_000,
                spent.processor() / 1_000_000);
    }
}
