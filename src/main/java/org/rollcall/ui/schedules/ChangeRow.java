package org.rollcall.ui.schedules;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Change;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.DisplayText;
import org.rollcall.domain.MfaState;
import org.rollcall.domain.ReasonCode;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.UserStatus;
import org.rollcall.ui.common.Look;
import org.rollcall.ui.common.Messages;

/// A change as a row: who, from what to what, and why.
record ChangeRow(ChangeKind kind, String who, String before, String after, String because) {
    private static final int VALUES = 3;

    /// @param names of the groups and people that memberships speak of
    static ChangeRow of(Change change, Map<UUID, String> names) {
        return switch (change) {
            case Change.PersonChange person -> new ChangeRow(person.kind(), person.name(),
                    values(person.before(), person.after(), person.kind()), values(person.after(), person.before(),
                            person.kind()),
                    because(person.reason()));
            case Change.GroupChange group -> new ChangeRow(group.kind(), group.name(),
                    values(group.before(), group.after(), group.kind()), values(group.after(), group.before(),
                            group.kind()),
                    because(group.reason()));
            case Change.MemberChange member -> {
                var group = name(names, member.objectId());
                boolean added = member.kind() == ChangeKind.MEMBER_ADD;
                yield new ChangeRow(member.kind(), name(names, member.memberId()), added ? "" : group,
                        added ? group : "", because(member.reason()));
            }
        };
    }

    /// Of something that an undo leaves alone: what was done about it since, in place of why.
    static ChangeRow leftAlone(Change change) {
        var row = of(change, Map.of());
        return new ChangeRow(row.kind(), row.who(), "", what(change.reason()), row.because());
    }

    private static String what(Change.Reason reason) {
        var what = String.valueOf(reason.facts().get("what"));
        return switch (what) {
            case "role", "disabledByHand", "excluded", "username", "id", "status" ->
                Messages.get((reason.code() == ReasonCode.CANNOT_COME_BACK
                        ? "schedules.undo.cannot."
                        : "schedules.undo.since.") + what);
            default -> Messages.get("schedules.undo.since.other", what);
        };
    }

    private static String name(Map<UUID, String> names, UUID id) {
        return Objects.requireNonNullElse(names.get(id), id.toString());
    }

    /// The values of one side that differ from the other, the first few of them.
    private static String values(Map<String, @Nullable Object> side, Map<String, @Nullable Object> other,
            ChangeKind kind) {
        var names = new LinkedHashSet<>(side.keySet());
        names.removeAll(Set.of("ruleId", "rulePosition", "id"));
        boolean wholly = other.isEmpty() && kind != ChangeKind.CONFLICT;
        if (kind == ChangeKind.CREATE || kind == ChangeKind.GROUP_CREATE || wholly) {
            names.retainAll(List.of("username", "role", "department", "mail"));
        }
        if (names.contains("status")) {
            // The name goes and comes with it, and is the same.
            names.remove("username");
        }
        return names.stream().filter(name -> !Objects.equals(side.get(name), other.get(name)))
                .filter(name -> side.get(name) != null)
                .map(name -> value(name, String.valueOf(side.get(name)))).filter(text -> !text.isBlank())
                .map(DisplayText::within).limit(VALUES).collect(Collectors.joining(", "));
    }

    /// In words where it is one of ours.
    private static String value(String name, String value) {
        return switch (name) {
            case "status" -> Look.of(UserStatus.valueOf(value)).word();
            case "mfa" -> Look.of(MfaState.valueOf(value)).word();
            case "roleSource" -> Look.of(RoleSource.valueOf(value)).word();
            default -> value;
        };
    }

    private static String because(Change.Reason reason) {
        var path = reason.facts().get("path");
        var words = Messages.recalled(reason.code().words());
        if (path instanceof List<?> list && !list.isEmpty()) {
            return words + ": "
                    + list.stream().map(String::valueOf).map(DisplayText::within).collect(Collectors.joining(" › "));
        }
        if (reason.code() == ReasonCode.CHANGED_SINCE || reason.code() == ReasonCode.CANNOT_COME_BACK) {
            return words + ": " + what(reason);
        }
        var rule = reason.facts().get("rule");
        return rule == null ? words : words + ": " + rule;
    }
}
