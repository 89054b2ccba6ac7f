package org.rollcall.ui.settings;

import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import org.rollcall.connect.VaultService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.BackupState;
import org.rollcall.domain.NotifyChannel;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.files.SmallFile;
import org.rollcall.notify.NotifyService.Added;
import org.rollcall.settings.SettingsService.Outcome;
import org.rollcall.text.Words;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.ToastLayer;
import org.rollcall.ui.common.UiTasks;
import org.rollcall.ui.common.WholeFile;

/// What Settings shows and does. Knows no scene.
public final class SettingsViewModel {
    private static final int LARGEST_FILE = 16_000_000;

    private final UiTasks tasks;
    private final ToastLayer toasts;
    private final SettingsServices services;
    private final Actor actor;
    private final ObservableList<NotifyChannel> channels = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<@Nullable RollcallException> channelsTrouble = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper folderWords;
    private final ReadOnlyObjectWrapper<VaultService.@Nullable State> key = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable BackupState> backups = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper anchor = new ReadOnlyStringWrapper("");

    public SettingsViewModel(UiTasks tasks, ToastLayer toasts, SettingsServices services, Actor actor) {
        this.tasks = tasks;
        this.toasts = toasts;
        this.services = services;
        this.actor = actor;
        this.folderWords = new ReadOnlyStringWrapper(services.folder().path().toString());
    }

    SettingsServices services() {
        return services;
    }

    /// Whether what all share is shown; the rest is everybody's own.
    boolean showsShared() {
        return actor.may(Permission.VIEW_DIRECTORY) || actor.may(Permission.MANAGE_SETTINGS);
    }

    /// Why not, in words; empty: it is allowed.
    String reason(Permission permission) {
        return Disallowed.reason(actor.may(permission), permission.words());
    }

    ObservableList<NotifyChannel> channels() {
        return channels;
    }

    /// Why the notifications could not be read; null: they were.
    ReadOnlyObjectProperty<@Nullable RollcallException> channelsTroubleProperty() {
        return channelsTrouble.getReadOnlyProperty();
    }

    /// The data folder with its size.
    ReadOnlyStringProperty folderWordsProperty() {
        return folderWords.getReadOnlyProperty();
    }

    /// What keeps the key that the data is encrypted with; null: not known, or not theirs to know.
    ReadOnlyObjectProperty<VaultService.@Nullable State> keyProperty() {
        return key.getReadOnlyProperty();
    }

    /// @param to         one of the choices
    /// @param passphrase the new one, where it is to be one
    void changeKey(String to, char[] passphrase, Runnable done, Consumer<RollcallException> failed) {
        tasks.quietly(_ -> {
            services.vault().change(actor, to, passphrase::clone);
            return services.vault().state(actor);
        }, state -> {
            key.set(state);
            done.run();
            toasts.show(Toast.done(Messages.get("settings.key.changed")));
        }, failed::accept);
    }

    /// How it stands with the backups that are made by themselves; null: not known, or not to this person.
    ReadOnlyObjectProperty<@Nullable BackupState> backupsProperty() {
        return backups.getReadOnlyProperty();
    }

    /// The file or address to which ends of the audit log are written; empty: there is none, or this person may not know.
    ReadOnlyStringProperty anchorProperty() {
        return anchor.getReadOnlyProperty();
    }

    void reload() {
        if (!showsShared()) {
            return;
        }
        if (actor.may(Permission.BACKUP)) {
            tasks.quietly(_ -> services.protection().backups(actor), backups::set, _ -> {});
        }
        if (actor.may(Permission.VIEW_ACTIVITY)) {
            tasks.quietly(_ -> services.protection().anchor(actor).orElse(""), anchor::set, _ -> {});
        }
        tasks.quietly(_ -> services.folder().bytes(), bytes -> folderWords.set(
                Messages.get("settings.folder.words", services.folder().path().toString(), size(bytes))), _ -> {});
        if (actor.may(Permission.MANAGE_SETTINGS)) {
            tasks.quietly(_ -> services.vault().state(actor), key::set, _ -> {});
            tasks.quietly(_ -> services.notifications().list(actor), found -> {
                channelsTrouble.set(null);
                channels.setAll(found);
            }, channelsTrouble::set);
        }
    }

