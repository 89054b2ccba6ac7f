package org.rollcall.ui.welcome;

import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.FirstFocus;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.PasswordInput;

/// The page before sign-in where a passphrase keeps the key of the data folder: asks for it until it is the right one.
public final class PassphraseView extends WelcomeColumn {
    private final PasswordInput passphrase = new PasswordInput(Messages.get("welcome.passphrase.field"));
    private final Label problem = Labels.problem();
    private final BooleanProperty busy = new SimpleBooleanProperty();
    private Consumer<char[]> open = _ -> {};

    /// @param guide opens a page of the guide
    public PassphraseView(Consumer<String> guide) {
        super(Messages.get("welcome.passphrase.heading"), Messages.get("welcome.passphrase.sentence"));
        passphrase.field().setId("welcome.passphrase");
        problem.setId("welcome.passphrase.problem");
        var go = Buttons.primary(Messages.get("welcome.passphrase.open"), this::submit);
        go.setId("welcome.passphrase.open");
        go.getStyleClass().add("large");
        go.setMaxWidth(Double.MAX_VALUE);
        go.setDefaultButton(true);
        go.disableProperty().bind(passphrase.field().textProperty().isEmpty().or(busy));
        passphrase.field().textProperty().addListener((_, _, now) -> {
            if (!now.isEmpty()) {
                problem.setText("");
            }
        });
        var card = Card.roomy(new VBox(16,
                new FormField(Messages.get("welcome.passphrase.field"), passphrase,
                        Messages.get("welcome.passphrase.hint")),
                problem, go));
        card.setMaxWidth(416);
        var read = Buttons.link(Messages.get("welcome.passphrase.lost"), () -> guide.accept("recovery"));
        read.setId("welcome.passphrase.lost");
        column().getChildren().addAll(card, read);
        FirstFocus.of(this, passphrase.field());
    }

    /// Hears of a passphrase that was entered, and answers with another page or with [#refuse].
    public void onOpen(Consumer<char[]> action) {
        open = action;
    }

    private void submit() {
        busy.set(true);
        open.accept(passphrase.password());
    }

    /// It was not the right one: the person tries again.
    public void refuse(String words) {
        busy.set(false);
        passphrase.field().clear();
        problem.setText(words);
        passphrase.field().requestFocus();
    }
}
