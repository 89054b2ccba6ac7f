package org.rollcall.ui.importing.choose;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Ref;
import org.rollcall.sync.choose.Forecast;
import org.rollcall.sync.choose.TenantPicture;
import org.rollcall.sync.choose.TenantPicture.Chosen;
import org.rollcall.ui.common.BusySpinner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.Chip;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.OnOff;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.importing.choose.GroupCounts.State.Known;
import org.rollcall.ui.importing.draft.ImportDraft.ScopeMode;
import org.rollcall.ui.importing.draft.ImportSession;
import org.rollcall.ui.importing.draft.PickDialog;
import org.rollcall.ui.importing.draft.TenantFacts;

/// At the right of Choose: how many are chosen and what reading them costs, who of them comes in, who never does.
final class ChosenCards extends VBox {
    private final ImportSession session;
    private final TenantFacts facts;
    private final GroupCounts counts;
    private final HBox status = new HBox(8);
    private final HBox figures = new HBox(24);
    private final VBox sum = new VBox(2);
    private final Label guests = Labels.caption("");
    private final Label disabled = Labels.caption("");
    private final FlowPane never = new FlowPane(6, 6);
    private final Label people = Labels.of("", "figure");
    private final Label peopleWords = Labels.caption("");
    private final Label atMost = Labels.wrapped("", "caption", "muted");
    private final VBox failed = new VBox(4);
    private String summary = "";

    ChosenCards(ImportSession session, TenantFacts facts, GroupCounts counts) {
        super(16);
        this.counts = counts;
        this.session = session;
        this.facts = facts;
        setPrefWidth(320);
        setMinWidth(304);
        setMaxWidth(320);
        var draft = session.draft();
        people.setId("importing.choose.count");
        peopleWords.setId("importing.choose.count.words");
        status.setId("importing.choose.status");
        status.setAlignment(Pos.CENTER_RIGHT);
        var head = new HBox(8, Labels.heading(Messages.get("importing.choose.soFar"), "strong"), Labels.spacer(),
                status);
        head.setAlignment(Pos.CENTER_LEFT);
        atMost.setId("importing.choose.atMost");
        atMost.managedProperty().bind(atMost.visibleProperty());
        failed.managedProperty().bind(javafx.beans.binding.Bindings.isNotEmpty(failed.getChildren()));
        var chosen = Card.of(head, figures, Labels.line(), sum, atMost, failed);
        var add = Buttons.link(Messages.get("importing.choose.never.add"), this::addNever);
        add.setId("importing.choose.never.add");
        var neverHead = new HBox(8, Labels.of(Messages.get("importing.choose.never")), Labels.spacer(), add);
        neverHead.setAlignment(Pos.CENTER_LEFT);
        var who = Card.titled(Messages.get("importing.choose.who"),
                row("importing.choose.nested", Labels.caption(Messages.get("importing.choose.nested.caption")),
                        draft.nestedProperty()),
                row("importing.choose.guests", guests, draft.guestsProperty()),
                row("importing.choose.disabled", disabled, draft.disabledProperty()),
                row("importing.choose.mfa", Labels.caption(Messages.get("importing.choose.mfa.caption")),
                        draft.mfaRegisteredProperty()),
                neverHead, never);
        VBox.setVgrow(who, Priority.ALWAYS);
        getChildren().addAll(chosen, who);
    }

    private static Node row(String key, Label caption, BooleanProperty on) {
        var toggle = new OnOff(Messages.get(key));
        toggle.setId(key);
        toggle.selectedProperty().bindBidirectional(on);
        var row = new HBox(8, new VBox(Labels.of(Messages.get(key)), caption), Labels.spacer(), toggle);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("who-row");
        return row;
    }

    private void addNever() {
        PickDialog.open(session.window(), Messages.get("importing.choose.never.title"),
                Messages.get("importing.choose.never.verb"), (text, context) -> {
                    var hits = new ArrayList<>(facts.searchGroups(text, context));
                    hits.addAll(facts.searchPeople(text, context));
                    return hits;
                }, ref -> {
                    TenantPicture picture = facts.pictureProperty().get();
                    boolean group = picture != null && picture.group(ref.id()) != null;
                    (group ? session.draft().excludedGroups() : session.draft().excludedPeople()).add(ref);
                });
    }

    /// Whether the numbers are all there, being counted, or could not be counted.
    private void showState() {
        failed.getChildren().clear();
        status.getChildren().setAll(switch (counts.stateProperty().get()) {
            case GroupCounts.State.Known _ ->
                List.of(Chip.of(Messages.get("importing.choose.live"), Tone.SUCCESS, Icons.CHECK));
            case GroupCounts.State.Counting _ -> List.of(new BusySpinner(session.window().motion()),
                    Labels.caption(Messages.get("importing.choose.counting")));
            case GroupCounts.State.Failed(var trouble) -> {
                var retry = Buttons.link(Messages.get("common.retry"), counts::retry);
                retry.setId("importing.choose.count.retry");
                var words = Labels.wrapped(Messages.get("importing.choose.uncounted", Messages.trouble(trouble)),
                        "caption", "muted");
                words.setId("importing.choose.count.trouble");
                failed.getChildren().setAll(words, retry);
                yield List.of(Chip.of(Messages.get("importing.choose.notCounted"), Tone.WARNING, Icons.WARNING));
            }
        });
    }

