package org.rollcall.ui.users;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Attributes;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserRow;
import org.rollcall.people.AccountService.AccountEdit;
import org.rollcall.ui.common.CsvFile;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.ToastLayer;
import org.rollcall.ui.common.UiTasks;

/// What can be done to people from here, one or many; each can be taken back by its toast.
final class UserActions {
    private static final int CHUNK = 500;

    private final UiTasks tasks;
    private final ToastLayer toasts;
    private final UsersServices services;
    private final Actor actor;
    private final Runnable changed;

    /// @param changed runs after people were changed
    UserActions(UiTasks tasks, ToastLayer toasts, UsersServices services, Actor actor, Runnable changed) {
        this.tasks = tasks;
        this.toasts = toasts;
        this.services = services;
        this.actor = actor;
        this.changed = changed;
    }

    void activate(List<Long> ids) {
        edit("users.activated", "users.activated.undone", ids,
                people -> services.edits().accounts().activate(actor, people),
                people -> services.edits().accounts().deactivate(actor, people));
    }

    void deactivate(List<Long> ids) {
        edit("users.deactivated", "users.deactivated.undone", ids,
                people -> services.edits().accounts().deactivate(actor, people),
                people -> services.edits().accounts().activate(actor, people));
    }

    void exclude(List<Long> ids) {
        edit("users.excluded", "users.excluded.undone", ids,
                people -> services.edits().accounts().exclude(actor, people),
                people -> services.edits().accounts().include(actor, people));
    }

    void include(List<Long> ids) {
        edit("users.included", "users.included.undone", ids,
                people -> services.edits().accounts().include(actor, people),
                people -> services.edits().accounts().exclude(actor, people));
    }

    private void edit(String key, String undone, List<Long> ids, Function<List<Long>, AccountEdit> doing,
            Function<List<Long>, AccountEdit> undoing) {
        tasks.start(Messages.get("users.changing", ids.size()), _ -> doing.apply(ids), edit -> {
            changed.run();
            int done = edit.changed().size();
            if (done == 0) {
                // Why the first one was not is why; with many of them it is the same for most.
                toasts.show(Toast.failed(edit.skipped().values().stream().findFirst().orElse("")));
                return;
            }
            var words = edit.skipped().isEmpty()
                    ? Messages.get(key, done)
                    : Messages.get("users.changed.some", Messages.get(key, done), edit.skipped().size());
            toasts.show(Toast.undoable(words, () -> tasks.start(Messages.get("users.undoing"),
                    _ -> undoing.apply(edit.changed()), _ -> {
                        changed.run();
                        toasts.show(Toast.done(Messages.get(undone)));
                    }, this::refused)));
        }, this::refused);
    }

    private void refused(RollcallException trouble) {
        changed.run();
        toasts.show(Toast.failed(Messages.trouble(trouble)));
    }

    /// Everybody who fits, into a file.
    ///
    /// @param moment as they were then; null: as they are
    void export(Path file, UserFilter filter, @Nullable Instant moment) {
        tasks.start(Messages.get("users.exporting"), job -> {
            var count = new long[1];
            CsvFile.write(file, header(), sink -> {
                Consumer<UserRow> row = user -> {
                    job.checkCancelled();
                    count[0]++;
                    sink.accept(cells(user));
                };
                if (moment == null) {
                    services.people().export(actor, filter, row);
                } else {
                    services.past().exportPeople(actor, moment, filter.withSignIn(null), row);
                }
            });
            return count[0];
        }, count -> exported(count, file), this::refused);
    }

    /// These people, into a file.
    void export(Path file, List<Long> ids) {
        tasks.start(Messages.get("users.exporting"), job -> {
            CsvFile.write(file, header(), sink -> services.people().export(actor, ids, job::checkCancelled,
                    user -> sink.accept(cells(user))));
            return (long) ids.size();
        }, count -> exported(count, file), this::refused);
    }

    private void exported(long count, Path file) {
        toasts.show(Toast.done(Messages.get("users.exported", count, String.valueOf(file.getFileName()))));
    }

    private static List<String> header() {
        var names = new ArrayList<>(List.of("id", "tenant", "objectId", "username", "status", "role", "roleSource",
                "mfa"));
        for (var field : UserField.values()) {
            names.add(field.graphName());
        }
        return names;
    }

    private static List<String> cells(UserRow user) {
        var cells = new ArrayList<>(List.of(Long.toString(user.id()), Objects.requireNonNullElse(user.tenant(), ""),
                user.objectId() == null ? "" : user.objectId().toString(), user.username(), user.status().name(),
                user.role(), user.roleSource().name(), user.mfa().name()));
        Attributes<UserField> attributes = user.attributes();
        for (var field : UserField.values()) {
            var value = attributes.get(field);
            cells.add(value instanceof List<?> list
                    ? String.join(";", list.stream().map(String::valueOf).toList())
                    : Objects.toString(value, ""));
        }
        return cells;
    }
}
