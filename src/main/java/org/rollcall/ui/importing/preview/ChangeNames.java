package org.rollcall.ui.importing.preview;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Change.GroupChange;
import org.rollcall.domain.Change.MemberChange;
import org.rollcall.domain.ChangeFilter;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.RunChange;
import org.rollcall.ui.importing.draft.ImportSession;

/// Memberships name both sides by id only. Here are their names: from the change set itself for those who come in, from
/// the directory for those who are here already.
final class ChangeNames {
    private final ImportSession session;
    private final long run;
    private final Map<UUID, String> comingIn;
    private final Map<UUID, String> known = new ConcurrentHashMap<>();
    private volatile boolean groupsRead;

    /// @param comingIn names of people of the change set, by object id
    ChangeNames(ImportSession session, long run, Map<UUID, String> comingIn) {
        this.session = session;
        this.run = run;
        this.comingIn = comingIn;
    }

    /// The name, as far as [#learn] has met it; else the id.
    String of(UUID id) {
        String name = known.get(id);
        return name == null ? Objects.requireNonNullElse(comingIn.get(id), id.toString()) : name;
    }

    /// Looks up whom these changes are about. Not for the FX thread.
    void learn(List<RunChange> changes) {
        var groups = new HashSet<UUID>();
        var people = new HashSet<UUID>();
        for (RunChange each : changes) {
            if (each.change() instanceof MemberChange member) {
                groups.add(member.objectId());
                (member.memberType() == MemberType.GROUP ? groups : people).add(member.memberId());
            }
        }
        if (groups.isEmpty()) {
            return;
        }
        if (!groupsRead) {
            session.services().runs().allChanges(session.actor(), run,
                    ChangeFilter.of(ChangeKind.GROUP_CREATE, ChangeKind.GROUP_UPDATE)).forEachRemaining(each -> {
                        if (each.change() instanceof GroupChange group) {
                            known.put(group.objectId(), group.name());
                        }
                    });
            groupsRead = true;
        }
        groups.removeAll(known.keySet());
        people.removeIf(id -> comingIn.containsKey(id) || known.containsKey(id));
        if (session.actor().may(Permission.VIEW_DIRECTORY)) {
            known.putAll(stored(groups));
            people.forEach(this::learnPerson);
        }
    }

    private Map<UUID, String> stored(Set<UUID> groups) {
        if (groups.isEmpty()) {
            return Map.of();
        }
        long tenant = session.services().tenants().byName(session.draft().tenantNameProperty().get()).id();
        var found = new HashMap<UUID, String>();
        session.services().groups().byObjectIds(session.actor(), tenant, groups)
                .forEach((id, row) -> found.put(id, row.shownName()));
        return found;
    }

    private void learnPerson(UUID id) {
        @Nullable
        String name;
        try {
            name = session.services().people().find(session.actor(), id.toString()).shownName();
        } catch (RollcallException e) {
            // Not stored here: a device, or somebody out of scope. The id has to do.
            name = id.toString();
        }
        known.put(id, name);
    }
}
