package org.rollcall.sync.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.GroupField;
import org.rollcall.domain.UserField;
import org.rollcall.source.GroupEntry;
import org.rollcall.source.UserEntry;
import org.rollcall.store.ReadProgressStore.Stream;

/// Reads the lists of all people and of all groups, and stores entries of any origin.
final class ListReading {
    private final ReadSession session;

    ListReading(ReadSession session) {
        this.session = session;
    }

    void users(Stream stream) {
        new Enumeration<UserEntry>(session, session.reader::users, user -> EndlessGuard.mix(user.id()),
                this::storeUsers).read(stream, () -> {});
    }

    void groups(Stream stream) {
        new Enumeration<GroupEntry>(session, session.reader::groups, group -> EndlessGuard.mix(group.id()),
                this::storeGroups).read(stream,
                        () -> session.progress.addMembersOfUnreadGroups(session.mirrorId,
                                session.generation));
    }

    void storeUsers(List<UserEntry> users) {
        var whole = new LinkedHashMap<UUID, Attributes<UserField>>();
        var idsOnly = new ArrayList<UUID>();
        for (UserEntry user : users) {
            if (user.onlyId()) {
                idsOnly.add(user.id());
            } else {
                whole.put(user.id(), user.attributes());
            }
        }
        session.rows.putUsers(session.mirrorId, session.generation, whole);
        session.rows.touchUsers(session.mirrorId, session.generation, idsOnly);
        if (!session.full) {
            users.forEach(user -> session.peopleStored.add(user.id()));
        }
    }

    void storeGroups(List<GroupEntry> groups) {
        var whole = new LinkedHashMap<UUID, Attributes<GroupField>>();
        var idsOnly = new ArrayList<UUID>();
        for (GroupEntry group : groups) {
            if (group.onlyId()) {
                idsOnly.add(group.id());
            } else {
                whole.put(group.id(), group.attributes());
            }
        }
        session.rows.putGroups(session.mirrorId, session.generation, whole);
        session.rows.touchGroups(session.mirrorId, session.generation, idsOnly);
    }
}
