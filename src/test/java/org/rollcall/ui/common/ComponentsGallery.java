package org.rollcall.ui.common;

import java.util.List;
import java.util.Map;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import atlantafx.base.controls.CustomTextField;
import atlantafx.base.controls.ToggleSwitch;
import atlantafx.base.theme.Styles;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.MfaState;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.RunState;
import org.rollcall.domain.UserStatus;

/// One page with every part in every state, for the eye.
final class ComponentsGallery extends VBox {
    private static final List<String> STATES = List.of("", "hover", "armed", "focus-visible", "disabled");
    private final WindowContext context;

    ComponentsGallery(WindowContext context) {
        super(16);
        this.context = context;
        setPadding(new javafx.geometry.Insets(32));
        var title = new HBox(12, Brand.icon(32), Labels.of("Components", "title-3"), Labels.spacer(),
                Labels.muted("Primer, Inter 14, JetBrains Mono 13, Feather icons 16"));
        title.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(title, row(type(), nav()), buttons(), row(fields(), chips()), words(), rows(), states(),
                notes());
    }

    private static HBox row(Node... cards) {
        var row = new HBox(16, cards);
        for (var card : cards) {
            HBox.setHgrow(card, Priority.ALWAYS);
        }
        return row;
    }

    private static Card type() {
        return Card.titled("Type", Labels.of("Title 1, 28 semibold", "title-1"),
                Labels.of("Title 2, 24.5 semibold", "title-2"), Labels.of("Title 3, 21 semibold", "title-3"),
                Labels.of("Title 4, 17.5 semibold", "title-4"), Labels.of("Strong, 14 semibold", "strong"),
                Labels.of("Medium, 14 medium", "medium"), Labels.of("Body, 14 regular"),
                Labels.caption("Caption, 12 regular, muted"), Labels.of("Mono 13: 7c2d9a54-3f0e", "mono"));
    }

    private static Card nav() {
        var gauge = new GaugeBar();
        var parts = List.of(new GaugeBar.Part("Admins", 6, "gauge-1"), new GaugeBar.Part("Operators", 31, "gauge-2"),
                new GaugeBar.Part("Other", 19, "gauge-3"), new GaugeBar.Part("Users", 2434, "gauge-4"));
        gauge.setParts(parts);
        return Card.headed("Bars, fields and tabs",
                new VBox(16, gauge, GaugeBar.legend(parts), new CopyField("Object id", "7c2d9a54-3f0e-4a10"),
                        new TabsPane("Sample").add("a", "Profile", Region::new).add("b", "Groups", Region::new).add("c",
                                "Why?", Region::new)) {
                    {
                        setPadding(new javafx.geometry.Insets(16));
                    }
                }, Buttons.link("Open Roles", () -> {}));
    }

    private static Card buttons() {
        var grid = new GridPane(24, 12);
        var names = List.of("At rest", "Pointed at", "Pressed", "Focus", "Disabled");
        for (int i = 0; i < names.size(); i++) {
            grid.add(Labels.caption(names.get(i)), i + 1, 0);
        }
        var kinds = List.of("Primary", "Default", "Flat", "Outlined", "Danger");
        for (int kind = 0; kind < kinds.size(); kind++) {
            grid.add(Labels.muted(kinds.get(kind)), 0, kind + 1);
            for (int state = 0; state < STATES.size(); state++) {
                var button = button(kinds.get(kind));
                if (state == 4) {
                    button.setDisable(true);
                } else if (state > 0) {
                    button.pseudoClassStateChanged(PseudoClass.getPseudoClass(STATES.get(state)), true);
                }
                if (kind == 0 && state == 0) {
                    button.setId("primary");
                }
                grid.add(button, state + 1, kind + 1);
            }
        }
        var menu = new MenuButton("Add people", Icons.of(Icons.ADD));
        var small = Buttons.small("Change role", () -> {});
        small.setId("small");
        var outside = Buttons.plain("Sign in with Microsoft", Icons.OUTSIDE, () -> {});
        outside.getStyleClass().add(Styles.ACCENT);
        outside.setContentDisplay(javafx.scene.control.ContentDisplay.RIGHT);
        grid.add(Labels.muted("Others"), 0, 6);
        grid.add(small, 1, 6);
        grid.add(outside, 2, 6);
        grid.add(menu, 3, 6);
        var icons = new HBox(8, new IconButton(Icons.COLUMNS, "Columns", () -> {}),
                new IconButton(Icons.MORE, "More", () -> {}).small(), IconButton.flat(Icons.CLOSE, "Close", () -> {}));
        icons.setAlignment(Pos.CENTER_LEFT);
        grid.add(icons, 4, 6);
        grid.add(Buttons.outside("A link", () -> {}), 5, 6);
        for (int i = 0; i < 6; i++) {
            var column = new javafx.scene.layout.ColumnConstraints();
            column.setPrefWidth(i == 0 ? 88 : 188);
            grid.getColumnConstraints().add(column);
        }
        return Card.titled("Buttons", grid);
    }

