package org.rollcall.ui.importing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Run;
import org.rollcall.ui.common.BusySpinner;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Motion;
import org.rollcall.ui.common.Tone;

/// How far an import is: the count in words with a bar, figures, and the stages it goes through. Changes are made in the
/// order people, roles, groups, memberships, so that one number tells how far each of them is.
final class ImportProgress extends VBox {
    private static final Duration TIME_LEFT_AFTER = Duration.ofSeconds(2);

    /// What happens, in order.
    enum Stage {
        COMPARE,
        GUARDS,
        PEOPLE,
        GROUPS,
        MEMBERS,
        RECORD
    }

    /// What is counted, in the order in which it is written.
    private enum Part {
        PEOPLE,
        ROLES,
        GROUPS,
        MEMBERS
    }

    private final Motion motion;
    private final Clock clock;
    private final Label count = Labels.of("", "title-3");
    private final Label left = Labels.muted("");
    private final ProgressBar bar = new ProgressBar(0);
    private final HBox figures = new HBox();
    private final VBox stages = new VBox();
    private final Map<Part, Long> totals = new EnumMap<>(Part.class);
    private final Map<Part, Long> done = new EnumMap<>(Part.class);
    private long conflicts;
    private Instant since;
    private Stage stage = Stage.COMPARE;
    private boolean stopped;
    private @Nullable ErrorKind trouble;

    ImportProgress(Motion motion, Clock clock) {
        getStyleClass().add("import-progress");
        this.motion = motion;
        this.clock = clock;
        since = clock.instant();
        bar.getStyleClass().add("tall");
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.setAccessibleText(Messages.get("importing.import.progress"));
        count.setId("importing.import.count");
        figures.getStyleClass().add("access-figures");
        stages.setId("importing.import.stages");
        var head = new HBox(count, Labels.spacer(), left);
        head.setAlignment(Pos.BASELINE_LEFT);
        getChildren().addAll(Card.roomy(head, bar, figures), Card.bare(stages));
    }

    /// Begins, or begins again.
    void start() {
        since = clock.instant();
        totals.clear();
        done.clear();
        conflicts = 0;
        stopped = false;
        trouble = null;
        stage = Stage.COMPARE;
        bar.setProgress(0);
        left.setText("");
        count.setText(Messages.get("importing.import.starting"));
        showFigures();
        showStages();
    }

    /// What the preview holds, and so what there is to do.
    ///
    /// @param leftOut people who were left out of it since
    void planned(Run preview, int leftOut) {
        totals.put(Part.PEOPLE, Math.max(0, count(preview, ChangeKind.CREATE, ChangeKind.UPDATE, ChangeKind.RENAME,
                ChangeKind.DEACTIVATE, ChangeKind.REACTIVATE, ChangeKind.REMOVE) - leftOut));
        totals.put(Part.ROLES, count(preview, ChangeKind.ROLE_GRANT, ChangeKind.ROLE_CHANGE));
        totals.put(Part.GROUPS,
                count(preview, ChangeKind.GROUP_CREATE, ChangeKind.GROUP_UPDATE, ChangeKind.GROUP_REMOVE));
        totals.put(Part.MEMBERS, count(preview, ChangeKind.MEMBER_ADD, ChangeKind.MEMBER_REMOVE));
        conflicts = preview.count(ChangeKind.CONFLICT);
        stage = Stage.PEOPLE;
        progress(0);
    }

    private static long count(Run run, ChangeKind... kinds) {
        return List.of(kinds).stream().mapToLong(run::count).sum();
    }

    /// @param fraction of all changes, 0 to 1
    void progress(double fraction) {
        bar.setProgress(fraction);
        long rest = Math.round(fraction * sum(totals));
        for (var part : Part.values()) {
            long now = Math.min(rest, totals.getOrDefault(part, 0L));
            done.put(part, now);
            rest -= now;
        }
        stage = isDone(Part.PEOPLE) && isDone(Part.ROLES)
                ? isDone(Part.GROUPS) ? isDone(Part.MEMBERS) ? Stage.RECORD : Stage.MEMBERS : Stage.GROUPS
                : Stage.PEOPLE;
        count.setText(Messages.get("importing.import.of", sum(done), sum(totals)));
        var spent = Duration.between(since, clock.instant());
        left.setText(fraction > 0 && spent.compareTo(TIME_LEFT_AFTER) > 0
                ? Messages.get("importing.import.left",
                        Math.max(1, Math.round(spent.toMillis() * (1 - fraction) / fraction / 1000)))
                : "");
        showFigures();
        showStages();
    }

    private boolean isDone(Part part) {
        return of(done, part) >= of(totals, part);
    }

    private static long sum(Map<Part, Long> map) {
        return map.values().stream().mapToLong(Long::longValue).sum();
    }

    private static long of(Map<Part, Long> map, Part part) {
        return map.getOrDefault(part, 0L);
    }

    /// All is in.
    void ended(Run run) {
        planned(run, 0);
        progress(1);
        left.setText("");
        count.setText(Messages.get("importing.import.done", run.count(ChangeKind.CREATE)));
    }

    /// It ended before its end: the stage that it was in shows so.
    ///
    /// @param why null: somebody cancelled it
    void stopped(@Nullable ErrorKind why) {
        stopped = true;
        trouble = why;
        if (why == ErrorKind.CONFLICT) {
            stage = Stage.COMPARE;
        } else if (why == ErrorKind.GUARD) {
            stage = Stage.GUARDS;
        }
        left.setText("");
        bar.setProgress(0);
        done.clear();
        count.setText(totals.isEmpty()
                ? Messages.get("importing.import.stopped")
                : Messages.get("importing.import.of", 0, sum(totals)));
        showFigures();
        showStages();
    }

