package org.rollcall.ui.signin;

import java.net.URI;
import java.util.Arrays;
import java.util.function.BiConsumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.SignInOutcome;
import org.rollcall.signin.SignInPrompts;
import org.rollcall.source.DeviceCode;
import org.rollcall.source.SignInRefusedException;
import org.rollcall.task.Job;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.RunningJob;
import org.rollcall.ui.common.WindowContext;
import org.rollcall.ui.signin.SignInStage.Field;
import org.rollcall.ui.signin.SignInStage.Next;
import org.rollcall.ui.signin.SignInStage.Problem;

/// Signs somebody in by one of the ways that are on, or lets the person back in who locked the window. Knows no scene.
public final class SignInViewModel {
    private final WindowContext window;
    private final SignInDesk desk;
    private final @Nullable LockedPerson locked;
    private final BiConsumer<Actor, SignInMode> signedIn;
    private final StringProperty name = new SimpleStringProperty("");
    private final ObjectProperty<SignInWay> way = new SimpleObjectProperty<>(SignInWay.LOCAL);
    private final ReadOnlyObjectWrapper<SignInDesk.Offer> offer = new ReadOnlyObjectWrapper<>(SignInDesk.Offer.local());
    private final ReadOnlyObjectWrapper<SignInStage> stage = new ReadOnlyObjectWrapper<>(new SignInStage.Form());
    private final ReadOnlyObjectWrapper<Problem> problem = new ReadOnlyObjectWrapper<>(Problem.none());
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper known = new ReadOnlyBooleanWrapper();
    private char[] oneTime = new char[0];
    private @Nullable RunningJob waiting;
    private int attempt;

    /// @param lastWay  what was chosen last, by name; follows what is chosen now
    /// @param signedIn gets who it is and how they signed in, on the FX thread
    public SignInViewModel(WindowContext window, SignInDesk desk, StringProperty lastWay,
            BiConsumer<Actor, SignInMode> signedIn) {
        this(window, desk, null, lastWay, signedIn);
    }

    /// For the lock screen.
    public SignInViewModel(WindowContext window, SignInDesk desk, LockedPerson locked,
            BiConsumer<Actor, SignInMode> signedIn) {
        this(window, desk, locked, new SimpleStringProperty(SignInWay.of(locked.mode()).name()), signedIn);
    }

    private SignInViewModel(WindowContext window, SignInDesk desk, @Nullable LockedPerson locked,
            StringProperty lastWay, BiConsumer<Actor, SignInMode> signedIn) {
        this.window = window;
        this.desk = desk;
        this.locked = locked;
        this.signedIn = signedIn;
        if (locked != null) {
            name.set(locked.username());
            way.set(SignInWay.of(locked.mode()));
        }
        readOffer(lastWay);
    }

    private void readOffer(StringProperty lastWay) {
        window.tasks().quietly(_ -> desk.offer(), now -> {
            offer.set(now);
            var ways = SignInWay.of(now);
            if (locked == null) {
                way.set(ways.stream().filter(each -> each.name().equals(lastWay.get())).findFirst()
                        .orElse(ways.getFirst()));
                way.addListener((_, _, chosen) -> lastWay.set(chosen.name()));
            }
            way.addListener(_ -> cancel());
            known.set(true);
        }, trouble -> {
            problem.set(new Problem(Messages.trouble(trouble), null, Field.NONE));
            known.set(true);
        });
    }

    public StringProperty nameProperty() {
        return name;
    }

    ObjectProperty<SignInWay> wayProperty() {
        return way;
    }

    ReadOnlyObjectProperty<SignInDesk.Offer> offerProperty() {
        return offer.getReadOnlyProperty();
    }

