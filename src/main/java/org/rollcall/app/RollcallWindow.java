package org.rollcall.app;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javafx.animation.PauseTransition;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.beans.property.SimpleStringProperty;
import javafx.scene.Scene;
import javafx.stage.Stage;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SignInMode;
import org.rollcall.ui.common.Brand;
import org.rollcall.ui.common.Closing;
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
import org.rollcall.ui.welcome.PassphraseView;

/// The window from its first frame to its last: opens the data folder in the background, asks who it is, shows the
/// shell. Its one parameter is the data folder, unless [#over] was told of one that is being opened already.
public final class RollcallWindow extends Application {
    private static final Duration FIRST_PAGE = Duration.seconds(1);
    private static final Set<String> PASSPHRASE_NEEDED = Set.of("vault.passphrase-missing", "vault.passphrase-wrong");
    private static final AtomicReference<@Nullable Opening> BEGUN = new AtomicReference<>();

    private @Nullable Opening opening;
    private @Nullable WindowPreferences preferences;
    private @Nullable WindowSession session;
    private @Nullable DesktopNotes notes;
    private @Nullable Tray tray;

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
        folder.onKnock(() -> context.fx().execute(() -> toFront(stage)));
        // What is open already needs no page that says so.
        var tasks = folder.isDone() ? UiTasks.direct() : context.tasks();
        tasks.quietly(_ -> folder.await(), opened -> opened(context, stage, root, opened),
                trouble -> notOpened(context, stage, root, trouble));
        stage.show();
    }

    private void opened(WindowContext context, Stage stage, WindowRoot root, Opening.Opened opened) {
        preferences = opened.preferences();
        opened.preferences().remember(context.theme());
        opened.preferences().remember(context.motion());
        opened.preferences().remember(stage);
        opened.preferences().rememberTables(stage.getScene());
        var closer = closer(context, stage, root, opened);
        stage.setOnCloseRequest(event -> {
            event.consume();
            if (root.isLocked()) {
                closer.close();
            } else {
                root.leave(closer::close);
            }
        });
        Objects.requireNonNull(opening).onKnock(() -> context.fx().execute(closer::open));
        if (opened.initialised()) {
            askWho(context, root, opened, "");
        } else {
            root.showPage(new FirstAdministratorView(new FirstAdministratorViewModel(context.tasks(),
                    opened.services().context().signIn(), opened.origin(),
                    actor -> enter(context, root, opened, actor, SignInMode.LOCAL)),
                    page -> GuideDialog.open(context, page)));
        }
        startBackground(context, opened.services(), notes(context, opened, closer));
    }

    private void notOpened(WindowContext context, Stage stage, WindowRoot root, RollcallException trouble) {
        if (!PASSPHRASE_NEEDED.contains(trouble.code())) {
            context.fx().afterwards(() -> StartWords.refuse(context, trouble));
            return;
        }
        var page = new PassphraseView(guide -> GuideDialog.open(context, guide));
        page.onOpen(passphrase -> {
            // Asked for once, or again by what changes the key; the page forgets it.
            var next = Objects.requireNonNull(opening).with(passphrase::clone);
            opening = next;
            context.tasks().quietly(_ -> next.await(), opened -> opened(context, stage, root, opened), failed -> {
                if (PASSPHRASE_NEEDED.contains(failed.code())) {
                    page.refuse(Messages.get("welcome.passphrase.wrong"));
                } else {
                    notOpened(context, stage, root, failed);
                }
            });
        });
        if ("vault.passphrase-wrong".equals(trouble.code())) {
            page.refuse(Messages.get("welcome.passphrase.wrong"));
        }
        root.showPage(page);
    }

    private static void toFront(Stage stage) {
        stage.setIconified(false);
        stage.toFront();
        stage.requestFocus();
    }

    private WindowCloser closer(WindowContext context, Stage stage, WindowRoot root, Opening.Opened opened) {
        var area = new DesktopTray(String.valueOf(System.getenv("PATH")));
        tray = area;
        return new WindowCloser(context, stage, root, area, new Closing(opened.preferences()),
                opened.services()::schedulesOfThisProcess, () -> {
                    if (session != null) {
                        session.lock();
                    }
                }, Platform::exit);
    }

    private DesktopNotes notes(WindowContext context, Opening.Opened opened, WindowCloser closer) {
        var looking = new DesktopNotes(opened.services().context().notifications()::open,
                Objects.requireNonNull(tray), new Closing(opened.preferences())::notes,
                count -> context.fx().execute(() -> closer.matters(count)));
        notes = looking;
        return looking;
    }

    /// Once the first page has had its time to show.
    private static void startBackground(WindowContext context, WindowServices services, DesktopNotes notes) {
        var later = new PauseTransition(FIRST_PAGE);
        later.setOnFinished(_ -> context.tasks().quietly(_ -> {
            services.startBackground();
            notes.start();
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
        if (notes != null) {
            notes.close();
        }
        if (tray != null) {
            tray.hide();
        }
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
