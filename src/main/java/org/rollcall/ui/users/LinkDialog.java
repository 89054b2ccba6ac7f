package org.rollcall.ui.users;

import java.util.List;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.rollcall.domain.Actor;
import org.rollcall.domain.DisplayText;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserRow;
import org.rollcall.people.LinkService;
import org.rollcall.people.LinkService.Offer;
import org.rollcall.ui.common.Avatar;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Moments;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.WindowContext;

/// Shows accounts that were made anew beside the people whom they may belong to; each pair is linked by its button.
final class LinkDialog {
    private static final double WIDTH = 680;
    private static final double HEIGHT = 360;

    private final WindowContext context;
    private final LinkService links;
    private final Actor actor;
    private final Runnable changed;
    private final VBox rows = new VBox();
    private final VBox trouble = new VBox();
    private final DialogBox dialog;

    private LinkDialog(WindowContext context, LinkService links, Actor actor, Runnable changed) {
        this.context = context;
        this.links = links;
        this.actor = actor;
        this.changed = changed;
        trouble.managedProperty().bind(Bindings.isNotEmpty(trouble.getChildren()));
        var scroll = new ScrollPane(rows);
        scroll.setFitToWidth(true);
        scroll.setMaxHeight(HEIGHT);
        scroll.getStyleClass().add("edge-to-edge");
        trouble.getStyleClass().add("users-link-trouble");
        dialog = new DialogBox(Messages.get("users.link.title")).subtitle(Messages.get("users.link.subtitle"))
                .width(WIDTH).edgeToEdge(new VBox(scroll, trouble)).cancelLabel(Messages.get("common.close"));
    }

    static void open(WindowContext context, LinkService links, Actor actor, Runnable changed) {
        var opened = new LinkDialog(context, links, actor, changed);
        context.tasks().quietly(_ -> links.offers(actor), offers -> {
            opened.show(offers);
            context.dialogs().show(opened.dialog);
        }, trouble -> context.toasts().show(Toast.failed(Messages.trouble(trouble))));
    }

    private void show(List<Offer> offers) {
        rows.getChildren().setAll(offers.stream().map(this::row).toList());
    }

    private Node row(Offer offer) {
        UserRow present = offer.present();
        UserRow former = offer.former();
        var words = new VBox(2, Labels.of(DisplayText.of(present.shownName()), "medium"),
                Labels.caption(present.username()),
                Labels.wrapped(Messages.get("users.link.former", former.id(),
                        Moments.of(former.changedAt(), context.clock()), role(former)), "caption", "muted"),
                Labels.wrapped(Messages.get("users.link.present", present.id(), role(present)), "caption", "muted"));
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        var link = Buttons.small(Messages.get("users.link.do"), () -> link(offer));
        link.setId("users.link.do." + present.id());
        link.setAccessibleText(Messages.get("users.link.do.of", present.shownName()));
        var row = new HBox(12, new Avatar(present.shownName(), 40), words, link);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().addAll("users-link-row", "row-line");
        return row;
    }

    private static String role(UserRow row) {
        return row.roleSource() == RoleSource.MANUAL
                ? Messages.get("users.link.role.byHand", row.role())
                : row.role();
    }

    private void link(Offer offer) {
        trouble.getChildren().clear();
        Consumer<RollcallException> refused = e -> trouble.getChildren().setAll(Banner.failure(e));
        context.tasks().quietly(_ -> {
            links.link(actor, offer.present().id(), offer.former().id());
            return links.offers(actor);
        }, left -> {
            changed.run();
            context.toasts().show(Toast.done(Messages.get("users.link.done", offer.present().shownName())));
            if (left.isEmpty()) {
                dialog.close();
            } else {
                show(left);
            }
        }, refused);
    }
}