    /// Whether it is known what is on.
    ReadOnlyBooleanProperty knownProperty() {
        return known.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<SignInStage> stageProperty() {
        return stage.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Problem> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// Whose window it is; null: nobody's yet.
    @Nullable
    LockedPerson locked() {
        return locked;
    }

    WindowContext window() {
        return window;
    }

    /// Says why the person has to sign in anew.
    public void say(String words) {
        problem.set(new Problem(words, null, Field.NONE));
    }

    /// By the password of a local account, of Active Directory or of Microsoft, whichever form shows. It is wiped.
    void byPassword(char[] password) {
        if (busy.get()) {
            Arrays.fill(password, '\0');
            return;
        }
        var mode = switch (way.get()) {
            case LOCAL -> SignInMode.LOCAL;
            case DIRECTORY -> SignInMode.AD;
            case MICROSOFT -> SignInMode.PASSWORD;
        };
        var asked = name.get().strip();
        if (asked.isEmpty() || password.length == 0) {
            problem.set(new Problem(Messages.get(asked.isEmpty() ? "signin.name.missing" : "signin.password.missing"),
                    null, asked.isEmpty() ? Field.NAME : Field.PASSWORD));
            Arrays.fill(password, '\0');
            return;
        }
        var kept = mode == SignInMode.LOCAL ? password.clone() : new char[0];
        busy.set(true);
        var prompts = new Prompts(attempt, password);
        run(mode, job -> {
            try {
                return desk.signIn(mode, asked, prompts, job);
            } finally {
                Arrays.fill(password, '\0');
            }
        }, kept);
    }

    void byBrowser() {
        begin(new SignInStage.Browser(null));
        microsoft(SignInMode.BROWSER);
    }

    /// Asks for a code, a new one if there was one.
    void byCode() {
        begin(new SignInStage.AskingForCode());
        microsoft(SignInMode.DEVICE);
    }

    void by(Next next) {
        if (next == Next.BROWSER) {
            byBrowser();
        } else {
            byCode();
        }
    }

    void showMicrosoftPassword() {
        begin(new SignInStage.MicrosoftPassword());
    }

    private void microsoft(SignInMode mode) {
        // Whoever comes back to a locked window has to be the same person.
        var hint = locked == null ? "" : locked.username();
        var prompts = new Prompts(attempt, new char[0]);
        run(mode, job -> desk.signIn(mode, hint, prompts, job), new char[0]);
    }

    /// The new password in place of the one-time one. Both are wiped.
    ///
    /// @param wrong what is wrong with the new one, in words
    void changePassword(char[] fresh, java.util.function.Consumer<String> wrong) {
        if (busy.get()) {
            return;
        }
        busy.set(true);
        problem.set(Problem.none());
        int mine = attempt;
        var asked = name.get().strip();
        var old = oneTime.clone();
        waiting = window.tasks().quietly(job -> {
            try {
                return desk.signInChanging(asked, old, fresh, job);
            } finally {
                Arrays.fill(old, '\0');
                Arrays.fill(fresh, '\0');
            }
        }, actor -> {
            if (mine == attempt) {
                done(actor, SignInMode.LOCAL);
            }
        }, trouble -> {
            if (mine == attempt) {
                busy.set(false);
                if (trouble.code().startsWith("password.")) {
                    wrong.accept(Messages.trouble(trouble));
                } else {
                    cancel();
                    failed(trouble, SignInMode.LOCAL);
                }
            }
        });
    }

    /// Back to the form.
    void cancel() {
        begin(new SignInStage.Form());
    }

    /// The code ran out while nobody typed it.
    void expired() {
        begin(new SignInStage.Form());
        problem.set(new Problem(Messages.get("signin.code.expired"), Next.CODE, Field.NONE));
    }

    private void begin(SignInStage first) {
        attempt++;
        var job = waiting;
        waiting = null;
        if (job != null) {
            job.cancel();
        }
        busy.set(false);
        Arrays.fill(oneTime, '\0');
        oneTime = new char[0];
        problem.set(Problem.none());
        stage.set(first);
    }

    private void run(SignInMode mode, Job<Actor> job, char[] kept) {
        int mine = attempt;
        problem.set(Problem.none());
        waiting = window.tasks().quietly(job, actor -> {
            Arrays.fill(kept, '\0');
            if (mine == attempt) {
                done(actor, mode);
            }
        }, trouble -> {
            if (mine != attempt) {
                Arrays.fill(kept, '\0');
                return;
            }
            if (mode == SignInMode.LOCAL && outcome(trouble) == SignInOutcome.PASSWORD_EXPIRED) {
                begin(new SignInStage.NewPassword());
                oneTime = kept;
            } else {
                Arrays.fill(kept, '\0');
                failed(trouble, mode);
            }
        });
    }

    private void done(Actor actor, SignInMode mode) {
        waiting = null;
        cancel();
        signedIn.accept(actor, mode);
    }

    private static @Nullable SignInOutcome outcome(RollcallException trouble) {
        return trouble instanceof SignInRefusedException refused ? refused.outcome() : null;
    }

    private void failed(RollcallException trouble, SignInMode mode) {
        waiting = null;
        busy.set(false);
        var before = stage.get();
        if (!(before instanceof SignInStage.MicrosoftPassword)) {
            stage.set(new SignInStage.Form());
        }
        problem.set(new Problem(Messages.trouble(trouble), next(outcome(trouble), mode),
                mode == SignInMode.BROWSER || mode == SignInMode.DEVICE ? Field.NONE : Field.PASSWORD));
    }

    /// What gets somebody in who was not let in this way.
    private @Nullable Next next(@Nullable SignInOutcome outcome, SignInMode mode) {
        if (outcome == null) {
            return null;
        }
        return switch (outcome) {
            case CODE_EXPIRED -> Next.CODE;
            case CODE_BLOCKED, MFA_REQUIRED, CONSENT_REQUIRED, CONDITIONAL_ACCESS, PASSWORD_EXPIRED ->
                mode == SignInMode.BROWSER || !mode.isEntra()
                        ? null
                        : offer.get().isOn(SignInMode.BROWSER)
                                ? Next.BROWSER
                                : mode == SignInMode.PASSWORD && offer.get().isOn(SignInMode.DEVICE)
                                        ? Next.CODE
                                        : null;
            default -> null;
        };
    }

    /// Hands what was typed to the attempt, and what it asks for to the page.
    private final class Prompts implements SignInPrompts {
        private final int mine;
        private final char[] typed;

        Prompts(int mine, char[] typed) {
            this.mine = mine;
            this.typed = typed;
        }

        @Override
        public char[] password(String user) {
            return typed.clone();
        }

        @Override
        public void browse(URI address) {
            window.fx().execute(() -> {
                if (mine == attempt) {
                    stage.set(new SignInStage.Browser(address));
                    window.links().open(address);
                }
            });
        }

        @Override
        public void show(DeviceCode code) {
            window.fx().execute(() -> {
                if (mine == attempt) {
                    stage.set(new SignInStage.Code(code));
                }
            });
        }

        @Override
        public boolean hasDisplay() {
            return true;
        }
    }
}
