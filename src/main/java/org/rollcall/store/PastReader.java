package org.rollcall.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.GroupMembers;
import org.rollcall.domain.GroupRow;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserRow;
import org.rollcall.text.Words;

import static org.rollcall.store.gen.Tables.DIRECTORY_USER;
import static org.rollcall.store.gen.Tables.PAST;
import static org.rollcall.store.gen.Tables.PAST_GONE;
import static org.rollcall.store.gen.Tables.ROLE;
import static org.rollcall.store.gen.Tables.RUN;
import static org.rollcall.store.gen.Tables.RUN_CHANGE;
import static org.rollcall.store.gen.Tables.TENANT;

/// Goes back from the directory as it is to what it was at a moment: undoes, newest first, what runs and people have changed
/// since. So it costs as much as has changed, however large the directory is and however long it is kept.
public final class PastReader {
    private static final int CHUNK = 1_000;

    private final Database database;
    private final MemberLists lists;
    private final ChangeStore changes;

    public PastReader(Database database) {
        this.database = database;
        this.lists = MemberLists.ofDirectory(database);
        this.changes = new ChangeStore(database);
    }

    /// When the first run was applied: nothing is told of moments before.
    public Optional<Instant> firstRun() {
        return Optional.ofNullable(PastLog.firstRun(database));
    }

    /// Rises with every change of the directory.
    public long newest() {
        return PastLog.newest(database);
    }

    /// What was there at a moment and cannot be told any more.
    ///
    /// @param people        who were purged since
    /// @param localAccounts that were removed before such things were kept
    /// @param tenants       names of tenants that were removed since, with all they had
    public record Untold(long people, long localAccounts, List<String> tenants) {
        public Untold {
            tenants = List.copyOf(tenants);
        }
    }

    public Untold untold(Instant moment) {
        var at = Times.toColumn(moment);
        long people = 0;
        long accounts = 0;
        var tenants = new ArrayList<String>();
        for (var row : database.dsl().select(PAST_GONE.WHAT, PAST_GONE.NAME).from(PAST_GONE)
                .where(PAST_GONE.UNTIL.gt(at), PAST_GONE.SINCE.isNull().or(PAST_GONE.SINCE.le(at)))
                .orderBy(PAST_GONE.UNTIL).fetch()) {
            switch (PastLog.Gone.valueOf(row.value1())) {
                case PERSON -> people++;
                case LOCAL -> accounts++;
                case TENANT -> tenants.add(row.value2() == null ? "" : row.value2());
            }
        }
        return new Untold(people, accounts, tenants);
    }

    /// The directory as it was at a moment.
    ///
    /// @throws RollcallException INPUT: what has changed since is not kept any more
    public PastDirectory at(Instant moment) {
        long newest = newest();
        var way = new Way();
        Long last = null;
        long until = boundary(moment);
        boolean more = true;
        while (more) {
            var rows = database.dsl().selectFrom(PAST).where(PAST.NUMBER.gt(until))
                    .and(last == null ? DSL.noCondition() : PAST.NUMBER.lt(last))
                    .orderBy(PAST.NUMBER.desc()).limit(CHUNK).fetch();
            for (var row : rows) {
                Long[] people = row.getPeople();
                way.undo(PastLog.What.valueOf(row.getWhat()), row.getSubject() == null ? 0 : row.getSubject(),
                        people == null ? List.of() : List.of(people), Json.readMap(row.getBeforeState()));
                last = row.getNumber();
            }
            more = rows.size() == CHUNK;
        }
        return way.end(newest);
    }

    /// The last row that was written by then. Clocks may be set back: then what follows the last such row was later.
    private long boundary(Instant moment) {
        return database.dsl().select(PAST.NUMBER).from(PAST).where(PAST.AT.le(Times.toColumn(moment)))
                .orderBy(PAST.AT.desc(), PAST.NUMBER.desc()).limit(1).fetchOptional(PAST.NUMBER).orElse(0L);
    }

    /// What has been undone so far.
    private final class Way {
        private final PastNames names = new PastNames(
                database.dsl().select(ROLE.ID, ROLE.NAME).from(ROLE).fetchMap(ROLE.ID, ROLE.NAME),
                database.dsl().select(TENANT.ID, TENANT.NAME).from(TENANT).fetchMap(TENANT.ID, TENANT.NAME));
        private final Map<Long, PastPerson> people = new HashMap<>();
        private final Map<Long, Map<UUID, PastGroup>> groups = new HashMap<>();
        private final Map<Long, Map<UUID, Map<MemberType, int[]>>> members = new HashMap<>();
        /// Whose rows an object id meant, by tenant; empty: nobody's.
        private final Map<Long, Map<UUID, Optional<Long>>> ids = new HashMap<>();

