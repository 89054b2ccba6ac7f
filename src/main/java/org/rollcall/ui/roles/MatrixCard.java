package org.rollcall.ui.roles;

import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.WindowContext;

/// Who may do what: the matrix, the buttons that make roles, and while own roles are edited what changes with Save and
/// Discard.
final class MatrixCard extends VBox {
    private final RolesViewModel model;
    private final StackPane body = new StackPane();
    private final VBox foot = new VBox();
    private RoleMatrix matrix;

    MatrixCard(WindowContext context, RolesViewModel model, Navigator navigator) {
        this.model = model;
        matrix = new RoleMatrix(context, model, navigator, java.util.List.of());
        getStyleClass().addAll("card-box", "roles-matrix-card");
        var copy = Buttons.small(Messages.get("roles.copy"), () -> RoleDialog.copy(context, model, null));
        copy.setGraphic(Icons.of(Icons.COPY, Icons.SMALL));
        copy.setId("roles.copy");
        var add = Buttons.small(Messages.get("roles.add"), () -> RoleDialog.add(context, model));
        add.setGraphic(Icons.of(Icons.ADD, Icons.SMALL));
        add.setId("roles.add");
        var reason = new ReadOnlyStringWrapper(model.reason());
        var head = new HBox(8, Labels.heading(Messages.get("roles.matrix"), "strong"), Labels.spacer(),
                new Disallowed(copy, reason), new Disallowed(add, reason));
        head.getStyleClass().addAll("card-head", "roles-head");
        foot.getStyleClass().add("roles-foot");
        foot.managedProperty().bind(foot.visibleProperty());
        var scroll = new ScrollBody(body, 200);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        foot.setMinHeight(USE_PREF_SIZE);
        getChildren().addAll(head, scroll, foot);
        model.rolesProperty().subscribe(uses -> {
            matrix = new RoleMatrix(context, model, navigator, uses);
            body.getChildren().setAll(matrix);
        });
        model.editsProperty().subscribe(() -> {
            matrix.refresh();
            showFoot();
        });
        model.troubleProperty().subscribe(this::showFoot);
        model.rolesProperty().subscribe(this::showFoot);
        model.savingProperty().subscribe(this::showFoot);
    }

    private void showFoot() {
        var edits = model.editsProperty().get();
        foot.setVisible(!edits.isEmpty());
        foot.getChildren().clear();
        for (Role edited : edits.values()) {
            var stored = model.role(edited.id());
            if (stored != null) {
                foot.getChildren().add(line(stored, edited));
            }
        }
        var trouble = model.troubleProperty().get();
        if (trouble != null) {
            var banner = Banner.failure(trouble);
            banner.setId("roles.trouble");
            foot.getChildren().add(banner);
        }
        var discard = Buttons.plain(Messages.get("roles.discard"), model::discard);
        discard.setId("roles.discard");
        var save = Buttons.outlined(Messages.get("roles.save", edits.size()), model::save);
        save.setId("roles.save");
        save.setDisable(model.savingProperty().get());
        var buttons = new HBox(8, Labels.spacer(), discard, save);
        foot.getChildren().add(buttons);
    }

    private Label line(Role stored, Role edited) {
        var more = edited.permissions().stream().filter(each -> !stored.permissions().contains(each))
                .map(Permission::words).sorted().toList();
        var less = stored.permissions().stream().filter(each -> !edited.permissions().contains(each))
                .map(Permission::words).sorted().toList();
        long people = model.rolesProperty().get().stream().filter(use -> use.role().id() == stored.id())
                .mapToLong(use -> use.people()).findFirst().orElse(0);
        var words = more.isEmpty()
                ? Messages.get("roles.edit.loses", stored.name(), String.join(", ", less), people)
                : less.isEmpty()
                        ? Messages.get("roles.edit.gains", stored.name(), String.join(", ", more), people)
                        : Messages.get("roles.edit.both", stored.name(), String.join(", ", more),
                                String.join(", ", less), people);
        return Labels.wrapped(words);
    }
}
