package org.rollcall.ui.importing.map;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.sync.Draft.RuleDraft;
import org.rollcall.sync.choose.TenantPicture;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.GaugeBar;
import org.rollcall.ui.common.IconButton;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.ShownAs;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.importing.draft.ImportSession;
import org.rollcall.ui.importing.draft.PickDialog;
import org.rollcall.ui.importing.draft.TenantFacts;

/// At the right of Map: the default role, the rules in order with how many each decides, and what it comes to.
final class MapRules extends VBox {
    private static final double ROLE = 148;
    private static final double DECIDES = 44;
    /// So that a rule's row is whole, in pixels.
    private static final double LEAST = 484;

    private final ImportSession session;
    private final TenantFacts facts;
    private final ComboBox<String> defaultRole = new ComboBox<>();
    private final Label defaultWords = Labels.caption("");
    private final HBox captions = captions();
    private final VBox rows = new VBox();
    private final GaugeBar gauge = new GaugeBar();
    private final VBox comesTo = new VBox(8);
    private final VBox warning = new VBox();
    private List<String> roles = List.of(Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR, Role.USER);
    private Set<UUID> people = Set.of();
    private int focus = -1;

    MapRules(ImportSession session, TenantFacts facts) {
        super(16);
        this.session = session;
        this.facts = facts;
        setMinWidth(LEAST);
        defaultRole.setPrefWidth(180);
        defaultRole.setConverter(new ShownAs<>(each -> each));
        defaultRole.setId("importing.map.default");
        defaultRole.setAccessibleText(Messages.get("importing.map.default"));
        defaultRole.getItems().setAll(roles);
        defaultRole.valueProperty().bindBidirectional(session.draft().defaultRoleProperty());
        var head = new HBox(8, new VBox(Labels.heading(Messages.get("importing.map.default"), "strong"), defaultWords),
                Labels.spacer(), ifAllowed(defaultRole));
        head.setAlignment(Pos.CENTER_LEFT);
        var add = Buttons.small(Messages.get("importing.map.add"), this::addRule);
        add.setGraphic(Icons.of(Icons.ADD, Icons.SMALL));
        add.setId("importing.map.add");
        var scroll = new ScrollPane(rows);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("map-scroll");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        comesTo.getStyleClass().add("comes-to");
        captions.managedProperty().bind(captions.visibleProperty());
        var body = new VBox(captions, scroll, comesTo);
        var card = Card.headed(Messages.get("importing.map.rules"), body, ifAllowed(add));
        VBox.setVgrow(card, Priority.ALWAYS);
        warning.managedProperty().bind(javafx.beans.binding.Bindings.isNotEmpty(warning.getChildren()));
        getChildren().addAll(Card.of(head), warning, card);
        session.draft().rolesByHand().addListener((javafx.beans.Observable _) -> refresh(people));
    }

    /// What an import would be refused for at its preview is grayed here, with the reason.
    private Node ifAllowed(Node control) {
        String reason = Disallowed.reason(session.actor().may(Permission.MANAGE_ROLES),
                Permission.MANAGE_ROLES.words());
        return reason.isEmpty() ? control : new Disallowed(control, new ReadOnlyStringWrapper(reason));
    }

    void loadRoles() {
        session.window().tasks().quietly(_ -> session.services().roles().roles().list(session.actor()).stream()
                .map(use -> use.role().name()).toList(), names -> {
                    roles = names;
                    String now = defaultRole.getValue();
                    defaultRole.getItems().setAll(names);
                    defaultRole.setValue(names.contains(now) ? now : Role.USER);
                    refresh(people);
                }, _ -> {});
    }

    private void addRule() {
        PickDialog.open(session.window(), Messages.get("importing.map.add.title"), Messages.get("importing.map.add"),
                facts::searchGroups, group -> {
                    focus = session.draft().rules().size();
                    session.draft().rules().add(new RuleDraft(group, true, Role.OPERATOR));
                });
    }

