package org.rollcall.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.rollcall.app.AppContext;
import org.rollcall.domain.Change.GroupChange;
import org.rollcall.domain.Change.PersonChange;
import org.rollcall.domain.Change.Reason;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Cloud;
import org.rollcall.domain.GroupMembers;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Membership;
import org.rollcall.domain.ReasonCode;
import org.rollcall.domain.Tenant;
import org.rollcall.store.Database;
import org.rollcall.store.DirectoryChanges;
import org.rollcall.store.DirectoryStore;
import org.rollcall.store.MirrorRows;
import org.rollcall.store.MirrorStore;
import org.rollcall.store.RoleStore;
import org.rollcall.store.TenantStore;

/// Writes a large directory straight into the store, as imports would leave it. A folder that was filled to its end is
/// used again; anything else there must be removed first.
final class DirectoryFill {
    /// Who may sign in.
    static final String ADMINISTRATOR = "bench";
    static final String PASSWORD = "bench horse battery staple";
    private static final int CHUNK = 10_000;
    private static final int GROUPS_AT_ONCE = 200;
    private static final int MEMBERS = 100;
    private static final String DONE = "filled";
    private static final List<String> GIVEN = List.of("Anna", "Ben", "Carla", "David", "Elif", "Farid", "Grace", "Hugo",
            "Ines", "Jonas", "Katarzyna", "Liam", "Mei", "Noah", "Olga", "Paulo", "Quentin", "Rosa", "Søren", "Tara",
            "Ulrike", "Victor", "Wei", "Xenia", "Yusuf", "Zoë", "Łukasz", "Аня");
    private static final List<String> FAMILY = List.of("Schmidt", "Okafor", "García", "Nguyen", "Petrov", "Smith",
            "Jensen", "Kowalski", "Haddad", "Tanaka", "Rossi", "Dubois", "Andersson", "Silva", "Novak", "Murphy",
            "Yılmaz", "Kim", "Patel", "Fernandes", "van Dijk", "O'Brien", "Weber", "Lindqvist");
    private static final List<String> DEPARTMENTS = List.of("Marketing", "Sales", "Finance", "Engineering",
            "Human Resources", "Legal", "Production", "Purchasing", "Research", "Support");

    private final Database database;
    private final Clock clock = Clock.systemUTC();
    private final Random random = new Random(7);

    private DirectoryFill(Database database) {
        this.database = database;
    }

