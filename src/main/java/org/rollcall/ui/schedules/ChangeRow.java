package org.rollcall.ui.schedules;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Change;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.DisplayText;

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

    private static String name(Map<UUID, String> names, UUID id) {
        return Objects.requireNonNullElse(names.get(id), id.toString());
    }

    /// The values of one side that differ from the other, the first few of them.
    private static String values(Map<String, @Nullable Object> side, Map<String, @Nullable Object> other,
            ChangeKind kind) {
        var names = new LinkedHashSet<>(side.keySet());
        names.remove("ruleId");
        if (kind == ChangeKind.CREATE || kind == ChangeKind.GROUP_CREATE) {
            names.retainAll(List.of("username", "role", "department", "mail"));
        }
        return names.stream().filter(name -> !Objects.equals(side.get(name), other.get(name)))
                .map(side::get).filter(Objects::nonNull).map(String::valueOf).filter(text -> !text.isBlank())
                .map(DisplayText::within).limit(VALUES).collect(Collectors.joining(", "));
    }

    private static String because(Change.Reason reason) {
        var path = reason.facts().get("path");
        var words = reason.code().words();
        if (path instanceof List<?> list && !list.isEmpty()) {
            return words + ": "
                    + list.stream().map(String::valueOf).map(DisplayText::within).collect(Collectors.joining(" › "));
        }
        var rule = reason.facts().get("rule");
        return rule == null ? words : words + ": " + rule;
    }
}
