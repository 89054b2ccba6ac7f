package org.rollcall.ui.common.wizard;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.util.Subscription;

import atlantafx.base.theme.Styles;

import org.rollcall.domain.DisplayText;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Tone;

/// The foot of the wizard: cancel at the left, why it cannot go on, Back and Next at the right.
final class WizardFootBar extends HBox {
    private final WizardModel model;
    private final Button cancel;
    private final Button back;
    private final Button next;
    private final Label reason = Labels.muted("");

    WizardFootBar(WizardModel model, Runnable cancelled, Runnable goOn) {
        this.model = model;
        getStyleClass().add("wizard-foot");
        cancel = Buttons.flat("", cancelled);
        cancel.setId("wizard.cancel");
        back = Buttons.plain(Messages.get("wizard.back"), model::back);
        back.setId("wizard.back");
        next = new NextButton();
        next.setOnAction(_ -> goOn.run());
        next.setId("wizard.next");
        reason.setId("wizard.reason");
        getChildren().addAll(cancel, Labels.spacer(), reason, back, next);
        HBox.setMargin(reason, new javafx.geometry.Insets(0, 8, 0, 0));
    }

    /// Shows what that step says, until the subscription ends.
    Subscription follow(WizardStep step) {
        return step.footProperty().subscribe(this::show)
                .and(step.blockedProperty().subscribe(this::showReason));
    }

    /// @return whether Next is on and has the focus now
    boolean focusNext() {
        boolean on = next.isVisible() && !next.isDisabled();
        if (on) {
            next.requestFocus();
        }
        return on;
    }

    Label reason() {
        return reason;
    }

    private void show(WizardFoot foot) {
        cancel.setText(foot.cancelLabel());
        cancel.setVisible(!foot.cancelLabel().isEmpty());
        cancel.getStyleClass().remove(Styles.FLAT);
        if (foot.leaves()) {
            cancel.getStyleClass().add(Styles.FLAT);
        }
        back.setVisible(foot.back() && model.currentProperty().get() > 0);
        back.setManaged(back.isVisible());
        next.setText(foot.nextLabel());
        next.setVisible(!foot.nextLabel().isEmpty());
        next.setManaged(next.isVisible());
        next.getStyleClass().remove(Styles.ACCENT);
        next.setDefaultButton(foot.primary());
        if (foot.primary()) {
            next.getStyleClass().add(Styles.ACCENT);
        }
    }

    private void showReason(String why) {
        reason.setText(DisplayText.text(why));
        reason.setGraphic(why.isEmpty() ? null : Icons.of(Icons.INFO, Icons.IN_TEXT, Tone.MUTED));
        next.setDisable(!why.isEmpty());
        next.setAccessibleHelp(why.isEmpty() ? null : why);
    }

    /// At least 96 wide, however short its verb.
    private static final class NextButton extends Button {
        private static final double AT_LEAST = 96;

        NextButton() {
            setMnemonicParsing(false);
            setMinWidth(USE_PREF_SIZE);
        }

        @Override
        protected double computePrefWidth(double height) {
            return Math.max(AT_LEAST, super.computePrefWidth(height));
        }
    }
}
