package org.rollcall.ui.schedules;

import java.util.Locale;
import java.util.Map;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.VBox;

import org.rollcall.connect.PeopleFate;
import org.rollcall.connect.TenantService.Removal;
import org.rollcall.domain.Tenant;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.common.WindowContext;

/// Asks what becomes of the people of a tenant that is to be removed. Nothing is chosen beforehand.
final class RemoveTenantDialog {
    private RemoveTenantDialog() {}

    static void open(WindowContext context, TenantDeeds deeds, Tenant tenant) {
        deeds.lookAtRemoval(tenant, found -> show(context, deeds, found));
    }

    private static void show(WindowContext context, TenantDeeds deeds, Removal found) {
        Tenant tenant = found.tenant();
        var group = new ToggleGroup();
        var choices = new VBox(12);
        choices.getStyleClass().add("tenant-fates");
        long there = found.active() + found.disabled();
        var sentences = Map.of(
                PeopleFate.KEEP, Messages.get("schedules.tenant.remove.keep.sentence", there),
                PeopleFate.DEACTIVATE, Messages.get("schedules.tenant.remove.deactivate.sentence", found.active()),
                PeopleFate.REMOVE, Messages.get("schedules.tenant.remove.remove.sentence", there + found.removed(),
                        found.groups(), found.imports()));
        for (PeopleFate fate : new PeopleFate[]{ PeopleFate.DEACTIVATE, PeopleFate.KEEP, PeopleFate.REMOVE }) {
            choices.getChildren().add(choice(fate, sentences.getOrDefault(fate, ""), group));
        }
        var notes = new VBox(12);
        if (found.busy()) {
            notes.getChildren().add(new Banner(Tone.WARNING, Icons.WARNING, "",
                    Messages.get("schedules.tenant.remove.busy")));
        }
        if (found.signsIn()) {
            notes.getChildren().add(new Banner(Tone.WARNING, Icons.WARNING, "",
                    Messages.get("schedules.tenant.remove.signIn", found.active())));
        }
        var trouble = new VBox();
        var content = new VBox(16, Labels.wrapped(Messages.get("schedules.tenant.remove.sentence",
                found.schedules())), choices, notes, trouble);
        notes.setManaged(!notes.getChildren().isEmpty());
        var dialog = new DialogBox(Messages.get("schedules.tenant.remove.title", tenant.name())).content(content)
                .width(560);
        var act = Buttons.danger(Messages.get("schedules.tenant.remove.do"), () -> {
            trouble.setDisable(true);
            deeds.remove(tenant, (PeopleFate) group.getSelectedToggle().getUserData(), dialog::close, refused -> {
                trouble.setDisable(false);
                trouble.getChildren().setAll(Banner.failure(refused));
            });
        });
        act.setId("tenant.remove.do");
        act.disableProperty().bind(group.selectedToggleProperty().isNull().or(trouble.disabledProperty()));
        context.dialogs().show(dialog.action(act));
    }

    private static VBox choice(PeopleFate fate, String sentence, ToggleGroup group) {
        String key = fate.name().toLowerCase(Locale.ROOT);
        var radio = new RadioButton(Messages.get("schedules.tenant.remove." + key));
        radio.setId("tenant.remove." + key);
        radio.setUserData(fate);
        radio.setToggleGroup(group);
        radio.setAccessibleHelp(sentence);
        var second = Labels.wrapped(sentence, "caption", "muted");
        second.getStyleClass().add("tenant-fate");
        return new VBox(2, radio, second);
    }
}