    void refresh(Set<UUID> now) {
        people = now;
        TenantPicture picture = facts.pictureProperty().get();
        boolean exact = picture != null && picture.whole();
        var rules = session.draft().rules();
        captions.setVisible(!rules.isEmpty());
        long[] decided = exact ? picture.decided(rules, now) : new long[rules.size() + 1];
        rows.getChildren().clear();
        for (int i = 0; i < rules.size(); i++) {
            rows.getChildren().add(row(i, rules.get(i), exact ? decided[i] : -1));
        }
        if (rules.isEmpty()) {
            var none = Labels.wrapped(Messages.get("importing.map.rules.none"), "muted");
            none.getStyleClass().add("map-row");
            none.setMaxWidth(Double.MAX_VALUE);
            rows.getChildren().add(none);
        }
        defaultWords.setText(exact
                ? Messages.get("importing.map.default.words", decided[rules.size()])
                : Messages.get("importing.map.default.all"));
        showComesTo(picture, decided);
        showWarning(exact, decided);
        if (focus >= 0 && focus < rows.getChildren().size()) {
            Node row = rows.getChildren().get(focus);
            focus = -1;
            session.window().fx().afterwards(row::requestFocus);
        }
    }

    private void showComesTo(@Nullable TenantPicture picture, long[] decided) {
        comesTo.getChildren().clear();
        if (picture == null) {
            return;
        }
        if (!picture.whole()) {
            var later = Labels.wrapped(Messages.get("importing.map.comesTo.later"), "caption", "muted");
            later.setId("importing.map.comesTo.later");
            comesTo.getChildren().setAll(later);
            return;
        }
        var byRole = new LinkedHashMap<String, Long>();
        roles.forEach(role -> byRole.put(role, 0L));
        var rules = session.draft().rules();
        for (int i = 0; i < rules.size(); i++) {
            byRole.merge(rules.get(i).role(), decided[i], Long::sum);
        }
        byRole.merge(session.draft().defaultRoleProperty().get(), decided[rules.size()], Long::sum);
        var parts = new ArrayList<GaugeBar.Part>();
        byRole.forEach((role, count) -> parts
                .add(new GaugeBar.Part(role, count, "gauge-" + Math.min(4, parts.size() + 1))));
        gauge.setParts(parts);
        comesTo.getChildren().setAll(new HBox(Labels.of(Messages.get("importing.map.comesTo"), "caption", "strong"),
                Labels.spacer(), Labels.caption(Messages.get("common.people", people.size()))), gauge,
                GaugeBar.legend(parts));
    }

    private void showWarning(boolean exact, long[] decided) {
        var draft = session.draft();
        boolean byHand = draft.rolesByHand().containsValue(Role.ADMINISTRATOR);
        boolean byDefault = draft.defaultRoleProperty().get().equals(Role.ADMINISTRATOR);
        boolean byRule = false;
        for (int i = 0; i < draft.rules().size(); i++) {
            byRule |= draft.rules().get(i).role().equals(Role.ADMINISTRATOR) && (!exact || decided[i] > 0);
        }
        warning.getChildren().clear();
        if (!byHand && !byDefault && !byRule) {
            var choose = Buttons.plain(Messages.get("importing.map.noAdministrator.choose"),
                    () -> PickDialog.open(session.window(), Messages.get("importing.map.noAdministrator.title"),
                            Messages.get("importing.map.noAdministrator.verb"), facts::searchPeople,
                            person -> draft.rolesByHand().put(person.id(), Role.ADMINISTRATOR)));
            choose.setId("importing.map.chooseAdministrator");
            warning.getChildren().add(new Banner(Tone.WARNING, Icons.WARNING,
                    Messages.get("importing.map.noAdministrator"), "", choose));
        }
    }

    /// What the parts of a rule's row are, above the first of them.
    private static HBox captions() {
        var members = Labels.caption(Messages.get("importing.map.column.members"));
        HBox.setHgrow(members, Priority.ALWAYS);
        members.setMaxWidth(Double.MAX_VALUE);
        var role = Labels.caption(Messages.get("importing.map.column.role"));
        role.setPrefWidth(ROLE);
        role.setMinWidth(ROLE);
        var decides = Labels.caption(Messages.get("importing.map.column.decides"));
        decides.setMinWidth(DECIDES);
        decides.setAlignment(Pos.CENTER_RIGHT);
        var row = new HBox(members, role, decides);
        row.getStyleClass().add("map-captions");
        return row;
    }

