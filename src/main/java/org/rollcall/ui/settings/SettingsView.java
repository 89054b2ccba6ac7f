package org.rollcall.ui.settings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

import org.rollcall.domain.Permission;
import org.rollcall.text.Language;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.Closing;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.OnOff;
import org.rollcall.ui.common.Segmented;
import org.rollcall.ui.common.Theme;
import org.rollcall.ui.common.WindowContext;

/// The categories at the left, their cards one below the other in a column that scrolls.
final class SettingsView extends HBox {
    private static final double CATEGORIES_FROM = 900;
    private static final double NEAR_TOP = 40;

    private final WindowContext context;
    private final SettingsViewModel model;
    private final Navigator navigator;
    private final VBox column = new VBox(24);
    private final ScrollPane scroll = new ScrollPane();
    private final VBox categories = new VBox(2);
    private final ToggleGroup group = new ToggleGroup();
    private final List<Section> sections = new ArrayList<>();
    private boolean choosing;

    private record Section(String id, Node node, ToggleButton item) {}

    SettingsView(WindowContext context, SettingsViewModel model, Navigator navigator) {
        this.context = context;
        this.model = model;
        this.navigator = navigator;
        getStyleClass().add("settings");
        categories.getStyleClass().add("settings-categories");
        categories.setAccessibleText(Messages.get("settings.categories"));
        column.getStyleClass().add("settings-column");
        scroll.setContent(column);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().addAll("edge-to-edge", "settings-scroll");
        HBox.setHgrow(scroll, Priority.ALWAYS);
        section("appearance", Feather.MONITOR, appearance());
        section("closing", Feather.LOG_OUT, closing());
        if (model.showsShared()) {
            section("data", Feather.HARD_DRIVE, data());
            section("backup", Icons.ARCHIVE, new ProtectionCard(context, model));
            section("network", Feather.GLOBE, network());
            section("notifications", Feather.BELL, new NotificationsCard(context, model));
            section("sessions", Icons.CLOCK, sessions());
        }
        section("about", Icons.GUIDE, about());
        getChildren().addAll(categories, scroll);
        widthProperty().subscribe(width -> {
            boolean room = width.doubleValue() >= CATEGORIES_FROM;
            categories.setVisible(room);
            categories.setManaged(room);
        });
        scroll.vvalueProperty().subscribe(_ -> follow());
        choose(sections.getFirst());
    }

    private void section(String id, Ikon icon, Node card) {
        var title = Messages.get("settings.section." + id);
        var node = new VBox(8, Labels.of(title, "strong"), card);
        node.setId("settings.section." + id);
        node.getStyleClass().add("settings-section");
        var picture = Icons.of(icon);
        picture.getStyleClass().add("nav-icon");
        var row = new HBox(12, picture, Labels.of(title, "nav-text"));
        row.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        var item = new ToggleButton();
        item.setId("settings.category." + id);
        item.getStyleClass().add("nav-item");
        item.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        item.setGraphic(row);
        item.setAccessibleText(title);
        item.setMaxWidth(Double.MAX_VALUE);
        item.setToggleGroup(group);
        var section = new Section(id, node, item);
        item.setOnAction(_ -> scrollTo(id));
        sections.add(section);
        categories.getChildren().add(item);
        column.getChildren().add(node);
    }

    /// @param id unknown ones do nothing
    void scrollTo(String id) {
        sections.stream().filter(each -> each.id().equals(id)).findFirst().ifPresent(section -> {
            layout();
            double beyond = column.getHeight() - scroll.getViewportBounds().getHeight();
            choosing = true;
            if (beyond > 0) {
                double top = section.node().getBoundsInParent().getMinY() - 16;
                scroll.setVvalue(Math.clamp(top / beyond, 0, 1));
            }
            choosing = false;
            choose(section);
        });
    }

    private void choose(Section section) {
        group.selectToggle(section.item());
    }

    /// The category of the first card in sight is the chosen one.
    private void follow() {
        if (choosing || sections.isEmpty()) {
            return;
        }
        double beyond = Math.max(0, column.getHeight() - scroll.getViewportBounds().getHeight());
        double top = scroll.getVvalue() * beyond + NEAR_TOP;
        Section found = sections.getFirst();
        for (Section each : sections) {
            Bounds bounds = each.node().getBoundsInParent();
            if (bounds.getMinY() <= top) {
                found = each;
            }
        }
        choose(found);
    }

    private static Node card(Node... rows) {
        var list = new VBox(rows);
        list.getStyleClass().add("settings-rows");
        return Card.bare(list);
    }

    private Node appearance() {
        var themes = new Segmented<>(Messages.get("settings.theme"), List.of(Theme.Choice.SYSTEM, Theme.Choice.LIGHT,
                Theme.Choice.DARK), each -> Messages.get("settings.theme." + each.name()));
        themes.setId("settings.theme");
        var theme = new SettingsRow(Icons.THEME_LIGHT, Messages.get("settings.theme"), "", themes);
        themes.setValue(context.theme().choiceProperty().get());
        context.theme().choiceProperty().subscribe(themes::setValue);
        themes.valueProperty().addListener((_, _, now) -> {
            context.theme().choiceProperty().set(now);
            theme.saved();
        });
        Runnable words = () -> theme.caption(context.theme().choiceProperty().get() != Theme.Choice.SYSTEM
                ? Messages.get("settings.theme.always")
                : Messages.get(context.theme().darkProperty().get()
                        ? "settings.theme.follows.dark"
                        : "settings.theme.follows.light"));
        context.theme().choiceProperty().subscribe(words);
        context.theme().darkProperty().subscribe(words);
        words.run();
        var still = new OnOff(Messages.get("settings.motion"));
        still.setId("settings.motion");
        var motion = new SettingsRow(Feather.WIND, Messages.get("settings.motion"),
                Messages.get("settings.motion.caption"), still);
        still.selectedProperty().bindBidirectional(context.motion().wishedProperty());
        still.selectedProperty().addListener((_, _, _) -> motion.saved());
        return card(theme, language(), motion);
    }