    private static Button button(String kind) {
        var button = switch (kind) {
            case "Default" -> Buttons.plain("Check again", () -> {});
            case "Flat" -> Buttons.flat("Cancel", () -> {});
            case "Outlined" -> Buttons.outlined("Undo this run…", () -> {});
            case "Danger" -> Buttons.danger("Remove tenant", () -> {});
            default -> Buttons.primary("Import 240 people", () -> {});
        };
        button.setDefaultButton(false);
        return button;
    }

    private Card fields() {
        var search = new SearchField("Search");
        search.setId("search");
        search.setPrefWidth(180);
        var focused = new TextField("contoso.com");
        focused.setAccessibleText("Domain");
        focused.pseudoClassStateChanged(PseudoClass.getPseudoClass("focused"), true);
        var fixed = new TextField("7c2d9a54");
        fixed.setEditable(false);
        fixed.getStyleClass().add("mono");
        fixed.setAccessibleText("Id");
        fixed.setPrefWidth(140);
        var wrong = new CustomTextField("1 fortnight");
        wrong.setRight(Icons.of(Icons.WRONG, 16, Tone.DANGER));
        var interval = new FormField("Interval", wrong);
        interval.errorProperty().set("Give minutes, hours or days, like 6h");
        interval.setPrefWidth(300);
        var combo = new ComboBox<String>();
        combo.getItems().addAll("Operator", "Auditor");
        combo.setValue("Operator");
        var role = new FormField("Role", combo);
        role.setPrefWidth(212);
        var on = new CheckBox("On");
        on.setSelected(true);
        var some = new CheckBox("Some");
        some.setIndeterminate(true);
        var yes = new RadioButton("Yes");
        yes.setSelected(true);
        var switches = new ToggleSwitch[]{ new ToggleSwitch(), new ToggleSwitch(), new ToggleSwitch() };
        for (var one : switches) {
            one.setAccessibleText("Switch");
        }
        switches[1].setSelected(true);
        switches[2].setSelected(true);
        switches[2].setDisable(true);
        var ticks = new HBox(24, new CheckBox("Off"), on, some, new RadioButton("No"), yes);
        ticks.getChildren().addAll(switches);
        ticks.setAlignment(Pos.CENTER_LEFT);
        var segments = new Segmented<>("Who", List.of("Everyone", "Groups", "People"), word -> word);
        segments.setValue("Groups");
        segments.setId("segments");
        var bar = new ProgressBar(0.6);
        bar.setPrefWidth(120);
        var last = new HBox(16, segments, new Label("Checking", new BusySpinner(new Motion())), bar);
        last.setAlignment(Pos.CENTER_LEFT);
        return Card.titled("Fields and choices", new HBox(12, search, focused, fixed), new HBox(12, interval, role),
                ticks, last);
    }

    private static Card chips() {
        var chip = Chip.role("Administrator", true);
        chip.setId("chip");
        var filter = FilterChip.menu("Status");
        filter.setId("filter");
        return Card.titled("Chips", new HBox(8, chip, Chip.of("Operator"), Chip.of("Auditor"), Chip.of("User")),
                Labels.caption("Roles: only Administrator stands out"),
                new HBox(8, Chip.of("Succeeded", Tone.SUCCESS, Icons.DONE), Chip.of("Out", Tone.WARNING),
                        Chip.of("Stopped", Tone.DANGER, Icons.WRONG), Chip.outlined("Contoso Ltd", Icons.TENANT),
                        Chip.removable("Board", "Remove Board", () -> {})),
                Labels.caption("States and tags: always with a word"),
                new HBox(8, FilterChip.set("Group", "Finance", () -> {}), filter, FilterChip.toggle("People", 1201)),
                Labels.caption("Filters: set, not set, with a count"),
                new HBox(16, new StatusLabel(Look.of(org.rollcall.domain.RoleSource.RULE)),
                        new StatusLabel(Look.of(org.rollcall.domain.RoleSource.MANUAL))));
    }

    private static Card words() {
        var grid = new GridPane(24, 12);
        var lines = new java.util.LinkedHashMap<String, List<Look>>();
        lines.put("Person", java.util.Arrays.stream(UserStatus.values()).map(Look::of).toList());
        lines.put("MFA", java.util.Arrays.stream(MfaState.values()).map(Look::of).toList());
        lines.put("Run", java.util.Arrays.stream(RunState.values()).map(Look::of).limit(6).toList());
        lines.put("Schedule", List.of(Look.scheduleActive(), Look.schedulePaused(), Look.running(),
                Look.scheduleQuarantined()));
        lines.put("Permission", List.of(Look.permissionGranted(), Look.permissionMissing(), Look.permissionInExcess()));
        lines.put("Change", java.util.Arrays.stream(ChangeKind.values()).map(Look::of).limit(6).toList());
        lines.put("", java.util.Arrays.stream(ChangeKind.values()).map(Look::of).skip(9).toList());
        int y = 0;
        for (var line : lines.entrySet()) {
            grid.add(Labels.muted(line.getKey()), 0, y);
            for (int x = 0; x < line.getValue().size(); x++) {
                grid.add(new StatusLabel(line.getValue().get(x)), x + 1, y);
            }
            y++;
        }
        return Card.titled("Status words: icon, colour and word together", grid);
    }

