package org.rollcall.ui.users;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import javafx.animation.PauseTransition;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.DisplayText;
import org.rollcall.domain.GroupRow;
import org.rollcall.domain.MfaState;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserStatus;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.FilterChip;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Look;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Moments;
import org.rollcall.ui.common.SearchField;

/// The row of filter chips. A filter that is not set is a menu; one that is set says so and is cleared by a click.
final class UserFilterBar extends HBox {
    private final UsersViewModel model;
    private final FlowPane chips = new FlowPane(8, 8);
    private final Hyperlink clear;
    private final Clock clock;
    private final Runnable askMoment;
    private @Nullable Shown shown;

    /// What the chips are made of.
    private record Shown(UserFilter filter, List<Role> roles, List<Tenant> tenants, @Nullable GroupRow group,
            @Nullable Instant asOf) {}

    /// @param askMoment asks for the moment to look at
    UserFilterBar(UsersViewModel model, Clock clock, Runnable askMoment) {
        this.model = model;
        this.clock = clock;
        this.askMoment = askMoment;
        getStyleClass().add("users-chips");
        clear = Buttons.link(Messages.get("users.filter.clear"), model::clearFilters);
        clear.getStyleClass().add("caption");
        clear.setId("users.filter.clear");
        HBox.setHgrow(chips, Priority.ALWAYS);
        // A row asks its parts for their height at the width they would like, so that has to be the one they get.
        widthProperty().subscribe(width -> chips.setPrefWrapLength(Math.max(320, width.doubleValue() - 96)));
        getChildren().addAll(chips, clear);
        model.filterProperty().subscribe(_ -> rebuild());
        model.choicesProperty().subscribe(_ -> rebuild());
        model.groupProperty().subscribe(_ -> rebuild());
        model.asOfProperty().subscribe(_ -> rebuild());
    }

    /// A letter that is typed changes none of the chips.
    private void rebuild() {
        var filter = model.filterProperty().get().withSearch("");
        var choices = model.choicesProperty().get();
        var group = model.groupProperty().get();
        var now = new Shown(filter, choices.roles(), choices.tenants(), group, model.asOfProperty().get());
        if (now.equals(shown)) {
            return;
        }
        shown = now;
        chips.getChildren().clear();
        if (filter.group() == null || group == null) {
            chips.getChildren().add(groupMenu());
        } else {
            chips.getChildren()
                    .add(FilterChip.set(Messages.get("users.filter.group"),
                            shortened(DisplayText.of(group.shownName())),
                            () -> model.showGroup(null)));
        }
        var tenants = new LinkedHashMap<Long, String>();
        choices.tenants().forEach(tenant -> tenants.put(tenant.id(), tenant.name()));
        tenants.put(UserFilter.LOCAL, Messages.get("users.tenant.local"));
        add("users.filter.tenant", tenants, filter.tenantIds(), UserFilter::withTenants);
        add("users.filter.status", words(EnumSet.allOf(UserStatus.class), each -> Look.of(each).word()),
                filter.statuses(), UserFilter::withStatuses);
        var roles = new LinkedHashMap<Long, String>();
        choices.roles().forEach(role -> roles.put(role.id(), role.name()));
        add("users.filter.role", roles, filter.roleIds(), UserFilter::withRoles);
        add("users.filter.source", words(EnumSet.allOf(RoleSource.class), each -> Look.of(each).word()),
                filter.sources(), UserFilter::withSources);
        add("users.filter.mfa", words(EnumSet.allOf(MfaState.class), each -> Look.of(each).word()), filter.mfa(),
                UserFilter::withMfa);
        var asOf = now.asOf();
        if (asOf != null) {
            // How people could sign in is not kept.
            var set = FilterChip.set(Messages.get("users.filter.asOf"), Moments.exact(asOf, clock),
                    () -> model.asOfProperty().set(null));
            set.setId("users.filter.asOf.set");
            chips.getChildren().add(set);
            clear.setVisible(!filter.isEveryone());
            return;
        }
        var signIn = new LinkedHashMap<Boolean, String>();
        signIn.put(true, Messages.get("users.signin.yes"));
        signIn.put(false, Messages.get("users.signin.no"));
        add("users.filter.signin", signIn, filter.signIn() == null ? Set.of() : Set.of(filter.signIn()),
                (all, values) -> all.withSignIn(values.size() == 1 ? values.iterator().next() : null));
        var ask = FilterChip.toggle(Messages.get("users.filter.asOf.ask"));
        ask.setId("users.filter.asOf");
        ask.setOnAction(_ -> {
            ask.setSelected(false);
            askMoment.run();
        });
        chips.getChildren().add(ask);
        clear.setVisible(!filter.isEveryone());
    }

    private static <T> Map<T, String> words(Set<T> values, Function<T, String> word) {
        var words = new LinkedHashMap<T, String>();
        values.forEach(value -> words.put(value, word.apply(value)));
        return words;
    }