    void refresh() {
        showState();
        var draft = session.draft();
        never.getChildren().clear();
        for (List<Ref> list : List.of(draft.excludedGroups(), draft.excludedPeople())) {
            list.forEach(each -> never.getChildren().add(Chip.removable(each.name(),
                    Messages.get("importing.choose.remove", each.name()), () -> list.remove(each))));
        }
        TenantPicture picture = facts.pictureProperty().get();
        if (picture == null) {
            figures.getChildren().clear();
            sum.getChildren().clear();
            status.getChildren().clear();
            atMost.setVisible(false);
            guests.setText(Messages.get("importing.choose.guests.unknown"));
            disabled.setText(Messages.get("importing.choose.disabled.unknown"));
            return;
        }
        Chosen chosen = picture.chosen(draft.config());
        boolean everyone = draft.scopeModeProperty().get() == ScopeMode.EVERYONE;
        // Who is left out is read all the same.
        long read = chosen.inScope() < 0 ? chosen.count() : chosen.inScope();
        Forecast forecast = switch (draft.scopeModeProperty().get()) {
            case EVERYONE -> Forecast.everyone(picture.peopleCount(), picture.groupCount());
            case GROUPS -> read < 0 ? null : Forecast.groups(read, chosen.groups());
            case PEOPLE -> Forecast.people(draft.people().size());
        };
        people.setText(chosen.count() < 0 ? "–" : Messages.get("importing.number", chosen.count()));
        peopleWords.setText(Messages.get(chosen.exact() || chosen.count() < 0
                ? "importing.choose.figure.people"
                : "importing.choose.figure.people.most", chosen.count()));
        atMost.setText(switch (chosen.precision()) {
            case EXACT -> "";
            case BUT_FOR_MFA -> Messages.get("importing.choose.atMost.mfa");
            case AT_MOST -> Messages.get(draft.scopeModeProperty().get() == ScopeMode.GROUPS
                    ? "importing.choose.atMost"
                    : "importing.choose.atMost.leftOut");
        });
        atMost.setVisible(!chosen.exact() && chosen.count() >= 0 && counts.stateProperty().get() instanceof Known);
        figures.getChildren().setAll(new VBox(people, peopleWords),
                figure(chosen.groups(), Messages.get("importing.choose.figure.groups", chosen.groups())),
                cost(forecast));
        sum.getChildren().setAll(line(Messages.get(everyone
                ? "importing.choose.sum.all"
                : "importing.choose.sum.chosen"), chosen.inScope(), ""));
        if (!draft.guestsProperty().get() && chosen.guests() != 0) {
            sum.getChildren().add(line(Messages.get("importing.choose.sum.guests"), chosen.guests(), "−"));
        }
        if (!draft.disabledProperty().get() && chosen.disabled() != 0) {
            sum.getChildren().add(line(Messages.get("importing.choose.sum.disabled"), chosen.disabled(), "−"));
        }
        if (chosen.excluded() > 0) {
            sum.getChildren().add(line(Messages.get("importing.choose.sum.excluded"), chosen.excluded(), "−"));
        }
        guests.setText(chosen.guests() < 0
                ? Messages.get("importing.choose.guests.unknown")
                : Messages.get("importing.choose.guests.caption", chosen.guests()));
        disabled.setText(chosen.disabled() < 0
                ? Messages.get("importing.choose.disabled.unknown")
                : Messages.get("importing.choose.disabled.caption", chosen.disabled()));
        summary = chosen.count() < 0
                ? Messages.get("importing.choose.summary.groups", chosen.groups())
                : Messages.get(chosen.exact() ? "importing.choose.summary" : "importing.choose.summary.most",
                        chosen.count(), chosen.groups());
    }

    private static VBox cost(@Nullable Forecast forecast) {
        if (forecast == null) {
            return new VBox(Labels.of("–", "figure"), Labels.caption(Messages.get("importing.choose.figure.requests")));
        }
        return figure(forecast.requests(), forecast.seconds() < 120
                ? Messages.get("importing.choose.figure.seconds", forecast.requests(), forecast.seconds())
                : Messages.get("importing.choose.figure.minutes", forecast.requests(), forecast.seconds() / 60));
    }

    private static VBox figure(long value, String words) {
        return new VBox(Labels.of(Messages.get("importing.number", value), "figure"), Labels.caption(words));
    }

    private static Node line(String words, long value, String sign) {
        return new HBox(Labels.caption(words), Labels.spacer(),
                Labels.of(value < 0 ? "–" : sign + Messages.get("importing.number", value), "caption"));
    }

    String summary() {
        return summary;
    }
}
