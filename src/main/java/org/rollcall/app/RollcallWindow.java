package org.rollcall.app;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;
import javafx.animation.PauseTransition;
import javafx.application.Application;
import javafx.beans.property.SimpleStringProperty;
import javafx.scene.Scene;
import javafx.stage.Stage;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.SignInMode;
import org.rollcall.ui.common.Brand;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Motion;
import org.rollcall.ui.common.StillCaret;
import org.rollcall.ui.common.Theme;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.UiTasks;
import org.rollcall.ui.common.WindowContext;
import org.rollcall.ui.common.WindowPreferences;
import org.rollcall.ui.guide.GuideDialog;
import org.rollcall.ui.guide.GuidePages;
import org.rollcall.ui.shell.StartWords;
import org.rollcall.ui.shell.WindowRoot;
import org.rollcall.ui.signin.SignInView;
import org.rollcall.ui.signin.SignInViewModel;
import org.rollcall.ui.welcome.FirstAdministratorView;
import org.rollcall.ui.welcome.FirstAdministratorViewModel;

/// The window from its first frame to its last: opens the data folder in the background, asks who it is, shows the
/// shell. Its one parameter is the data folder, unless [#over] was told of one that is being opened already.
public final class RollcallWindow extends Application {
    private static final Duration FIRST_PAGE = Duration.seconds(1);
    private static final AtomicReference<@Nullable Opening> BEGUN = new AtomicReference<>();

    private @Nullable Opening opening;
    private @Nullable WindowPreferences preferences;
    private @Nullable WindowSession session;

    /// What the next window shows. Static because JavaFX itself makes the window.
    static void over(Opening opening) {
        BEGUN.set(opening);
    }

    @Override
    public void start(Stage stage) {
        var context = WindowContext.create(new Theme(Theme.Choice.SYSTEM), new Motion(),
                new SystemBrowser(System.getenv("ROLLCALL_BROWSER"),
                        address -> getHostServices().showDocument(address.toString())),
                Clock.systemDefaultZone());
        var begun = BEGUN.getAndSet(null);
        var folder = begun != null
                ? begun
                : new Opening(Path.of(getParameters().getRaw().getFirst()), context.clock());
        opening = folder;
        var root = new WindowRoot(context);
        root.helpWith(screen -> GuideDialog.open(context, GuidePages.of(screen)));
        var scene = new Scene(root, 1280, 800);
        context.theme().install(scene);
        StillCaret.in(scene);
        stage.setTitle(Messages.get("shell.brand"));
        stage.getIcons().setAll(Brand.images());
        stage.setMinWidth(1000);
        stage.setMinHeight(700);
        stage.setScene(scene);
        stage.setOnCloseRequest(event -> {
            event.consume();
            if (root.isLocked()) {
                stage.hide();
            } else {
                root.leave(stage::hide);
            }
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
            opened.preferences().remember(context.motion());
            opened.preferences().remember(stage);
            opened.preferences().rememberTables(scene);
            if (opened.initialised()) {
                askWho(context, root, opened, "");
            } else {
                root.showPage(new FirstAdministratorView(new FirstAdministratorViewModel(context.tasks(),
                        opened.services().context().signIn(), opened.origin(),
                        actor -> enter(context, root, opened, actor, SignInMode.LOCAL)),
                        page -> GuideDialog.open(context, page)));
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
        }, _ -> {}, trouble -> context.toasts().show(Toast.failed(trouble.words().shown()))));
        later.play();
    }

    /// @param words why the person has to sign in anew; empty: nothing to be said
    private void askWho(WindowContext context, WindowRoot root, Opening.Opened opened, String words) {
        session = null;
        var preferences = opened.preferences();
        var way = new SimpleStringProperty(preferences.choice("signin.way", ""));
        way.addListener((_, _, chosen) -> preferences.choose("signin.way", chosen));
        var desk = new WindowDesk(opened.services().context().auth(), opened.origin(), _ -> {});
        var model = new SignInViewModel(context, desk, way,
                (actor, mode) -> enter(context, root, opened, actor, mode));
        if (!words.isEmpty()) {
            model.say(words);
        }
        root.showPage(new SignInView(model, () -> {}, page -> GuideDialog.open(context, page)));
    }

    private void enter(WindowContext context, WindowRoot root, Opening.Opened opened, Actor actor, SignInMode mode) {
        var begun = new WindowSession(context, root, opened, opened.services().context().auth().sessions().begin(actor),
                mode, words -> askWho(context, root, opened, words));
        session = begun;
        begun.begin();
    }

    @Override
    public void stop() {
        if (session != null) {
            session.stop();
        }
        if (preferences != null) {
            preferences.flush();
        }
        if (opening != null) {
            opening.close();
        }
    }
}
