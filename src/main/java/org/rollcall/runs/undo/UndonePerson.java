package org.rollcall.runs.undo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Change;
import org.rollcall.domain.Change.PersonChange;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.ReasonCode;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.SearchKeys;
import org.rollcall.domain.StoredPerson;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserStatus;
import org.rollcall.store.PresentObjects;
import org.rollcall.sync.plan.PersonFields;

/// The undo of a run's changes of one person. Fields that are still as the run left them are reverted; those changed since are
/// left alone and reported by a conflict, one for each change of the run.
final class UndonePerson {
    private final UndoInput input;
    private final List<PersonChange> rows;
    private final PresentObjects.@Nullable Person now;
    private final boolean nameBlocked;
    private final List<Change> changes = new ArrayList<>();
    private String username = "";
    private UserStatus status = UserStatus.REMOVED;
    private @Nullable String role;
    private boolean there;
    private boolean kept;
    private boolean lifts;

    /// @param rows        the run's changes of them, at least one
    /// @param nameBlocked their former user name belongs to somebody else
    private UndonePerson(UndoInput input, List<PersonChange> rows, PresentObjects.@Nullable Person now,
            boolean nameBlocked) {
        this.input = input;
        this.rows = rows;
        this.now = now;
        this.nameBlocked = nameBlocked;
    }

    static UndonePerson of(UndoInput input, List<PersonChange> rows, PresentObjects.@Nullable Person now,
            boolean nameBlocked) {
        var person = new UndonePerson(input, rows, now, nameBlocked);
        PersonChange first = rows.getFirst();
        if (now != null) {
            person.there = true;
            person.username = now.stored().username();
            person.status = now.stored().status();
            person.role = now.stored().role();
        }
        if (first.kind() == ChangeKind.CREATE) {
            person.cameIn(first);
        } else if (first.kind() == ChangeKind.REMOVE && first.after().isEmpty()) {
            person.wentForGood(first);
        } else {
            person.known();
        }
        return person;
    }

    List<Change> changes() {
        return changes;
    }

    /// Active and an administrator after the undo.
    boolean isAdministrator() {
        return isThere() && status == UserStatus.ACTIVE && Role.ADMINISTRATOR.equals(role);
    }

    boolean wasAdministrator() {
        return now != null && now.stored().status() == UserStatus.ACTIVE
                && Role.ADMINISTRATOR.equals(now.stored().role());
    }

    /// In the directory and not removed after the undo.
    boolean isThere() {
        return there && status != UserStatus.REMOVED;
    }

    boolean wasThere() {
        return now != null && now.stored().status() != UserStatus.REMOVED;
    }

    /// The run added them, and they stay.
    boolean isKept() {
        return kept;
    }

    /// Whether a manual decision about their account is reverted.
    boolean lifts() {
        return lifts;
    }

    PresentObjects.@Nullable Person now() {
        return now;
    }

    /// The user name after the undo, in its unique form; null: none.
    @Nullable
    String nameAfter() {
        return isThere() ? SearchKeys.unique(username) : null;
    }

    @Nullable
    String nameNow() {
        return now == null || now.stored().status() == UserStatus.REMOVED
                ? null
                : SearchKeys.unique(now.stored().username());
    }

    private void cameIn(PersonChange row) {
        if (now == null) {
            return;
        }
        String decided = decidedByHand(row, now);
        if (decided != null && !input.all() || now.linked()) {
            kept = true;
            emit(ChangeKind.CONFLICT, row, Map.of(), Map.of(),
                    Inverse.reason(ReasonCode.CHANGED_SINCE, input.runId(),
                            now.linked() || decided == null ? PersonFields.ID : decided));
            return;
        }
        lifts = decided != null && !decided.equals(PersonFields.ROLE);
        emit(ChangeKind.REMOVE, row, everything(now), Map.of(), Inverse.takenBack(input.runId(), row));
        there = false;
    }

    /// The manual decisions about them since they were added; null: none.
    private @Nullable String decidedByHand(PersonChange row, PresentObjects.Person present) {
        StoredPerson stored = present.stored();
        if (stored.roleSource() == RoleSource.MANUAL
                && (present.roleRun() == null || !input.roleRuns().contains(present.roleRun()))) {
            return PersonFields.ROLE;
        }
        if (stored.disabledByHand() && !Boolean.TRUE.equals(row.after().get(PersonFields.DISABLED_BY_HAND))) {
            return PersonFields.DISABLED_BY_HAND;
        }
        return stored.excluded() && !Boolean.TRUE.equals(row.after().get(PersonFields.EXCLUDED))
                ? PersonFields.EXCLUDED
                : null;
    }

