package org.rollcall.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.RollcallException;
import org.rollcall.ui.UiTest;
import org.rollcall.vault.KeptBy;
import org.rollcall.vault.Passphrase;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The first page of the real window, whether its data folder is open before it or after it.
class RollcallWindowTest extends UiTest {
    @TempDir
    Path folder;
    private @Nullable RollcallWindow window;
    private @Nullable Stage stage;

    @AfterEach
    void close() {
        fx(() -> {
            Objects.requireNonNull(stage).hide();
            Objects.requireNonNull(window).stop();
        });
    }

    @Test
    void aFolderThatIsOpenAlreadyShowsSignInAtOnce() throws Exception {
        Path home = made();
        var opening = new Opening(home, Clock.systemUTC());
        opening.await();
        start(opening);
        assertTrue(look(() -> shows("signin.name")), "without a page in between");
        waitFor("the focus", () -> "signin.name".equals(Objects.requireNonNull(shown().getFocusOwner()).getId()));
    }

    @Test
    void aFolderThatOpensLaterShowsSignInThen() {
        var opening = new Opening(made(), Clock.systemUTC());
        start(opening);
        waitFor("sign-in", () -> shows("signin.name"));
    }

    @Test
    void aFirstStartAsksForTheFirstAdministrator() {
        Path home = folder.resolve("home");
        var opening = new Opening(home, Clock.systemUTC());
        opening.beginIfThere();
        start(opening);
        waitFor("the first administrator", () -> shows("welcome.first.name"));
        waitFor("the focus in the first field", () -> shown().getFocusOwner() instanceof TextField field
                && "welcome.first.name".equals(field.getId()), () -> String.valueOf(shown().getFocusOwner()));
        assertTrue(Files.exists(home));
    }

    @Test
    void aFolderThatCannotBeOpenedIsToldInADialog() {
        Path home = made();
        try (var _ = SingleInstance.claim(home)) {
            var opening = new Opening(home, Clock.systemUTC());
            assertThrows(RollcallException.class, opening::await);
            start(opening);
            waitFor("the dialog", () -> labels().contains("Rollcall cannot open its data"));
            assertTrue(labels().stream().anyMatch(each -> each.contains("is open on this data folder already")),
                    labels().toString());
            assertFalse(labels().contains("Sign in"), labels().toString());
        }
    }

    @Test
    void aFolderSealedWithAPassphraseAsksForItUntilItIsRight() {
        Path home = folder.resolve("home");
        AppContext.create(home, VaultChoice.of(KeptBy.PASSPHRASE, "the right passphrase"::toCharArray), "maren",
                "correct horse battery staple".toCharArray(), "test", Clock.systemUTC()).close();
        start(new Opening(home, Passphrase.NONE, Clock.systemUTC()));
        waitFor("the question", () -> shows("welcome.passphrase"));
        enter("the wrong passphrase");
        waitFor("the refusal", () -> labels().contains("This is not the passphrase of this data folder"));
        assertFalse(look(() -> shows("signin.name")));
        assertTrue(look(() -> field().getText().isEmpty()), "what was wrong is not left there");
        enter("the right passphrase");
        waitFor("sign-in", () -> shows("signin.name"));
    }

    private void enter(String passphrase) {
        fx(() -> {
            field().setText(passphrase);
            button("welcome.passphrase.open").fire();
        });
    }

    private TextField field() {
        return (TextField) shown().getRoot().lookupAll("*").stream()
                .filter(each -> "welcome.passphrase".equals(each.getId())).findFirst().orElseThrow();
    }

    private Button button(String id) {
        return (Button) shown().getRoot().lookupAll(".button").stream().filter(each -> id.equals(each.getId()))
                .findFirst().orElseThrow();
    }

    private Path made() {
        Path home = folder.resolve("home");
        AppContext.create(home, "maren", "correct horse battery staple".toCharArray(), "test", Clock.systemUTC())
                .close();
        return home;
    }

    private void start(Opening opening) {
        fx(() -> {
            RollcallWindow.over(opening);
            window = new RollcallWindow();
            stage = new Stage();
            window.start(stage);
        });
    }

    private Scene shown() {
        return Objects.requireNonNull(stage).getScene();
    }

    /// Call on the FX thread.
    private boolean shows(String id) {
        return shown().getRoot().lookupAll("*").stream().anyMatch(each -> id.equals(each.getId()));
    }

    private List<String> labels() {
        return look(() -> shown().getRoot().lookupAll(".label").stream().filter(Label.class::isInstance)
                .map(each -> String.valueOf(((Label) each).getText())).toList());
    }
}