    private Node language() {
        var all = new ArrayList<Optional<Language>>(List.of(Optional.empty()));
        Arrays.stream(Language.values()).map(Optional::of).forEach(all::add);
        var choice = model.services().language();
        var languages = new Segmented<>(Messages.get("settings.language"), all,
                each -> each.map(Language::ownName).orElse(Messages.get("settings.language.system")));
        languages.setId("settings.language");
        languages.setValue(choice.chosen());
        languages.valueProperty().addListener((_, _, now) -> choice.choose(now.orElse(null)));
        return new SettingsRow(Feather.MESSAGE_SQUARE, Messages.get("settings.language"),
                Messages.get("settings.language.caption"), languages);
    }

    private Node closing() {
        Closing closing = model.services().closing();
        var choices = new Segmented<>(Messages.get("settings.closing"), List.of(Closing.Choice.values()),
                each -> Messages.get("settings.closing." + each.name()));
        choices.setId("settings.closing");
        choices.setValue(closing.choice());
        var choice = new SettingsRow(Feather.LOG_OUT, Messages.get("settings.closing"),
                Messages.get("settings.closing.caption"), choices);
        choices.valueProperty().addListener((_, _, now) -> {
            closing.choose(now);
            choice.saved();
        });
        var notes = new OnOff(Messages.get("settings.notes"));
        notes.setId("settings.notes");
        notes.setSelected(closing.notes());
        var row = new SettingsRow(Feather.BELL, Messages.get("settings.notes"), Messages.get("settings.notes.caption"),
                notes);
        notes.selectedProperty().addListener((_, _, now) -> {
            closing.note(now);
            row.saved();
        });
        return card(choice, row);
    }

    private Node data() {
        var open = Buttons.plain(Messages.get("settings.folder.open"),
                () -> context.links().open(model.services().folder().path().toUri()));
        open.setId("settings.folder.open");
        var folder = new SettingsRow(Feather.HARD_DRIVE, Messages.get("settings.folder"), "", open);
        model.folderWordsProperty().subscribe(folder::caption);
        var export = Buttons.plain(Messages.get("settings.file.export"), () -> model.services().files().save(
                Messages.get("settings.file.export.title"), "rollcall-settings.json", model::export));
        export.setId("settings.file.export");
        var bring = Buttons.plain(Messages.get("settings.file.import"),
                () -> SettingsFileDialog.choose(context, model));
        bring.setId("settings.file.import");
        var reason = new ReadOnlyStringWrapper(model.reason(Permission.MANAGE_SETTINGS));
        return card(folder, KeyRow.of(context, model), new SettingsRow(Feather.FILE_TEXT, Messages.get("settings.file"),
                Messages.get("settings.file.caption"), new Disallowed(bring, reason), new Disallowed(export, reason)));
    }

    private Node network() {
        var open = Buttons.plain(Messages.get("settings.network.open"), () -> navigator.open("schedules"));
        open.setId("settings.network.open");
        var read = Buttons.plain(Messages.get("settings.network.read"),
                () -> model.services().guide().accept("network"));
        read.setId("settings.network.read");
        return card(new SettingsRow(Feather.GLOBE, Messages.get("settings.network"),
                Messages.get("settings.network.caption"), read, open));
    }

    private Node sessions() {
        var open = Buttons.plain(Messages.get("settings.sessions.open"), () -> navigator.open("authentication"));
        open.setId("settings.sessions.open");
        return card(new SettingsRow(Icons.CLOCK, Messages.get("settings.sessions"),
                Messages.get("settings.sessions.caption"), open));
    }

    private Node about() {
        var guide = Buttons.plain(Messages.get("settings.guide.read"), () -> model.services().guide().accept("index"));
        guide.setId("settings.guide.read");
        var rows = new ArrayList<Node>();
        rows.add(new SettingsRow(Icons.GUIDE, Messages.get("settings.guide"), Messages.get("settings.guide.caption"),
                guide));
        if (model.showsShared()) {
            rows.add(new SettingsRow(Icons.ACTIVITY, Messages.get("settings.activity"),
                    Messages.get("settings.activity.caption"), activity()));
        }
        if (model.showsShared()) {
            rows.add(SupportDialog.row(context, model));
        }
        rows.add(new SettingsRow(Icons.INFO, Messages.get("settings.about"),
                Messages.get("settings.about.caption", model.services().version())));
        return card(rows.toArray(Node[]::new));
    }

    private Node activity() {
        var open = Buttons.plain(Messages.get("settings.activity.open"),
                () -> navigator.open("activity", Map.of("tab", "events")));
        open.setId("settings.activity.open");
        return open;
    }
}
