package org.rollcall.ui.importing.done;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import org.rollcall.sync.apply.ApplyStage;
import org.rollcall.ui.common.BusySpinner;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Motion;
import org.rollcall.ui.common.Tone;

/// The stages of an import below each other. The rows stay and only their words change, and one spinner goes from stage
/// to stage: made anew at every report it would never come to turn.
final class ImportStages extends VBox {
    /// Where a stage stands.
    enum State {
        DONE,
        NOW,
        FAILED,
        CANCELLED,
        LATER
    }

    /// What is shown: roles come with their people.
    private static final List<ApplyStage> SHOWN = List.copyOf(EnumSet.complementOf(EnumSet.of(ApplyStage.ROLES)));

    private final BusySpinner spinner;
    private final List<Row> rows = new ArrayList<>();

    ImportStages(Motion motion) {
        spinner = new BusySpinner(motion);
        setId("importing.import.stages");
        SHOWN.forEach(stage -> rows.add(new Row(stage)));
        getChildren().setAll(rows);
    }

    void show(Function<ApplyStage, State> state, BiFunction<ApplyStage, State, String> more,
            BiFunction<ApplyStage, State, String> number) {
        for (var row : rows) {
            var now = state.apply(row.stage);
            row.show(now, more.apply(row.stage, now), number.apply(row.stage, now));
        }
    }

    static String name(ApplyStage of) {
        return switch (of) {
            case COMPARE -> "compare";
            case GUARDS -> "guards";
            case PEOPLE, ROLES -> "people";
            case GROUPS -> "groups";
            case MEMBERSHIPS -> "members";
            case RECORD -> "record";
        };
    }

    private final class Row extends HBox {
        private final ApplyStage stage;
        private final StackPane mark = new StackPane();
        private final Label title;
        private final Label more = Labels.of("");
        private final Label number = Labels.of("");
        private @Nullable State shown;

        Row(ApplyStage stage) {
            this.stage = stage;
            title = Labels.of(Messages.get("importing.import.stage." + name(stage)));
            mark.setMinWidth(18);
            title.setMinWidth(200);
            title.setPrefWidth(200);
            getChildren().addAll(mark, title, more, Labels.spacer(), number);
            setSpacing(12);
            setId("importing.import.stage." + name(stage));
            setAlignment(Pos.CENTER_LEFT);
            getStyleClass().add("import-stage");
        }

        void show(State now, String moreWords, String numberWords) {
            more.setText(moreWords);
            number.setText(numberWords);
            if (now == shown) {
                return;
            }
            shown = now;
            mark.getChildren().setAll(mark(now));
            dress(title, now == State.NOW || now == State.FAILED ? "strong" : now == State.LATER ? "muted" : "");
            dress(more, now == State.FAILED ? Tone.DANGER.textClass() : "muted");
            dress(number, now == State.LATER || now == State.CANCELLED ? "muted" : "");
            setAccessibleText(Messages.get("importing.import.stage.spoken", title.getText(),
                    Messages.get("importing.import.stage." + switch (now) {
                        case DONE -> "done";
                        case NOW -> "now";
                        case FAILED -> "failed";
                        case CANCELLED -> "cancelled";
                        case LATER -> "later";
                    })));
        }

        private Node mark(State now) {
            return switch (now) {
                case DONE -> Icons.of(Icons.DONE, Icons.IN_TEXT, Tone.SUCCESS);
                case NOW -> spinner;
                case FAILED -> Icons.of(Icons.FAILED, Icons.IN_TEXT, Tone.DANGER);
                case CANCELLED -> Icons.of(Feather.SLASH, Icons.IN_TEXT, Tone.MUTED);
                case LATER -> Icons.of(Feather.CIRCLE, Icons.IN_TEXT, Tone.MUTED);
            };
        }

        private static void dress(Label label, String styleClass) {
            label.getStyleClass().removeAll("strong", "muted", Tone.DANGER.textClass());
            if (!styleClass.isEmpty()) {
                label.getStyleClass().add(styleClass);
            }
        }
    }
}