    private static String size(long bytes) {
        return bytes < 1_000_000
                ? Messages.get("settings.size.kilobytes", Math.max(1, bytes / 1_000))
                : Messages.get("settings.size.megabytes", bytes / 1_000_000);
    }

    void setDailyBackups(boolean daily, Runnable saved) {
        tasks.quietly(_ -> {
            services.protection().setDailyBackups(actor, daily);
            return services.protection().backups(actor);
        }, now -> {
            backups.set(now);
            saved.run();
        }, this::refused);
    }

    /// @param file null: ends of the audit log are written nowhere any more
    void setAnchor(@Nullable Path file) {
        tasks.quietly(_ -> {
            services.protection().setAnchor(actor, file == null ? null : file.toString(), null);
            return services.protection().anchor(actor).orElse("");
        }, anchor::set, this::refused);
    }

    /// @param place an address, or the path of a file
    /// @param key   signs what is posted to a webhook; null: it is not signed
    void setAnchor(String place, @Nullable String key, Runnable done, Consumer<RollcallException> failed) {
        tasks.quietly(_ -> {
            services.protection().setAnchor(actor, place, key);
            return services.protection().anchor(actor).orElse("");
        }, now -> {
            anchor.set(now);
            done.run();
        }, failed::accept);
    }

    /// @param made gets the text, to be shown before it is saved
    void support(Consumer<String> made) {
        tasks.start(Messages.get("settings.support.running"), _ -> services.support().text(actor), made,
                this::refused);
    }

    void saveSupport(Path file, String text) {
        tasks.quietly(_ -> {
            WholeFile.write(file, writer -> writer.write(text));
            return file;
        }, done -> toasts.show(Toast.done(Messages.get("settings.support.saved", done.toString()))), this::refused);
    }

    void backup(Path file, char[] passphrase) {
        tasks.start(Messages.get("settings.backup.running"), _ -> {
            services.backup().write(actor, file, passphrase);
            return file;
        }, done -> toasts.show(Toast.done(Messages.get("settings.backup.done", done.toString()))), this::refused);
    }

    void export(Path file) {
        tasks.quietly(_ -> {
            String json = services.settings().export(actor);
            WholeFile.write(file, writer -> writer.write(json));
            return file;
        }, done -> toasts.show(Toast.done(Messages.get("settings.file.exported", done.toString()))), this::refused);
    }

    /// A settings file that was read, and what bringing it in would do.
    record Read(String json, Outcome outcome) {}

    void preview(Path file, Consumer<Read> found, Consumer<RollcallException> failed) {
        tasks.quietly(_ -> {
            String json = SmallFile.text(file, Words.of("files.what.settings"), LARGEST_FILE);
            return new Read(json, services.settings().preview(actor, json));
        }, found::accept, failed::accept);
    }

    void bringIn(Read read, Consumer<Outcome> done, Consumer<RollcallException> failed) {
        tasks.quietly(_ -> services.settings().bringIn(actor, read.json()), outcome -> {
            reload();
            done.accept(outcome);
        }, failed::accept);
    }

    void add(NotifyChannel.Settings settings, @Nullable String secret, Consumer<Added> done,
            Consumer<RollcallException> failed) {
        tasks.quietly(_ -> services.notifications().add(actor, settings, secret), added -> {
            reload();
            done.accept(added);
        }, failed::accept);
    }

    void test(NotifyChannel channel) {
        tasks.start(Messages.get("settings.notify.testing", channel.settings().words()),
                _ -> services.notifications().test(actor, channel.id()), _ -> {
                    reload();
                    toasts.show(Toast.done(Messages.get("settings.notify.tested", channel.settings().words())));
                }, trouble -> {
                    reload();
                    refused(trouble);
                });
    }

    void remove(NotifyChannel channel) {
        tasks.quietly(_ -> {
            services.notifications().remove(actor, channel.id());
            return true;
        }, _ -> {
            reload();
            toasts.show(Toast.done(Messages.get("settings.notify.removed", channel.settings().words())));
        }, this::refused);
    }

    private void refused(RollcallException trouble) {
        toasts.show(Toast.failed(Messages.trouble(trouble)));
    }
}
