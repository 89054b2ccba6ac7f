package org.rollcall.ui.importing.preview;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.rollcall.domain.Change.PersonChange;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.ui.common.ChangeRoleDialog;
import org.rollcall.ui.common.ChangeRoleDialog.Subject;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.importing.draft.ImportSession;

/// Roles chosen by hand in the preview: kept in the draft, given right after the import, and not touched by later ones.
final class PreviewRoles {
    /// Changes of people who may get another role with them.
    static final Set<ChangeKind> KINDS = EnumSet.of(ChangeKind.CREATE, ChangeKind.UPDATE, ChangeKind.RENAME,
            ChangeKind.REACTIVATE, ChangeKind.ROLE_GRANT, ChangeKind.ROLE_CHANGE);

    private final ImportSession session;
    private final RoleDiff diff;
    private final Runnable changed;

    PreviewRoles(ImportSession session, RoleDiff diff, Runnable changed) {
        this.session = session;
        this.diff = diff;
        this.changed = changed;
    }

    boolean fits(PersonChange person) {
        return session.actor().may(Permission.CHANGE_ROLES) && KINDS.contains(person.kind());
    }

    void open(List<PersonChange> people) {
        var fitting = people.stream().filter(this::fits).toList();
        if (fitting.isEmpty()) {
            return;
        }
        var draft = session.draft();
        Map<String, Long> present = new TreeMap<>();
        fitting.forEach(person -> present.merge(now(person), 1L, Long::sum));
        PersonChange first = fitting.getFirst();
        boolean one = fitting.size() == 1;
        String given = diff.given().get(first.objectId());
        boolean byHand = fitting.stream().allMatch(person -> draft.rolesByHand().containsKey(person.objectId()));
        var subject = new Subject(first.name(), Messages.get("importing.preview.role.second", now(first)),
                fitting.size(), present, byHand, one ? given : null, one && given != null
                        ? Messages.get("common.role.rules.give", given)
                        : Messages.get("common.role.rules.each"),
                "");
        var holder = new ChangeRoleDialog[1];
        holder[0] = new ChangeRoleDialog(subject, diff.options(), choice -> {
            for (PersonChange person : fitting) {
                if (choice.byHand()) {
                    draft.rolesByHand().put(person.objectId(), choice.role());
                } else {
                    draft.rolesByHand().remove(person.objectId());
                }
            }
            holder[0].close();
            changed.run();
        });
        session.window().dialogs().show(holder[0].box());
    }

    private String now(PersonChange person) {
        String byHand = session.draft().rolesByHand().get(person.objectId());
        if (byHand != null) {
            return byHand;
        }
        return diff.given().getOrDefault(person.objectId(),
                person.kind() == ChangeKind.CREATE ? session.draft().defaultRoleProperty().get() : Role.USER);
    }
}
