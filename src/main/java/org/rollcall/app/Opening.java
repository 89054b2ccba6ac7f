package org.rollcall.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.rollcall.domain.RollcallException;
import org.rollcall.store.DataFolder;
import org.rollcall.ui.common.WindowPreferences;
import org.rollcall.vault.Passphrase;

/// A data folder being opened on a thread of its own, while the window starts: both together take the time of the longer
/// one.
final class Opening implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 10;

    private final Path home;
    private final Passphrase passphrase;
    private final Clock clock;
    private final FutureTask<Opened> task = new FutureTask<>(this::open);
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Runnable toFront = () -> {};

    /// What the first page needs.
    ///
    /// @param initialised whether there is an account to sign in with
    /// @param origin      where people sign in, for the audit log
    /// @param window      keeps a second window away
    record Opened(WindowServices services, WindowPreferences preferences, boolean initialised, String origin,
            SingleInstance window) {}

    Opening(Path home, Clock clock) {
        this(home, WindowPassphrase.of(System.getenv()), clock);
    }

    /// @param passphrase of the data folder, asked for only if one keeps its key
    Opening(Path home, Passphrase passphrase, Clock clock) {
        this.home = home;
        this.passphrase = passphrase;
        this.clock = clock;
    }

    /// The same folder once more, with another passphrase.
    Opening with(Passphrase other) {
        var next = new Opening(home, other, clock);
        next.onKnock(toFront);
        return next;
    }

    /// What to do when somebody starts the program again; until there is a window that is nothing.
    void onKnock(Runnable bringToFront) {
        toFront = bringToFront;
    }

    /// Begins if there is a data folder. A first start begins with [#await()] only: where no window can be shown it must
    /// leave nothing behind.
    void beginIfThere() {
        if (DataFolder.isOne(home)) {
            begin();
        }
    }

    /// Whether [#await()] returns, or fails, at once.
    boolean isDone() {
        return task.isDone();
    }

    private void begin() {
        if (begun.compareAndSet(false, true)) {
            Thread.ofPlatform().name("opening").daemon().start(task);
        }
    }

    /// Begins, unless that was done, and waits for the end.
    ///
    /// @throws RollcallException as [AppContext#open]
    Opened await() throws InterruptedException {
        begin();
        try {
            return task.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException trouble -> throw trouble;
                case Error trouble -> throw trouble;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private Opened open() {
        WindowServices services;
        SingleInstance window;
        try {
            services = WindowServices.open(home, passphrase, clock);
            try {
                window = SingleInstance.claim(home);
            } catch (RuntimeException e) {
                services.close();
                throw e;
            }
        } catch (RuntimeException | Error e) {
            AppContext.note(home, e);
            throw e;
        }
        window.listen(() -> toFront.run());
        try {
            var writer = Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
            return new Opened(services, new WindowPreferences(home.resolve(WindowPreferences.FILE), writer),
                    services.context().signIn().isInitialised(), origin(), window);
        } catch (RuntimeException | Error e) {
            close(window, services);
            throw e;
        }
    }

    private static void close(SingleInstance window, WindowServices services) {
        window.close();
        services.close();
    }

    private static String origin() {
        try {
            return "window, " + InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "window";
        }
    }

    /// Closes what was opened, and lets an opening that goes on come to its end first. Harmless when repeated.
    @Override
    public void close() {
        if (!begun.get() || !closed.compareAndSet(false, true)) {
            return;
        }
        try {
            var opened = task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            close(opened.window(), opened.services());
        } catch (ExecutionException e) {
            log().debug("There is nothing to close, the opening failed", e);
        } catch (TimeoutException e) {
            log().warn("The data folder was left while it was being opened");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Logging takes a while to set up, so the thread that starts the window must not be the first to ask for it.
    private static org.slf4j.Logger log() {
        return org.slf4j.LoggerFactory.getLogger(Opening.class);
    }
}
