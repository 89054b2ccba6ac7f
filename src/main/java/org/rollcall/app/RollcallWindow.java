package org.rollcall.app;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.PauseTransition;
import javafx.animation.Timeline;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.stage.Stage;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.ui.common.Brand;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Motion;
import org.rollcall.ui.common.Theme;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.UiTasks;
import org.rollcall.ui.common.WindowContext;
import org.rollcall.ui.common.WindowPreferences;
import org.rollcall.ui.importing.Prefill;
import org.rollcall.ui.shell.DirectoryPalette;
import org.rollcall.ui.shell.SessionActions;
import org.rollcall.ui.shell.ShellView;
import org.rollcall.ui.shell.ShellViewModel;
import org.rollcall.ui.shell.StartWords;
import org.rollcall.ui.shell.WindowRoot;
import org.rollcall.ui.signin.ChangePasswordDialog;
import org.rollcall.ui.signin.SignInView;
import org.rollcall.ui.signin.SignInViewModel;
import org.rollcall.ui.welcome.FirstAdministratorView;
import org.rollcall.ui.welcome.FirstAdministratorViewModel;

/// The window from its first frame to its last: opens the data folder in the background, asks who it is, shows the
/// shell. Its one parameter is the data folder, unless [#over] was told of one that is being opened already.
public final class RollcallWindow extends Application {
    private static final Duration LOOK_EVERY = Duration.seconds(3);
    private static final Duration FIRST_PAGE = Duration.seconds(1);
    private static final AtomicReference<@Nullable Opening> BEGUN = new AtomicReference<>();

    private @Nullable Opening opening;
    private @Nullable WindowPreferences preferences;
    private @Nullable Timeline beat;

    /// What the next window shows. Static because JavaFX itself makes the window.
    static void over(Opening opening) {
        BEGUN.set(opening);
    }

    @Override
    public void start(Stage stage) {
        var context = WindowContext.create(new Theme(Theme.Choice.SYSTEM), new Motion(),
                address -> getHostServices().showDocument(address.toString()), Clock.systemDefaultZone());
        var begun = BEGUN.getAndSet(null);
        var folder = begun != null
                ? begun
                : new Opening(Path.of(getParameters().getRaw().getFirst()), context.clock());
        opening = folder;
        var root = new WindowRoot(context);
        var scene = new Scene(root, 1280, 800);
        context.theme().install(scene);
        stage.setTitle(Messages.get("shell.brand"));
        stage.getIcons().setAll(Brand.images());
        stage.setMinWidth(1000);
        stage.setMinHeight(700);
        stage.setScene(scene);
        stage.setOnCloseRequest(event -> {
            event.consume();
            root.leave(stage::hide);
        });
        folder.onKnock(() -> context.fx().execute(() -> {
            stage.setIconified(false);
            stage.toFront();
            stage.requestFocus();
        }));
        // What is open already needs no page that says so.
        var tasks = folder.isDone() ? UiTasks.direct() : context.tasks();
        tasks.quietly(_ -> folder.await(), opened -> {
            preferences = opened.preferences();
            opened.preferences().remember(context.theme());
            opened.preferences().remember(stage);
            opened.preferences().rememberTables(scene);
            if (opened.initialised()) {
                askWho(context, root, opened, "");
            } else {
                root.showPage(new FirstAdministratorView(new FirstAdministratorViewModel(context.tasks(),
                        opened.services().context().signIn(), opened.origin(),
                        actor -> enter(context, root, opened, actor))));
            }
            startBackground(context, opened.services());
        }, trouble -> context.fx().afterwards(() -> StartWords.refuse(context, trouble)));
        stage.show();
    }

    /// Once the first page has had its time to show.
    private static void startBackground(WindowContext context, WindowServices services) {
        var later = new PauseTransition(FIRST_PAGE);
        later.setOnFinished(_ -> context.tasks().quietly(_ -> {
            services.startBackground();
            return true;
        }, _ -> {}, trouble -> context.toasts().show(Toast.failed(trouble.message()))));
        later.play();
    }

    private void askWho(WindowContext context, WindowRoot root, Opening.Opened opened, String name) {
        var pulse = beat;
        if (pulse != null) {
            pulse.stop();
        }
        var model = new SignInViewModel(context.tasks(), opened.services().context().signIn(), opened.origin(),
                actor -> enter(context, root, opened, actor));
        model.nameProperty().set(name);
        root.showPage(new SignInView(model, context.fx()));
    }

    private void enter(WindowContext context, WindowRoot root, Opening.Opened folder, Actor actor) {
        var opened = folder.services();
        var wizards = new Wizards(context, root, opened.context(), actor);
        var screens = Screens.of(context, opened, actor, root, wizards::openNew,
                tenant -> wizards.open(Prefill.of(tenant)),
                id -> wizards.connectAgain(() -> opened.context().tenantStore().byId(id)),
                folder.preferences());
        var model = new ShellViewModel(screens, context.tasks());
        model.addPaletteSource(
                new DirectoryPalette(opened.context().people(), opened.context().groups(), actor, root));
        model.userNameProperty().set(actor.name());
        context.tasks().quietly(_ -> opened.displayName(actor), model.userNameProperty()::set, _ -> {});
        root.showShell(new ShellView(context, model, new Session(context, root, folder, actor)), model);
        model.open("overview", Map.of());
        pulse(context, opened, model);
        wizards.offerToGoOn();
    }

    /// Looks every few seconds how runs and schedules stand: when a run ends the open screen shows it.
    private void pulse(WindowContext context, WindowServices opened, ShellViewModel model) {
        var before = beat;
        if (before != null) {
            before.stop();
        }
        var last = new AtomicReference<WindowServices.@Nullable Pulse>();
        var next = new Timeline();
        Runnable look = () -> context.tasks().quietly(_ -> opened.pulse(), now -> {
            var earlier = last.getAndSet(now);
            model.showNext(now.next(), context.clock());
            if (earlier != null && now.differs(earlier)) {
                model.reload();
            }
        }, _ -> {});
        next.getKeyFrames().setAll(new KeyFrame(LOOK_EVERY, _ -> look.run()));
        next.setCycleCount(Animation.INDEFINITE);
        look.run();
        next.play();
        beat = next;
    }

    @Override
    public void stop() {
        if (beat != null) {
            beat.stop();
        }
        if (preferences != null) {
            preferences.flush();
        }
        if (opening != null) {
            opening.close();
        }
    }

    private final class Session implements SessionActions {
        private final WindowContext context;
        private final WindowRoot root;
        private final Opening.Opened opened;
        private final Actor actor;

        Session(WindowContext context, WindowRoot root, Opening.Opened opened, Actor actor) {
            this.context = context;
            this.root = root;
            this.opened = opened;
            this.actor = actor;
        }

        @Override
        public void profile() {
            root.open("users", Map.of("user", String.valueOf(actor.userId())));
        }

        @Override
        public void changePassword() {
            ChangePasswordDialog.open(context, opened.services().context().localAccounts(), actor);
        }

        @Override
        public void lock() {
            root.leave(() -> askWho(context, root, opened, actor.name()));
        }

        @Override
        public void signOut() {
            root.leave(() -> askWho(context, root, opened, ""));
        }

        @Override
        public void help() {
            root.open("overview");
        }
    }
}
