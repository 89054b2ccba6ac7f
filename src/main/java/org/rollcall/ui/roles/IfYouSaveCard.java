package org.rollcall.ui.roles;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.roles.RulePreview;
import org.rollcall.roles.RulePreview.ChangedPerson;
import org.rollcall.roles.RulePreview.RoleCount;
import org.rollcall.ui.common.Avatar;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.BusySpinner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.Chip;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.common.WindowContext;

/// Shows while rules are unsaved: who would change, people by role before and after, how it stands with administrators.
final class IfYouSaveCard extends VBox {
    private static final int FIRST = 3;
    private static final double ONE_PERSON = 66;

    private final WindowContext context;
    private final RolesViewModel model;
    private final RulesViewModel rules;
    private final Chip changes = Chip.of("", Tone.ACCENT);
    private final VBox people = new VBox(12);
    private final VBox body = new VBox(12);
    private final Button save;
    private @Nullable RulePreview shown;

    IfYouSaveCard(WindowContext context, RolesViewModel model) {
        this.context = context;
        this.model = model;
        this.rules = model.rules();
        setId("roles.ifYouSave");
        save = Buttons.primary(Messages.get("roles.rules.save"), rules::save);
        save.setId("roles.rules.save");
        var discard = Buttons.plain(Messages.get("roles.discard"), rules::discard);
        discard.setId("roles.rules.discard");
        var head = new HBox(8, Labels.heading(Messages.get("roles.save.title"), "strong"), Labels.spacer(), changes);
        head.setAlignment(Pos.CENTER_LEFT);
        changes.setId("roles.changes");
        var buttons = new HBox(8, Labels.spacer(), discard, save);
        buttons.setMinHeight(USE_PREF_SIZE);
        var scroll = new ScrollBody(people, ONE_PERSON);
        scroll.visibleProperty().bind(javafx.beans.binding.Bindings.isNotEmpty(people.getChildren()));
        scroll.managedProperty().bind(scroll.visibleProperty());
        body.setMinHeight(USE_PREF_SIZE);
        var card = Card.of(new VBox(head, Labels.caption(Messages.get("roles.save.when"))), scroll, body, buttons);
        VBox.setVgrow(card, Priority.ALWAYS);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().add(card);
        visibleProperty().bind(rules.unsavedProperty());
        managedProperty().bind(visibleProperty());
        rules.previewProperty().subscribe(this::show);
        rules.troubleProperty().subscribe(this::show);
        rules.savingProperty().subscribe(this::show);
    }

    private void show() {
        var preview = rules.previewProperty().get();
        var trouble = rules.troubleProperty().get();
        boolean refused = preview != null && !preview.administrators().refusal().isEmpty();
        save.setDisable(preview == null || refused || rules.savingProperty().get()
                || (trouble != null && trouble.kind() == ErrorKind.CONFLICT));
        changes.setVisible(preview != null);
        body.getChildren().clear();
        people.getChildren().clear();
        if (trouble != null) {
            body.getChildren().add(banner(trouble));
        }
        if (preview == null) {
            shown = null;
            if (trouble == null) {
                var busy = new HBox(8, new BusySpinner(context.motion()),
                        Labels.muted(Messages.get("roles.save.working")));
                busy.setAlignment(Pos.CENTER_LEFT);
                body.getChildren().add(busy);
            }
            return;
        }
        changes.setText(Messages.get("roles.save.changes", preview.changes().size()));
        if (refused) {
            var banner = new Banner(Tone.DANGER, Icons.WRONG,
                    Messages.capital(preview.administrators().refusal()), Messages.get("roles.save.refused"));
            banner.setId("roles.save.refused");
            body.getChildren().add(banner);
        }
        if (!preview.changes().isEmpty()) {
            body.getChildren().add(Labels.line());
            firstPeople(preview);
        }
        body.getChildren().add(counts(preview));
        names("roles.save.lost", preview.administrators().lost());
        names("roles.save.won", preview.administrators().won());
    }

    private Banner banner(RollcallException trouble) {
        Banner banner;
        if (trouble.kind() == ErrorKind.CONFLICT) {
            var again = Buttons.small(Messages.get("roles.rules.again"), () -> {
                rules.discard();
                model.reload();
            });
            again.setId("roles.rules.again");
            banner = Banner.failure(trouble);
            ((VBox) banner.getChildren().get(1)).getChildren().add(again);
            VBox.setMargin(again, new javafx.geometry.Insets(8, 0, 0, 0));
        } else {
            banner = Banner.failure(trouble);
        }
        banner.setId("roles.rules.trouble");
        return banner;
    }