    /// @param decides how many people; -1 if not known
    private HBox row(int index, RuleDraft rule, long decides) {
        var role = new ComboBox<String>();
        role.setConverter(new ShownAs<>(each -> each));
        role.getItems().setAll(roles);
        role.setValue(rule.role());
        role.setPrefWidth(ROLE);
        role.setMinWidth(ROLE);
        role.setId("importing.map.role." + index);
        role.setAccessibleText(Messages.get("importing.map.role", rule.group().name()));
        role.valueProperty().addListener((_, _, now) -> set(index, new RuleDraft(rule.group(), rule.nested(), now)));
        var nested = new CheckBox(Messages.get("importing.map.nested"));
        nested.getStyleClass().add("caption");
        nested.setSelected(rule.nested());
        nested.setOnAction(_ -> set(index, new RuleDraft(rule.group(), nested.isSelected(), rule.role())));
        var words = new VBox(4, Labels.of(rule.group().name()), nested);
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setMinWidth(Region.USE_PREF_SIZE);
        words.setPrefWidth(138);
        words.setMaxWidth(Double.MAX_VALUE);
        var number = Labels.of(decides < 0 ? "–" : Long.toString(decides));
        number.setMinWidth(DECIDES);
        number.setAlignment(Pos.CENTER_RIGHT);
        number.setAccessibleText(decides < 0
                ? Messages.get("importing.map.decides.later")
                : Messages.get("importing.map.decides", decides));
        var up = IconButton.flat(Icons.UP, Messages.get("importing.map.up", rule.group().name()),
                () -> move(index, index - 1)).small();
        up.setDisable(index == 0);
        var down = IconButton.flat(Icons.DOWN, Messages.get("importing.map.down", rule.group().name()),
                () -> move(index, index + 1)).small();
        down.setDisable(index == session.draft().rules().size() - 1);
        var remove = IconButton.flat(Icons.CLOSE, Messages.get("importing.choose.remove", rule.group().name()),
                () -> session.draft().rules().remove(index)).small();
        var moves = new HBox(up, down, remove);
        moves.setAlignment(Pos.CENTER);
        var row = new HBox(Icons.of(Icons.DRAG, Icons.IN_TEXT, Tone.MUTED),
                Labels.muted(Integer.toString(index + 1)), words, role, number, moves);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().addAll("map-row", "rule-row");
        row.setFocusTraversable(true);
        row.setId("importing.map.rule." + index);
        row.setAccessibleText(Messages.get("importing.map.rule", index + 1, session.draft().rules().size(),
                rule.group().name(), rule.role()));
        row.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.isAltDown() && (event.getCode() == KeyCode.UP || event.getCode() == KeyCode.DOWN)) {
                event.consume();
                move(index, event.getCode() == KeyCode.UP ? index - 1 : index + 1);
            }
        });
        drag(row, index);
        return row;
    }

    private void drag(HBox row, int index) {
        row.setOnDragDetected(event -> {
            var content = new ClipboardContent();
            content.putString(Integer.toString(index));
            row.startDragAndDrop(TransferMode.MOVE).setContent(content);
            event.consume();
        });
        row.setOnDragOver(event -> {
            if (event.getGestureSource() instanceof HBox source && rows.getChildren().contains(source)) {
                event.acceptTransferModes(TransferMode.MOVE);
            }
            event.consume();
        });
        row.setOnDragDropped(event -> {
            if (event.getGestureSource() instanceof HBox source && rows.getChildren().contains(source)) {
                move(rows.getChildren().indexOf(source), index);
                event.setDropCompleted(true);
            }
            event.consume();
        });
    }

    private void set(int index, RuleDraft rule) {
        session.draft().rules().set(index, rule);
    }

    private void move(int from, int to) {
        var rules = session.draft().rules();
        if (to < 0 || to >= rules.size() || from == to) {
            return;
        }
        var order = new ArrayList<>(rules);
        order.add(to, order.remove(from));
        focus = to;
        rules.setAll(order);
    }
}
