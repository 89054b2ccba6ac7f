package org.rollcall.ui.importing.connect;

import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

import org.rollcall.connect.RegistrationPlan;
import org.rollcall.connect.RegistrationPlan.Rights;
import org.rollcall.domain.DisplayText;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.BusySpinner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.Chip;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.importing.connect.AutomaticWay.Part;
import org.rollcall.ui.importing.draft.AbstractStep;
import org.rollcall.ui.importing.draft.ImportSession;

/// The page of the automatic registration: four parts at the left, what will be created at the right.
final class AutomaticView {
    private static final double NARROW_BELOW = 900;

    private final ImportSession session;
    private final AutomaticWay way;
    private final TenantFields fields;
    private final SignInPanel signIn;
    private final HBox parts = new HBox(8);
    private final StackPane body = new StackPane();
    private final Label sentence = Labels.wrapped("", "caption", "muted");
    private final HBox node;

    AutomaticView(ImportSession session, AutomaticWay way, SignInModel<?> model, Runnable byHand) {
        this.session = session;
        this.way = way;
        fields = new TenantFields(session, "connect.automatic");
        var start = Buttons.primary(Messages.get("importing.automatic.start"), model::code);
        start.setId("connect.automatic.start");
        var browser = Buttons.plain(Messages.get("importing.signIn.browser"), Icons.OUTSIDE, model::browser);
        browser.setId("connect.automatic.browser");
        var draft = session.draft();
        Runnable allow = () -> List.of(start, browser).forEach(one -> one.setDisable(!fields.missing().isEmpty()));
        List.of(draft.tenantProperty(), draft.authorityUrlProperty(), draft.graphUrlProperty(),
                draft.proxyUrlProperty(), draft.proxyUserProperty())
                .forEach(one -> one.subscribe(_ -> allow.run()));
        draft.cloudProperty().subscribe(_ -> allow.run());
        fields.unknownProperty().subscribe(_ -> allow.run());
        var form = new VBox(16, new VBox(4, Labels.of(Messages.get("importing.automatic.which"), "title-4"),
                Labels.wrapped(Messages.get("importing.automatic.which.sentence"), "muted")));
        form.getChildren().addAll(fields.first());
        form.getChildren().add(fields.advanced());
        signIn = new SignInPanel(session.window(), model, form(form, start, browser),
                Messages.get("importing.automatic.prompt"), byHand);
        parts.setAlignment(Pos.CENTER_LEFT);
        var inside = new VBox(20, parts, body);
        VBox.setVgrow(body, Priority.ALWAYS);
        inside.getStyleClass().add("connect-roomy");
        var left = Card.bare(AbstractStep.scrolling(inside));
        var right = Card.bare(AbstractStep.scrolling(made()));
        node = beside(left, right);
        way.partProperty().subscribe(_ -> show());
        way.planProperty().subscribe(_ -> show());
        way.creatingProperty().subscribe(_ -> show());
    }

    Node node() {
        return node;
    }

    /// When this changes, so does what is missing.
    ObservableValue<?> unknownProperty() {
        return fields.unknownProperty();
    }

    String missing() {
        return fields.missing();
    }

    private void show() {
        var part = way.partProperty().get();
        var plan = way.planProperty().get();
        parts.getChildren().clear();
        for (var one : Part.values()) {
            parts.getChildren().add(part(one, part));
            if (one != Part.CHECK) {
                var line = new Region();
                line.getStyleClass().add("part-line");
                parts.getChildren().add(line);
            }
        }
        parts.setAccessibleText(Messages.get("importing.automatic.part", part.ordinal() + 1, Part.values().length));
        sentence.setText(switch (part) {
            case SIGN_IN -> Messages.get("importing.automatic.made.sentence");
            case REVIEW -> Messages.get("importing.automatic.made.review", way.verb());
            case CREATE -> Messages.get("importing.automatic.made.now");
            case CHECK -> Messages.get("importing.automatic.made.done");
        });
        body.getChildren().setAll(switch (part) {
            case SIGN_IN -> signIn;
            case REVIEW -> plan == null ? signIn : review(plan);
            case CREATE -> creating();
            case CHECK -> Labels.wrapped(Messages.get("importing.automatic.done"));
        });
        StackPane.setAlignment(body.getChildren().getFirst(), Pos.TOP_LEFT);
    }

