package org.rollcall.ui.schedules;

import java.util.function.LongConsumer;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunKind;
import org.rollcall.domain.RunState;
import org.rollcall.sync.StoppedRuns;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.common.WindowContext;

/// The buttons on a run's page: *Undo this run…* of one that was applied; *Apply this once…* and *Discard* of one that a guard
/// stopped; and links between a run and the one that undid it.
final class RunActions {
    private final WindowContext context;
    private final RunDeeds deeds;
    private final Runnable reload;
    private final LongConsumer openRun;

    /// @param reload  reads the page again
    /// @param openRun shows the page of another run
    RunActions(WindowContext context, RunDeeds deeds, Runnable reload, LongConsumer openRun) {
        this.context = context;
        this.deeds = deeds;
        this.reload = reload;
        this.openRun = openRun;
    }

    /// What stands beside Export; empty where there is nothing to undo.
    void place(HBox buttons, RunDeeds.Standing standing) {
        Run run = standing.run();
        if (run.state() != RunState.SUCCEEDED || run.kind() == RunKind.PREVIEW) {
            return;
        }
        var undo = Buttons.outlined(Messages.get("schedules.undo"),
                () -> UndoDialog.open(context, deeds, run, reload, openRun));
        undo.setId("run.undo");
        undo.setGraphic(Icons.of(Icons.UNDO));
        buttons.getChildren().add(new Disallowed(undo, new ReadOnlyStringWrapper(whyNot(standing))));
    }

    private String whyNot(RunDeeds.Standing standing) {
        var undo = standing.undo();
        if (!deeds.reason().isEmpty()) {
            return deeds.reason();
        }
        if (undo.undoneBy() != null) {
            return Messages.get("schedules.undo.undone", String.valueOf(undo.undoneBy()));
        }
        if (undo.before() != null) {
            return Messages.get("schedules.undo.before", String.valueOf(undo.before()));
        }
        return undo.possible() ? "" : Messages.get("schedules.undo.nothing");
    }

    /// Above the cards: what became of the run, or what waits for somebody.
    void placeAbove(VBox page, RunDeeds.Standing standing) {
        Run run = standing.run();
        Long other = run.undoOf() != null ? run.undoOf() : standing.undo().undoneBy();
        if (other != null) {
            var link = Buttons.link(Messages.get("schedules.run.title", String.valueOf(other)),
                    () -> openRun.accept(other));
            link.setId("run.other");
            page.getChildren().add(1, new Banner(Tone.ACCENT, Icons.UNDO, Messages.get(run.undoOf() != null
                    ? "schedules.undo.undoes"
                    : "schedules.undo.undone", String.valueOf(other)), "", link));
        }
        if (run.state() == RunState.STOPPED && standing.stopped() != StoppedRuns.Standing.NOTHING) {
            // In place of what the run ended with: it says more, and what can be done.
            page.getChildren().set(1, stopped(run, standing.stopped()));
        }
    }

    private Node stopped(Run run, StoppedRuns.Standing standing) {
        var discard = Buttons.plain(Messages.get("schedules.discard"), () -> discard(run));
        discard.setId("run.discard");
        String sentence = switch (standing) {
            case APPLICABLE, NOTHING -> Messages.get("schedules.apply.waits");
            case OUTDATED -> Messages.get("schedules.apply.outdated");
            case HELD -> Messages.get("schedules.apply.held");
        };
        String title = run.error() == null ? "" : Messages.capital(Messages.recalled(run.error().message()));
        if (standing != StoppedRuns.Standing.APPLICABLE) {
            return new Banner(Tone.DANGER, Icons.STOPPED, title, sentence, discard);
        }
        var apply = Buttons.primary(Messages.get("schedules.apply"),
                () -> ApplyDialog.open(context, deeds, run, reload));
        apply.setId("run.apply");
        return new Banner(Tone.DANGER, Icons.STOPPED, title, sentence, apply, discard);
    }

    private void discard(Run run) {
        context.dialogs().confirmDanger(Messages.get("schedules.discard.title", String.valueOf(run.id())),
                Messages.get("schedules.discard.sentence"), Messages.get("schedules.discard"),
                () -> deeds.discard(run.id(), () -> {
                    context.toasts().show(Toast.done(Messages.get("schedules.discard.done", String.valueOf(run.id()))));
                    reload.run();
                }, this::failed));
    }

    private void failed(RollcallException trouble) {
        context.toasts().show(Toast.failed(Messages.trouble(trouble)));
    }
}