        void undo(PastLog.What what, long subject, List<Long> whom, Map<String, @Nullable Object> before) {
            switch (what) {
                case RUN -> run(subject);
                case PEOPLE -> whom.forEach(id -> person(id).before(before));
                case ADDED -> whom.forEach(id -> person(id).came());
                case ROW -> {
                    person(subject).was(before);
                    if (before.get("tenantId") instanceof Number tenant
                            && before.get("objectId") instanceof String id) {
                        ids(tenant.longValue()).put(UUID.fromString(id), Optional.of(subject));
                    }
                }
                case ROLE -> {
                    if (before.get("before") == null) {
                        names.roleCame(subject);
                        return;
                    }
                    String name = String.valueOf(before.get("before"));
                    people.values().forEach(each -> each.roleWas(String.valueOf(before.get("after")), name));
                    names.roleWas(subject, name);
                }
                case TENANT -> names.tenantWas(subject, String.valueOf(before.get("before")));
            }
        }

        private PastPerson person(long id) {
            return people.computeIfAbsent(id, _ -> new PastPerson());
        }

        private Map<UUID, Optional<Long>> ids(long tenant) {
            return ids.computeIfAbsent(tenant, _ -> new HashMap<>());
        }

        private void run(long runId) {
            Long tenant = database.dsl().select(RUN.TENANT_ID).from(RUN).where(RUN.ID.eq(runId))
                    .fetchOptional(RUN.TENANT_ID).orElse(null);
            if (tenant == null) {
                // With its tenant, which says so itself.
                if (!database.dsl().fetchExists(database.dsl().selectOne().from(PAST_GONE)
                        .where(PAST_GONE.WHAT.eq(PastLog.Gone.TENANT.name())))) {
                    throw RollcallException.input("past.pruned",
                            Words.of("store.past.pruned", runId), Words.of("store.past.pruned.remedy"));
                }
                return;
            }
            members(tenant, runId, ChangeKind.MEMBER_ADD);
            members(tenant, runId, ChangeKind.MEMBER_REMOVE);
            Long last = null;
            boolean more = true;
            while (more) {
                var rows = database.dsl().select(RUN_CHANGE.SEQ, RUN_CHANGE.OBJECT_TYPE, RUN_CHANGE.OBJECT_ID,
                        RUN_CHANGE.KIND, RUN_CHANGE.BEFORE_STATE).from(RUN_CHANGE)
                        .where(RUN_CHANGE.RUN_ID.eq(runId), RUN_CHANGE.OBJECT_TYPE.ne("MEMBER"),
                                RUN_CHANGE.KIND.ne(ChangeKind.CONFLICT.name()),
                                // Which rule gives a role may be told by a skip.
                                RUN_CHANGE.KIND.ne(ChangeKind.SKIP.name()).or(RUN_CHANGE.BEFORE_STATE.isNotNull()))
                        .and(last == null ? DSL.noCondition() : RUN_CHANGE.SEQ.lt(last))
                        .orderBy(RUN_CHANGE.RUN_ID.desc(), RUN_CHANGE.SEQ.desc()).limit(CHUNK).fetch();
                find(tenant, rows.stream().filter(row -> row.value2().equals("USER")).map(row -> row.value3())
                        .toList());
                for (var row : rows) {
                    Map<String, @Nullable Object> before = Json.readMap(row.value5());
                    ChangeKind kind = ChangeKind.valueOf(row.value4());
                    if (before.get("id") instanceof Number id) {
                        // An undo took the row away; all of it is told.
                        whole(tenant, row.value2(), row.value3(), id.longValue(), before);
                    } else if (row.value2().equals("USER")) {
                        ids(tenant).getOrDefault(row.value3(), Optional.empty())
                                .ifPresent(id -> undo(person(id), kind, before));
                    } else {
                        undo(groups.computeIfAbsent(tenant, _ -> new HashMap<>())
                                .computeIfAbsent(row.value3(), _ -> new PastGroup()), kind, before);
                    }
                    last = row.value1();
                }
                more = rows.size() == CHUNK;
            }
        }

        private void whole(long tenant, String type, UUID object, long id, Map<String, @Nullable Object> before) {
            Map<String, @Nullable Object> all = new HashMap<>(before);
            all.put("tenantId", tenant);
            all.put("objectId", object.toString());
            if (type.equals("USER")) {
                person(id).was(all);
                ids(tenant).put(object, Optional.of(id));
            } else {
                groups.computeIfAbsent(tenant, _ -> new HashMap<>()).computeIfAbsent(object, _ -> new PastGroup())
                        .was(all);
            }
        }