    private static Map<String, @Nullable Object> everything(PresentObjects.Person present) {
        StoredPerson stored = present.stored();
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put(PersonFields.ID, present.id());
        all.put(PersonFields.USERNAME, stored.username());
        all.put(PersonFields.STATUS, stored.status().name());
        all.put(PersonFields.MFA, stored.mfa().name());
        if (stored.disabledByHand()) {
            all.put(PersonFields.DISABLED_BY_HAND, true);
        }
        if (stored.excluded()) {
            all.put(PersonFields.EXCLUDED, true);
        }
        all.putAll(roleOf(stored));
        for (UserField field : UserField.values()) {
            if (stored.attributes().get(field) != null) {
                all.put(field.graphName(), stored.attributes().get(field));
            }
        }
        return all;
    }

    private void wentForGood(PersonChange row) {
        if (now != null || nameBlocked
                || !input.roles().contains(String.valueOf(row.before().get(PersonFields.ROLE)))) {
            emit(ChangeKind.CONFLICT, row, Map.of(), Map.of(), Inverse.reason(ReasonCode.CANNOT_COME_BACK,
                    input.runId(), now != null
                            ? PersonFields.ID
                            : nameBlocked
                                    ? PersonFields.USERNAME
                                    : PersonFields.ROLE));
            return;
        }
        emit(ChangeKind.CREATE, row, Map.of(), row.before(), Inverse.takenBack(input.runId(), row));
        there = true;
        username = String.valueOf(row.before().get(PersonFields.USERNAME));
        status = UserStatus.valueOf(String.valueOf(row.before().get(PersonFields.STATUS)));
        role = String.valueOf(row.before().get(PersonFields.ROLE));
    }

    private void known() {
        // The status first: removed people have no name.
        rows.stream().filter(row -> row.after().containsKey(PersonFields.STATUS)).forEach(row -> fields(row));
        for (PersonChange row : rows) {
            switch (row.kind()) {
                case UPDATE, RENAME, DEACTIVATE, REACTIVATE, REMOVE -> {
                    if (!row.after().containsKey(PersonFields.STATUS)) {
                        fields(row);
                    }
                }
                case ROLE_CHANGE, ROLE_GRANT -> role(row);
                case SKIP -> {
                    if (row.after().containsKey(PersonFields.ROLE)) {
                        role(row);
                    } else if (now != null && Inverse.claim(row) != null) {
                        emit(ChangeKind.SKIP, row, Map.of(), Map.of(), Inverse.takenBack(input.runId(), row));
                    }
                }
                default -> {
                }
            }
        }
    }

    private void fields(PersonChange row) {
        if (now == null) {
            emit(ChangeKind.CONFLICT, row, Map.of(), Map.of(),
                    Inverse.reason(ReasonCode.CANNOT_COME_BACK, input.runId(), PersonFields.ID));
            return;
        }
        StoredPerson stored = now.stored();
        var inverse = new Inverse();
        boolean switches = row.after().containsKey(PersonFields.STATUS) && status(row, stored, inverse);
        row.after().forEach((name, left) -> {
            Object then = row.before().get(name);
            if (name.equals(PersonFields.USERNAME)) {
                if (!row.after().containsKey(PersonFields.STATUS) && isThere()) {
                    rename(left, then, stored, inverse);
                }
            } else if (name.equals(PersonFields.MFA)) {
                inverse.field(name, stored.mfa(), left, then, input.all());
            } else if (!name.equals(PersonFields.STATUS) && !name.equals(PersonFields.DISABLED_BY_HAND)) {
                UserField field = UndoPlan.USER_FIELDS.get(name);
                if (field != null) {
                    inverse.field(name, stored.attributes().get(field), left, then, input.all());
                }
            }
        });
        if (!inverse.after.isEmpty()) {
            ChangeKind kind = switches
                    ? Inverse.person(stored.status().name(), status.name())
                    : row.kind() == ChangeKind.RENAME ? ChangeKind.RENAME : ChangeKind.UPDATE;
            emit(kind, row, inverse.before, inverse.after, switches
                    ? Inverse.takenBack(input.runId(), row)
                    : Inverse.reason(ReasonCode.TAKEN_BACK, input.runId(), row.kind().jsonName()));
        }
        if (!inverse.leftThen.isEmpty()) {
            emit(ChangeKind.CONFLICT, row, inverse.leftNow, inverse.leftThen, nameBlocked
                    && inverse.leftThen.containsKey(PersonFields.USERNAME)
                            ? Inverse.reason(ReasonCode.CANNOT_COME_BACK, input.runId(), PersonFields.USERNAME)
                            : Inverse.reason(ReasonCode.CHANGED_SINCE, input.runId(),
                                    inverse.leftThen.keySet().iterator().next()));
        }
    }

