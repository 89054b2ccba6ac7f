package org.rollcall.ui.importing.choose;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.rollcall.domain.Ref;
import org.rollcall.sync.choose.TenantPicture;
import org.rollcall.ui.importing.draft.ImportDraft;

/// Ticks of groups in three states. With nesting, a tick covers all groups below; unticking one of those keeps it out
/// together with everything below it, however else that is reached: so the import does it, too.
final class GroupTicks {
    enum State {
        ON,
        PARTLY,
        OFF
    }

    private final ImportDraft draft;
    private final TenantPicture picture;
    private Set<UUID> covered = Set.of();
    private Set<UUID> out = Set.of();
    private Set<UUID> keptOut = Set.of();

    GroupTicks(ImportDraft draft, TenantPicture picture) {
        this.draft = draft;
        this.picture = picture;
        refresh();
    }

    void refresh() {
        out = ids(draft.excludedGroups());
        keptOut = picture.below(out);
        var ticked = ids(draft.groups());
        covered = draft.nestedProperty().get() ? picture.below(ticked) : ticked;
        covered.removeAll(keptOut);
    }

    State state(UUID group) {
        if (keptOut.contains(group)) {
            return State.OFF;
        }
        var below = picture.below(List.of(group));
        if (covered.contains(group)) {
            boolean some = draft.nestedProperty().get() && below.stream().anyMatch(out::contains);
            return some ? State.PARTLY : State.ON;
        }
        return below.stream().anyMatch(covered::contains) ? State.PARTLY : State.OFF;
    }

    /// Itself or by a group above.
    boolean isOut(UUID group) {
        return keptOut.contains(group);
    }

    void toggle(UUID group) {
        var ref = new Ref(group, picture.groupName(group));
        if (out.contains(group)) {
            draft.excludedGroups().removeIf(each -> each.id().equals(group));
        } else if (draft.groups().stream().anyMatch(each -> each.id().equals(group))) {
            draft.groups().removeIf(each -> each.id().equals(group));
        } else if (covered.contains(group)) {
            draft.excludedGroups().add(ref);
        } else {
            draft.groups().add(ref);
        }
    }

    private static Set<UUID> ids(List<Ref> refs) {
        var ids = new HashSet<UUID>();
        refs.forEach(ref -> ids.add(ref.id()));
        return ids;
    }
}
