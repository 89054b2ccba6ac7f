package org.rollcall.sync.read;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.GroupField;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Membership;
import org.rollcall.source.GroupChange;
import org.rollcall.source.MemberEntry;
import org.rollcall.store.ReadProgressStore.Stream;
import org.rollcall.store.ReadProgressStore.Todo;
import org.rollcall.text.Words;

/// Follows changes of groups and their direct members since the last read. A large group arrives in several entries, each of
/// which adds and removes edges; none replaces the list.
///
/// A group or edge that one round reports both as present and as removed is looked up: the order of entries is not guaranteed,
/// so the last entry does not decide. Source: Graph, delta query overview.
final class GroupChanges {
    private final ReadSession session;
    private final Set<UUID> seen = new HashSet<>();
    private final Set<UUID> gone = new HashSet<>();
    /// Edges reported in this round: added (true) or removed.
    private final Map<Key, Boolean> told = new HashMap<>();
    /// Edges reported both as added and as removed.
    private final Set<Key> disputed = new HashSet<>();
    /// The round was interrupted: its earlier entries are not known here.
    private boolean resumed;

    private record Key(UUID group, UUID member) {}

    /// The effect of one page.
    private static final class Effect {
        final Map<UUID, Attributes<GroupField>> put = new LinkedHashMap<>();
        /// Known before; their members may not have been present to be read.
        final Set<UUID> known = new LinkedHashSet<>();
        final Set<UUID> brandNew = new LinkedHashSet<>();
        final Set<UUID> removed = new LinkedHashSet<>();
        final Map<Key, @Nullable MemberType> edges = new LinkedHashMap<>();
        /// Reported both ways: ignored until the members have been read again.
        final Set<Key> contradictory = new LinkedHashSet<>();
        final Set<UUID> verify = new LinkedHashSet<>();
        final Set<UUID> askParents = new LinkedHashSet<>();
        final Set<UUID> askMembers = new LinkedHashSet<>();
    }

    GroupChanges(ReadSession session) {
        this.session = session;
    }

    void read(Stream stream) {
        Instant since = stream.linkAt();
        resumed = stream.nextLink() != null;
        new Enumeration<GroupChange>(session, (link, sink, control) -> session.reader.groupChanges(
                UserChanges.link(link), sink, control), GroupChanges::content, page -> store(page, since))
                .read(stream, () -> {});
    }

    private static long content(GroupChange change) {
        long content = EndlessGuard.mix(change.id());
        if (change instanceof GroupChange.Upsert upsert) {
            content += upsert.attributes().hashCode();
            for (MemberEntry member : upsert.added()) {
                content += EndlessGuard.mix(member.id());
            }
            for (MemberEntry member : upsert.removed()) {
                content += 3 * EndlessGuard.mix(member.id());
            }
        }
        return content;
    }

    private void store(List<GroupChange> page, @Nullable Instant since) {
        if (page.isEmpty()) {
            return;
        }
        session.changed = true;
        session.tell(page.stream().map(GroupChange::id).toList());
        var known = session.rows.groups(session.mirrorId, page.stream().map(GroupChange::id).distinct().toList());
        var effect = new Effect();
        for (GroupChange change : page) {
            switch (change) {
                case GroupChange.Upsert upsert -> upsert(upsert, since, known, effect);
                case GroupChange.Removed removal -> removed(removal.id(), known, effect);
            }
        }
        apply(effect);
    }