    private static HBox part(Part one, Part now) {
        boolean done = one.ordinal() < now.ordinal();
        var circle = new StackPane(done
                ? Icons.of(Icons.CHECK, Icons.IN_CHIP, Tone.ACCENT)
                : Labels.of(Integer.toString(one.ordinal() + 1), "part-number"));
        circle.getStyleClass().add("part-circle");
        var words = Labels.of(Messages.get(switch (one) {
            case SIGN_IN -> "importing.automatic.signIn";
            case REVIEW -> "importing.automatic.review";
            case CREATE -> "importing.automatic.createPart";
            case CHECK -> "importing.automatic.check";
        }), "part-words");
        var box = new HBox(6, circle, words);
        box.setAlignment(Pos.CENTER_LEFT);
        box.getStyleClass().addAll("part", done ? "done" : one == now ? "now" : "later");
        return box;
    }

    private Node review(RegistrationPlan plan) {
        var list = new VBox();
        for (var step : plan.steps()) {
            var words = new VBox(Labels.of(Messages.recalled(step.title()), "medium"),
                    Labels.wrapped(Messages.recalled(step.detail()), "caption", "muted"));
            HBox.setHgrow(words, Priority.ALWAYS);
            var row = new HBox(12, Icons.of(icon(step.kind())), words);
            if (step.there()) {
                row.getChildren().add(Chip.of(Messages.get("importing.automatic.there")));
            }
            row.getStyleClass().add("made-row");
            list.getChildren().add(row);
        }
        last(list);
        var again = Buttons.link(Messages.get("importing.automatic.again"), way::again);
        var box = new VBox(12,
                new VBox(4, Labels.of(Messages.get("importing.automatic.review.heading"), "title-4"),
                        Labels.wrapped(Messages.get("importing.automatic.review.sentence", way.administratorName()),
                                "muted")));
        box.setId("connect.review");
        var known = way.known();
        if (known != null) {
            box.getChildren().add(new Banner(Tone.ACCENT, Icons.INFO,
                    Messages.get("importing.automatic.known", known.name()),
                    Messages.get("importing.automatic.known.sentence")));
        }
        if (way.takenBackProperty().get()) {
            var banner = new Banner(Tone.DEFAULT, Icons.UNDO, Messages.get("importing.automatic.takenBack"),
                    Messages.get("importing.automatic.takenBack.sentence"));
            banner.setId("connect.takenBack");
            box.getChildren().add(banner);
        }
        if (plan.rights() == Rights.TOO_FEW) {
            box.getChildren().add(new Banner(Tone.WARNING, Icons.WARNING,
                    Messages.get("importing.automatic.rights.title"),
                    Messages.get("importing.automatic.rights.sentence")));
        }
        box.getChildren().addAll(list, again);
        return box;
    }

    private Node creating() {
        var box = new VBox(16, Labels.of(Messages.get("importing.automatic.creating.heading"), "title-4"));
        var words = Labels.wrapped("");
        HBox.setHgrow(words, Priority.ALWAYS);
        var step = Labels.caption("");
        var sign = new StackPane(new BusySpinner(session.window().motion()));
        var bar = new ProgressBar(0);
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.setAccessibleText(Messages.get("importing.automatic.creating"));
        var job = way.creatingProperty().get();
        if (job != null) {
            step.textProperty().bind(job.stepProperty().map(DisplayText::text));
            job.stageProperty().subscribe(stage -> tell(stage, words, sign));
            bar.progressProperty().bind(job.progressProperty());
        }
        var row = new HBox(12, sign, words);
        row.setAlignment(Pos.CENTER_LEFT);
        box.getChildren().addAll(row, new VBox(6, bar, step),
                Labels.wrapped(Messages.get("importing.automatic.creating.sentence"),
                        "caption", "muted"));
        return box;
    }

