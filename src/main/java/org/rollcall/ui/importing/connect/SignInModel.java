package org.rollcall.ui.importing.connect;

import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.DeviceCode;
import org.rollcall.task.JobContext;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.RunningJob;
import org.rollcall.ui.common.WindowContext;

/// A person signs in on Microsoft's page, by a code or in the browser, while the window waits. Knows no scene.
final class SignInModel<T> {
    /// Where it stands.
    sealed interface Stage {
        record Idle() implements Stage {}

        /// A code has been asked for.
        record Asking() implements Stage {}

        record Code(DeviceCode code, Duration good) implements Stage {}

        record Browser(@Nullable URI address) implements Stage {}

        record Done() implements Stage {}

        /// @param again     what Retry does
        /// @param byBrowser whether the browser was used, not a code
        record Failed(RollcallException trouble, Runnable again, boolean byBrowser) implements Stage {}
    }

    /// Waits until the person has typed the code.
    interface ByCode<T> {
        T signIn(Consumer<DeviceCode> show, JobContext job);
    }

    /// Waits until the browser comes back.
    interface ByBrowser<T> {
        T signIn(Consumer<URI> open, JobContext job);
    }

    private final WindowContext window;
    private final ByCode<T> byCode;
    private final ByBrowser<T> byBrowser;
    private final Consumer<T> signedIn;
    private final ReadOnlyObjectWrapper<Stage> stage = new ReadOnlyObjectWrapper<>(new Stage.Idle());
    private @Nullable RunningJob waiting;
    private int attempt;

    /// @param signedIn gets what came out, on the FX thread
    SignInModel(WindowContext window, ByCode<T> byCode, ByBrowser<T> byBrowser, Consumer<T> signedIn) {
        this.window = window;
        this.byCode = byCode;
        this.byBrowser = byBrowser;
        this.signedIn = signedIn;
    }

    ReadOnlyObjectProperty<Stage> stageProperty() {
        return stage.getReadOnlyProperty();
    }

    /// Asks for a code, a new one if there was one.
    void code() {
        int mine = begin(new Stage.Asking());
        run(mine, job -> byCode.signIn(code -> window.fx().execute(() -> {
            if (mine == attempt) {
                stage.set(new Stage.Code(code, Duration.between(window.clock().instant(), code.expiresAt())));
            }
        }), job));
    }

    void browser() {
        int mine = begin(new Stage.Browser(null));
        run(mine, job -> byBrowser.signIn(address -> window.fx().execute(() -> {
            if (mine == attempt) {
                stage.set(new Stage.Browser(address));
                window.links().open(address);
            }
        }), job));
    }

    /// The code ran out while nobody typed it.
    void expired() {
        if (stage.get() instanceof Stage.Code) {
            stop();
            stage.set(new Stage.Failed(new RollcallException(ErrorKind.REFUSED, "entra.code.expired",
                    Messages.get("importing.signIn.expired"), Messages.get("importing.signIn.expired.remedy")),
                    this::code, false));
        }
    }

    /// What was to be done with the sign-in did not work.
    void failed(RollcallException trouble, Runnable again) {
        stage.set(new Stage.Failed(trouble, again, false));
    }

    void cancel() {
        stop();
        stage.set(new Stage.Idle());
    }

    private int begin(Stage first) {
        stop();
        stage.set(first);
        return attempt;
    }

    private void stop() {
        attempt++;
        var job = waiting;
        waiting = null;
        if (job != null) {
            job.cancel();
        }
    }

    private void run(int mine, org.rollcall.task.Job<T> job) {
        waiting = window.tasks().quietly(job, result -> {
            if (mine == attempt) {
                waiting = null;
                stage.set(new Stage.Done());
                signedIn.accept(result);
            }
        }, trouble -> {
            if (mine == attempt) {
                waiting = null;
                boolean byBrowser = stage.get() instanceof Stage.Browser;
                stage.set(new Stage.Failed(trouble, byBrowser ? this::browser : this::code, byBrowser));
            }
        });
    }
}