    String words() {
        return count.getText();
    }

    private void showFigures() {
        figures.getChildren().clear();
        figure("importing.import.people", Part.PEOPLE);
        figure("importing.import.roles", Part.ROLES);
        figure("importing.import.groups", Part.GROUPS);
        figure("importing.import.members", Part.MEMBERS);
        figure(Messages.get("importing.import.conflicts"), Messages.get("importing.number", conflicts), "");
    }

    private void figure(String key, Part part) {
        figure(Messages.get(key), Messages.get("importing.number", of(done, part)),
                Messages.get("importing.import.figure.of", of(totals, part)));
    }

    private void figure(String title, String value, String total) {
        var number = new HBox(6, Labels.of(value, "title-4"), Labels.caption(total));
        number.setAlignment(Pos.BASELINE_LEFT);
        var box = new VBox(2, Labels.caption(title), number);
        box.getStyleClass().addAll("access-figure", figures.getChildren().isEmpty() ? "first" : "more");
        box.setAlignment(Pos.TOP_LEFT);
        box.setPrefWidth(1);
        box.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(box, Priority.ALWAYS);
        figures.getChildren().add(box);
    }

    private void showStages() {
        var rows = new ArrayList<HBox>();
        for (var each : Stage.values()) {
            rows.add(row(each));
        }
        stages.getChildren().setAll(rows);
    }

    /// Where a stage stands.
    private enum State {
        DONE,
        NOW,
        FAILED,
        CANCELLED,
        LATER
    }

    private State state(Stage of) {
        if (of.ordinal() < stage.ordinal() || bar.getProgress() >= 1) {
            return State.DONE;
        }
        if (of != stage) {
            return State.LATER;
        }
        return !stopped ? State.NOW : trouble == null ? State.CANCELLED : State.FAILED;
    }

    private HBox row(Stage of) {
        var state = state(of);
        var mark = new StackPane(switch (state) {
            case DONE -> Icons.of(Icons.DONE, Icons.IN_TEXT, Tone.SUCCESS);
            case NOW -> new BusySpinner(motion);
            case FAILED -> Icons.of(Icons.FAILED, Icons.IN_TEXT, Tone.DANGER);
            case CANCELLED -> Icons.of(Feather.SLASH, Icons.IN_TEXT, Tone.MUTED);
            case LATER -> Icons.of(Feather.CIRCLE, Icons.IN_TEXT, Tone.MUTED);
        });
        mark.setMinWidth(18);
        var title = Labels.of(Messages.get("importing.import.stage." + name(of)));
        title.setMinWidth(200);
        title.setPrefWidth(200);
        if (state == State.NOW || state == State.FAILED) {
            title.getStyleClass().add("strong");
        } else if (state == State.LATER) {
            title.getStyleClass().add("muted");
        }
        var more = Labels.of(more(of, state), state == State.FAILED ? Tone.DANGER.textClass() : "muted");
        var number = Labels.of(number(of, state == State.DONE));
        if (state == State.LATER || state == State.CANCELLED) {
            number.getStyleClass().add("muted");
        }
        var row = new HBox(12, mark, title, more, Labels.spacer(), number);
        row.setId("importing.import.stage." + name(of));
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("import-stage");
        row.setAccessibleText(
                Messages.get("importing.import.stage.spoken", title.getText(), Messages.get(switch (state) {
                    case DONE -> "importing.import.stage.done";
                    case NOW -> "importing.import.stage.now";
                    case FAILED -> "importing.import.stage.failed";
                    case CANCELLED -> "importing.import.stage.cancelled";
                    case LATER -> "importing.import.stage.later";
                })));
        return row;
    }

    private String more(Stage of, State state) {
        return switch (state) {
            case CANCELLED -> Messages.get("importing.import.stage.cancelled.more");
            case FAILED -> Messages.get(trouble == ErrorKind.CONFLICT
                    ? "importing.import.stage.compare.changed"
                    : trouble == ErrorKind.GUARD
                            ? "importing.import.stage.guards.stopped"
                            : "importing.import.stage.failed.more");
            // That nobody changed anything is known only once it has been looked at.
            case NOW, LATER -> of == Stage.COMPARE ? "" : Messages.get("importing.import.stage." + name(of) + ".more");
            case DONE -> Messages.get("importing.import.stage." + name(of) + ".more");
        };
    }

    private static String name(Stage of) {
        return switch (of) {
            case COMPARE -> "compare";
            case GUARDS -> "guards";
            case PEOPLE -> "people";
            case GROUPS -> "groups";
            case MEMBERS -> "members";
            case RECORD -> "record";
        };
    }

    private String number(Stage of, boolean over) {
        return switch (of) {
            case COMPARE, RECORD -> "";
            case GUARDS -> over ? Messages.get("importing.import.stage.passed") : "";
            case PEOPLE -> number(Part.PEOPLE);
            case GROUPS -> number(Part.GROUPS);
            case MEMBERS -> number(Part.MEMBERS);
        };
    }

    private String number(Part part) {
        long now = of(done, part);
        return totals.isEmpty() ? "" : Messages.get("importing.number", now == 0 ? of(totals, part) : now);
    }
}
