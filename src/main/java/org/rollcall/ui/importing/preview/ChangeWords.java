package org.rollcall.ui.importing.preview;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Change;
import org.rollcall.domain.Change.GroupChange;
import org.rollcall.domain.Change.MemberChange;
import org.rollcall.domain.Change.PersonChange;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.ReasonCode;
import org.rollcall.domain.Role;
import org.rollcall.domain.RunChange;
import org.rollcall.ui.common.Chip;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Look;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.importing.draft.ImportSession;

/// A change in words: who or what, old and new value, and why.
final class ChangeWords {
    private static final int VALUE_LENGTH = 60;

    private final ImportSession session;
    private final RoleDiff diff;
    private final ChangeNames names;

    ChangeWords(ImportSession session, RoleDiff diff, ChangeNames names) {
        this.session = session;
        this.diff = diff;
        this.names = names;
    }

    /// What will be done, where runs say what was done.
    static Look look(ChangeKind kind) {
        var done = Look.of(kind);
        return new Look(done.icon(), done.tone(), Messages.get("importing.preview.change." + kind.jsonName()));
    }

    String name(Change change) {
        return switch (change) {
            case PersonChange person -> person.name();
            case GroupChange group -> group.name();
            case MemberChange member -> names.of(member.memberId());
        };
    }

    Node who(RunChange row) {
        Change change = row.change();
        String second = switch (change) {
            case PersonChange person -> secondLine(person);
            case GroupChange group -> text(group.after().get("mail"));
            case MemberChange _ -> "";
        };
        var box = new VBox(Labels.of(name(change)));
        if (!second.isEmpty()) {
            box.getChildren().add(Labels.caption(second));
        }
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    private static String secondLine(PersonChange person) {
        for (String field : List.of("mail", "userPrincipalName", "username")) {
            String value = text(person.after().get(field));
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }

    Node value(RunChange row) {
        return switch (row.change()) {
            case PersonChange person -> personValue(person);
            case GroupChange group when group.kind() == ChangeKind.GROUP_UPDATE -> differences(group.before(),
                    group.after());
            case GroupChange group -> Labels.of(text(group.after().get("description")));
            case MemberChange member -> Labels.of(Messages.get(member.kind() == ChangeKind.MEMBER_ADD
                    ? "importing.preview.into"
                    : "importing.preview.outOf", names.of(member.objectId())));
        };
    }

    private Node personValue(PersonChange person) {
        return switch (person.kind()) {
            case CREATE, ROLE_GRANT, ROLE_CHANGE -> {
                String before = RoleDiff.roleName(diff.options(), person.before().get("role"));
                yield arrow(before == null ? Messages.get("importing.preview.none") : before, role(person));
            }
            case CONFLICT, SKIP -> Labels.of(Messages.recalled(person.reason().code().words()));
            default -> differences(person.before(), person.after());
        };
    }

    private Node arrow(String before, String after) {
        var row = new HBox(8, Labels.muted(before), Icons.of(Icons.TO, Icons.SMALL, Tone.MUTED),
                Chip.role(after, after.equals(Role.ADMINISTRATOR)));
        row.setAlignment(Pos.CENTER_LEFT);
        row.setAccessibleText(Messages.get("importing.preview.fromTo", before, after));
        return row;
    }

    /// The role that the person gets: by hand, by rule or by default.
    String role(PersonChange person) {
        String byHand = session.draft().rolesByHand().get(person.objectId());
        return byHand == null ? diff.given().getOrDefault(person.objectId(), Role.USER) : byHand;
    }

    private static Node differences(Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
        var parts = new ArrayList<String>();
        after.forEach((field, value) -> parts.add(Messages.get("importing.preview.difference", field,
                shown(before.get(field)), shown(value))));
        var label = Labels.of(String.join("; ", parts));
        label.setTooltip(new javafx.scene.control.Tooltip(label.getText()));
        return label;
    }

    /// A change in the columns of an export: change, objectId, name, before, after, reason.
    List<String> cells(RunChange row) {
        Change change = row.change();
        return switch (change) {
            case PersonChange person -> List.of(person.kind().jsonName(), person.objectId().toString(), person.name(),
                    joined(person.before()), joined(person.after()), because(row));
            case GroupChange group -> List.of(group.kind().jsonName(), group.objectId().toString(), group.name(),
                    joined(group.before()), joined(group.after()), because(row));
            case MemberChange member -> List.of(member.kind().jsonName(), member.memberId().toString(), name(member),
                    member.kind() == ChangeKind.MEMBER_ADD ? "" : names.of(member.objectId()),
                    member.kind() == ChangeKind.MEMBER_ADD ? names.of(member.objectId()) : "", because(row));
        };
    }

    private String joined(Map<String, @Nullable Object> values) {
        return values.entrySet().stream().filter(each -> !text(each.getValue()).isEmpty())
                .map(each -> each.getKey() + ": " + (each.getKey().equals("role")
                        ? RoleDiff.roleName(diff.options(), each.getValue())
                        : text(each.getValue())))
                .collect(Collectors.joining("; "));
    }

    private static String shown(@Nullable Object value) {
        String text = text(value);
        String whole = text.isEmpty() ? Messages.get("importing.preview.empty") : text;
        return whole.length() <= VALUE_LENGTH ? whole : whole.substring(0, VALUE_LENGTH) + "…";
    }

    String because(RunChange row) {
        Change change = row.change();
        if (change instanceof PersonChange person && person.kind().changesDirectory()
                && session.draft().rolesByHand().containsKey(person.objectId())) {
            return Messages.get("importing.preview.byHand");
        }
        var reason = change.reason();
        if (change instanceof PersonChange person && person.after().get("rulePosition") instanceof Number position) {
            long rule = position.longValue() + 1;
            if (person.kind() == ChangeKind.CREATE) {
                return Messages.get("importing.preview.reason.created", Messages.recalled(reason.code().words()), rule);
            }
            if (reason.code() == ReasonCode.RULE) {
                return Messages.get("importing.preview.reason.rule", rule, path(reason));
            }
        }
        String path = path(reason);
        return path.isEmpty()
                ? Messages.recalled(reason.code().words())
                : Messages.get("importing.preview.reason", Messages.recalled(reason.code().words()), path);
    }

    /// Names of the groups from the one that counts down to the person's own; empty if it is not about groups.
    private static String path(Change.Reason reason) {
        Object fact = reason.facts().get("path");
        return fact instanceof List<?> names && !names.isEmpty()
                ? names.stream().map(String::valueOf).collect(Collectors.joining(" › "))
                : text(reason.facts().get(reason.code() == ReasonCode.RULE ? "rule" : "username"));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
