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

import org.rollcall.domain.Actor;
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

    void reload() {
        if (!showsShared()) {
            return;
        }
        tasks.quietly(_ -> services.folder().bytes(), bytes -> folderWords.set(
                Messages.get("settings.folder.words", services.folder().path().toString(), size(bytes))), _ -> {});
        if (actor.may(Permission.MANAGE_SETTINGS)) {
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
