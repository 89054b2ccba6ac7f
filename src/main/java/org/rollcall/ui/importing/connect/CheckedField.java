package org.rollcall.ui.importing.connect;

import java.util.function.Function;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.StringProperty;
import javafx.scene.control.TextField;

import atlantafx.base.controls.CustomTextField;

import org.rollcall.domain.RollcallException;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Tone;

/// A field that is bound to an answer and checked when it is left: wrong ones say why below, right ones carry a tick.
final class CheckedField {
    private final StringProperty answer;
    private final Function<String, String> check;
    private final FormField field;
    private final CustomTextField input;
    private final ReadOnlyBooleanWrapper valid = new ReadOnlyBooleanWrapper();
    private Runnable left = () -> {};

    /// @param check gives what was understood, which may differ from what was typed, or throws INPUT
    CheckedField(String id, String label, StringProperty answer, Function<String, String> check) {
        this.answer = answer;
        this.check = check;
        input = new CustomTextField();
        input.setId(id);
        field = new FormField(label, input);
        input.textProperty().bindBidirectional(answer);
        answer.subscribe(_ -> typed());
        input.focusedProperty().subscribe((before, now) -> {
            if (before && !now) {
                look();
                left.run();
            }
        });
        if (!answer.get().isBlank()) {
            look();
        }
    }

    FormField node() {
        return field;
    }

    TextField input() {
        return input;
    }

    /// What stands there can be read, but something else is wrong with it.
    void wrong(String trouble) {
        field.hintProperty().set("");
        field.errorProperty().set(trouble);
        input.setRight(Icons.of(Icons.WRONG, Icons.IN_TEXT, Tone.DANGER));
    }

    /// Runs whenever the field has been left and looked at.
    void onLeft(Runnable run) {
        left = run;
    }

    /// Whether what stands there can be used, whether or not it has been left already.
    boolean isValid() {
        return valid.get();
    }

    private void typed() {
        valid.set(!answer.get().isBlank() && wrong().isEmpty());
        // While somebody types, a complaint that no longer holds goes at once; a new one waits until the field is left.
        if (valid.get() || answer.get().isBlank()) {
            show("");
        } else {
            input.setRight(null);
        }
    }

    void look() {
        show(answer.get().isBlank() ? "" : wrong());
    }

    private void show(String trouble) {
        field.errorProperty().set(trouble);
        field.hintProperty().set("");
        if (!trouble.isEmpty()) {
            input.setRight(Icons.of(Icons.WRONG, Icons.IN_TEXT, Tone.DANGER));
        } else if (valid.get()) {
            input.setRight(Icons.of(Icons.DONE, Icons.IN_TEXT, Tone.SUCCESS));
            var understood = check.apply(answer.get());
            if (!understood.equalsIgnoreCase(answer.get().strip())) {
                field.hintProperty().set(Messages.get("importing.connect.understood", understood));
            }
        } else {
            input.setRight(null);
        }
    }

    private String wrong() {
        try {
            var unused = check.apply(answer.get());
            return "";
        } catch (RollcallException e) {
            return Messages.get("importing.connect.wrong", Messages.capital(e.words().shown()),
                    Messages.capital(e.remedyWords().shown()));
        }
    }
}