    private static Card rows() {
        var table = new javafx.scene.control.TableView<String>();
        table.setAccessibleText("People");
        table.getStyleClass().add(atlantafx.base.theme.Tweaks.EDGE_TO_EDGE);
        var tick = new javafx.scene.control.TableColumn<String, String>();
        var all = new CheckBox();
        all.setIndeterminate(true);
        all.setAccessibleText("Tick all");
        tick.setGraphic(all);
        tick.getStyleClass().add("tick");
        tick.setPrefWidth(48);
        tick.setSortable(false);
        tick.setCellValueFactory(cell -> new javafx.beans.property.SimpleStringProperty(cell.getValue()));
        tick.setCellFactory(_ -> new javafx.scene.control.TableCell<>() {
            @Override
            protected void updateItem(String item, boolean empty) {
                super.updateItem(item, empty);
                var box = new CheckBox();
                box.setAccessibleText("Tick");
                box.setSelected("Linh Nguyễn Thị Phương".equals(item));
                setGraphic(empty ? null : box);
            }
        });
        var name = new javafx.scene.control.TableColumn<String, String>("Name");
        name.setCellValueFactory(cell -> new javafx.beans.property.SimpleStringProperty(cell.getValue()));
        name.setPrefWidth(500);
        var role = new javafx.scene.control.TableColumn<String, String>("Role");
        role.setCellValueFactory(cell -> new javafx.beans.property.SimpleStringProperty(cell.getValue()));
        role.setCellFactory(_ -> new javafx.scene.control.TableCell<>() {
            @Override
            protected void updateItem(String item, boolean empty) {
                super.updateItem(item, empty);
                setGraphic(empty
                        ? null
                        : Chip.role("Jürgen Weiß".equals(item) ? "Administrator" : "User",
                                "Jürgen Weiß".equals(item)));
            }
        });
        role.setPrefWidth(180);
        table.getColumns().addAll(List.of(tick, name, role));
        table.getItems().addAll("Ahmed Al-Rashid", "Björn Þorvaldsson", "Linh Nguyễn Thị Phương", "Chiamaka Eze",
                "Jürgen Weiß", "Rasmus Kjærgaard");
        table.getSelectionModel().select(3);
        table.setPrefHeight(277);
        table.setMinHeight(277);
        return Card.headed("Table rows", table);
    }

    private HBox states() {
        var trouble = new RollcallException(ErrorKind.STORAGE, "store.away", "The data folder does not answer",
                "Check the disk", Map.of(), null);
        var all = List.<ScreenState>of(ScreenState.loading("Reading 2,490 people"),
                new ScreenState.Empty("No people yet", "Import people from Microsoft Entra ID.",
                        new ScreenState.Action("Import people", () -> {})),
                new ScreenState.NoMatch("Nobody matches", "Group Finance, status Removed", () -> {}),
                new ScreenState.Failed("Could not read the people", trouble, () -> {}));
        var row = new HBox(16);
        for (var state : all) {
            var pane = new StatePane(context.motion(), new StackPane());
            pane.stateProperty().set(state);
            pane.setPrefSize(292, 240);
            var card = Card.bare(pane);
            card.setMaxHeight(240);
            HBox.setHgrow(card, Priority.ALWAYS);
            row.getChildren().add(card);
        }
        return row;
    }

    private HBox notes() {
        var layer = context.toasts();
        layer.show(Toast.undoable("Chiamaka Eze is now Operator", () -> {}));
        layer.show(new Toast(Tone.ACCENT, Icons.EXPORT, "240 people exported",
                List.of(new Toast.Action("Open", () -> {}))));
        layer.show(Toast.failed("Fabrikam: sign-in refused", "Details", () -> {}));
        layer.lookupAll(".toast").iterator().next().setId("toast");
        var banners = new VBox(8,
                new Banner(Tone.DEFAULT, Icons.INFO, "Read only",
                        "You may look, but not change roles: that needs the permission Change roles."),
                new Banner(Tone.WARNING, Icons.AUTHENTICATION, "Fabrikam’s client secret expires in 12 days", "",
                        Buttons.small("Replace secret", () -> {})),
                new Banner(Tone.DANGER, Icons.STOPPED, "Northwind nightly was stopped by a guard", "",
                        Buttons.small("Review changes", () -> {})));
        HBox.setHgrow(banners, Priority.ALWAYS);
        return new HBox(16, layer, banners);
    }
}
