package org.rollcall.ui.settings;

import java.util.ArrayList;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.feather.Feather;

import org.rollcall.domain.NotifyChannel;
import org.rollcall.domain.Permission;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.IconButton;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Moments;
import org.rollcall.ui.common.WindowContext;

/// Where notifications go, each with a test; and the ways to add one.
final class NotificationsCard extends StackPane {
    private final WindowContext context;
    private final SettingsViewModel model;
    private final VBox rows = new VBox();

    NotificationsCard(WindowContext context, SettingsViewModel model) {
        this.context = context;
        this.model = model;
        rows.getStyleClass().add("settings-rows");
        getChildren().add(Card.bare(rows));
        model.channels().addListener((javafx.beans.Observable _) -> show());
        model.channelsTroubleProperty().subscribe(this::show);
        show();
    }

    private void show() {
        var all = new ArrayList<Node>();
        var trouble = model.channelsTroubleProperty().get();
        if (trouble != null) {
            all.add(new VBox(Banner.failure(trouble, Buttons.small(Messages.get("common.retry"), model::reload))));
        }
        model.channels().forEach(channel -> all.add(row(channel)));
        String reason = model.reason(Permission.MANAGE_SETTINGS);
        var mail = Buttons.plain(Messages.get("settings.notify.mail"), Feather.MAIL,
                () -> MailDialog.open(context, model));
        mail.setId("settings.notify.mail");
        var webhook = Buttons.plain(Messages.get("settings.notify.webhook"), Feather.LINK,
                () -> WebhookDialog.open(context, model));
        webhook.setId("settings.notify.webhook");
        all.add(new SettingsRow(Feather.BELL,
                Messages.get(model.channels().isEmpty() ? "settings.notify.none" : "settings.notify.add"),
                reason.isEmpty() ? Messages.get("settings.notify.caption") : reason,
                new Disallowed(mail, new ReadOnlyStringWrapper(reason)),
                new Disallowed(webhook, new ReadOnlyStringWrapper(reason))));
        rows.getChildren().setAll(all);
    }

    private Node row(NotifyChannel channel) {
        boolean byMail = channel.settings().kind() == NotifyChannel.Kind.MAIL;
        String error = channel.lastError();
        var sent = channel.lastSentAt();
        String second = error != null
                ? Messages.get("settings.notify.failed", error)
                : sent == null
                        ? Messages.get("settings.notify.never")
                        : Messages.get("settings.notify.sent", Moments.within(sent, context.clock()));
        var test = Buttons.plain(Messages.get("settings.notify.test"), () -> model.test(channel));
        test.setId("settings.notify.test." + channel.id());
        var remove = IconButton.flat(Icons.DELETE,
                Messages.get("settings.notify.remove", channel.settings().words()), () -> ask(channel));
        remove.setId("settings.notify.remove." + channel.id());
        var row = new SettingsRow(byMail ? Feather.MAIL : Feather.LINK, channel.settings().words(), second, test,
                remove);
        if (error != null) {
            row.getStyleClass().add("failed");
        }
        return row;
    }

    private void ask(NotifyChannel channel) {
        context.dialogs().confirmDanger(Messages.get("settings.notify.remove.title"),
                Messages.get("settings.notify.remove.sentence", channel.settings().words()),
                Messages.get("settings.notify.remove.do"), () -> model.remove(channel));
    }
}