    /// @return whether it is reverted
    private boolean status(PersonChange row, StoredPerson stored, Inverse inverse) {
        UserStatus left = UserStatus.valueOf(String.valueOf(row.after().get(PersonFields.STATUS)));
        UserStatus then = UserStatus.valueOf(String.valueOf(row.before().get(PersonFields.STATUS)));
        if (stored.status() == then) {
            return false;
        }
        boolean comesBack = stored.status() == UserStatus.REMOVED;
        String name = String.valueOf(Objects.requireNonNullElse(row.before().get(PersonFields.USERNAME),
                stored.username()));
        // Whoever was active before was not deactivated manually then.
        boolean byHandSince = stored.disabledByHand() && (then == UserStatus.ACTIVE || left == UserStatus.ACTIVE);
        boolean asLeft = stored.status() == left && !byHandSince;
        if (!asLeft && !input.all() || comesBack && nameBlocked) {
            inverse.left(PersonFields.STATUS, stored.status(), then);
            if (comesBack && nameBlocked) {
                inverse.left(PersonFields.USERNAME, null, name);
            }
            return false;
        }
        inverse.back(PersonFields.STATUS, stored.status().name(), then.name());
        if (byHandSince) {
            inverse.back(PersonFields.DISABLED_BY_HAND, true, false);
            lifts = true;
        }
        if (comesBack || then == UserStatus.REMOVED) {
            inverse.back(PersonFields.USERNAME, stored.username(), name);
            username = name;
        }
        if (row.after().get(PersonFields.DISABLED_BY_HAND) instanceof Boolean lifted
                && lifted == stored.disabledByHand()) {
            inverse.back(PersonFields.DISABLED_BY_HAND, lifted, !lifted);
        }
        status = then;
        return true;
    }

    private void rename(@Nullable Object left, @Nullable Object then, StoredPerson stored, Inverse inverse) {
        if (Inverse.same(username, then)) {
            return;
        }
        if (nameBlocked) {
            inverse.left(PersonFields.USERNAME, stored.username(), then);
            return;
        }
        inverse.field(PersonFields.USERNAME, stored.username(), left, then, input.all());
        if (inverse.after.containsKey(PersonFields.USERNAME)) {
            username = String.valueOf(then);
        }
    }

    private void role(PersonChange row) {
        if (now == null) {
            return;
        }
        StoredPerson stored = now.stored();
        Map<String, @Nullable Object> is = roleOf(stored);
        Object then = row.before().get(PersonFields.ROLE);
        Map<String, @Nullable Object> was = new LinkedHashMap<>();
        was.put(PersonFields.ROLE, then);
        was.put(PersonFields.ROLE_SOURCE, row.before().get(PersonFields.ROLE_SOURCE));
        if (row.before().get(PersonFields.RULE_ID) != null) {
            was.put(PersonFields.RULE_ID, row.before().get(PersonFields.RULE_ID));
        }
        if (was.keySet().equals(is.keySet()) && was.keySet().stream().allMatch(
                name -> Inverse.same(was.get(name), is.get(name)))) {
            return;
        }
        boolean asLeft = now.roleRun() != null && input.roleRuns().contains(now.roleRun()) || isStill(row, is);
        boolean gone = then != null && !input.roles().contains(String.valueOf(then));
        if (gone || !asLeft && !input.all()) {
            emit(ChangeKind.CONFLICT, row, is, was, Inverse.reason(gone
                    ? ReasonCode.CANNOT_COME_BACK
                    : ReasonCode.CHANGED_SINCE, input.runId(), PersonFields.ROLE));
            return;
        }
        boolean onlyRule = row.kind() == ChangeKind.SKIP && Inverse.same(then, stored.role())
                && Inverse.same(was.get(PersonFields.ROLE_SOURCE), stored.roleSource());
        emit(stored.role() == null ? ChangeKind.ROLE_GRANT : onlyRule ? ChangeKind.SKIP : ChangeKind.ROLE_CHANGE, row,
                stored.role() == null ? Map.of() : is, was,
                Inverse.reason(ReasonCode.TAKEN_BACK, input.runId(), PersonFields.ROLE));
        role = then == null ? null : String.valueOf(then);
    }

    /// Whether a role is the one that the run gave; the change does not contain the id of a rule that was added with the run.
    private static boolean isStill(PersonChange row, Map<String, @Nullable Object> is) {
        return Inverse.same(row.after().get(PersonFields.ROLE), is.get(PersonFields.ROLE))
                && Inverse.same(row.after().get(PersonFields.ROLE_SOURCE), is.get(PersonFields.ROLE_SOURCE))
                && (row.after().get(PersonFields.RULE_ID) == null
                        || Inverse.same(row.after().get(PersonFields.RULE_ID), is.get(PersonFields.RULE_ID)));
    }

    private static Map<String, @Nullable Object> roleOf(StoredPerson stored) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put(PersonFields.ROLE, stored.role());
        values.put(PersonFields.ROLE_SOURCE, stored.roleSource() == null ? null : stored.roleSource().name());
        if (stored.ruleId() != null) {
            values.put(PersonFields.RULE_ID, Objects.requireNonNull(stored.ruleId()));
        }
        return values;
    }

    private void emit(ChangeKind kind, PersonChange row, Map<String, @Nullable Object> before,
            Map<String, @Nullable Object> after, Change.Reason reason) {
        changes.add(new PersonChange(kind, row.objectId(), row.name(), before, after, reason));
    }
}
