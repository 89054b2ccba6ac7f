package org.rollcall.sync.plan;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.Change;
import org.rollcall.domain.Change.GroupChange;
import org.rollcall.domain.Change.Reason;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.GroupField;
import org.rollcall.domain.GroupStatus;
import org.rollcall.domain.MirrorGroup;
import org.rollcall.domain.ReasonCode;
import org.rollcall.domain.StoredGroup;
import org.rollcall.groups.IdIndex;

/// The changes of groups.
final class GroupsPlan {
    private final PlanInput input;
    private final ScopeDecision scope;
    private final Consumer<Change> sink;
    private final IdIndex.Builder ids = new IdIndex.Builder();
    private final BitSet present = new BitSet();
    private final BitSet included = new BitSet();

    GroupsPlan(PlanInput input, ScopeDecision scope, Consumer<Change> sink) {
        this.input = input;
        this.scope = scope;
        this.sink = sink;
    }

    /// The groups after the plan, for the memberships.
    ///
    /// @param present  in the directory and not removed after the plan is applied
    /// @param included in the scope of this import: the mirror decides about their members
    record Known(IdIndex ids, BitSet present, BitSet included) {
        boolean isPresent(UUID id) {
            int number = ids.indexOf(id);
            return number >= 0 && present.get(number);
        }

        boolean isIncluded(UUID id) {
            int number = ids.indexOf(id);
            return number >= 0 && included.get(number);
        }
    }

    Known run() {
        Merge.<MirrorGroup, StoredGroup, UUID>join(input.sources()::mirrorGroups, MirrorGroup::id,
                input.sources().groups(), StoredGroup::id, IdIndex.ORDER, this::group);
        return new Known(ids.build(), present, included);
    }

    private void group(@Nullable MirrorGroup seen, @Nullable StoredGroup stored) {
        UUID id = seen != null ? seen.id() : Objects.requireNonNull(stored).id();
        int number = ids.add(id);
        boolean wanted = seen != null && scope.includesGroup(id);
        if (wanted && (stored == null || stored.status() == GroupStatus.REMOVED)) {
            if (arrives(Objects.requireNonNull(seen), stored)) {
                present.set(number);
                included.set(number);
            }
        } else if (wanted && stored != null) {
            stays(Objects.requireNonNull(seen), stored);
            present.set(number);
            included.set(number);
        } else if (stored != null && stored.status() == GroupStatus.ACTIVE && !leaves(stored, seen != null)) {
            present.set(number);
        } else if (stored == null && scope.excludesGroup(id)) {
            Attributes<GroupField> attributes = Objects.requireNonNull(seen).attributes();
            String name = Names.ofGroup(attributes, id);
            emit(ChangeKind.SKIP, id, name, Map.of(), Map.of(),
                    new Reason(ReasonCode.EXCLUDED_GROUP, Map.of("group", name)));
        }
    }

    private boolean arrives(MirrorGroup seen, @Nullable StoredGroup stored) {
        Attributes<GroupField> attributes = seen.attributes();
        String name = Names.ofGroup(attributes, seen.id());
        // Every group in Entra has a display name; if it is missing, the app may only read the id.
        if (attributes.text(GroupField.DISPLAY_NAME) == null) {
            emit(ChangeKind.SKIP, seen.id(), name, Map.of(), Map.of(), Reason.of(ReasonCode.ONLY_ID_READABLE));
            return false;
        }
        Map<String, @Nullable Object> before = new LinkedHashMap<>();
        Map<String, @Nullable Object> after = new LinkedHashMap<>();
        if (stored != null) {
            before.put(PersonFields.STATUS, stored.status().name());
        }
        after.put(PersonFields.STATUS, GroupStatus.ACTIVE.name());
        for (GroupField field : GroupField.values()) {
            Object old = stored == null ? null : stored.attributes().get(field);
            if (!Objects.equals(old, attributes.get(field))) {
                after.put(field.graphName(), attributes.get(field));
                if (stored != null) {
                    before.put(field.graphName(), old);
                }
            }
        }
        Reason reason = scope.reasonOfGroup(seen.id());
        emit(ChangeKind.GROUP_CREATE, seen.id(), name, before, after,
                stored == null ? reason : new Reason(ReasonCode.BACK_IN_SCOPE, reason.facts()));
        return true;
    }

    private void stays(MirrorGroup seen, StoredGroup stored) {
        Attributes<GroupField> attributes = seen.attributes();
        String name = Names.ofGroup(attributes, seen.id());
        if (!stored.inProfile()) {
            Reason reason = scope.reasonOfGroup(seen.id());
            emit(ChangeKind.SKIP, seen.id(), name, Map.of(), Map.of(), reason);
        }
        if (attributes.text(GroupField.DISPLAY_NAME) == null) {
            return;
        }
        Map<String, @Nullable Object> before = new LinkedHashMap<>();
        Map<String, @Nullable Object> after = new LinkedHashMap<>();
        for (GroupField field : GroupField.values()) {
            if (!Objects.equals(stored.attributes().get(field), attributes.get(field))) {
                before.put(field.graphName(), stored.attributes().get(field));
                after.put(field.graphName(), attributes.get(field));
            }
        }
        if (!after.isEmpty()) {
            emit(ChangeKind.GROUP_UPDATE, seen.id(), name, before, after, Reason.of(ReasonCode.CHANGED_IN_ENTRA));
        }
    }

    /// @return true: the group is removed
    private boolean leaves(StoredGroup stored, boolean seen) {
        if (!stored.inProfile() || !input.complete()) {
            return false;
        }
        UUID id = stored.id();
        String name = Names.ofGroup(stored.attributes(), id);
        if (stored.otherProfile() != null) {
            emit(ChangeKind.SKIP, id, name, Map.of(), Map.of(), new Reason(ReasonCode.ANOTHER_PROFILE,
                    Map.of("profile", Objects.requireNonNullElse(stored.otherProfileName(), ""))));
            return false;
        }
        Reason why;
        if (scope.excludesGroup(id)) {
            why = new Reason(ReasonCode.EXCLUDED_GROUP, Map.of("group", name));
        } else {
            boolean gone = !seen && (input.config().scope().all()
                    || input.config().scope().groups().stream().anyMatch(each -> each.id().equals(id)));
            why = Reason.of(gone ? ReasonCode.GONE_FROM_ENTRA : ReasonCode.OUT_OF_SCOPE);
        }
        emit(ChangeKind.GROUP_REMOVE, id, name, Map.of(PersonFields.STATUS, stored.status().name()),
                Map.of(PersonFields.STATUS, GroupStatus.REMOVED.name()), why);
        return true;
    }

    private void emit(ChangeKind kind, UUID id, String name, Map<String, @Nullable Object> before,
            Map<String, @Nullable Object> after, Reason reason) {
        sink.accept(new GroupChange(kind, id, name, before, after, reason));
    }
}
