package org.rollcall.sync.read;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.DirectoryField;
import org.rollcall.domain.UserField;
import org.rollcall.source.UserChange;
import org.rollcall.store.ReadProgressStore.Stream;
import org.rollcall.store.ReadProgressStore.Todo;
import org.rollcall.text.Words;

/// Follows what happened to people since the last read.
///
/// Whoever is deleted loses all memberships here, since the group delta is silent about it; whoever comes back unseen has
/// memberships that it does not tell either, so their groups are asked for. Source: Graph, delta query on groups.
final class UserChanges {
    private final ReadSession session;
    private final Set<UUID> seen = new HashSet<>();
    private final Set<UUID> gone = new HashSet<>();
    /// The round was cut off: what it told before is not known here.
    private boolean resumed;

    UserChanges(ReadSession session) {
        this.session = session;
    }

    void read(Stream stream) {
        Instant since = stream.linkAt();
        resumed = stream.nextLink() != null;
        new Enumeration<UserChange>(session, (link, sink, control) -> session.reader.userChanges(link(link), sink,
                control), UserChanges::content, page -> store(page, since)).read(stream, () -> {});
    }

    static String link(@Nullable String link) {
        return java.util.Objects.requireNonNull(link, Words.of("sync.userChanges.aDeltaAlwaysStartsFrom").english());
    }

    private static long content(UserChange change) {
        return EndlessGuard.mix(change.id()) + switch (change) {
            case UserChange.Upsert upsert -> upsert.attributes().hashCode();
            case UserChange.Removed removed -> 1;
        };
    }

    private void store(List<UserChange> page, @Nullable Instant since) {
        if (page.isEmpty()) {
            return;
        }
        session.changed = true;
        session.tell(page.stream().map(UserChange::id).toList());
        var known = session.rows.users(session.mirrorId, page.stream().map(UserChange::id).distinct().toList());
        var put = new LinkedHashMap<UUID, Attributes<UserField>>();
        var removed = new LinkedHashSet<UUID>();
        var verify = new ArrayList<UUID>();
        var lookUp = new LinkedHashSet<UUID>();
        var askGroups = new LinkedHashSet<UUID>();
        for (UserChange change : page) {
            UUID id = change.id();
            switch (change) {
                case UserChange.Upsert upsert -> {
                    Attributes<UserField> old = known.get(id);
                    boolean back = gone.remove(id);
                    removed.remove(id);
                    seen.add(id);
                    if (old != null || session.scope.all() || session.scope.people().contains(id)) {
                        var now = merge(old, upsert.attributes(), upsert.present(), UserField.class);
                        boolean part = isPart(now, old == null);
                        // Removed and changed in one round, in whatever order: the directory has the last word.
                        if (part || back || resumed && old == null) {
                            lookUp.add(id);
                        }
                        if (old != null || !part) {
                            put.put(id, now);
                            known.put(id, now);
                        }
                    }
                    boolean unseen = old == null
                            ? before(upsert.attributes().instant(UserField.CREATED_DATE_TIME), since)
                            : session.enumerated;
                    if (back || unseen) {
                        askGroups.add(id);
                    }
                }
                case UserChange.Removed removal -> {
                    boolean wasSeen = seen.remove(id);
                    boolean held = known.remove(id) != null;
                    put.remove(id);
                    lookUp.remove(id);
                    askGroups.remove(id);
                    removed.add(id);
                    gone.add(id);
                    if (held && (wasSeen || resumed)) {
                        verify.add(id);
                    }
                }
            }
        }
        session.toldGone.addAll(removed);
        session.rows.removeUsers(session.mirrorId, removed);
        session.rows.putUsers(session.mirrorId, session.generation, put);
        session.peopleStored.addAll(put.keySet());
        session.progress.removeAll(session.mirrorId, removed);
        lookUp.addAll(verify);
        lookUp.forEach(id -> session.expect(Streams.USERS_DELTA, id,
                Words.of("sync.userChanges.personOfWhomTheChanges", id).english(), () -> session.presence(id)));
        session.progress.add(session.mirrorId, Todo.USER, lookUp);
        askGroups.addAll(verify);
        session.progress.add(session.mirrorId, Todo.GROUPS_OF_USER, askGroups);
    }

    /// Everybody has a user name and is enabled or not: an entry without is a part of what there is to tell. Source: Graph,
    /// delta query (properties that were never set are left out).
    private static boolean isPart(Attributes<UserField> user, boolean unknown) {
        return user.text(UserField.USER_PRINCIPAL_NAME) == null
                || unknown && user.bool(UserField.ACCOUNT_ENABLED) == null;
    }

    /// Fields that the answer did not speak of stay; of somebody new they are null.
    static <F extends Enum<F> & DirectoryField> Attributes<F> merge(@Nullable Attributes<F> old, Attributes<F> now,
            Set<F> present, Class<F> type) {
        if (old == null) {
            return now;
        }
        var merged = old.toBuilder();
        for (F field : type.getEnumConstants()) {
            if (present.contains(field)) {
                merged.set(field, now.get(field));
            }
        }
        return merged.build();
    }

    /// Created before the last read, so it came back rather than into being. Entra gives whole seconds.
    static boolean before(@Nullable Instant created, @Nullable Instant since) {
        return created == null || since == null
                || created.truncatedTo(ChronoUnit.SECONDS).isBefore(since.truncatedTo(ChronoUnit.SECONDS));
    }
}
