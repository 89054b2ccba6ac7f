package org.rollcall.ui.welcome;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;

import org.rollcall.domain.Actor;
import org.rollcall.domain.RollcallException;
import org.rollcall.signin.LocalSignIn;
import org.rollcall.signin.PasswordRules;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.UiTasks;

/// Makes the first administrator of a new data folder. Says while typing how strong the password is, and why it would
/// be refused.
public final class FirstAdministratorViewModel {
    private final UiTasks tasks;
    private final LocalSignIn signIn;
    private final String origin;
    private final Consumer<Actor> made;
    private final ReadOnlyStringWrapper strength = new ReadOnlyStringWrapper(Messages.get("welcome.first.rules"));
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final BooleanProperty complete = new SimpleBooleanProperty();

    /// @param made gets the new administrator, signed in
    public FirstAdministratorViewModel(UiTasks tasks, LocalSignIn signIn, String origin, Consumer<Actor> made) {
        this.tasks = tasks;
        this.signIn = signIn;
        this.origin = origin;
        this.made = made;
    }

    /// The rules, or how strong what was typed is, in words.
    public ReadOnlyStringProperty strengthProperty() {
        return strength.getReadOnlyProperty();
    }

    /// Why it was refused; empty for not at all.
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// Whether there is a name and a password that the rules allow.
    public BooleanProperty completeProperty() {
        return complete;
    }

    /// What stands in the fields now.
    public void typed(String name, char[] password) {
        problem.set("");
        var trouble = PasswordRules.problem(name, password);
        complete.set(!name.isBlank() && trouble == null);
        if (password.length == 0) {
            strength.set(Messages.get("welcome.first.rules"));
        } else if (trouble != null) {
            strength.set(Messages.get("welcome.first.refused", trouble.shown()));
        } else {
            strength.set(Messages.get(switch (PasswordRules.strength(name, password)) {
                case TOO_WEAK -> "welcome.first.weak";
                case FAIR -> "welcome.first.fair";
                case GOOD -> "welcome.first.good";
                case STRONG -> "welcome.first.strong";
            }));
        }
        Arrays.fill(password, '\0');
    }

    /// Makes the account and signs in. The password is wiped.
    public void create(String name, char[] password) {
        if (busy.get()) {
            return;
        }
        problem.set("");
        busy.set(true);
        tasks.quietly(_ -> {
            try {
                return signIn.createFirstAdministrator(name, password, origin);
            } finally {
                Arrays.fill(password, '\0');
            }
        }, actor -> {
            busy.set(false);
            made.accept(actor);
        }, this::failed);
    }

    private void failed(RollcallException trouble) {
        busy.set(false);
        problem.set(Messages.trouble(trouble));
    }
}
