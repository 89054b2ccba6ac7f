package org.rollcall.ui.importing.done;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Run;
import org.rollcall.sync.apply.ApplyStage;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Motion;
import org.rollcall.ui.importing.done.ImportStages.State;

/// How far an import is: the count in words with a bar, figures, and the stages it goes through, all as the import
/// itself reports them.
final class ImportProgress extends VBox {
    private static final Duration TIME_LEFT_AFTER = Duration.ofSeconds(2);
    /// What is counted.
    private static final List<ApplyStage> COUNTED = List.of(ApplyStage.PEOPLE, ApplyStage.ROLES, ApplyStage.GROUPS,
            ApplyStage.MEMBERSHIPS);

    private final Clock clock;
    private final Label count = Labels.of("", "title-3");
    private final Label left = Labels.muted("");
    private final ProgressBar bar = new ProgressBar(0);
    private final HBox figures = new HBox();
    private final Map<ApplyStage, Figure> figureOf = new EnumMap<>(ApplyStage.class);
    private final Figure conflictFigure;
    private final ImportStages stages;
    private final Map<ApplyStage, Long> totals = new EnumMap<>(ApplyStage.class);
    private final Map<ApplyStage, Long> done = new EnumMap<>(ApplyStage.class);
    private long conflicts;
    private Instant since;
    private ApplyStage stage = ApplyStage.COMPARE;
    private boolean over;
    private boolean stopped;
    private @Nullable ErrorKind trouble;

    /// A number below its title; the nodes stay, what they say changes.
    private record Figure(Label value, Label total) {}

    ImportProgress(Motion motion, Clock clock) {
        getStyleClass().add("import-progress");
        this.clock = clock;
        since = clock.instant();
        stages = new ImportStages(motion);
        bar.getStyleClass().add("tall");
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.setAccessibleText(Messages.get("importing.import.progress"));
        count.setId("importing.import.count");
        figures.getStyleClass().add("access-figures");
        figureOf.put(ApplyStage.PEOPLE, figure("importing.import.people"));
        figureOf.put(ApplyStage.ROLES, figure("importing.import.roles"));
        figureOf.put(ApplyStage.GROUPS, figure("importing.import.groups"));
        figureOf.put(ApplyStage.MEMBERSHIPS, figure("importing.import.members"));
        conflictFigure = figure("importing.import.conflicts");
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
        over = false;
        stopped = false;
        trouble = null;
        stage = ApplyStage.COMPARE;
        bar.setProgress(0);
        left.setText("");
        count.setText(Messages.get("importing.import.starting"));
        show();
    }

    /// What the preview holds, and so what there is to do.
    ///
    /// @param leftOut people who were left out of it since
    void planned(Run preview, int leftOut) {
        totals.put(ApplyStage.PEOPLE, Math.max(0, count(preview, ChangeKind.CREATE, ChangeKind.UPDATE,
                ChangeKind.RENAME, ChangeKind.DEACTIVATE, ChangeKind.REACTIVATE, ChangeKind.REMOVE) - leftOut));
        totals.put(ApplyStage.ROLES, count(preview, ChangeKind.ROLE_GRANT, ChangeKind.ROLE_CHANGE));
        totals.put(ApplyStage.GROUPS,
                count(preview, ChangeKind.GROUP_CREATE, ChangeKind.GROUP_UPDATE, ChangeKind.GROUP_REMOVE));
        totals.put(ApplyStage.MEMBERSHIPS, count(preview, ChangeKind.MEMBER_ADD, ChangeKind.MEMBER_REMOVE));
        conflicts = preview.count(ChangeKind.CONFLICT);
        showCount();
        show();
    }

    private static long count(Run run, ChangeKind... kinds) {
        return List.of(kinds).stream().mapToLong(run::count).sum();
    }

    /// As the import reports it.
    ///
    /// @param changes how many of that stage are made
    void at(ApplyStage now, long changes) {
        stage = now;
        if (COUNTED.contains(now)) {
            done.put(now, changes);
        }
        showCount();
        show();
    }

