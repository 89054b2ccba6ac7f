package org.rollcall.app;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.event.EventHandler;
import javafx.scene.Scene;
import javafx.scene.input.InputEvent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.SignInMode;
import org.rollcall.signin.Sessions;
import org.rollcall.ui.common.Dialogs;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.UiTasks;
import org.rollcall.ui.common.WindowContext;
import org.rollcall.ui.guide.GuideDialog;
import org.rollcall.ui.guide.GuidePages;
import org.rollcall.ui.importing.draft.Prefill;
import org.rollcall.ui.shell.DirectoryPalette;
import org.rollcall.ui.shell.SessionActions;
import org.rollcall.ui.shell.ShellView;
import org.rollcall.ui.shell.ShellViewModel;
import org.rollcall.ui.shell.WindowRoot;
import org.rollcall.ui.signin.ChangePasswordDialog;
import org.rollcall.ui.signin.LockedPerson;
import org.rollcall.ui.signin.SessionWords;
import org.rollcall.ui.signin.SignInView;
import org.rollcall.ui.signin.SignInViewModel;

/// One person's time in the window: from signing in to signing out, locked in between, following what changes about them.
final class WindowSession implements SessionActions {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(3);
    /// Where others are at work too: what they change is shown within two seconds.
    private static final Duration LOOK_AT_OTHERS_EVERY = Duration.ofMillis(1_500);
    /// How much later than it happened an action may be noted.
    private static final Duration NOTED_WITHIN = Duration.ofSeconds(5);

    private final WindowContext window;
    private final WindowRoot root;
    private final Opening.Opened opened;
    private final Sessions.Session session;
    private final SignInMode mode;
    private final Consumer<String> askAgain;
    private final EventHandler<InputEvent> input = _ -> noteInput();
    private final Beat beat;
    private SessionWatch watch;
    private UiTasks tasks;
    private final Actor actor;
    private String shownName;
    private Instant noted = Instant.EPOCH;
    private @Nullable ShellViewModel shell;
    private boolean over;

    /// @param session  has just begun
    /// @param askAgain shows the page that signs in, with why in words; empty: the person wanted it
    WindowSession(WindowContext window, WindowRoot root, Opening.Opened opened, Sessions.Session session,
            SignInMode mode, Consumer<String> askAgain) {
        this.window = window;
        this.root = root;
        this.opened = opened;
        this.session = session;
        this.mode = mode;
        this.askAgain = askAgain;
        this.actor = session.actor();
        this.shownName = actor.name();
        this.beat = new Beat(() -> opened.services().isShared() ? LOOK_AT_OTHERS_EVERY : LOOK_EVERY, window.fx(),
                this::look);
        this.watch = watch();
        this.tasks = window.tasks().guarded(watch::require);
    }

    /// What the person may is known as of a moment ago: what they may at an action the services ask anew.
    private SessionWatch watch() {
        return new SessionWatch(opened.services().context(), session, actor, mode,
                actor.authority().lastKnown(), finding -> window.fx().execute(() -> follow(finding)));
    }

    /// Shows the screens.
    void begin() {
        var scene = root.getScene();
        listen(scene);
        window.tasks().quietly(_ -> opened.services().displayName(actor), name -> {
            shownName = name;
            var model = shell;
            if (model != null) {
                model.userNameProperty().set(name);
            }
        }, _ -> {});
        enter();
        beat.start();
    }

    private void enter() {
        var services = opened.services();
        var context = window.withTasks(tasks);
        var wizards = new Wizards(context, root, services.context(), actor);
        var screens = new Screens(context, services, actor, root, opened.preferences(), wizards::openNew,
                page -> GuideDialog.open(context, page), this::speakAnew);
        var model = new ShellViewModel(screens.of(known -> wizards.open(Prefill.of(known)),
                id -> wizards.connectAgain(() -> services.context().tenantStore().byId(id)),
                view -> wizards.edit(() -> services.context().edit(actor, view))), context.tasks());
        screens.besides().ifPresent(model::addBesides);
        if (actor.may(Permission.VIEW_DIRECTORY)) {
            model.addPaletteSource(new DirectoryPalette(services.context().people(), services.context().groups(),
                    actor, root));
        }
        model.userNameProperty().set(shownName);
        shell = model;
        root.showShell(new ShellView(context, model, this), model);
        model.openFirst();
        pulse(model);
        wizards.offerToGoOn();
    }