        private static void undo(PastPerson person, ChangeKind kind, Map<String, @Nullable Object> before) {
            if (kind == ChangeKind.CREATE) {
                person.came();
            } else if (kind == ChangeKind.ROLE_GRANT && before.isEmpty()) {
                var none = new HashMap<String, @Nullable Object>();
                none.put("role", null);
                none.put("roleSource", null);
                none.put("ruleId", null);
                person.before(none);
            } else {
                if (before.containsKey("role") && !before.containsKey("ruleId")) {
                    before = new HashMap<>(before);
                    before.put("ruleId", null);
                }
                person.before(before);
            }
        }

        private static void undo(PastGroup group, ChangeKind kind, Map<String, @Nullable Object> before) {
            if (kind == ChangeKind.GROUP_CREATE && before.isEmpty()) {
                group.came();
            } else {
                group.before(before);
            }
        }

        /// Finds the rows of people whom nothing undone so far has told about.
        private void find(long tenant, Collection<UUID> objects) {
            Map<UUID, Optional<Long>> known = ids(tenant);
            Set<UUID> open = new HashSet<>(objects);
            open.removeAll(known.keySet());
            for (List<UUID> chunk : Chunks.of(open)) {
                database.dsl().select(DIRECTORY_USER.OBJECT_ID, DIRECTORY_USER.ID).from(DIRECTORY_USER)
                        .where(Chunks.pairs(DIRECTORY_USER.TENANT_ID, tenant, DIRECTORY_USER.OBJECT_ID, chunk))
                        .forEach(row -> known.put(row.value1(), Optional.of(row.value2())));
            }
            open.forEach(id -> known.putIfAbsent(id, Optional.empty()));
        }

        private void members(long tenant, long runId, ChangeKind kind) {
            if (!database.dsl().fetchExists(database.dsl().selectOne().from(RUN_CHANGE)
                    .where(RUN_CHANGE.RUN_ID.eq(runId), RUN_CHANGE.OBJECT_TYPE.eq("MEMBER"),
                            RUN_CHANGE.KIND.eq(kind.name())))) {
                return;
            }
            var all = changes.memberships(runId, kind);
            var chunk = new ArrayList<GroupMembers>();
            while (all.hasNext()) {
                chunk.add(all.next());
                if (chunk.size() == CHUNK || !all.hasNext()) {
                    members(tenant, chunk, kind);
                    chunk.clear();
                }
            }
        }

        private void members(long tenant, List<GroupMembers> changed, ChangeKind kind) {
            var known = members.computeIfAbsent(tenant, _ -> new HashMap<>());
            var open = new HashSet<>(changed.stream().map(GroupMembers::group).toList());
            open.removeAll(known.keySet());
            lists.of(tenant, open).forEach((group, pieces) -> known.put(group, MemberLists.byType(pieces)));
            for (GroupMembers each : changed) {
                var byType = known.computeIfAbsent(each.group(), _ -> new EnumMap<>(MemberType.class));
                each.numbers().forEach((type, numbers) -> {
                    int[] now = byType.getOrDefault(type, new int[0]);
                    byType.put(type, kind == ChangeKind.MEMBER_ADD
                            ? PackedNumbers.without(now, numbers)
                            : PackedNumbers.union(now, numbers));
                });
            }
        }

        PastDirectory end(long newest) {
            var rows = new HashMap<Long, Optional<UserRow>>();
            int stillThere = 0;
            for (List<Long> chunk : Chunks.of(people.keySet())) {
                var now = new HashMap<Long, UserRow>();
                UserRows.select(database.dsl()).where(Chunks.anyOf(DIRECTORY_USER.ID, chunk))
                        .forEach(row -> now.put(row.get(DIRECTORY_USER.ID), UserRows.read(row)));
                stillThere += now.size();
                chunk.forEach(id -> rows.put(id, Stream.ofNullable(people.get(id))
                        .flatMap(each -> Stream.ofNullable(each.then(id, now.get(id), names))).findFirst()));
            }
            var groupRows = new HashMap<Long, Map<UUID, Optional<GroupRow>>>();
            groups.forEach((tenant, some) -> {
                var now = GroupRows.byObjectIds(database.dsl(), tenant, some.keySet());
                var then = new HashMap<UUID, Optional<GroupRow>>();
                some.forEach((id, each) -> then.put(id, Optional.ofNullable(each.then(now.get(id), names))));
                groupRows.put(tenant, then);
            });
            return new PastDirectory(database, newest, names, rows, stillThere, groupRows, members);
        }
    }
}