    private void showCount() {
        long all = sum(totals);
        double fraction = all == 0 ? 0 : Math.min(1, (double) sum(done) / all);
        bar.setProgress(fraction);
        count.setText(Messages.get("importing.import.of", sum(done), all));
        var spent = Duration.between(since, clock.instant());
        left.setText(fraction > 0 && spent.compareTo(TIME_LEFT_AFTER) > 0
                ? Messages.get("importing.import.left",
                        Math.max(1, Math.round(spent.toMillis() * (1 - fraction) / fraction / 1000)))
                : "");
    }

    private static long sum(Map<ApplyStage, Long> map) {
        return map.values().stream().mapToLong(Long::longValue).sum();
    }

    private static long of(Map<ApplyStage, Long> map, ApplyStage part) {
        return map.getOrDefault(part, 0L);
    }

    /// All is in.
    void ended(Run run) {
        planned(run, 0);
        done.putAll(totals);
        over = true;
        bar.setProgress(1);
        left.setText("");
        count.setText(Messages.get("importing.import.done", run.count(ChangeKind.CREATE)));
        show();
    }

    /// It ended before its end: the stage that it was in shows so.
    ///
    /// @param why null: somebody cancelled it
    void stopped(@Nullable ErrorKind why) {
        stopped = true;
        trouble = why;
        if (why == ErrorKind.CONFLICT) {
            stage = ApplyStage.COMPARE;
        } else if (why == ErrorKind.GUARD) {
            stage = ApplyStage.GUARDS;
        }
        left.setText("");
        bar.setProgress(0);
        done.clear();
        count.setText(totals.isEmpty()
                ? Messages.get("importing.import.stopped")
                : Messages.get("importing.import.of", 0, sum(totals)));
        show();
    }

    String words() {
        return count.getText();
    }

    private void show() {
        figureOf.forEach((part, figure) -> {
            figure.value().setText(Messages.get("importing.number", of(done, part)));
            figure.total().setText(Messages.get("importing.import.figure.of", of(totals, part)));
        });
        conflictFigure.value().setText(Messages.get("importing.number", conflicts));
        stages.show(this::state, this::more, this::number);
    }

    private Figure figure(String key) {
        var figure = new Figure(Labels.of("", "title-4"), Labels.caption(""));
        var number = new HBox(6, figure.value(), figure.total());
        number.setAlignment(Pos.BASELINE_LEFT);
        var box = new VBox(2, Labels.caption(Messages.get(key)), number);
        box.getStyleClass().addAll("access-figure", figures.getChildren().isEmpty() ? "first" : "more");
        box.setAlignment(Pos.TOP_LEFT);
        box.setPrefWidth(1);
        box.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(box, Priority.ALWAYS);
        figures.getChildren().add(box);
        return figure;
    }

    private State state(ApplyStage of) {
        // Roles are written right after their people, and shown in one line with them.
        var now = stage == ApplyStage.ROLES ? ApplyStage.PEOPLE : stage;
        if (over || of.ordinal() < now.ordinal()) {
            return State.DONE;
        }
        if (of != now) {
            return State.LATER;
        }
        return !stopped ? State.NOW : trouble == null ? State.CANCELLED : State.FAILED;
    }

    private String more(ApplyStage of, State state) {
        return switch (state) {
            case CANCELLED -> Messages.get("importing.import.stage.cancelled.more");
            case FAILED -> Messages.get(trouble == ErrorKind.CONFLICT
                    ? "importing.import.stage.compare.changed"
                    : trouble == ErrorKind.GUARD
                            ? "importing.import.stage.guards.stopped"
                            : "importing.import.stage.failed.more");
            // That nobody changed anything is known only once it has been looked at.
            case NOW, LATER -> of == ApplyStage.COMPARE ? "" : usual(of);
            case DONE -> usual(of);
        };
    }

    private static String usual(ApplyStage of) {
        return Messages.get("importing.import.stage." + ImportStages.name(of) + ".more");
    }

    private String number(ApplyStage of, State state) {
        return switch (of) {
            case COMPARE, RECORD -> "";
            case GUARDS -> state == State.DONE ? Messages.get("importing.import.stage.passed") : "";
            case PEOPLE, ROLES, GROUPS, MEMBERSHIPS -> {
                long now = of(done, of);
                yield totals.isEmpty() ? "" : Messages.get("importing.number", now == 0 ? of(totals, of) : now);
            }
        };
    }
}
