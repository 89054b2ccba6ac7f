package org.rollcall.ui.users;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserRow;
import org.rollcall.ui.common.AsOfDialog;
import org.rollcall.ui.common.ChangeRoles;
import org.rollcall.ui.common.FileAsk;
import org.rollcall.ui.common.Look;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.WindowContext;

/// The buttons and menus of Users, wherever they stand: what each asks before it does something.
final class UserCommands {
    private static final int MANY = 20;
    private static final int COPIED = 10_000;

    private final WindowContext context;
    private final UsersServices services;
    private final UsersViewModel model;
    private final UserActions actions;
    private final ChangeRoles changeRoles;
    private final FileAsk files;
    private final Runnable changed;

    UserCommands(WindowContext context, UsersServices services, UsersViewModel model, UserActions actions,
            ChangeRoles changeRoles, FileAsk files, Runnable changed) {
        this.context = context;
        this.services = services;
        this.model = model;
        this.actions = actions;
        this.changeRoles = changeRoles;
        this.files = files;
        this.changed = changed;
    }

    void changeRole(List<Long> ids) {
        context.tasks().quietly(_ -> services.people().byIds(model.actor(), ids),
                people -> changeRoles.open(people, changed), this::refused);
    }

    void activate(List<Long> ids) {
        actions.activate(ids);
    }

    /// What takes access from many asks first, with the number.
    void deactivate(List<Long> ids) {
        if (ids.size() < MANY) {
            actions.deactivate(ids);
            return;
        }
        context.dialogs().confirmDanger(Messages.get("users.deactivate.many", ids.size()),
                Messages.get("users.deactivate.sentence", ids.size()), Messages.get("users.deactivate"),
                () -> actions.deactivate(ids));
    }

    void exclude(List<Long> ids) {
        actions.exclude(ids);
    }

    void include(List<Long> ids) {
        actions.include(ids);
    }

    void exportFiltered() {
        var filter = model.filterProperty().get();
        var moment = model.asOfProperty().get();
        files.save(Messages.get("users.export.title"), "people.csv", file -> actions.export(file, filter, moment));
    }

    void export(List<Long> ids) {
        files.save(Messages.get("users.export.title"), "people.csv", file -> actions.export(file, ids));
    }

    /// Onto the clipboard, as lines with tabs, for a spreadsheet or a mail; of very many the first ones.
    void copy(List<Long> ids) {
        var some = ids.subList(0, Math.min(ids.size(), COPIED));
        var moment = model.asOfProperty().get();
        context.tasks().quietly(_ -> model.byIds(moment, some), people -> {
            var content = new ClipboardContent();
            content.putString(people.stream().map(UserCommands::line).collect(Collectors.joining("\n")));
            Clipboard.getSystemClipboard().setContent(content);
            if (ids.size() > 1) {
                context.toasts().show(Toast.done(Messages.get("users.copied", people.size())));
            }
        }, this::refused);
    }

    private static String line(UserRow person) {
        return String.join("\t", person.shownName(), person.username(),
                Objects.requireNonNullElse(person.mail(), ""), Objects.requireNonNullElse(person.department(), ""),
                person.role(), Look.of(person.status()).word());
    }

    void addPeople() {
        model.addPeople();
    }

    void addLocal() {
        AddLocalUserDialog.open(context, services, model.actor(), model.choicesProperty().get().roles(), changed);
    }

    /// Asks for the moment to look at.
    void askMoment() {
        AsOfDialog.open(context, Messages.get("users.asOf.title"),
                moment -> services.past().check(model.actor(), moment), model.asOfProperty()::set);
    }

    /// Shows which accounts were made anew.
    void link() {
        LinkDialog.open(context, services.edits().links(), model.actor(), changed);
    }

    /// Deletes people for good who have been removed for long, once the person has agreed to the number.
    void purge() {
        PurgeDialog.open(context, services.edits().purges(), model.actor(), changed);
    }

    /// Takes a local account away for good, once the person has agreed.
    void removeLocal(UserRow person) {
        context.dialogs().confirmDanger(Messages.get("users.remove.title", person.shownName()),
                Messages.get("users.remove.sentence"), Messages.get("users.remove"),
                () -> context.tasks().start(Messages.get("users.changing", 1), _ -> {
                    services.edits().accounts().removeLocal(model.actor(), person.id());
                    return person.shownName();
                }, name -> {
                    changed.run();
                    context.toasts().show(Toast.done(Messages.get("users.removed", name)));
                }, this::refused));
    }

    /// Gives them a password that works once, and shows it, once the person has agreed.
    void resetPassword(UserRow person) {
        ResetPasswordDialog.ask(context, services.accounts(), model.actor(), person, this::refused);
    }

    void makeBreakGlass(UserRow person) {
        context.dialogs().confirm(Messages.get("users.glass.title", person.shownName()),
                Messages.get("users.glass.sentence"), Messages.get("users.glass"),
                () -> context.tasks().quietly(_ -> {
                    services.authentication().setBreakGlass(model.actor(), person.id());
                    return true;
                }, _ -> {
                    changed.run();
                    context.toasts().show(Toast.done(Messages.get("users.glass.done", person.shownName())));
                }, this::refused));
    }

    private void refused(RollcallException trouble) {
        context.toasts()
                .show(Toast.failed(Messages.trouble(trouble)));
    }

    /// Why the person may not; empty if they may.
    String reason(Permission permission) {
        return model.reason(permission);
    }
}
