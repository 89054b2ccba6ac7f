package org.rollcall.ui.importing.connect;

import java.util.ArrayList;
import java.util.List;
import javafx.collections.SetChangeListener;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import atlantafx.base.theme.Styles;
import org.jspecify.annotations.Nullable;

import org.rollcall.connect.PortalGuide;
import org.rollcall.connect.PortalGuide.Step;
import org.rollcall.connect.TenantAddress;
import org.rollcall.domain.Cloud;
import org.rollcall.domain.RollcallException;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.CopyField;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.importing.draft.ImportSession;

/// The portal's steps to tick. The first one that is not done, or the one that was clicked, shows how it is done and the
/// values to copy.
final class PortalChecklist {
    private static final double LABELS = 168;
    private static final double LABELS_AT_LEAST = 104;
    /// A value of twenty letters in whole, and its button.
    private static final double FIELD_AT_LEAST = 268;

    private final ImportSession session;
    private final Label count = Labels.caption("");
    private final ProgressBar bar = new ProgressBar(0);
    private final List<Row> rows = new ArrayList<>();
    private final Card card;
    private int open;

    PortalChecklist(ImportSession session) {
        this.session = session;
        var list = new VBox();
        for (var step : guide()) {
            var row = new Row(step);
            rows.add(row);
            list.getChildren().add(row);
        }
        var scroll = new ScrollPane(list);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add(Styles.TEXT);
        scroll.setFocusTraversable(false);
        bar.getStyleClass().add(Styles.MEDIUM);
        bar.setPrefWidth(96);
        bar.setAccessibleText(Messages.get("importing.portal.progress"));
        card = Card.headed(Messages.get("importing.portal.title"), scroll, count, bar);
        card.getStyleClass().add("portal");
        session.draft().portalSteps().addListener((SetChangeListener<Integer>) _ -> advance());
        advance();
    }

    Node node() {
        return card;
    }

    private void advance() {
        var done = session.draft().portalSteps();
        open = rows.stream().map(row -> row.step.number()).filter(number -> !done.contains(number)).findFirst()
                .orElse(0);
        update();
    }

    private void update() {
        int done = session.draft().portalSteps().size();
        count.setText(Messages.get("importing.portal.done", done, rows.size()));
        bar.setProgress((double) done / rows.size());
        rows.forEach(Row::update);
    }

    private List<Step> guide() {
        var draft = session.draft();
        var place = draft.place();
        var authority = place.authorityUrl();
        return PortalGuide.steps(draft.cloudProperty().get(), understood(draft.tenantProperty().get(), true),
                understood(draft.clientIdProperty().get(), false),
                place.cloud() == Cloud.CUSTOM && authority != null && !authority.isBlank() ? authority : null);
    }

    private static @Nullable String understood(String typed, boolean tenant) {
        try {
            return typed.isBlank() ? null : tenant ? TenantAddress.tenant(typed) : TenantAddress.clientId(typed);
        } catch (RollcallException e) {
            // Half-typed: the links do without it.
            return null;
        }
    }

    private final class Row extends VBox {
        private final Step step;
        private final CheckBox tick;
        private final VBox more = new VBox(6);

        Row(Step step) {
            this.step = step;
            tick = new CheckBox(Messages.get("importing.portal.step", step.number(), step.title()));
            tick.setId("connect.portal." + step.number());
            tick.setSelected(session.draft().portalSteps().contains(step.number()));
            tick.setMnemonicParsing(false);
            tick.selectedProperty().subscribe((_, now) -> {
                if (now) {
                    session.draft().portalSteps().add(step.number());
                } else {
                    session.draft().portalSteps().remove(step.number());
                }
            });
            var blade = Buttons.outside(
                    Messages.get(step.number() == 1 ? "importing.portal.open" : "importing.portal.blade"),
                    () -> session.window().links().open(guide().get(step.number() - 1).blade()));
            blade.getStyleClass().add("caption");
            blade.setAccessibleText(Messages.get("importing.portal.open.spoken", step.title()));
            var head = new HBox(8, tick, Labels.spacer(), blade);
            head.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
            more.getStyleClass().add("portal-more");
            more.getChildren().add(Labels.wrapped(step.text(), "caption", "muted"));
            step.values().forEach(value -> more.getChildren().add(value(value)));
            getStyleClass().add("portal-step");
            getChildren().addAll(head, more);
            setOnMouseClicked(_ -> {
                open = step.number();
                PortalChecklist.this.update();
            });
        }

        private Node value(PortalGuide.Value value) {
            var words = value.optional()
                    ? Messages.get("importing.portal.optional", value.label())
                    : value.label();
            var label = Labels.wrapped(words, "caption", "muted");
            label.setMinWidth(LABELS_AT_LEAST);
            label.setPrefWidth(LABELS);
            label.setMaxWidth(LABELS);
            Node field;
            if (value.copied()) {
                var copied = new CopyField(value.label(), value.value());
                field = copied;
                field.getStyleClass().add("compact");
                copied.setMinWidth(FIELD_AT_LEAST);
            } else {
                var chosen = Labels.wrapped(value.value(), "caption");
                // What is left beside the label, however long it is.
                chosen.setPrefWidth(FIELD_AT_LEAST);
                field = chosen;
            }
            HBox.setHgrow(field, Priority.ALWAYS);
            var row = new HBox(12, label, field);
            row.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
            return row;
        }

        void update() {
            boolean now = step.number() == open;
            boolean done = session.draft().portalSteps().contains(step.number());
            getStyleClass().removeAll("now", "done");
            if (now) {
                getStyleClass().add("now");
            }
            if (done) {
                getStyleClass().add("done");
            }
            tick.setSelected(done);
            more.setVisible(now);
            more.setManaged(now);
        }
    }
}
