package org.rollcall.ui.importing.done;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.domain.Schedule;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserStatus;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Moments;
import org.rollcall.ui.common.OnOff;
import org.rollcall.ui.common.Scrolling;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.common.wizard.WizardFoot;
import org.rollcall.ui.importing.draft.AbstractStep;
import org.rollcall.ui.importing.draft.ImportSession;

/// The result, roles of those who came in, the schedule, and what is left to do.
public final class DoneStep extends AbstractStep {
    private static final long LONGEST = Duration.ofDays(365).toMinutes();

    private final ImportSession session;
    private final VBox page = new VBox(16);
    private final VBox warnings = new VBox();
    private final VBox left = new VBox(8);
    private final Spinner<Integer> days = spinner("days", 365);
    private final Spinner<Integer> hours = spinner("hours", 23);
    private final Spinner<Integer> minutes = spinner("minutes", 59);
    private final OnOff keep = new OnOff(Messages.get("importing.done.keep"));
    private final Label next = Labels.wrapped("");
    private final Label wrong = Labels.wrapped("", "caption", "fg-danger");
    private final ImportedPeople people;
    private @Nullable Run run;
    private Runnable signIn = () -> {};

    public DoneStep(ImportSession session) {
        super("done", Messages.get("importing.done.title"), Messages.get("importing.done.heading.none"), "");
        this.session = session;
        people = new ImportedPeople(session);
        build();
    }

    private void build() {
        var draft = session.draft();
        keep.setId("importing.done.keep");
        keep.selectedProperty().bindBidirectional(draft.scheduledProperty());
        long every = draft.everyMinutesProperty().get();
        days.getValueFactory().setValue((int) (every / (24 * 60)));
        hours.getValueFactory().setValue((int) (every / 60 % 24));
        minutes.getValueFactory().setValue((int) (every % 60));
        for (var each : java.util.List.of(days, hours, minutes)) {
            each.valueProperty().addListener((_, _, _) -> draft.everyMinutesProperty().set(
                    days.getValue() * 24L * 60 + hours.getValue() * 60L + minutes.getValue()));
            each.disableProperty().bind(keep.selectedProperty().not());
        }
        draft.everyMinutesProperty().subscribe(this::showNext);
        draft.scheduledProperty().subscribe(this::showNext);
        wrong.managedProperty().bind(wrong.textProperty().isNotEmpty());
        next.setGraphic(Icons.of(Icons.CLOCK, Icons.IN_TEXT, Tone.MUTED));
        next.setId("importing.done.next");
        var head = new HBox(8, Labels.heading(Messages.get("importing.done.keep"), "strong"), Labels.spacer(), keep);
        head.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        var fields = new HBox(8, field(days, "importing.done.days"), field(hours, "importing.done.hours"),
                field(minutes, "importing.done.minutes"));
        var requests = Labels.caption(Messages.get("importing.done.requests"));
        requests.getStyleClass().add("under-icon");
        var schedule = Card.of(head, Labels.muted(Messages.get("importing.done.every")), fields, wrong, Labels.line(),
                new VBox(next, requests));
        var todo = Card.titled(Messages.get("importing.done.left"), left);
        VBox.setVgrow(todo, Priority.ALWAYS);
        var right = new VBox(16, schedule, todo);
        var scroll = Scrolling.vertical(right);
        scroll.setPrefWidth(320);
        scroll.setMinWidth(320);
        HBox.setHgrow(people, Priority.ALWAYS);
        var both = new HBox(24, people, scroll);
        VBox.setVgrow(both, Priority.ALWAYS);
        warnings.managedProperty().bind(javafx.beans.binding.Bindings.isNotEmpty(warnings.getChildren()));
        page.getChildren().addAll(warnings, both);
    }

    /// Takes where the person decides who signs in, once the wizard is finished.
    public void onSignIn(Runnable action) {
        signIn = action;
    }

    private static Spinner<Integer> spinner(String name, int most) {
        var spinner = new Spinner<Integer>(0, most, 0);
        spinner.setEditable(true);
        spinner.setPrefWidth(90);
        spinner.setId("importing.done." + name);
        spinner.setAccessibleText(Messages.get("importing.done." + name));
        spinner.getEditor().setAccessibleText(Messages.get("importing.done." + name));
        return spinner;
    }

    private static VBox field(Spinner<Integer> spinner, String key) {
        return new VBox(2, spinner, Labels.caption(Messages.get(key)));
    }

    @Override
    public Node content() {
        return page;
    }

    @Override
    public void entered() {
        Long id = session.draft().importRunProperty().get();
        if (id != null && run == null) {
            session.window().tasks().quietly(_ -> read(id), this::show, this::failed);
        }
    }

    /// @param active    people of the tenant
    /// @param signingIn those of them who can sign in, as far as is known
    /// @param disabled  people of the tenant
    /// @param wouldBeIn how many could sign in if sign-in with Entra were turned on; null: not for this person to decide
    private record Read(Run run, boolean canSignIn, int administrators, long active, long signingIn, long disabled,
            @Nullable Long wouldBeIn) {}

    /// Off the FX thread.
    private Read read(long id) {
        var services = session.services();
        var shown = services.runs().show(session.actor(), id);
        return new Read(shown, services.roles().guard().importedCanSignIn(),
                services.roles().guard().administrators(), count(shown.tenantId(), UserStatus.ACTIVE, null),
                count(shown.tenantId(), UserStatus.ACTIVE, true), count(shown.tenantId(), UserStatus.DISABLED, null),
                wouldBeIn(shown.tenantName()));
    }

