package org.rollcall.ui.settings;

import java.time.Instant;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import org.rollcall.domain.BackupState;
import org.rollcall.domain.Permission;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Moments;
import org.rollcall.ui.common.OnOff;
import org.rollcall.ui.common.WindowContext;

/// Backups that are made by themselves and by hand, how to restore one, and the end of the audit log in a place outside.
final class ProtectionCard extends StackPane {
    private final WindowContext context;
    private final SettingsViewModel model;

    ProtectionCard(WindowContext context, SettingsViewModel model) {
        this.context = context;
        this.model = model;
        var rows = new VBox(daily(), byHand(), restore(), anchor());
        rows.getStyleClass().add("settings-rows");
        getChildren().add(Card.bare(rows));
    }

    private ReadOnlyStringWrapper reason(Permission permission) {
        return new ReadOnlyStringWrapper(model.reason(permission));
    }

    private Node daily() {
        var on = new OnOff(Messages.get("settings.backup.daily"));
        on.setId("settings.backup.daily");
        var row = new SettingsRow(Icons.CLOCK, Messages.get("settings.backup.daily"), "",
                new Disallowed(on, reason(Permission.BACKUP)));
        model.backupsProperty().subscribe(state -> {
            row.caption(words(state));
            row.getStyleClass().remove("failed");
            if (state != null) {
                on.setSelected(state.daily());
                if (state.failure() != null) {
                    row.getStyleClass().add("failed");
                }
            }
        });
        on.selectedProperty().subscribe(now -> {
            var state = model.backupsProperty().get();
            if (state != null && state.daily() != now) {
                model.setDailyBackups(now, row::saved);
            }
        });
        return row;
    }

    private String words(@Nullable BackupState state) {
        String where = model.services().protection().folder().toString();
        if (state == null) {
            return Messages.get("settings.backup.daily.kept", where);
        }
        if (state.failure() != null) {
            return Messages.get("settings.backup.daily.failed", Messages.capital(state.failure()));
        }
        Instant made = state.madeAt();
        return made == null
                ? Messages.get("settings.backup.daily.kept", where)
                : Messages.get("settings.backup.daily.last", Moments.within(made, context.clock()), where);
    }

    private Node byHand() {
        var now = Buttons.plain(Messages.get("settings.backup.now"), () -> BackupDialog.open(context, model));
        now.setId("settings.backup.now");
        return new SettingsRow(Icons.ARCHIVE, Messages.get("settings.backup"), Messages.get("settings.backup.caption"),
                new Disallowed(now, reason(Permission.BACKUP)));
    }

    private Node restore() {
        var how = Buttons.plain(Messages.get("settings.restore.how"),
                () -> model.services().guide().accept("recovery"));
        how.setId("settings.restore.how");
        return new SettingsRow(Icons.UNDO, Messages.get("settings.restore"), Messages.get("settings.restore.caption"),
                how);
    }

    private Node anchor() {
        var choose = Buttons.plain(Messages.get("settings.anchor.choose"), () -> model.services().files().save(
                Messages.get("settings.anchor.title"), "rollcall-audit-anchor.txt", model::setAnchor));
        choose.setId("settings.anchor.choose");
        var address = Buttons.plain(Messages.get("settings.anchor.address"), () -> AnchorDialog.open(context, model));
        address.setId("settings.anchor.address");
        var stop = Buttons.plain(Messages.get("settings.anchor.stop"), () -> model.setAnchor(null));
        stop.setId("settings.anchor.stop");
        var stopping = new Disallowed(stop, reason(Permission.MANAGE_SETTINGS));
        var row = new SettingsRow(Feather.ANCHOR, Messages.get("settings.anchor"), "", stopping,
                new Disallowed(address, reason(Permission.MANAGE_SETTINGS)),
                new Disallowed(choose, reason(Permission.MANAGE_SETTINGS)));
        model.anchorProperty().subscribe(place -> {
            row.caption(place.isEmpty()
                    ? Messages.get("settings.anchor.caption")
                    : Messages.get("settings.anchor.set", place));
            stopping.setVisible(!place.isEmpty());
            stopping.setManaged(!place.isEmpty());
        });
        return row;
    }
}