    /// Makes the directory in `folder`, unless it was made there before; a directory of a million takes some minutes.
    static void fill(Path folder, int people, int groups) {
        Path done = folder.resolve(DONE);
        String what = people + " people, " + groups + " groups\n";
        try {
            if (Files.exists(done) && Files.readString(done).equals(what)) {
                return;
            }
            AppContext.create(folder, ADMINISTRATOR, PASSWORD.toCharArray(), "bench", Clock.systemUTC()).close();
            try (var database = Database.open(folder)) {
                new DirectoryFill(database).fill(people, groups);
            }
            Files.writeString(done, what);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fill(int people, int groups) {
        Tenant tenant = new TenantStore(database).insert(new Tenant(0, "Contoso", new UUID(1, 1).toString(), "Contoso",
                new UUID(2, 2).toString(), Cloud.GLOBAL, null, null, null, null, clock.instant(), null));
        var changes = new DirectoryChanges(database, tenant.id(), 1, clock.instant());
        var roles = new RoleStore(database);
        long user = roles.require("User").id();
        long operator = roles.require("Operator").id();
        long administrator = roles.require("Administrator").id();
        var mirror = new MirrorRows(database);
        long mirrorId = new MirrorStore(database, clock).open(tenant.id(), "bench", "{}").id();
        UUID[] ids = new UUID[people];
        for (int from = 0; from < people; from += CHUNK) {
            var chunk = new ArrayList<PersonChange>();
            var grants = new ArrayList<DirectoryChanges.RoleGrant>();
            for (int i = from; i < Math.min(people, from + CHUNK); i++) {
                ids[i] = id(i);
                chunk.add(person(ids[i], i));
                boolean byRule = i % 1_000 == 1;
                grants.add(new DirectoryChanges.RoleGrant(ids[i], i % 100_000 == 2
                        ? administrator
                        : byRule ? operator : user, byRule ? "RULE" : "DEFAULT", byRule ? 1L : null));
            }
            database.transaction(() -> {
                changes.insertPeople(chunk, grants, "bench");
            });
            say(from + chunk.size(), "people");
        }
        for (int from = 0; from < groups; from += GROUPS_AT_ONCE) {
            int to = Math.min(groups, from + GROUPS_AT_ONCE);
            var made = new ArrayList<GroupChange>();
            var members = new ArrayList<Membership>();
            for (int i = from; i < to; i++) {
                group(i, ids, made, members);
            }
            database.transaction(() -> {
                changes.putGroups(made);
                mirror.putEdges(mirrorId, 1, members);
                changes.addMembers(byGroup(tenant.id(), members));
            });
            say(to, "groups");
        }
    }

    /// By the numbers that the mirror gave them.
    private List<GroupMembers> byGroup(long tenantId, List<Membership> members) {
        var groups = new LinkedHashMap<UUID, Map<MemberType, List<UUID>>>();
        members.forEach(each -> groups.computeIfAbsent(each.group(), _ -> new EnumMap<>(MemberType.class))
                .computeIfAbsent(each.type(), _ -> new ArrayList<>()).add(each.member()));
        var directory = new DirectoryStore(database);
        return groups.entrySet().stream().map(group -> {
            var numbers = new EnumMap<MemberType, int[]>(MemberType.class);
            group.getValue().forEach((type, ids) -> {
                int[] sorted = directory.numbers(tenantId, ids);
                Arrays.sort(sorted);
                numbers.put(type, sorted);
            });
            return new GroupMembers(group.getKey(), numbers);
        }).toList();
    }

    private static void say(int made, String what) {
        if (made % 100_000 == 0 || made % 5_000 == 0 && what.equals("groups")) {
            System.err.println(made + " " + what);
        }
    }

    /// Ascending, so that the tables are filled at their ends: the order of ids is of no account to what is measured.
    private UUID id(int number) {
        return new UUID((long) number << 32, random.nextLong());
    }

    private PersonChange person(UUID id, int number) {
        String given = GIVEN.get(random.nextInt(GIVEN.size()));
        String family = FAMILY.get(random.nextInt(FAMILY.size()));
        String upn = "user." + number + "@contoso.example";
        Map<String, @Nullable Object> after = new HashMap<>();
        after.put("username", upn);
        after.put("status", number % 50 == 0 ? "DISABLED" : "ACTIVE");
        after.put("mfa", number % 3 == 0 ? "REGISTERED" : "UNKNOWN");
        after.put("userPrincipalName", upn);
        after.put("displayName", given + " " + family + (number % 7 == 0 ? " " + number : ""));
        after.put("givenName", given);
        after.put("surname", family);
        after.put("mail", upn);
        after.put("department", DEPARTMENTS.get(random.nextInt(DEPARTMENTS.size())));
        after.put("userType", number % 20 == 0 ? "Guest" : "Member");
        after.put("accountEnabled", number % 50 != 0);
        return new PersonChange(ChangeKind.CREATE, id, given + " " + family, Map.of(), after,
                Reason.of(ReasonCode.IN_SCOPE_EVERYONE));
    }

    /// Every tenth group is in one before it.
    private void group(int number, UUID[] people, List<GroupChange> groups, List<Membership> members) {
        UUID id = groupId(number);
        groups.add(new GroupChange(ChangeKind.GROUP_CREATE, id, "Group " + number, Map.of(),
                Map.of("status", "ACTIVE", "displayName", "Group " + number), Reason.of(
                        ReasonCode.IN_SCOPE_EVERYONE)));
        random.ints(0, people.length).distinct().limit(Math.min(people.length, MEMBERS)).sorted()
                .mapToObj(i -> new Membership(id, people[i], MemberType.USER))
                .forEach(members::add);
        if (number % 10 == 9) {
            members.add(new Membership(groupId(number / 2), id, MemberType.GROUP));
        }
    }

    static UUID groupId(int number) {
        return new UUID((long) number << 32 | 1, -1);
    }
}