    private long count(@Nullable Long tenant, UserStatus status, @Nullable Boolean signIn) {
        return tenant == null
                ? 0
                : session.services().people().count(session.actor(), UserFilter.everyone()
                        .withTenants(Set.of(tenant)).withStatuses(Set.of(status)).withSignIn(signIn));
    }

    private @Nullable Long wouldBeIn(String tenant) {
        return session.actor().may(Permission.MANAGE_AUTHENTICATION)
                ? session.services().authentication()
                        .map(ways -> ways.previewEntra(session.actor(), tenant, Set.of(), 0).admits()).orElse(null)
                : null;
    }

    private void show(Read read) {
        Run now = read.run();
        run = now;
        heading.set(Messages.get("importing.done.heading", now.count(ChangeKind.CREATE)));
        Instant ended = now.endedAt();
        long seconds = ended == null ? 0 : Math.max(1, Duration.between(now.startedAt(), ended).toSeconds());
        sentence.set(Messages.get("importing.done.sentence", now.count(ChangeKind.GROUP_CREATE),
                now.count(ChangeKind.MEMBER_ADD), seconds, now.requests()));
        warnings.getChildren().clear();
        if (!read.canSignIn() && now.count(ChangeKind.CREATE) > 0) {
            warnings.getChildren().add(nobodyYet(read));
        }
        left.getChildren().clear();
        long conflicts = now.count(ChangeKind.CONFLICT);
        if (conflicts > 0) {
            left.getChildren().add(line(Messages.get("importing.done.conflicts", conflicts), Tone.WARNING));
        }
        if (read.administrators() == 0) {
            left.getChildren().add(line(Messages.get("importing.preview.noAdministrator"), Tone.WARNING));
        }
        if (!read.canSignIn()) {
            var later = line(Messages.get("importing.done.signInOff"), Tone.MUTED);
            later.setGraphic(Icons.of(Icons.INFO, Icons.IN_TEXT, Tone.MUTED));
            left.getChildren().add(later);
        }
        if (read.canSignIn() && read.active() > 0) {
            long out = read.active() - read.signingIn();
            var forecast = line(Messages.get("importing.done.canSignIn", read.signingIn(), read.active()),
                    out > 0 ? Tone.WARNING : Tone.SUCCESS);
            forecast.setId("importing.done.canSignIn");
            if (out == 0) {
                forecast.setGraphic(Icons.of(Icons.DONE, Icons.IN_TEXT, Tone.SUCCESS));
            }
            left.getChildren().add(forecast);
        }
        if (left.getChildren().isEmpty()) {
            var fine = new Label(Messages.get("importing.done.nothingLeft"),
                    Icons.of(Icons.DONE, Icons.IN_TEXT, Tone.SUCCESS));
            left.getChildren().add(fine);
        }
        Long tenant = now.tenantId();
        if (tenant != null) {
            people.show(tenant, now.profileId(), now.count(ChangeKind.CREATE));
        }
        showNext();
    }

    private Banner nobodyYet(Read read) {
        var title = Messages.get("importing.done.noSignIn");
        Long would = read.wouldBeIn();
        if (would == null) {
            return new Banner(Tone.WARNING, Feather.KEY, title, Messages.get("importing.done.noSignIn.sentence"));
        }
        var open = Buttons.plain(Messages.get("importing.done.letIn"), () -> next(signIn));
        open.setId("importing.done.letIn");
        return new Banner(Tone.WARNING, Feather.KEY, title,
                Messages.get("importing.done.noSignIn.forecast", would, read.active(), read.disabled()), open);
    }

    private static Label line(String words, Tone tone) {
        var label = Labels.wrapped(words);
        label.setGraphic(Icons.of(Icons.WARNING, Icons.IN_TEXT, tone));
        return label;
    }

    private void showNext() {
        var draft = session.draft();
        boolean on = draft.scheduledProperty().get();
        long every = draft.everyMinutesProperty().get();
        boolean tooShort = on && every < Schedule.SHORTEST.toMinutes();
        boolean tooLong = on && every > LONGEST;
        wrong.setText(tooShort
                ? Messages.get("importing.done.tooShort")
                : tooLong ? Messages.get("importing.done.tooLong") : "");
        blocked.set(wrong.getText());
        foot.set(WizardFoot.finished(
                Messages.get(on ? "importing.done.saveAndFinish" : "importing.done.finish")));
        Instant at = session.window().clock().instant().plus(Duration.ofMinutes(every));
        next.setText(on
                ? Messages.get("importing.done.next", Moments.of(at, session.window().clock()))
                : Messages.get("importing.done.noSchedule"));
    }

    @Override
    public void next(Runnable goOn) {
        Run now = run;
        Long profile = now == null ? null : now.profileId();
        if (profile == null || !session.draft().scheduledProperty().get()) {
            goOn.run();
            return;
        }
        var every = Duration.ofMinutes(session.draft().everyMinutesProperty().get());
        session.window().tasks().quietly(_ -> session.services().schedules().set(session.actor(), profile, every),
                _ -> goOn.run(), this::failed);
    }

    private void failed(RollcallException trouble) {
        warnings.getChildren().setAll(Banner.failure(trouble));
    }
}
