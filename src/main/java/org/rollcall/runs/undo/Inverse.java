package org.rollcall.runs.undo;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Change;
import org.rollcall.domain.Change.Reason;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.ReasonCode;
import org.rollcall.sync.apply.UndoApplier;

/// The fields of one change: those that go back, from what they are now to what they were, and those that are left alone.
final class Inverse {
    final Map<String, @Nullable Object> before = new LinkedHashMap<>();
    final Map<String, @Nullable Object> after = new LinkedHashMap<>();
    final Map<String, @Nullable Object> leftNow = new LinkedHashMap<>();
    final Map<String, @Nullable Object> leftThen = new LinkedHashMap<>();

    /// A field that the run changed.
    ///
    /// @param now  what it is
    /// @param left what the run left
    /// @param then what it was before the run
    /// @param all  goes back whatever it is now
    void field(String name, @Nullable Object now, @Nullable Object left, @Nullable Object then, boolean all) {
        if (same(now, then)) {
            return;
        }
        if (all || same(now, left)) {
            back(name, now, then);
        } else {
            left(name, now, then);
        }
    }

    void back(String name, @Nullable Object now, @Nullable Object then) {
        before.put(name, now);
        after.put(name, then);
    }

    void left(String name, @Nullable Object now, @Nullable Object then) {
        leftNow.put(name, now);
        leftThen.put(name, then);
    }

    /// Whether two values are the same, of which one may have been through JSON.
    static boolean same(@Nullable Object one, @Nullable Object other) {
        return Objects.equals(plain(one), plain(other));
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Instant time -> time.toString();
            case Number number -> number.longValue();
            case Enum<?> constant -> constant.name();
            case List<?> list -> list;
            default -> value;
        };
    }

    /// Whether somebody came into the import's scope by a change, or left it; null: neither.
    static @Nullable Boolean claim(Change change) {
        if (change.reason().facts().get(UndoApplier.CLAIM) instanceof Boolean said) {
            return said;
        }
        ReasonCode code = change.reason().code();
        return switch (change.kind()) {
            case CREATE, GROUP_CREATE -> code == ReasonCode.TAKEN_BACK ? null : Boolean.TRUE;
            case REACTIVATE -> code == ReasonCode.BACK_IN_SCOPE ? Boolean.TRUE : null;
            case REMOVE, GROUP_REMOVE -> code == ReasonCode.TAKEN_BACK ? null : Boolean.FALSE;
            case SKIP -> switch (code) {
                case IN_SCOPE_EVERYONE, IN_SCOPE_GROUP, IN_SCOPE_PERSON -> Boolean.TRUE;
                case ANOTHER_PROFILE -> Boolean.FALSE;
                default -> null;
            };
            default -> null;
        };
    }

    /// @param of the change that is taken back; whom that brought into scope is no longer in it, and the other way round
    static Reason takenBack(long runId, Change of) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("run", runId);
        Boolean claim = claim(of);
        if (claim != null) {
            facts.put(UndoApplier.CLAIM, !claim);
        }
        return new Reason(ReasonCode.TAKEN_BACK, facts);
    }

    static Reason reason(ReasonCode code, long runId, String what) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("run", runId);
        facts.put("what", what);
        return new Reason(code, facts);
    }

    /// What a person's or group's status has to become, as a kind of change.
    static ChangeKind person(String from, String to) {
        if (to.equals("REMOVED")) {
            return ChangeKind.REMOVE;
        }
        return to.equals("DISABLED") && !from.equals("REMOVED") ? ChangeKind.DEACTIVATE : ChangeKind.REACTIVATE;
    }
}