    private void upsert(GroupChange.Upsert change, @Nullable Instant since, Map<UUID, Attributes<GroupField>> known,
            Effect effect) {
        UUID id = change.id();
        Attributes<GroupField> old = known.get(id);
        boolean back = gone.remove(id);
        effect.removed.remove(id);
        seen.add(id);
        boolean held = old != null || session.scope.all();
        if (held) {
            var now = UserChanges.merge(old, change.attributes(), change.present(), GroupField.class);
            if (now.text(GroupField.DISPLAY_NAME) == null) {
                // Every group has a name, so this entry is incomplete.
                effect.verify.add(id);
                if (old == null) {
                    // Looked up with all its members.
                    return;
                }
            }
            effect.put.put(id, now);
            known.put(id, now);
            change.added().forEach(member -> edge(effect, new Key(id, member.id()), member.type()));
            change.removed().forEach(member -> edge(effect, new Key(id, member.id()), null));
        }
        boolean unseen = old == null
                && UserChanges.before(change.attributes().instant(GroupField.CREATED_DATE_TIME), since);
        if (old != null && session.enumerated) {
            effect.askParents.add(id);
            effect.known.add(id);
        }
        if (back || unseen) {
            effect.askParents.add(id);
            if (held) {
                effect.askMembers.add(id);
                if (back) {
                    effect.verify.add(id);
                }
            }
        } else if (old == null && held) {
            // The changes contain all its members.
            effect.brandNew.add(id);
        }
        // An unknown group in a mirror of some groups is in scope only if it is named or contained in one that is, which is
        // known once all changes have been read.
    }

    /// @param type null: the edge was removed
    private void edge(Effect effect, Key key, @Nullable MemberType type) {
        boolean come = type != null;
        Boolean before = told.put(key, come);
        if (resumed || before != null && before != come) {
            disputed.add(key);
        }
        if (disputed.contains(key)) {
            effect.edges.remove(key);
            effect.contradictory.add(key);
            effect.askMembers.add(key.group());
        } else {
            effect.edges.put(key, type);
        }
    }

    private void removed(UUID id, Map<UUID, Attributes<GroupField>> known, Effect effect) {
        boolean wasSeen = seen.remove(id);
        boolean held = known.remove(id) != null;
        effect.put.remove(id);
        effect.brandNew.remove(id);
        effect.known.remove(id);
        effect.askParents.remove(id);
        effect.askMembers.remove(id);
        effect.verify.remove(id);
        effect.contradictory.removeIf(key -> key.group().equals(id));
        effect.removed.add(id);
        gone.add(id);
        if (wasSeen && held) {
            effect.verify.add(id);
        }
    }

    private void apply(Effect effect) {
        long mirror = session.mirrorId;
        session.rows.putGroups(mirror, session.generation, effect.put);
        session.progress.setMembersRead(mirror, session.generation, effect.brandNew);
        var added = new ArrayList<Membership>();
        var removed = new ArrayList<Membership>();
        effect.edges.forEach((key, type) -> {
            if (type == null) {
                removed.add(new Membership(key.group(), key.member(), MemberType.UNKNOWN));
            } else {
                added.add(new Membership(key.group(), key.member(), type));
                session.joined.put(key.member(), type);
            }
        });
        session.rows.putEdges(mirror, session.generation, added);
        if (!resumed) {
            effect.contradictory.forEach(this::expect);
        }
        effect.contradictory
                .forEach(key -> removed.add(new Membership(key.group(), key.member(), MemberType.UNKNOWN)));
        session.rows.removeEdges(mirror, removed);
        session.toldGone.addAll(effect.removed);
        session.rows.removeGroups(mirror, effect.removed);
        session.membersRead.removeAll(effect.removed);
        session.progress.removeAll(mirror, effect.removed);
        effect.verify.forEach(id -> session.expect(Streams.GROUPS_DELTA, id,
                Words.of("sync.groupChanges.groupOfWhichTheChanges", id).english(), () -> session.presence(id)));
        session.progress.add(mirror, Todo.GROUP, effect.verify);
        effect.askParents.addAll(effect.verify);
        session.progress.add(mirror, Todo.GROUPS_OF_GROUP, effect.askParents);
        effect.known.removeAll(session.membersRead);
        effect.askMembers.addAll(session.progress.membersUnread(mirror, session.generation, effect.known));
        session.progress.add(mirror, Todo.MEMBERS_OF, effect.askMembers);
    }

    private void expect(Key key) {
        session.expect(Streams.GROUPS_DELTA, key.member(),
                Words.of("sync.groupChanges.whetherIsInGroupWhich", key.member(), key.group()).english(),
                () -> session.rows.groupsWith(session.mirrorId, key.member()).contains(key.group())
                        ? Words.of("sync.groupChanges.itIsAMember").english()
                        : Words.of("sync.groupChanges.itIsNotAMember").english());
    }
}
