package org.rollcall.ui.schedules;

import java.util.List;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Guard;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunState;
import org.rollcall.sync.plan.Guards;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.WindowContext;

/// Asks a second time before what a guard stopped is applied: numbers, names, and that somebody has looked at them.
final class ApplyDialog {
    private ApplyDialog() {}

    static void open(WindowContext context, RunDeeds deeds, Run run, Runnable reload) {
        deeds.losers(run, losers -> show(context, deeds, run, losers, reload),
                trouble -> context.toasts().show(Toast.failed(Messages.trouble(trouble))));
    }

    private static void show(WindowContext context, RunDeeds deeds, Run run, List<ChangeRow> losers,
            Runnable reload) {
        long count = run.count(ChangeKind.REMOVE) + run.count(ChangeKind.DEACTIVATE);
        Guard roles = run.guard(Guards.LOST_ROLES).filter(Guard::stopped).orElse(null);
        var looked = new CheckBox(Messages.get("schedules.apply.looked", roles == null ? count : 0));
        looked.setId("apply.looked");
        Label problem = Labels.problem();
        var content = new VBox(12);
        if (roles == null || run.guard(Guards.REMOVALS).filter(Guard::stopped).isPresent()) {
            content.getChildren().add(Labels.wrapped(Messages.get("schedules.apply.sentence", count)));
        }
        if (roles != null) {
            content.getChildren().add(Labels.wrapped(Messages.get("schedules.apply.sentence.lostRoles",
                    Messages.recalled(roles.message()))));
        }
        content.getChildren().add(ChangeLines.counts(run));
        if (!losers.isEmpty()) {
            var list = ChangeLines.list(Messages.get("schedules.apply.list"), losers);
            list.setId("apply.people");
            content.getChildren().add(list);
        }
        content.getChildren().addAll(looked, problem);
        var box = new DialogBox(Messages.get("schedules.apply.title", String.valueOf(run.id())))
                .subtitle(run.tenantName()).content(content).width(640).firstFocus(looked);
        var act = Buttons.danger(Messages.get("schedules.apply.do"), () -> {});
        act.setId("apply.do");
        act.disableProperty().bind(looked.selectedProperty().not());
        act.setOnAction(_ -> deeds.apply(run.id(), ended -> {
            box.close();
            context.toasts().show(ended.state() == RunState.SUCCEEDED
                    ? Toast.done(Messages.get("schedules.apply.done", String.valueOf(run.id())))
                    : Toast.failed(Messages.get("schedules.apply.not")));
            reload.run();
        }, trouble -> problem.setText(Messages.trouble(trouble))));
        context.dialogs().show(box.action(act));
    }
}
