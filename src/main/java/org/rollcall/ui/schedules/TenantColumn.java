package org.rollcall.ui.schedules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import javafx.beans.property.LongProperty;
import javafx.scene.control.Toggle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

import org.rollcall.domain.Schedule;
import org.rollcall.schedule.ScheduleView;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Tone;

/// The tenants that have schedules; choosing one shows only its own.
final class TenantColumn extends VBox {
    private final SchedulesViewModel model;
    private final ToggleGroup group = new ToggleGroup();
    private final VBox rows = new VBox(2);
    private final LongProperty chosen;

    /// @param chosen the tenant's id; 0 for all
    TenantColumn(SchedulesViewModel model, LongProperty chosen) {
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
        model.all().forEach(view -> byTenant.computeIfAbsent(view.tenant().id(), _ -> new ArrayList<>()).add(view));
        group.getToggles().clear();
        rows.getChildren().clear();
        add(0, Feather.LAYERS, Messages.get("schedules.tenants.all"), model.all());
        byTenant.forEach((id, views) -> add(id, Icons.TENANT, views.getFirst().tenant().name(), views));
    }

    private void add(long id, Ikon icon, String name, List<ScheduleView> views) {
        boolean trouble = views.stream().anyMatch(view -> view.schedule().state() == Schedule.State.QUARANTINED
                || view.lastRun().filter(ScheduleWords::failed).isPresent());
        var second = Messages.get("schedules.tenants.count", views.size());
        var words = new VBox(Labels.of(name, "medium"), Labels.caption(second));
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        var row = new HBox(12, Icons.of(icon, Icons.IN_TEXT, Tone.MUTED), words);
        if (id != 0) {
            row.getChildren().add(trouble
                    ? Icons.of(Icons.STOPPED, Icons.IN_TEXT, Tone.DANGER)
                    : Icons.of(Icons.DONE, Icons.IN_TEXT, Tone.SUCCESS));
        }
        row.setPrefWidth(186);
        var button = new ToggleButton("", row);
        button.getStyleClass().add("schedules-tenant");
        button.setMaxWidth(Double.MAX_VALUE);
        button.setUserData(id);
        button.setAccessibleText(name + ", " + second);
        button.setSelected(id == chosen.get());
        button.setToggleGroup(group);
        rows.getChildren().add(button);
    }
}
