package org.rollcall.ui.signin;

import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.rollcall.ui.common.Avatar;
import org.rollcall.ui.common.Brand;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.FocusOrder;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Segmented;
import org.rollcall.ui.common.ThemeButton;
import org.rollcall.ui.common.Tone;

/// The scene before the shell, and over it while it is locked: who is it?
public final class SignInView extends StackPane {
    private final SignInViewModel model;
    private final Consumer<String> guide;
    private final VBox form = new VBox(20);
    private final VBox head = new VBox(16);
    private final StackPane place = new StackPane();

    /// @param signOut ends a locked session, for somebody else to sign in
    /// @param guide   opens a page of the guide
    public SignInView(SignInViewModel model, Runnable signOut, Consumer<String> guide) {
        this.model = model;
        this.guide = guide;
        getStyleClass().add("sign-in");
        form.getChildren().addAll(head, place);
        var card = Card.roomy(form);
        card.getStyleClass().add("sign-in-card");
        var brand = new HBox(12, Brand.icon(40), Labels.of(Messages.get("shell.brand"), "title-2"));
        brand.setAlignment(Pos.CENTER);
        var links = new HBox(24);
        links.setAlignment(Pos.CENTER);
        if (model.locked() != null) {
            var out = Buttons.link(Messages.get("signin.locked.out"), signOut);
            out.setId("signin.out");
            links.getChildren().add(out);
        }
        var help = Buttons.link(Messages.get("signin.help"), this::help);
        help.setId("signin.help");
        var network = Buttons.link(Messages.get("signin.network"), () -> guide.accept("network"));
        network.setId("signin.network");
        links.getChildren().addAll(help, network);
        var middle = new VBox(24, brand, card, links);
        middle.setAlignment(Pos.CENTER);
        middle.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        var centred = new StackPane(middle);
        centred.setPadding(new Insets(24));
        var scroll = new ScrollPane(centred);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setFocusTraversable(false);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().addAll("edge-to-edge", "bare-scroll");
        var theme = new ThemeButton(model.window().theme());
        StackPane.setAlignment(theme, Pos.TOP_RIGHT);
        StackPane.setMargin(theme, new Insets(12, 16, 0, 0));
        getChildren().addAll(scroll, theme);
        model.knownProperty().subscribe(_ -> showHead());
        model.offerProperty().subscribe(_ -> showHead());
        model.wayProperty().subscribe(_ -> show());
        model.knownProperty().subscribe(_ -> show());
        model.stageProperty().subscribe(_ -> {
            showHead();
            show();
        });
    }

    private void showHead() {
        head.getChildren().clear();
        var locked = model.locked();
        boolean changes = model.stageProperty().get() instanceof SignInStage.NewPassword;
        var title = Labels.of(
                Messages.get(changes ? "signin.new.title" : locked == null ? "signin.title" : "signin.locked.title"),
                "title-3");
        title.setId("signin.title");
        head.getChildren().add(title);
        if (locked != null) {
            head.getChildren().add(person(locked));
        } else if (!changes) {
            var ways = SignInWay.of(model.offerProperty().get());
            if (ways.size() > 1) {
                var choice = new Segmented<>(Messages.get("signin.way"), ways, SignInWay::words).wide();
                choice.setId("signin.way");
                choice.setValue(ways.contains(model.wayProperty().get()) ? model.wayProperty().get() : ways.getLast());
                choice.valueProperty().addListener((_, _, chosen) -> model.wayProperty().set(chosen));
                model.wayProperty().subscribe(now -> {
                    if (ways.contains(now)) {
                        choice.setValue(now);
                    }
                });
                head.getChildren().add(choice);
            }
        }
    }

    private static Node person(LockedPerson person) {
        var name = Labels.of(person.shownName(), "strong");
        name.setId("signin.locked.name");
        var words = new VBox(2, name, Labels.caption(Messages.get("signin.locked.by." + person.mode().word())));
        words.setAlignment(Pos.CENTER_LEFT);
        words.setMinWidth(0);
        var lock = Icons.of(Icons.LOCK, Icons.IN_BANNER, Tone.MUTED);
        var row = new HBox(12, new Avatar(person.shownName(), 40), words, Labels.spacer(), lock);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private void show() {
        if (!model.knownProperty().get()) {
            place.getChildren().setAll(Labels.muted(Messages.get("signin.reading")));
            return;
        }
        switch (model.stageProperty().get()) {
            case SignInStage.Form() -> showForm();
            case SignInStage.MicrosoftPassword() -> {
                var fields = new PasswordForm(model, "microsoft");
                var back = Buttons.link(Messages.get("signin.microsoft.back"), model::cancel);
                back.setId("signin.microsoft.back");
                place(new VBox(12, back, fields), fields.first());
            }
            case SignInStage.AskingForCode() -> {
                var page = WaitingPage.asking(model);
                place(page, page.first());
            }
            case SignInStage.Code(var code) -> {
                var page = WaitingPage.code(model, code);
                place(page, page.first());
            }
            case SignInStage.Browser(var address) -> {
                var page = WaitingPage.browser(model, address);
                place(page, page.first());
            }
            case SignInStage.NewPassword() -> {
                var page = new NewPasswordPage(model);
                place(page, page.first());
            }
        }
    }

    private void showForm() {
        switch (model.wayProperty().get()) {
            case MICROSOFT -> {
                var page = new MicrosoftPage(model);
                place(page, page.first());
            }
            case DIRECTORY -> {
                var page = new PasswordForm(model, "ad");
                place(page, page.first());
            }
            case LOCAL -> {
                var page = new PasswordForm(model, "local");
                place(page, page.first());
            }
        }
    }

    private void place(Node page, Node first) {
        // Whoever walks the segments with the arrow keys stays there.
        var owner = getScene() == null ? null : getScene().getFocusOwner();
        boolean choosing = FocusOrder.isWithin(owner, head);
        place.getChildren().setAll(page);
        if (!choosing) {
            model.window().fx().afterwards(() -> {
                if (page.getScene() != null) {
                    first.requestFocus();
                }
            });
        }
    }

    private void help() {
        var lines = new VBox(12);
        for (var key : new String[]{ "local", "microsoft", "ad", "administrator" }) {
            lines.getChildren().add(new VBox(2, Labels.of(Messages.get("signin.help." + key), "strong"),
                    Labels.wrapped(LockoutWords.of("signin.help." + key + ".sentence"), "muted")));
        }
        var dialog = new DialogBox(Messages.get("signin.help")).content(lines)
                .cancelLabel(Messages.get("common.close"));
        var read = Buttons.plain(Messages.get("signin.help.guide"), () -> {
            dialog.close();
            guide.accept("sign-in#cannot-sign-in");
        });
        read.setId("signin.help.guide");
        model.window().dialogs().show(dialog.action(read));
    }
}
