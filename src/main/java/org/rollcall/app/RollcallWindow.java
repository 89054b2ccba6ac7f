package org.rollcall.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.stage.Stage;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rollcall.domain.Actor;
import org.rollcall.ui.common.Brand;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Motion;
import org.rollcall.ui.common.Theme;
import org.rollcall.ui.common.Toast;
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
/// shell. Its one parameter is the data folder.
public final class RollcallWindow extends Application {
    private static final Logger LOG = LoggerFactory.getLogger(RollcallWindow.class);

    private static final Duration LOOK_EVERY = Duration.seconds(3);

    private @Nullable WindowServices services;
    private @Nullable WindowPreferences preferences;
    private @Nullable SingleInstance instance;
    private @Nullable Timeline beat;

    @Override
    public void start(Stage stage) {
        var context = WindowContext.create(new Theme(Theme.Choice.SYSTEM), new Motion(),
                address -> getHostServices().showDocument(address.toString()), Clock.systemDefaultZone());
        var home = Path.of(getParameters().getRaw().getFirst());
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
        stage.show();
        context.tasks().quietly(_ -> WindowServices.open(home, context.clock()), opened -> {
            services = opened;
            listen(context, stage, home);
            var remembered = new WindowPreferences(home.resolve("window.json"),
                    Executors.newSingleThreadExecutor(Thread.ofVirtual().factory()));
            preferences = remembered;
            remembered.remember(context.theme());
            remembered.remember(stage);
            remembered.rememberTables(scene);
            ask(context, root, opened, "");
            context.tasks().quietly(_ -> {
                opened.context().startScheduler();
                return true;
            }, _ -> {}, trouble -> context.toasts().show(Toast.failed(trouble.message())));
        }, trouble -> StartWords.refuse(context, trouble));
    }

    private void listen(WindowContext context, Stage stage, Path home) {
        try {
            instance = SingleInstance.listen(home, () -> context.fx().execute(() -> {
                stage.setIconified(false);
                stage.toFront();
                stage.requestFocus();
            }));
        } catch (IOException | RuntimeException e) {
            LOG.info("A second start cannot bring this window to the front", e);
        }
    }

    private void ask(WindowContext context, WindowRoot root, WindowServices opened, String name) {
        var pulse = beat;
        if (pulse != null) {
            pulse.stop();
        }
        context.tasks().quietly(_ -> opened.context().signIn().isInitialised(), initialised -> {
            if (Objects.requireNonNull(initialised)) {
                var model = new SignInViewModel(context.tasks(), opened.context().signIn(), origin(),
                        actor -> enter(context, root, opened, actor));
                model.nameProperty().set(name);
                root.showPage(new SignInView(model, context.fx()));
            } else {
                root.showPage(new FirstAdministratorView(new FirstAdministratorViewModel(context.tasks(),
                        opened.context().signIn(), origin(), actor -> enter(context, root, opened, actor))));
            }
        }, trouble -> StartWords.refuse(context, trouble));
    }

    private void enter(WindowContext context, WindowRoot root, WindowServices opened, Actor actor) {
        var wizards = new Wizards(context, root, opened.context(), actor);
        var screens = Screens.of(context, opened, actor, root, wizards::openNew,
                tenant -> wizards.open(Prefill.of(tenant)),
                id -> wizards.connectAgain(() -> opened.context().tenantStore().byId(id)),
                Objects.requireNonNull(preferences));
        var model = new ShellViewModel(screens, context.tasks());
        model.addPaletteSource(
                new DirectoryPalette(opened.context().people(), opened.context().groups(), actor, root));
        model.userNameProperty().set(actor.name());
        context.tasks().quietly(_ -> opened.displayName(actor), model.userNameProperty()::set, _ -> {});
        root.showShell(new ShellView(context, model, new Session(context, root, opened, actor)), model);
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
        if (instance != null) {
            instance.close();
        }
        if (services != null) {
            services.close();
        }
    }

    private static String origin() {
        try {
            return "window, " + InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "window";
        }
    }

    private final class Session implements SessionActions {
        private final WindowContext context;
        private final WindowRoot root;
        private final WindowServices opened;
        private final Actor actor;

        Session(WindowContext context, WindowRoot root, WindowServices opened, Actor actor) {
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
            ChangePasswordDialog.open(context, opened.context().localAccounts(), actor);
        }

        @Override
        public void lock() {
            root.leave(() -> ask(context, root, opened, actor.name()));
        }

        @Override
        public void signOut() {
            root.leave(() -> ask(context, root, opened, ""));
        }

        @Override
        public void help() {
            root.open("overview");
        }
    }
}