    /// The spinner goes with what Rollcall does, a warning with what is in its way.
    private void tell(String stage, Label words, StackPane sign) {
        words.setText(stage.isEmpty() ? "" : Messages.capital(stage) + ".");
        boolean hindered = !stage.isEmpty() && Character.isLowerCase(stage.charAt(0));
        var icon = sign.getChildren().getFirst();
        if (hindered == icon instanceof BusySpinner) {
            sign.getChildren().setAll(hindered
                    ? Icons.of(Icons.WARNING, Icons.IN_TEXT, Tone.WARNING)
                    : new BusySpinner(session.window().motion()));
        }
    }

    private Node made() {
        var mfa = new CheckBox(Messages.get("importing.automatic.made.mfa"));
        mfa.setId("connect.automatic.mfa");
        mfa.selectedProperty().bindBidirectional(way.mfaReportProperty());
        mfa.selectedProperty().addListener((_, _, _) -> {
            if (way.partProperty().get() == Part.REVIEW) {
                way.look();
            }
        });
        mfa.disableProperty().bind(way.creatingProperty().isNotNull());
        var back = new Banner(Tone.MUTED, Icons.UNDO, "", Messages.get("importing.automatic.cleanUp"));
        var rows = new VBox(
                row(Feather.BOX, Labels.of(Messages.get("importing.automatic.made.application"), "medium"),
                        Messages.get("importing.automatic.made.application.more")),
                row(Feather.EYE, Labels.of(Messages.get("importing.automatic.made.read"), "medium"),
                        "User.Read.All, GroupMember.Read.All"),
                row(Feather.SMARTPHONE, mfa, Messages.get("importing.automatic.made.mfa.more")),
                row(Feather.KEY, Labels.of(Messages.get("importing.automatic.made.certificate"), "medium"),
                        Messages.get("importing.automatic.made.certificate.more")),
                row(Feather.USER_CHECK, Labels.of(Messages.get("importing.automatic.made.signIn"), "medium"),
                        "openid, profile, offline_access, User.Read"));
        last(rows);
        return padded(new VBox(12, new VBox(Labels.of(Messages.get("importing.automatic.made"), "strong"),
                sentence), rows, back));
    }

    private static HBox row(Ikon icon, Node title, String more) {
        var words = new VBox(2, title, Labels.wrapped(more, "caption", "muted"));
        HBox.setHgrow(words, Priority.ALWAYS);
        var row = new HBox(12, Icons.of(icon), words);
        row.getStyleClass().add("made-row");
        return row;
    }

    private static void last(VBox rows) {
        rows.getChildren().getLast().getStyleClass().add("last");
    }

    private static Ikon icon(RegistrationPlan.Kind kind) {
        return switch (kind) {
            case APPLICATION -> Feather.BOX;
            case CERTIFICATE -> Feather.KEY;
            case SERVICE_PRINCIPAL -> Feather.CLOUD;
            case APPLICATION_PERMISSION -> Feather.EYE;
            case SIGN_IN_PERMISSIONS -> Feather.USER_CHECK;
            case CHECK -> Feather.CHECK_CIRCLE;
        };
    }

    private static VBox padded(VBox content) {
        content.getStyleClass().add("connect-form");
        return content;
    }

    /// Two cards whose widths depend on the window's alone, not on what they say.
    static HBox beside(Region left, Region right) {
        left.setMinWidth(0);
        left.setPrefWidth(0);
        HBox.setHgrow(left, Priority.ALWAYS);
        var cards = new HBox(24, left, right);
        cards.widthProperty().subscribe(width -> {
            double wide = width.doubleValue() < NARROW_BELOW ? 340 : 392;
            right.setMinWidth(wide);
            right.setPrefWidth(wide);
            right.setMaxWidth(wide);
        });
        return cards;
    }

    /// A form that scrolls, with buttons below that stay in sight.
    static VBox form(VBox fields, Node... buttons) {
        fields.getStyleClass().add("form-fields");
        var scroll = AbstractStep.scrolling(fields);
        scroll.setFitToHeight(false);
        scroll.setMinHeight(0);
        scroll.getStyleClass().add("form-scroll");
        VBox.setVgrow(scroll, Priority.SOMETIMES);
        VBox.setMargin(scroll, new Insets(-2));
        var row = new HBox(8, buttons);
        row.setMinHeight(Region.USE_PREF_SIZE);
        var form = new VBox(12, scroll, row);
        VBox.setVgrow(form, Priority.ALWAYS);
        return form;
    }
}
