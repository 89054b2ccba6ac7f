package org.rollcall.ui.signin;

import java.util.Arrays;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import org.rollcall.domain.Actor;
import org.rollcall.domain.RollcallException;
import org.rollcall.signin.LocalSignIn;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.UiTasks;

/// Signs in with a local account.
public final class SignInViewModel {
    private final UiTasks tasks;
    private final LocalSignIn signIn;
    private final String origin;
    private final Consumer<Actor> signedIn;
    private final StringProperty name = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();

    public SignInViewModel(UiTasks tasks, LocalSignIn signIn, String origin, Consumer<Actor> signedIn) {
        this.tasks = tasks;
        this.signIn = signIn;
        this.origin = origin;
        this.signedIn = signedIn;
    }

    public StringProperty nameProperty() {
        return name;
    }

    /// Why not, in one sentence that is the same for unknown names and wrong passwords; empty for no trouble.
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// The password is wiped.
    ///
    /// @param refused runs on the FX thread when it failed, to put the focus back
    public void signIn(char[] password, Runnable refused) {
        if (busy.get()) {
            return;
        }
        busy.set(true);
        problem.set("");
        var asked = name.get();
        tasks.quietly(_ -> {
            try {
                return signIn.signIn(asked, password, origin);
            } finally {
                Arrays.fill(password, '\0');
            }
        }, actor -> {
            busy.set(false);
            signedIn.accept(actor);
        }, trouble -> {
            failed(trouble);
            refused.run();
        });
    }

    private void failed(RollcallException trouble) {
        busy.set(false);
        problem.set(Messages.trouble(trouble));
    }
}
