package org.rollcall.ui.importing.preview;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.domain.Run;
import org.rollcall.text.Formats;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.importing.draft.ImportSession;

/// People by role before and after, with the administrators' names.
final class PreviewAccess extends VBox {
    /// Pixels: "Administrators".
    private static final double LEAST_CAPTION = 88;
    private static final int FIGURES = 4;
    private static final int NAMES = 5;

    private final ImportSession session;
    private final RoleDiff diff;
    /// Whether any row of the preview lets change a role.
    private final boolean changeable;
    private final HBox figures = new HBox();
    private final Label names = Labels.wrapped("", "caption", "muted");

    PreviewAccess(ImportSession session, Run run, RoleDiff diff) {
        this.session = session;
        this.diff = diff;
        changeable = session.actor().may(Permission.CHANGE_ROLES)
                && PreviewRoles.KINDS.stream().anyMatch(kind -> run.count(kind) > 0);
        figures.getStyleClass().add("access-figures");
        names.setId("importing.preview.administrators");
        var card = Card.titled(Messages.get("importing.preview.access"), figures, names);
        VBox.setVgrow(card, Priority.ALWAYS);
        getChildren().add(card);
        refresh();
    }

    /// After a role was chosen or somebody left out.
    void refresh() {
        var draft = session.draft();
        var lines = diff.lines(draft.rolesByHand(), draft.leftOut());
        figures.getChildren().clear();
        for (RoleDiff.Line line : lines.subList(0, Math.min(FIGURES, lines.size()))) {
            var after = Labels.of(number(line.after()), "title-4");
            if (line.role().equals(Role.ADMINISTRATOR) && line.after() > line.before()) {
                after.getStyleClass().add("fg-accent");
            }
            var before = Labels.of(number(line.before()), "title-4", "quiet-figure");
            var values = new HBox(8, before, Icons.of(Icons.TO, Icons.IN_TEXT, Tone.MUTED), after);
            values.setAlignment(Pos.CENTER_LEFT);
            // The guards beside it are sentences and can wrap.
            values.setMinWidth(USE_PREF_SIZE);
            values.setAccessibleText(Messages.get("importing.preview.fromTo", line.before(), line.after()));
            var caption = Labels.caption(holders(line.role()));
            caption.setMinWidth(LEAST_CAPTION);
            var box = new VBox(2, caption, values);
            box.getStyleClass().addAll("access-figure", figures.getChildren().isEmpty() ? "first" : "more");
            HBox.setHgrow(box, Priority.ALWAYS);
            box.setPrefWidth(1);
            box.setMaxWidth(Double.MAX_VALUE);
            figures.getChildren().add(box);
        }
        var administrators = diff.administrators(draft.rolesByHand(), draft.leftOut());
        if (administrators.isEmpty()) {
            names.setText(Messages.get(changeable
                    ? "importing.preview.noAdministrator"
                    : "importing.preview.noRoles"));
            names.setGraphic(!changeable
                    ? Icons.of(Icons.INFO, Icons.SMALL, Tone.MUTED)
                    : Icons.of(Icons.WARNING, Icons.SMALL, Tone.WARNING));
        } else {
            names.setText(Messages.get("importing.preview.newAdministrators", some(administrators)));
            names.setGraphic(null);
        }
    }

    /// Those who have a role; a role of one's own as it is called.
    private static String holders(String role) {
        return switch (role) {
            case Role.ADMINISTRATOR -> Messages.get("importing.preview.administrators");
            case Role.OPERATOR -> Messages.get("importing.preview.operators");
            case Role.AUDITOR -> Messages.get("importing.preview.auditors");
            case Role.USER -> Messages.get("importing.preview.users");
            default -> role;
        };
    }

    private static String some(List<String> all) {
        return all.size() <= NAMES
                ? Messages.list(all)
                : Messages.get("importing.preview.andMore", Messages.list(all.subList(0, NAMES)),
                        all.size() - NAMES);
    }

    private static String number(long value) {
        return Formats.number(value);
    }
}
