package org.rollcall.ui.activity;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

import org.kordamp.ikonli.feather.Feather;

import org.rollcall.domain.DisplayText;
import org.rollcall.domain.Permission;
import org.rollcall.ui.activity.ChainViewModel.Checked;
import org.rollcall.ui.activity.ChainViewModel.Checking;
import org.rollcall.ui.activity.ChainViewModel.Failed;
import org.rollcall.ui.activity.ChainViewModel.State;
import org.rollcall.ui.activity.ChainViewModel.Unknown;
import org.rollcall.ui.common.BusySpinner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Moments;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.common.WindowContext;

/// The state of the chain of events in one line, with the possible actions.
final class ChainBar extends HBox {
    private final WindowContext context;
    private final ActivityViewModel model;
    private final Runnable exportEvidence;

    ChainBar(WindowContext context, ActivityViewModel model, Runnable exportEvidence) {
        this.context = context;
        this.model = model;
        this.exportEvidence = exportEvidence;
        setId("activity.chain");
        getStyleClass().addAll("banner", "chain-bar");
        setAlignment(Pos.CENTER_LEFT);
        model.chain().stateProperty().subscribe(this::show);
    }

    private void show(State state) {
        switch (state) {
            case Unknown() -> fill("", Icons.of(Feather.LINK, Icons.IN_BANNER, Tone.MUTED),
                    Messages.get("activity.chain.unknown"), Labels.of(""), List.of(check("activity.chain.check")));
            case Checking(var job) -> {
                var words = Labels.of(Messages.get("activity.chain.checking"));
                if (job != null) {
                    words.textProperty().bind(job.wordsProperty().map(DisplayText::text));
                }
                words.setId("activity.chain.count");
                var cancel = Buttons.small(Messages.get("common.cancel"), model.chain()::cancel);
                cancel.setId("activity.chain.cancel");
                fill("accent", new BusySpinner(context.motion()), "", words, List.of(cancel));
            }
            case Checked checked -> checked(checked);
            case Failed(var trouble) -> fill("danger", Icons.of(Icons.WRONG, Icons.IN_BANNER, Tone.DANGER),
                    Messages.get("activity.chain.failed"), Labels.wrapped(Messages.trouble(trouble)),
                    List.of(check("common.retry")));
        }
    }

    private void checked(Checked checked) {
        var check = checked.check();
        var when = Moments.within(check.at(), context.clock());
        if (checked.unbroken()) {
            fill("success", Icons.of(Feather.LINK, Icons.IN_BANNER, Tone.SUCCESS),
                    Messages.get("activity.chain.unbroken"),
                    Labels.wrapped(Messages.get("activity.chain.unbroken.sentence", check.found().events(), when)),
                    List.of(check("activity.chain.again")));
            return;
        }
        var show = Buttons.small(Messages.get("activity.chain.show"), () -> model.showEvent(checked.brokenAt()));
        show.setId("activity.chain.show");
        var evidence = Buttons.small(Messages.get("activity.evidence"), exportEvidence);
        evidence.setId("activity.chain.evidence");
        fill("danger", Icons.of(Icons.STOPPED, Icons.IN_BANNER, Tone.DANGER),
                Messages.get("activity.chain.broken", checked.brokenAt()),
                Labels.wrapped(Messages.get("activity.chain.broken.sentence", check.found().events(), when)),
                List.of(show, new Disallowed(evidence, new ReadOnlyStringWrapper(model.reason(Permission.EXPORT))),
                        check("activity.chain.again")));
    }

    private Button check(String key) {
        var check = Buttons.small(Messages.get(key), model.chain()::check);
        check.setId("activity.chain.check");
        return check;
    }

    private void fill(String tone, Node icon, String title, Label sentence, List<Node> actions) {
        getStyleClass().removeAll("success", "danger", "accent");
        if (!tone.isEmpty()) {
            getStyleClass().add(tone);
        }
        var parts = new ArrayList<Node>();
        parts.add(icon);
        if (!title.isEmpty()) {
            var strong = Labels.of(title, "strong");
            strong.setMinWidth(USE_PREF_SIZE);
            strong.setId("activity.chain.title");
            parts.add(strong);
        }
        sentence.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(sentence, Priority.ALWAYS);
        parts.add(sentence);
        parts.addAll(actions);
        getChildren().setAll(parts);
        setAccessibleText((title + " " + sentence.getText()).strip());
    }
}
