package org.rollcall.runs.undo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Change;
import org.rollcall.domain.Change.GroupChange;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.GroupField;
import org.rollcall.domain.GroupStatus;
import org.rollcall.domain.ReasonCode;
import org.rollcall.domain.StoredGroup;
import org.rollcall.store.PresentObjects;
import org.rollcall.sync.plan.PersonFields;

/// The undo of a run's changes of one group; as [UndonePerson].
final class UndoneGroup {
    private final UndoInput input;
    private final PresentObjects.@Nullable Group now;
    private final List<Change> changes = new ArrayList<>();
    private boolean there;

    private UndoneGroup(UndoInput input, PresentObjects.@Nullable Group now) {
        this.input = input;
        this.now = now;
        this.there = wasThere();
    }

    /// @param rows the run's changes of it, at least one
    static UndoneGroup of(UndoInput input, List<GroupChange> rows, PresentObjects.@Nullable Group now) {
        var group = new UndoneGroup(input, now);
        GroupChange row = rows.getFirst();
        if (row.kind() == ChangeKind.GROUP_CREATE && row.before().isEmpty()) {
            group.cameIn(row);
        } else if (row.kind() == ChangeKind.GROUP_REMOVE && row.after().isEmpty()) {
            group.wentForGood(row);
        } else {
            rows.forEach(group::known);
        }
        return group;
    }

    List<Change> changes() {
        return changes;
    }

    boolean wasThere() {
        return now != null && now.stored().status() == GroupStatus.ACTIVE;
    }

    boolean isThere() {
        return there;
    }

    private void cameIn(GroupChange row) {
        if (now != null) {
            emit(ChangeKind.GROUP_REMOVE, row, everything(now), Map.of(), Inverse.takenBack(input.runId(), row));
            there = false;
        }
    }

    private static Map<String, @Nullable Object> everything(PresentObjects.Group present) {
        StoredGroup stored = present.stored();
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put(PersonFields.ID, present.id());
        all.put(PersonFields.STATUS, stored.status().name());
        for (GroupField field : GroupField.values()) {
            if (stored.attributes().get(field) != null) {
                all.put(field.graphName(), stored.attributes().get(field));
            }
        }
        return all;
    }

    private void wentForGood(GroupChange row) {
        if (now != null) {
            cannot(row);
            return;
        }
        emit(ChangeKind.GROUP_CREATE, row, Map.of(), row.before(), Inverse.takenBack(input.runId(), row));
        there = GroupStatus.ACTIVE.name().equals(row.before().get(PersonFields.STATUS));
    }

    private void cannot(GroupChange row) {
        emit(ChangeKind.CONFLICT, row, Map.of(), Map.of(),
                Inverse.reason(ReasonCode.CANNOT_COME_BACK, input.runId(), PersonFields.ID));
    }

    private void known(GroupChange row) {
        if (row.kind() == ChangeKind.SKIP) {
            if (now != null && Inverse.claim(row) != null) {
                emit(ChangeKind.SKIP, row, Map.of(), Map.of(), Inverse.takenBack(input.runId(), row));
            }
            return;
        }
        if (now == null) {
            cannot(row);
            return;
        }
        var inverse = new Inverse();
        row.after().forEach((name, left) -> {
            GroupField field = UndoPlan.GROUP_FIELDS.get(name);
            Object is = field != null ? now.stored().attributes().get(field) : now.stored().status();
            if (field != null || name.equals(PersonFields.STATUS)) {
                inverse.field(name, is, left, row.before().get(name), input.all());
            }
        });
        boolean switches = inverse.after.containsKey(PersonFields.STATUS);
        if (switches) {
            there = GroupStatus.ACTIVE.name().equals(inverse.after.get(PersonFields.STATUS));
            inverse.before.put(PersonFields.STATUS, now.stored().status().name());
        }
        if (!inverse.after.isEmpty()) {
            ChangeKind kind = !switches
                    ? ChangeKind.GROUP_UPDATE
                    : there ? ChangeKind.GROUP_CREATE : ChangeKind.GROUP_REMOVE;
            emit(kind, row, inverse.before, inverse.after, switches
                    ? Inverse.takenBack(input.runId(), row)
                    : Inverse.reason(ReasonCode.TAKEN_BACK, input.runId(), row.kind().jsonName()));
        }
        if (!inverse.leftThen.isEmpty()) {
            emit(ChangeKind.CONFLICT, row, inverse.leftNow, inverse.leftThen, Inverse.reason(
                    ReasonCode.CHANGED_SINCE, input.runId(), inverse.leftThen.keySet().iterator().next()));
        }
    }

    private void emit(ChangeKind kind, GroupChange row, Map<String, @Nullable Object> before,
            Map<String, @Nullable Object> after, Change.Reason reason) {
        changes.add(new GroupChange(kind, row.objectId(), row.name(), before, after, reason));
    }
}
