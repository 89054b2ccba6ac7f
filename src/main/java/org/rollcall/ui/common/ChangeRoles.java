package org.rollcall.ui.common;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.UserRow;
import org.rollcall.roles.RoleEdit;
import org.rollcall.roles.RoleServices;
import org.rollcall.ui.common.ChangeRoleDialog.Choice;
import org.rollcall.ui.common.ChangeRoleDialog.RoleOption;
import org.rollcall.ui.common.ChangeRoleDialog.Subject;

/// Opens [ChangeRoleDialog] for people of the directory, makes the change, and offers Undo in a toast.
public final class ChangeRoles {
    private static final int RULES_ASKED_FOR = 50;

    private final WindowContext context;
    private final RoleServices roles;
    private final Actor actor;

    public ChangeRoles(WindowContext context, RoleServices roles, Actor actor) {
        this.context = context;
        this.roles = roles;
        this.actor = actor;
    }

    /// Whether the signed-in person may.
    public boolean allowed() {
        return actor.may(Permission.CHANGE_ROLES);
    }

    /// @param people  as displayed; concurrent changes are reported, not overwritten
    /// @param changed runs on the FX thread after the change and after its undo
    public void open(List<UserRow> people, Runnable changed) {
        if (people.isEmpty()) {
            return;
        }
        var now = List.copyOf(people);
        context.tasks().quietly(_ -> new Loaded(subject(now), options()), loaded -> show(now, loaded, changed),
                trouble -> context.toasts().show(Toast.failed(trouble.words().shown())));
    }

    private record Loaded(Subject subject, List<RoleOption> options) {}

    private void show(List<UserRow> people, Loaded loaded, Runnable changed) {
        var holder = new ChangeRoleDialog[1];
        holder[0] = new ChangeRoleDialog(loaded.subject(), loaded.options(),
                choice -> context.tasks().quietly(_ -> change(people, choice), edit -> {
                    holder[0].close();
                    changed.run();
                    said(people, choice, edit, changed);
                }, trouble -> {
                    holder[0].failed(trouble);
                    // Concurrent changes have to be shown, too.
                    changed.run();
                }));
        context.dialogs().show(holder[0].box());
    }

    private RoleEdit change(List<UserRow> people, Choice choice) {
        var ids = people.stream().map(UserRow::id).toList();
        Map<Long, Integer> seen = people.stream()
                .collect(Collectors.toMap(UserRow::id, UserRow::version, (one, _) -> one));
        return choice.byHand()
                ? roles.assignments().setRole(actor, ids, seen, choice.role())
                : roles.assignments().clear(actor, ids, seen);
    }

    private void said(List<UserRow> people, Choice choice, RoleEdit edit, Runnable changed) {
        String who = people.size() == 1
                ? people.getFirst().shownName()
                : Messages.get("common.people", edit.changed());
        String words = choice.byHand()
                ? Messages.get("common.role.changed", who, choice.role())
                : Messages.get("common.role.followed", who);
        context.toasts().show(Toast.undoable(words, () -> context.tasks().quietly(_ -> {
            roles.assignments().undo(actor, edit);
            return true;
        }, _ -> {
            changed.run();
            context.toasts().show(Toast.done(Messages.get("common.role.undone")));
        }, trouble -> context.toasts().show(Toast.failed(trouble.words().shown())))));
    }

    private List<RoleOption> options() {
        return roles.roles().list(actor).stream().map(use -> new RoleOption(use.role(), use.people())).toList();
    }

    private Subject subject(List<UserRow> people) {
        var present = new TreeMap<String, Long>();
        people.forEach(person -> present.merge(person.role(), 1L, Long::sum));
        UserRow first = people.getFirst();
        boolean one = people.size() == 1;
        String ruleRole = one ? ruleRole(first) : null;
        String ruleWords = one
                ? ruleRole == null ? "" : Messages.get("common.role.rules.give", ruleRole)
                : people.size() <= RULES_ASKED_FOR
                        ? Messages.get("common.role.rules.each")
                        : Messages.get("common.role.rules.many");
        String second = one
                ? Messages.get("common.role.second", first.mail() == null ? first.username() : first.mail(),
                        first.role(), sourceWords(first.roleSource()))
                : Messages.get("common.role.second.many", words(present));
        return new Subject(first.shownName(), second, people.size(), present,
                people.stream().allMatch(person -> person.roleSource() == RoleSource.MANUAL), ruleRole, ruleWords,
                lastAdministrator(people));
    }

    private static String words(Map<String, Long> present) {
        return present.entrySet().stream()
                .map(each -> Messages.get("common.role.present", each.getKey(), each.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String sourceWords(RoleSource source) {
        return Look.of(source).word();
    }

    private @Nullable String ruleRole(UserRow person) {
        if (person.isLocal()) {
            return null;
        }
        long role = roles.assignments().underRules(actor, person.id()).roleId();
        return roles.roles().list(actor).stream().filter(use -> use.role().id() == role).findFirst()
                .map(use -> use.role().name()).orElse(null);
    }

    /// The obvious cases in advance; the guard itself decides when the change is made.
    private String lastAdministrator(List<UserRow> people) {
        var administrators = people.stream().filter(person -> person.role().equals(Role.ADMINISTRATOR)).toList();
        if (administrators.isEmpty()) {
            return "";
        }
        boolean nobodyElse = roles.guard().administrators() <= administrators.size();
        boolean onlyLocal = roles.guard().whoCanSignIn() == 1 && administrators.stream().anyMatch(UserRow::isLocal);
        return nobodyElse || onlyLocal
                ? Messages.get("common.role.last", administrators.stream().filter(UserRow::isLocal).findFirst()
                        .orElse(administrators.getFirst()).shownName())
                : "";
    }
}
