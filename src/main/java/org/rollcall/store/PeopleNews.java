package org.rollcall.store;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import static org.rollcall.store.gen.Tables.PEOPLE_CHANGE;
import static org.rollcall.store.gen.Tables.SETTING;

/// Brings what other processes change about people into the [PeopleLog] of this one. Every transaction that changes people
/// gives them a new stamp; while several processes are at work it also leaves a row that leads from the stamp before to its
/// own and says whom it changed. Whoever finds another stamp than it knows follows these rows; where one is missing,
/// everybody may have changed.
final class PeopleNews {
    private static final String STAMP = "people.stamp";
    /// More people than this are "everybody" to others.
    private static final int TOLD = 2_000;
    private static final int KEPT = 200;
    private static final int SWEEP_EVERY = 50;

    private final Database database;
    private final PeopleLog log;
    /// The log holds everything until this one; null: nobody has asked yet.
    private @Nullable String known;

    PeopleNews(Database database, PeopleLog log) {
        this.database = database;
        this.log = log;
    }

    /// Changes whenever people do, and is kept: what is stored elsewhere about people is good while this is the same.
    Optional<String> stamp() {
        return database.dsl().select(SETTING.CONTENT).from(SETTING).where(SETTING.NAME.eq(STAMP))
                .fetchOptional(SETTING.CONTENT);
    }

    /// Takes in what others have changed. What is read about people after it is no older than the log.
    void follow() {
        if (!database.isShared() && isKnown()) {
            return;
        }
        String now = stamp().orElse("");
        follow(now);
    }

    private synchronized boolean isKnown() {
        return known != null;
    }

    private synchronized void follow(String now) {
        String from = known;
        known = now;
        if (from == null || from.equals(now)) {
            return;
        }
        log.ended(changes(from, now));
    }

    private PeopleLog.Change changes(String from, String to) {
        record Step(String to, PeopleLog.Change change) {}
        var steps = new HashMap<String, Step>();
        database.dsl().selectFrom(PEOPLE_CHANGE).forEach(row -> steps.put(row.getStampBefore(), new Step(row.getStamp(),
                row.getEverybody()
                        ? PeopleLog.EVERYBODY
                        : read(row.getPeople(), PeopleLog.Part.valueOf(row.getPart())))));
        PeopleLog.Change all = PeopleLog.NOTHING;
        for (String at = from; !at.equals(to);) {
            Step step = steps.remove(at);
            if (step == null) {
                return PeopleLog.EVERYBODY;
            }
            all = all.and(step.change());
            at = step.to();
        }
        return all;
    }

    /// Gives people a new stamp, in a transaction that is alone.
    ///
    /// @return the stamp, which counts once the transaction is committed
    String stamp(PeopleLog.Change change) {
        String stamp = UUID.randomUUID().toString();
        if (database.isShared()) {
            String before = stamp().orElse("");
            follow(before);
            tell(before, stamp, change);
        }
        int there = database.dsl().update(SETTING).set(SETTING.CONTENT, stamp).where(SETTING.NAME.eq(STAMP)).execute();
        if (there == 0) {
            database.dsl().insertInto(SETTING, SETTING.NAME, SETTING.CONTENT).values(STAMP, stamp).execute();
        }
        return stamp;
    }

    /// The transaction with this stamp is committed; the log has its change.
    synchronized void committed(String stamp) {
        known = stamp;
    }

    private void tell(String before, String stamp, PeopleLog.Change change) {
        boolean everybody = change.everybody() || change.size() > TOLD;
        long id = database.dsl().insertInto(PEOPLE_CHANGE).set(PEOPLE_CHANGE.STAMP_BEFORE, before)
                .set(PEOPLE_CHANGE.STAMP, stamp).set(PEOPLE_CHANGE.PART, change.part().name())
                .set(PEOPLE_CHANGE.EVERYBODY, everybody).set(PEOPLE_CHANGE.PEOPLE, everybody ? "" : write(change))
                .returning(PEOPLE_CHANGE.ID).fetchSingle(PEOPLE_CHANGE.ID);
        if (id % SWEEP_EVERY == 0) {
            database.dsl().deleteFrom(PEOPLE_CHANGE).where(PEOPLE_CHANGE.ID.lt(id - KEPT)).execute();
        }
    }

    /// `ids;tenant:object ids;tenant:...`, each list with commas.
    private static String write(PeopleLog.Change change) {
        var text = new StringBuilder(change.ids().stream().map(String::valueOf).collect(Collectors.joining(",")));
        change.objectIds().forEach((tenant, ids) -> text.append(';').append(tenant).append(':')
                .append(ids.stream().map(UUID::toString).collect(Collectors.joining(","))));
        return text.toString();
    }

    private static PeopleLog.Change read(String text, PeopleLog.Part part) {
        String[] lists = text.split(";", -1);
        Map<Long, Set<UUID>> objects = new HashMap<>();
        for (int i = 1; i < lists.length; i++) {
            int colon = lists[i].indexOf(':');
            objects.put(Long.valueOf(lists[i].substring(0, colon)),
                    Arrays.stream(lists[i].substring(colon + 1).split(","))
                            .map(UUID::fromString).collect(Collectors.toSet()));
        }
        Set<Long> ids = lists[0].isEmpty()
                ? new HashSet<>()
                : Arrays.stream(lists[0].split(",")).map(Long::valueOf).collect(Collectors.toSet());
        return new PeopleLog.Change(false, part, ids, objects);
    }
}
