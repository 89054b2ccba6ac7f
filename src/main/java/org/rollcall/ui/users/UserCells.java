package org.rollcall.ui.users;

import java.time.Clock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Pos;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Role;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserStatus;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Chip;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Look;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Moments;
import org.rollcall.ui.common.StatusLabel;

/// The cells of the table of people. Each is made once and shows whoever comes by; while somebody is still being read it
/// is blank.
final class UserCells {
    private UserCells() {}

    /// A column over the people behind the entries.
    static TableColumn<PersonEntry, UserRow> column(String id, String title, double width,
            BiConsumer<TableCell<PersonEntry, UserRow>, @Nullable UserRow> show) {
        var column = new TableColumn<PersonEntry, UserRow>(title);
        column.setId(id);
        column.setPrefWidth(width);
        column.setCellValueFactory(entry -> entry.getValue().rowProperty());
        column.setCellFactory(_ -> new Cell(show));
        return column;
    }

    static TableColumn<PersonEntry, UserRow> text(String id, String title, double width, boolean muted,
            Function<UserRow, @Nullable String> value) {
        return column(id, title, width, (cell, row) -> {
            var text = row == null ? null : value.apply(row);
            cell.setText(text);
            boolean quiet = muted || (row != null && row.status() == UserStatus.REMOVED);
            cell.getStyleClass().remove("muted");
            if (quiet) {
                cell.getStyleClass().add("muted");
            }
        });
    }

    static TableColumn<PersonEntry, UserRow> changed(String title, double width, Clock clock) {
        return text("changed", title, width, true, row -> Moments.of(row.changedAt(), clock));
    }

    static TableColumn<PersonEntry, UserRow> status(String title, double width) {
        return column("status", title, width, (cell, row) -> {
            cell.setGraphic(row == null ? null : new StatusLabel(Look.of(row.status())));
            cell.setAccessibleText(row == null ? null : Look.of(row.status()).word());
        });
    }

    static TableColumn<PersonEntry, UserRow> mfa(String title, double width) {
        return column("mfa", title, width, (cell, row) -> {
            cell.setGraphic(row == null ? null : new StatusLabel(Look.of(row.mfa())));
            cell.setAccessibleText(row == null ? null : Look.of(row.mfa()).word());
        });
    }

    static TableColumn<PersonEntry, UserRow> role(String title, double width) {
        return column("role", title, width, (cell, row) -> {
            cell.setGraphic(row == null ? null : role(row));
            cell.setAccessibleText(row == null ? null : row.role() + ", " + Look.of(row.roleSource()).word());
        });
    }

    /// The role's chip, and an icon that says where it comes from; a default has none.
    static HBox role(UserRow row) {
        var chip = Chip.role(row.role(), row.role().equals(Role.ADMINISTRATOR));
        chip.setMinWidth(0);
        var box = new HBox(8, chip);
        box.setAlignment(Pos.CENTER_LEFT);
        var source = Look.of(row.roleSource());
        if (row.roleSource() != RoleSource.DEFAULT) {
            var icon = new Label("", Icons.of(source.icon(), Icons.SMALL, source.tone()));
            icon.setMinWidth(HBox.USE_PREF_SIZE);
            icon.setAccessibleText(source.word());
            icon.setTooltip(new Tooltip(source.word()));
            box.getChildren().add(icon);
        } else {
            Tooltip.install(chip, new Tooltip(source.word()));
        }
        return box;
    }

    static TableColumn<PersonEntry, UserRow> changeRole(double width, String reason, Consumer<UserRow> action) {
        var column = column("action", "", width, (cell, row) -> {
            if (row == null || row.status() == UserStatus.REMOVED) {
                cell.setGraphic(null);
                return;
            }
            var button = Buttons.small(Messages.get("users.changeRole"), () -> action.accept(row));
            button.setAccessibleText(Messages.get("users.changeRole.of", row.shownName()));
            button.setFocusTraversable(false);
            cell.setGraphic(new Disallowed(button, new ReadOnlyStringWrapper(reason)));
        });
        column.setSortable(false);
        column.setReorderable(false);
        column.setResizable(false);
        column.getStyleClass().add("users-action");
        return column;
    }

    /// The ticks, with a box in the head for all of the result.
    static TableColumn<PersonEntry, UserRow> tick(Ticks ticks) {
        var column = new TableColumn<PersonEntry, UserRow>();
        column.setId("tick");
        column.setPrefWidth(44);
        column.setMinWidth(44);
        column.setMaxWidth(44);
        column.setSortable(false);
        column.setReorderable(false);
        column.setResizable(false);
        column.getStyleClass().addAll("tick", "users-tick");
        column.setCellValueFactory(entry -> entry.getValue().rowProperty());
        column.setCellFactory(_ -> new TickCell(ticks));
        var all = new CheckBox();
        all.setId("users.tickAll");
        all.setAccessibleText(Messages.get("users.tickAll"));
        all.setOnAction(_ -> ticks.all(all.isSelected()));
        ticks.revisionProperty().subscribe(_ -> {
            int count = ticks.countProperty().get();
            all.setIndeterminate(count > 0 && count < ticks.size());
            all.setSelected(count > 0 && count == ticks.size());
        });
        column.setGraphic(all);
        return column;
    }

    private static final class Cell extends TableCell<PersonEntry, UserRow> {
        private final BiConsumer<TableCell<PersonEntry, UserRow>, @Nullable UserRow> show;
        private final Tooltip whole = new Tooltip();

        Cell(BiConsumer<TableCell<PersonEntry, UserRow>, @Nullable UserRow> show) {
            this.show = show;
        }

        @Override
        protected void updateItem(@Nullable UserRow row, boolean empty) {
            super.updateItem(row, empty);
            if (empty || row == null) {
                setText(null);
                setGraphic(null);
                setAccessibleText(null);
                if (empty) {
                    return;
                }
            }
            show.accept(this, row);
        }

        @Override
        protected void layoutChildren() {
            super.layoutChildren();
            // Only a text that was cut needs to be told in whole.
            whole.setText(getText());
            setTooltip(getText() != null && isTextTruncated() ? whole : null);
        }
    }

    private static final class TickCell extends TableCell<PersonEntry, UserRow> {
        private final Ticks ticks;
        private final CheckBox box = new CheckBox();

        TickCell(Ticks ticks) {
            this.ticks = ticks;
            box.setFocusTraversable(false);
            box.setOnAction(_ -> ticks.set(getIndex(), box.isSelected()));
            ticks.revisionProperty().addListener(_ -> look());
        }

        private void look() {
            if (!isEmpty() && getIndex() >= 0) {
                box.setSelected(ticks.isTicked(getIndex()));
            }
        }

        @Override
        public void updateIndex(int index) {
            super.updateIndex(index);
            look();
        }

        @Override
        protected void updateItem(@Nullable UserRow row, boolean empty) {
            super.updateItem(row, empty);
            setGraphic(empty ? null : box);
            if (row != null) {
                box.setAccessibleText(Messages.get("users.tick", row.shownName()));
            } else {
                box.setAccessibleText(Messages.get("users.tick.unread"));
            }
            look();
        }
    }
}