    /// Looks every few seconds how runs and schedules stand: when a run ends the open screen shows it.
    private void pulse(ShellViewModel model) {
        var services = opened.services();
        var last = new AtomicReference<WindowServices.@Nullable Pulse>();
        pulse = () -> window.tasks().quietly(_ -> services.pulse(), now -> {
            var earlier = last.getAndSet(now);
            if (actor.may(Permission.VIEW_DIRECTORY)) {
                model.showNext(now.next(), window.clock());
            }
            if (earlier != null && now.differs(earlier)) {
                model.reload();
            }
        }, _ -> {});
        pulse.run();
    }

    private Runnable pulse = () -> {};

    private void look() {
        pulse.run();
        var now = watch;
        window.tasks().quietly(_ -> now.look(), _ -> {}, _ -> {});
    }

    private void listen(Scene scene) {
        scene.addEventFilter(KeyEvent.KEY_PRESSED, input);
        scene.addEventFilter(MouseEvent.MOUSE_PRESSED, input);
        scene.addEventFilter(MouseEvent.MOUSE_MOVED, input);
        scene.addEventFilter(ScrollEvent.SCROLL, input);
    }

    private void noteInput() {
        var now = window.clock().instant();
        if (root.isLocked() || Duration.between(noted, now).abs().compareTo(NOTED_WITHIN) < 0) {
            return;
        }
        noted = now;
        var current = watch;
        window.tasks().quietly(_ -> {
            current.touch();
            return true;
        }, _ -> {}, _ -> {});
    }

    private void follow(SessionWatch.Finding finding) {
        if (over) {
            return;
        }
        switch (finding) {
            case SessionWatch.Finding.Locked() -> showLock();
            case SessionWatch.Finding.Ended(var words) -> leave(words);
            case SessionWatch.Finding.Changed(var role) -> change(role);
        }
    }

    /// Another language is spoken: everything is made anew, and the setting is in sight again.
    private void speakAnew() {
        // What asked for it is still at work, and goes.
        window.fx().afterwards(() -> {
            if (!over) {
                window.dialogs().dismiss();
                window.toasts().clear();
                enter();
                root.open("settings", Map.of("section", "appearance"));
            }
        });
    }

    /// The person may do other things now: everything is made anew.
    private void change(String role) {
        boolean locked = root.isLocked();
        watch.end();
        watch = watch();
        watch.locked(locked);
        tasks = window.tasks().guarded(watch::require);
        window.dialogs().dismiss();
        window.toasts().clear();
        enter();
        window.toasts().show(Toast.done(SessionWords.changed(role)));
    }

    private void showLock() {
        if (root.isLocked()) {
            return;
        }
        watch.locked(true);
        var dialogs = new Dialogs(window.motion(), window.fx());
        var context = new WindowContext(window.theme(), window.motion(), window.fx(), window.tasks(), dialogs,
                window.toasts(), window.links(), window.clock());
        var desk = new WindowDesk(opened.services().context().auth(), actor.origin(), session::unlock);
        var model = new SignInViewModel(context, desk, new LockedPerson(shownName, actor.name(), mode),
                (_, _) -> unlocked());
        root.lock(new StackPane(new SignInView(model, this::signOut,
                page -> GuideDialog.open(context, page)), dialogs.layer()));
    }

    private void unlocked() {
        watch.locked(false);
        root.unlock();
        var model = shell;
        if (model != null) {
            model.reload();
        }
    }

    @Override
    public void profile() {
        root.open("profile");
    }

    @Override
    public void changePassword() {
        ChangePasswordDialog.open(window.withTasks(tasks), opened.services().context().localAccounts(), actor);
    }

    @Override
    public boolean hasPassword() {
        return mode == SignInMode.LOCAL;
    }

    @Override
    public void lock() {
        showLock();
        window.tasks().quietly(_ -> {
            session.lock();
            return true;
        }, _ -> {}, _ -> {});
    }

    @Override
    public void signOut() {
        if (root.isLocked()) {
            out();
        } else {
            root.leave(this::out);
        }
    }

    private void out() {
        window.tasks().quietly(_ -> {
            session.signOut();
            return true;
        }, _ -> {}, _ -> {});
        leave("");
    }

    private void leave(String words) {
        over = true;
        stop();
        window.dialogs().dismiss();
        window.toasts().clear();
        askAgain.accept(words);
    }

    /// Nothing is looked at any more.
    void stop() {
        beat.stop();
        watch.end();
        var scene = Objects.requireNonNullElse(root.getScene(), new Scene(new StackPane()));
        for (var type : java.util.List.of(KeyEvent.KEY_PRESSED, MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_MOVED,
                ScrollEvent.SCROLL)) {
            scene.removeEventFilter(type, input);
        }
    }

    @Override
    public void help() {
        var model = shell;
        var open = model == null ? null : model.currentProperty().get();
        GuideDialog.open(window, GuidePages.of(open == null ? "overview" : open.id()));
    }
}