    private void firstPeople(RulePreview preview) {
        shown = preview;
        context.tasks().quietly(_ -> rules.people(preview, "", null, FIRST).rows(), rows -> {
            if (preview.equals(shown)) {
                rows.forEach(person -> people.getChildren().add(person(model, person)));
                if (preview.changes().size() > rows.size()) {
                    var all = Buttons.link(Messages.get("roles.save.all", preview.changes().size()),
                            () -> ChangedPeopleDialog.open(context, model, preview));
                    all.setId("roles.save.all");
                    people.getChildren().add(all);
                }
            }
        }, trouble -> people.getChildren().setAll(Labels.wrapped(Messages.trouble(trouble), "fg-danger")));
    }

    /// Somebody with the role before and after, and which rules have decided and would.
    static Node person(RolesViewModel model, ChangedPerson person) {
        var name = Labels.of(person.name());
        name.setTooltip(Labels.tip(Messages.list(List.of(person.name(), person.username()))));
        name.setMinWidth(0);
        var because = Labels.wrapped(because(model, person), "caption", "muted");
        var change = person.change();
        var arrow = new HBox(8, chip(model, change.fromRoleId()), Icons.of(Icons.TO, Icons.SMALL, Tone.MUTED),
                chip(model, change.toRoleId()));
        arrow.setAlignment(Pos.CENTER_LEFT);
        VBox.setMargin(arrow, new javafx.geometry.Insets(6, 0, 0, 0));
        var words = new VBox(name, because, arrow);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        var row = new HBox(12, new Avatar(person.name(), 28), words);
        row.setAccessibleText(Messages.get("roles.save.person", person.name(), model.roleName(change.fromRoleId()),
                model.roleName(change.toRoleId())));
        return row;
    }

    private static Node chip(RolesViewModel model, long roleId) {
        var role = model.role(roleId);
        var chip = Chip.role(role == null ? "" : role.name(), role != null && role.isAdministrator());
        chip.setMinWidth(0);
        chip.setMaxWidth(130);
        return chip;
    }

    private static String because(RolesViewModel model, ChangedPerson person) {
        var before = model.rules().groupOf(person.change().fromRuleId());
        int place = person.change().toPlace();
        var now = place < 0 || place >= model.rules().rules().size()
                ? null
                : model.rules().rules().get(place).rule().group().name();
        if (now == null) {
            return before == null ? Messages.get("roles.because.default") : Messages.get("roles.because.no", before);
        }
        return before == null || before.equals(now)
                ? Messages.get("roles.because.in", now)
                : Messages.get("roles.because.instead", now, before);
    }

    private Node counts(RulePreview preview) {
        var lines = new VBox(3);
        for (RoleCount count : preview.counts()) {
            if (count.role().isAdministrator()) {
                continue;
            }
            if (count.changes()) {
                lines.getChildren().add(line(count.role().name(), count.before(), count.after()));
            }
        }
        var administrators = preview.administrators();
        var role = preview.counts().stream().filter(count -> count.role().isAdministrator()).findFirst();
        if (administrators.lost().isEmpty() && administrators.won().isEmpty()) {
            var stay = new Label(Messages.get("roles.save.stay", administrators.after()),
                    Icons.of(Icons.DONE, Icons.IN_TEXT, Tone.SUCCESS));
            lines.getChildren().add(new HBox(8,
                    Labels.muted(Messages.get("roles.save.administrators")), Labels.spacer(), stay));
        } else {
            lines.getChildren().add(line(Messages.get("roles.save.administrators"), administrators.before(),
                    administrators.after()));
        }
        role.filter(count -> count.after() - count.before() != administrators.after() - administrators.before())
                .ifPresent(count -> lines.getChildren().add(
                        line(Messages.get("roles.save.administrators.all"), count.before(), count.after())));
        return lines;
    }

    private static Node line(String name, long before, long after) {
        var label = Labels.muted(name);
        label.setMinWidth(0);
        var row = new HBox(8, label, Labels.spacer(), Labels.muted(Messages.get("roles.number", before)),
                Icons.of(Icons.TO, Icons.SMALL, Tone.MUTED), Labels.of(Messages.get("roles.number", after), "strong"));
        row.setAlignment(Pos.CENTER_LEFT);
        row.getChildren().forEach(each -> {
            if (each instanceof Label number && number != label) {
                number.setMinWidth(Region.USE_PREF_SIZE);
            }
        });
        row.setAccessibleText(Messages.get("roles.save.line", name, before, after));
        return row;
    }

    private void names(String key, List<String> names) {
        if (!names.isEmpty()) {
            body.getChildren().add(Labels.wrapped(Messages.get(key, Messages.list(names)), "caption", "muted"));
        }
    }
}
