package org.rollcall.ui.users;

import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.DisplayText;
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
    private static TableColumn<PersonEntry, UserRow> column(String id, String title, double width,
            Supplier<Cell> cell) {
        var column = new TableColumn<PersonEntry, UserRow>(title);
        column.setId(id);
        column.setPrefWidth(width);
        column.setCellValueFactory(entry -> entry.getValue().rowProperty());
        column.setCellFactory(_ -> cell.get());
        return column;
    }

    static TableColumn<PersonEntry, UserRow> text(String id, String title, double width, boolean muted,
            Function<UserRow, @Nullable String> value) {
        return column(id, title, width, () -> new TextCell(muted, value));
    }

    static TableColumn<PersonEntry, UserRow> changed(String title, double width, Clock clock) {
        return text("changed", title, width, true, row -> Moments.of(row.changedAt(), clock));
    }

    static TableColumn<PersonEntry, UserRow> status(String title, double width) {
        var column = column("status", title, width, () -> new LookCell(row -> Look.of(row.status())));
        column.getStyleClass().add("users-status");
        return column;
    }

    static TableColumn<PersonEntry, UserRow> mfa(String title, double width) {
        return column("mfa", title, width, () -> new LookCell(row -> Look.of(row.mfa())));
    }

    static TableColumn<PersonEntry, UserRow> role(String title, double width) {
        return column("role", title, width, RoleCell::new);
    }

    static TableColumn<PersonEntry, UserRow> changeRole(double width, String reason, Consumer<UserRow> action) {
        var column = column("action", "", width, () -> new ActionCell(reason, action));
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

    /// Shows one person after another.
    private abstract static class Cell extends TableCell<PersonEntry, UserRow> {
        /// @param row null: nobody, or somebody who is still being read
        abstract void show(@Nullable UserRow row);

        @Override
        protected void updateItem(@Nullable UserRow row, boolean empty) {
            super.updateItem(row, empty);
            show(empty ? null : row);
        }
    }

    private static final class TextCell extends Cell {
        private final boolean muted;
        private final Function<UserRow, @Nullable String> value;
        private @Nullable Tooltip whole;

        TextCell(boolean muted, Function<UserRow, @Nullable String> value) {
            this.muted = muted;
            this.value = value;
            quiet(muted);
        }

        @Override
        void show(@Nullable UserRow row) {
            setText(row == null ? null : DisplayText.of(value.apply(row)));
            quiet(muted || row != null && row.status() == UserStatus.REMOVED);
        }

        private void quiet(boolean now) {
            if (now != getStyleClass().contains("muted")) {
                if (now) {
                    getStyleClass().add("muted");
                } else {
                    getStyleClass().remove("muted");
                }
            }
        }

        @Override
        protected void layoutChildren() {
            super.layoutChildren();
            // Only a text that was cut needs to be told in whole.
            var cut = getText() != null && isTextTruncated() ? getText() : null;
            if (cut == null) {
                setTooltip(null);
                return;
            }
            var told = whole;
            if (told == null) {
                told = new Tooltip();
                whole = told;
            }
            told.setText(cut);
            setTooltip(told);
        }
    }

    private static final class LookCell extends Cell {
        private final Function<UserRow, Look> look;
        private final StatusLabel label = new StatusLabel();

        LookCell(Function<UserRow, Look> look) {
            this.look = look;
            label.setVisible(false);
            setGraphic(label);
        }

        @Override
        void show(@Nullable UserRow row) {
            label.setVisible(row != null);
            if (row != null) {
                label.show(look.apply(row));
            }
            setAccessibleText(row == null ? null : label.getText());
        }
    }

    /// The role's chip, and an icon that says where it comes from; a default has none.
    private static final class RoleCell extends Cell {
        private final HBox box = new HBox(6);
        private final Label icon = new Label();
        private @Nullable Chip chip;
        private boolean administrator;
        private @Nullable RoleSource source;

        RoleCell() {
            box.setAlignment(Pos.CENTER_LEFT);
            box.setVisible(false);
            icon.setMinWidth(USE_PREF_SIZE);
            setGraphic(box);
        }

        @Override
        void show(@Nullable UserRow row) {
            box.setVisible(row != null);
            if (row == null) {
                setAccessibleText(null);
                return;
            }
            var look = Look.of(row.roleSource());
            boolean first = row.role().equals(Role.ADMINISTRATOR);
            var shown = chip;
            if (shown == null || first != administrator || row.roleSource() != source) {
                make(row, first, look);
            } else {
                shown.setText(DisplayText.of(row.role()));
            }
            setAccessibleText(row.role() + ", " + look.word());
        }

        private void make(UserRow row, boolean first, Look look) {
            var made = Chip.role(row.role(), first);
            made.setMinWidth(0);
            if (row.roleSource() != RoleSource.DEFAULT) {
                icon.setGraphic(Icons.of(look.icon(), Icons.IN_CHIP, look.tone()));
                icon.setAccessibleText(look.word());
                icon.setTooltip(new Tooltip(look.word()));
                box.getChildren().setAll(made, icon);
            } else {
                Tooltip.install(made, new Tooltip(look.word()));
                box.getChildren().setAll(made);
            }
            chip = made;
            administrator = first;
            source = row.roleSource();
        }
    }

    private static final class ActionCell extends Cell {
        private final Button button;
        private final Disallowed around;

        ActionCell(String reason, Consumer<UserRow> action) {
            button = Buttons.small(Messages.get("users.changeRole"), () -> {
                var row = getItem();
                if (row != null) {
                    action.accept(row);
                }
            });
            button.setFocusTraversable(false);
            around = new Disallowed(button, new ReadOnlyStringWrapper(reason));
            around.setVisible(false);
            setGraphic(around);
        }

        @Override
        void show(@Nullable UserRow row) {
            around.setVisible(row != null && row.status() != UserStatus.REMOVED);
            if (row != null) {
                button.setAccessibleText(Messages.get("users.changeRole.of", row.shownName()));
            }
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
