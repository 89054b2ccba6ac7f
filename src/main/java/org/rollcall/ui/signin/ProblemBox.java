package org.rollcall.ui.signin;

import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Tone;

/// Why it did not work, above the button, and a button for what helps; gone while there is no trouble.
final class ProblemBox extends VBox {
    ProblemBox(SignInViewModel model) {
        this(model, null);
    }

    /// @param there what the page's own button does; it is not offered a second time
    ProblemBox(SignInViewModel model, SignInStage.@Nullable Next there) {
        super(12);
        getStyleClass().addAll("banner", "danger");
        model.problemProperty().subscribe(problem -> {
            getChildren().clear();
            setVisible(!problem.isNone());
            setManaged(!problem.isNone());
            if (problem.isNone()) {
                return;
            }
            var words = Labels.wrapped(problem.words());
            words.setId("signin.problem");
            words.setGraphic(Icons.of(Icons.WRONG, Icons.IN_TEXT, Tone.DANGER));
            words.getStyleClass().add("sign-in-problem");
            getChildren().add(words);
            setAccessibleText(problem.words());
            var next = problem.next();
            if (next != null && next != there) {
                var go = Buttons.plain(next.words(), () -> model.by(next));
                go.setId("signin.problem.next");
                go.setMaxWidth(Double.MAX_VALUE);
                getChildren().add(go);
            }
        });
    }
}
