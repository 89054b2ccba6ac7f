package org.rollcall.ui.importing.connect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import org.rollcall.connect.CertificateMaker;
import org.rollcall.connect.CredentialFiles;
import org.rollcall.connect.NewCredential;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.Connection.Credential;
import org.rollcall.text.Formats;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.PasswordInput;
import org.rollcall.ui.importing.draft.ImportSession;

/// A certificate to sign in with: made here, its public half saved for the portal, or taken from a file with its key.
final class CertificateChoice {

    private final ImportSession session;
    private final CredentialFiles files;
    private final VBox body = new VBox(8);
    private final FormField field;
    private final Button make;
    private final Button choose;
    private final PasswordInput password = new PasswordInput(Messages.get("importing.certificate.password"));
    private final VBox passwordRow;
    private final Button keyFile;
    private @Nullable Path file;
    private @Nullable Path key;

    CertificateChoice(ImportSession session) {
        this.session = session;
        files = new CredentialFiles(session.window().clock());
        make = Buttons.plain(Messages.get("importing.certificate.make"), this::make);
        make.setId("connect.certificate.make");
        choose = Buttons.plain(Messages.get("importing.certificate.choose"), this::choose);
        choose.setId("connect.certificate.choose");
        password.field().setId("connect.certificate.password");
        var openIt = Buttons.small(Messages.get("importing.certificate.open"), this::read);
        openIt.setId("connect.certificate.open");
        password.field().setOnAction(_ -> read());
        passwordRow = new VBox(8, new FormField(Messages.get("importing.certificate.password"), password), openIt);
        keyFile = Buttons.small(Messages.get("importing.certificate.key"), this::chooseKey);
        var shown = new VBox(8, new HBox(8, make, choose), body, keyFile, passwordRow);
        shown.setAccessibleText(Messages.get("importing.certificate"));
        field = new FormField(Messages.get("importing.certificate"), shown);
        field.getChildren().removeFirst();
        show(passwordRow, false);
        show(keyFile, false);
        session.draft().certificateProperty().subscribe(this::show);
    }

    Node node() {
        return field;
    }

    private void make() {
        make.setDisable(true);
        make.setText(Messages.get("importing.certificate.making"));
        session.window().tasks().quietly(_ -> new CertificateMaker(session.window().clock()).make("Rollcall"), now -> {
            file = null;
            take(now.credential(), true);
            made();
        }, trouble -> {
            wrong(trouble);
            made();
        });
    }

    private void made() {
        make.setDisable(false);
        make.setText(Messages.get("importing.certificate.make"));
    }

    private void choose() {
        var chosen = session.files().open(choose, Messages.get("importing.certificate.choose"));
        if (chosen != null) {
            file = chosen;
            key = null;
            password.clear();
            read();
        }
    }

    private void chooseKey() {
        var chosen = session.files().open(keyFile, Messages.get("importing.certificate.key"));
        if (chosen != null) {
            key = chosen;
            read();
        }
    }

    private void read() {
        var from = file;
        if (from == null) {
            return;
        }
        char[] typed = password.password();
        try {
            var credential = files.certificate(from, key, typed.length == 0 ? null : typed);
            show(passwordRow, false);
            show(keyFile, false);
            take(credential, false);
            field.errorProperty().set("");
        } catch (RollcallException e) {
            session.draft().certificate(null, false);
            boolean locked = e.code().contains("password");
            show(passwordRow, locked);
            show(keyFile, e.code().equals("credential.no-key") || key != null && !locked);
            wrong(e);
            if (locked) {
                password.field().requestFocus();
            }
        } finally {
            Arrays.fill(typed, ' ');
        }
    }

    /// Kept at once: until it is uploaded and works, the program may be closed, and its key is nowhere else.
    private void take(NewCredential credential, boolean made) {
        session.draft().certificate(credential, made);
        session.window().tasks().quietly(_ -> {
            session.services().draftCredentials().keep(session.actor(), session.draft().id(), credential, made);
            return true;
        }, _ -> {}, this::wrong);
    }

    private void wrong(RollcallException e) {
        field.errorProperty().set(switch (e.code()) {
            case "credential.password-missing" -> Messages.get("importing.certificate.locked");
            case "credential.no-key" -> Messages.get("importing.certificate.noKey");
            default -> Messages.get("importing.connect.wrong", Messages.capital(e.words().shown()),
                    Messages.capital(e.remedyWords().shown()));
        });
    }

    private void show(@Nullable NewCredential credential) {
        body.getChildren().clear();
        if (credential == null) {
            body.getChildren().add(Labels.wrapped(Messages.get("importing.certificate.hint"), "caption", "muted"));
            return;
        }
        field.errorProperty().set("");
        var print = Labels.wrapped(Objects.requireNonNullElse(credential.thumbprint(), ""), "mono", "thumbprint");
        print.setId("connect.certificate.thumbprint");
        var end = credential.expiresAt();
        body.getChildren().addAll(Labels.caption(Messages.get("importing.certificate.thumbprint")), print);
        if (end != null) {
            body.getChildren().add(Labels
                    .caption(Messages.get("importing.certificate.until", Formats.date(end.atZone(ZoneOffset.UTC)))));
        }
        if (session.draft().isCertificateMade()
                && credential.credential() instanceof Credential.Certificate(String publicHalf, String _)) {
            var save = Buttons.small(Messages.get("importing.certificate.save"), () -> {});
            save.setGraphic(Icons.of(Icons.EXPORT, Icons.SMALL));
            save.setId("connect.certificate.save");
            var saved = Labels.wrapped(Messages.get("importing.certificate.upload"), "caption", "muted");
            save.setOnAction(_ -> {
                var target = session.files().save(save, Messages.get("importing.certificate.save"), "rollcall.cer");
                if (target != null) {
                    try {
                        Files.writeString(target, publicHalf);
                        saved.setText(Messages.get("importing.certificate.saved", target.getFileName().toString()));
                    } catch (IOException e) {
                        saved.setText(Messages.get("importing.certificate.unsaved", target.toString()));
                    }
                }
            });
            body.getChildren().addAll(save, saved);
        }
    }

    private static void show(Node node, boolean visible) {
        node.setVisible(visible);
        node.setManaged(visible);
    }
}
