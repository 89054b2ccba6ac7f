package org.rollcall.ui.common;

import java.nio.file.Path;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

/// Certificates of authorities to trust besides those of this computer, chosen from a file.
public final class CaField {
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";

    private final UiTasks tasks;
    private final Function<Path, String> reader;
    private final StringProperty pem;
    private final Label count = Labels.muted("");
    private final Button remove;
    private final FormField field;

    /// @param id     of the button that chooses
    /// @param reader the certificates of a file, PEM; throws [org.rollcall.domain.RollcallException] INPUT if it has none
    /// @param pem    the certificates; empty: none besides those of this computer
    public CaField(String id, UiTasks tasks, FileOpen files, Function<Path, String> reader, StringProperty pem) {
        this.tasks = tasks;
        this.reader = reader;
        this.pem = pem;
        remove = Buttons.small(Messages.get("common.ca.remove"), () -> show(""));
        remove.setId(id + ".remove");
        var choose = Buttons.small(Messages.get("common.ca.choose"),
                () -> files.choose(Messages.get("common.ca.choose"), this::read));
        choose.setId(id);
        var row = new HBox(8, count, Labels.spacer(), choose, remove);
        row.setAlignment(Pos.CENTER_LEFT);
        row.setAccessibleText(Messages.get("common.ca"));
        field = new FormField(Messages.get("common.ca"), row);
        pem.subscribe(this::count);
    }

    public FormField node() {
        return field;
    }

    public ReadOnlyStringProperty pemProperty() {
        return pem;
    }

    private void count(String now) {
        int certificates = now.split(BEGIN, -1).length - 1;
        count.setText(Messages.get("common.ca.count", certificates));
        remove.setVisible(certificates > 0);
        remove.setManaged(certificates > 0);
    }

    private void read(Path file) {
        tasks.quietly(_ -> reader.apply(file), this::show,
                trouble -> field.errorProperty().set(Messages.trouble(trouble)));
    }

    private void show(String now) {
        field.errorProperty().set("");
        pem.set(now);
    }
}