    /// A menu of several values; once some are chosen it reads "Status: Active, Disabled" and has a way to clear it.
    private <T> void add(String key, Map<T, String> offered, Set<T> chosen,
            BiFunction<UserFilter, Set<T>, UserFilter> with) {
        var name = Messages.get(key);
        var menu = FilterChip.menu(name);
        menu.setId(key);
        if (!chosen.isEmpty()) {
            var value = Messages.list(offered.entrySet().stream().filter(each -> chosen.contains(each.getKey()))
                    .map(Map.Entry::getValue).toList());
            menu.setText(Messages.get("common.filter.set", name, shortened(value)));
            menu.getStyleClass().add("set");
            var none = new MenuItem(Messages.get("users.filter.any"));
            none.setOnAction(_ -> change(with, Set.of()));
            menu.getItems().add(none);
        }
        offered.forEach((value, word) -> {
            var item = new CheckMenuItem(DisplayText.text(word));
            item.setMnemonicParsing(false);
            item.setSelected(chosen.contains(value));
            item.setOnAction(_ -> {
                var now = new HashSet<>(chosen);
                if (!now.remove(value)) {
                    now.add(value);
                }
                change(with, now);
            });
            menu.getItems().add(item);
        });
        if (!chosen.isEmpty()) {
            chips.getChildren().add(withCross(menu, name, () -> change(with, Set.of())));
        } else {
            chips.getChildren().add(menu);
        }
    }

    private static MenuButton withCross(MenuButton menu, String name, Runnable clear) {
        var cross = Icons.of(Icons.CLOSE, Icons.IN_CHIP);
        cross.setPickOnBounds(true);
        cross.setOnMousePressed(event -> {
            event.consume();
            clear.run();
        });
        menu.setGraphic(cross);
        menu.setContentDisplay(javafx.scene.control.ContentDisplay.RIGHT);
        menu.setAccessibleText(menu.getText());
        menu.setAccessibleHelp(Messages.get("users.filter.help", name));
        menu.setOnKeyPressed(event -> {
            if (event.getCode() == javafx.scene.input.KeyCode.DELETE) {
                clear.run();
            }
        });
        return menu;
    }

    private <T> void change(BiFunction<UserFilter, Set<T>, UserFilter> with, Set<T> values) {
        model.filterProperty().set(with.apply(model.filterProperty().get(), values));
    }

    private MenuButton groupMenu() {
        var menu = FilterChip.menu(Messages.get("users.filter.group"));
        menu.setId("users.filter.group");
        var item = new CustomMenuItem();
        item.setHideOnClick(false);
        item.getStyleClass().add("users-group-item");
        menu.getItems().add(item);
        var search = new AtomicReference<@Nullable Runnable>();
        menu.setOnShowing(_ -> search.updateAndGet(made -> made == null ? groupSearch(menu, item) : made).run());
        return menu;
    }

    /// The inside of the menu of groups, made when it is opened for the first time.
    ///
    /// @return looks for groups
    private Runnable groupSearch(MenuButton menu, CustomMenuItem item) {
        var search = new SearchField(Messages.get("users.filter.group.find"));
        var list = new ListView<GroupRow>();
        list.setAccessibleText(Messages.get("users.filter.group"));
        list.setPrefSize(280, 240);
        list.setCellFactory(_ -> new GroupCell());
        Runnable find = () -> model.findGroups(search.getText(), list.getItems()::setAll);
        var wait = new PauseTransition(Duration.millis(200));
        wait.setOnFinished(_ -> find.run());
        search.textProperty().addListener(_ -> wait.playFromStart());
        Runnable choose = () -> {
            var chosen = list.getSelectionModel().getSelectedItem();
            if (chosen != null) {
                menu.hide();
                model.showGroup(chosen);
            }
        };
        list.setOnMouseClicked(_ -> choose.run());
        list.setOnKeyPressed(event -> {
            if (event.getCode() == javafx.scene.input.KeyCode.ENTER) {
                choose.run();
            }
        });
        item.setContent(new VBox(8, search, list));
        return find;
    }

    private static final class GroupCell extends javafx.scene.control.ListCell<GroupRow> {
        @Override
        protected void updateItem(@Nullable GroupRow group, boolean empty) {
            super.updateItem(group, empty);
            setText(empty || group == null ? null : DisplayText.of(group.shownName()));
            setGraphic(empty || group == null ? null : Icons.of(Icons.GROUP));
        }
    }

    private static String shortened(String name) {
        int end = name.offsetByCodePoints(0, Math.min(28, name.codePointCount(0, name.length())));
        return end == name.length() ? name : name.substring(0, end) + "…";
    }

    List<javafx.scene.Node> chips() {
        return chips.getChildren();
    }
}
