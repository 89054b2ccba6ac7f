package org.rollcall.ui.schedules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.Toggle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import atlantafx.base.theme.Styles;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

import org.rollcall.domain.Schedule;
import org.rollcall.domain.Tenant;
import org.rollcall.schedule.ScheduleView;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.common.WindowContext;

/// The connected tenants, each with a menu; choosing one shows only its schedules.
final class TenantColumn extends VBox {
    private final WindowContext context;
    private final SchedulesViewModel model;
    private final ToggleGroup group = new ToggleGroup();
    private final VBox rows = new VBox(2);
    private final LongProperty chosen;

    /// @param chosen the tenant's id; 0 for all
    TenantColumn(WindowContext context, SchedulesViewModel model, LongProperty chosen) {
        this.context = context;
        this.model = model;
        this.chosen = chosen;
        getStyleClass().add("schedules-tenants");
        var where = Labels.of("", "medium");
        where.setId("schedules.where");
        var sentence = Labels.wrapped("", "caption", "muted");
        model.runnerProperty().subscribe(now -> {
            where.setText(ScheduleWords.runner(now));
            sentence.setText(ScheduleWords.runnerSentence(now));
        });
        var note = new VBox(4, where, sentence);
        note.getStyleClass().add("schedules-where");
        var space = new VBox();
        VBox.setVgrow(space, Priority.ALWAYS);
        getChildren().addAll(Labels.of(Messages.get("schedules.tenants"), "caption", "strong", "muted"), rows, space,
                note);
        model.all().addListener((javafx.beans.Observable _) -> rebuild());
        model.tenants().addListener((javafx.beans.Observable _) -> rebuild());
        group.selectedToggleProperty().addListener((_, before, now) -> {
            if (now == null) {
                if (before != null && before.getToggleGroup() == group) {
                    before.setSelected(true);
                }
                return;
            }
            chosen.set(id(now));
        });
        chosen.addListener((_, _, id) -> group.getToggles().stream().filter(each -> id(each) == id.longValue())
                .findFirst().ifPresent(group::selectToggle));
        rebuild();
    }

    private static long id(Toggle toggle) {
        return toggle.getUserData() instanceof Long id ? id : 0;
    }

    private void rebuild() {
        var byTenant = new LinkedHashMap<Long, List<ScheduleView>>();
        model.tenants().forEach(tenant -> byTenant.put(tenant.id(), new ArrayList<>()));
        model.all().forEach(view -> byTenant.computeIfAbsent(view.tenant().id(), _ -> new ArrayList<>()).add(view));
        group.getToggles().clear();
        rows.getChildren().clear();
        if (chosen.get() != 0 && !byTenant.containsKey(chosen.get())) {
            chosen.set(0);
        }
        rows.getChildren().add(row(0, Feather.LAYERS, Messages.get("schedules.tenants.all"), model.all()));
        model.tenants().forEach(tenant -> rows.getChildren().add(
                withMenu(tenant, row(tenant.id(), Icons.TENANT, tenant.name(),
                        byTenant.getOrDefault(tenant.id(), List.of())))));
    }

    private Node withMenu(Tenant tenant, ToggleButton row) {
        TenantDeeds deeds = model.tenantDeeds();
        var more = new MenuButton("", Icons.of(Icons.MORE));
        more.setId("schedules.tenant.more." + tenant.id());
        more.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Styles.SMALL);
        more.setAccessibleText(Messages.get("schedules.more", tenant.name()));
        more.getItems().setAll(
                item("schedules.tenant.edit", () -> deeds.editCredential(tenant)),
                item("schedules.tenant.verify", () -> deeds.verify(tenant)),
                item("schedules.tenant.rename", () -> rename(deeds, tenant)),
                new SeparatorMenuItem(),
                item("schedules.tenant.remove", () -> RemoveTenantDialog.open(context, deeds, tenant)));
        var place = new Disallowed(more, new ReadOnlyStringWrapper(deeds.reason()));
        var both = new StackPane(row, place);
        StackPane.setAlignment(place, Pos.CENTER_RIGHT);
        StackPane.setMargin(place, new Insets(0, 6, 0, 0));
        return both;
    }

    private static MenuItem item(String key, Runnable action) {
        var item = new MenuItem(Messages.get(key));
        item.setOnAction(_ -> action.run());
        return item;
    }

    private void rename(TenantDeeds deeds, Tenant tenant) {
        var name = new TextField(tenant.name());
        name.setId("tenant.rename.name");
        var field = new FormField(Messages.get("schedules.tenant.rename.name"), name,
                Messages.get("schedules.tenant.rename.hint"));
        var dialog = new DialogBox(Messages.get("schedules.tenant.rename.title", tenant.name())).content(field)
                .firstFocus(name);
        var act = Buttons.primary(Messages.get("schedules.tenant.rename.do"),
                () -> deeds.rename(tenant, name.getText(), dialog::close,
                        refused -> field.errorProperty().set(Messages.trouble(refused))));
        act.setId("tenant.rename.do");
        act.disableProperty().bind(name.textProperty()
                .map(text -> text.isBlank() || text.strip().equals(tenant.name())));
        context.dialogs().show(dialog.action(act));
    }

    private ToggleButton row(long id, Ikon icon, String name, List<ScheduleView> views) {
        boolean trouble = views.stream().anyMatch(view -> view.schedule().state() == Schedule.State.QUARANTINED
                || view.lastRun().filter(ScheduleWords::failed).isPresent());
        var second = Messages.get("schedules.tenants.count", views.size());
        var words = new VBox(Labels.of(name, "medium"), Labels.caption(second));
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        var row = new HBox(12, Icons.of(icon, Icons.IN_TEXT, Tone.MUTED), words);
        if (id != 0) {
            row.getChildren().add(views.isEmpty()
                    ? Labels.of("")
                    : trouble
                            ? Icons.of(Icons.STOPPED, Icons.IN_TEXT, Tone.DANGER)
                            : Icons.of(Icons.DONE, Icons.IN_TEXT, Tone.SUCCESS));
        }
        row.setPrefWidth(id == 0 ? 186 : 160);
        var button = new ToggleButton("", row);
        button.getStyleClass().add("schedules-tenant");
        button.setMaxWidth(Double.MAX_VALUE);
        if (id != 0) {
            button.getStyleClass().add("with-menu");
        }
        button.setUserData(id);
        button.setTooltip(Labels.tip(name));
        button.setAccessibleText(name + ", " + second);
        button.setSelected(id == chosen.get());
        button.setToggleGroup(group);
        return button;
    }
}
