package org.rollcall.ui.common.wizard;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.event.EventHandler;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.DisplayText;
import org.rollcall.ui.common.Backstage;
import org.rollcall.ui.common.Brand;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Chip;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.FocusOrder;
import org.rollcall.ui.common.IconButton;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.WindowContext;

/// A wizard in the whole window: bar on top, rail at the left, the open step's page, the foot. It owns Back, Next,
/// commit, Cancel and the focus. Alt+Left and Alt+Right step, Escape asks before closing.
public final class WizardShell extends BorderPane {
    private static final double NARROW_BELOW = 1100;

    private final WindowContext context;
    private final WizardModel model;
    private final Runnable closed;
    private final Runnable finished;
    private final StringProperty subject = new SimpleStringProperty("");
    private final StringProperty saved = new SimpleStringProperty("");
    private final WizardRail rail;
    private final WizardFootBar foot;
    private final VBox page = new VBox();
    private final Map<String, Node> contents = new HashMap<>();
    private final EventHandler<KeyEvent> keys = this::stepKeys;
    private @Nullable Backstage backstage;
    private Subscription following = Subscription.EMPTY;
    private Subscription watching = Subscription.EMPTY;

    /// @param closed   the person left; answers stay where the steps keep them
    /// @param finished the last step's button was pressed and did its part
    public WizardShell(WindowContext context, String title, WizardModel model, Runnable closed, Runnable finished) {
        this.context = context;
        this.model = model;
        this.closed = closed;
        this.finished = finished;
        rail = new WizardRail(model);
        foot = new WizardFootBar(model, this::cancel, this::next);
        getStyleClass().add("wizard");
        // Never wider or higher than its window: then the rail narrows and the page scrolls.
        setMinSize(0, 0);
        page.getStyleClass().add("wizard-page");
        var middle = new BorderPane(page);
        middle.setBottom(foot);
        setTop(bar(title));
        setLeft(rail);
        setCenter(middle);
        sceneProperty().subscribe(this::listen);
        addEventHandler(KeyEvent.KEY_PRESSED, this::escape);
        // After a dialog the scene has forgotten that Next was its default button.
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER && model.step().footProperty().get().primary() && model.mayGoOn()) {
                event.consume();
                next();
            }
        });
        widthProperty()
                .subscribe(width -> rail.setNarrow(width.doubleValue() > 0 && width.doubleValue() < NARROW_BELOW));
        model.currentProperty().subscribe(index -> {
            if (index.intValue() >= 0) {
                show();
            }
        });
    }

    /// What it is about, as a chip in the bar: "Contoso Ltd"; empty for none.
    public StringProperty subjectProperty() {
        return subject;
    }

    /// A caption at the right of the bar: "Draft saved 14:02".
    public StringProperty savedProperty() {
        return saved;
    }

    private HBox bar(String title) {
        var chip = Chip.outlined("", Icons.TENANT);
        chip.textProperty().bind(subject.map(DisplayText::text));
        chip.setMinWidth(0);
        var whole = Labels.tip("");
        whole.textProperty().bind(chip.textProperty());
        chip.setTooltip(whole);
        chip.visibleProperty().bind(subject.isNotEmpty());
        chip.managedProperty().bind(chip.visibleProperty());
        var close = IconButton.flat(Icons.CLOSE, Messages.get("wizard.close"), this::askToLeave);
        close.setId("wizard.close");
        var bar = new HBox(12, Brand.icon(24), Labels.heading(title, "title-4"), chip, Labels.spacer(),
                Labels.bound(saved, "caption", "muted"), close);
        bar.getStyleClass().add("wizard-bar");
        return bar;
    }

    private void show() {
        following.unsubscribe();
        var step = model.step();
        int number = model.currentProperty().get() + 1;
        var count = Labels.caption(Messages.get("wizard.count", number, model.steps().size()));
        var heading = Labels.bound(step.headingProperty(), "title-2");
        heading.setWrapText(true);
        var sentence = Labels.bound(step.sentenceProperty(), "muted");
        sentence.setWrapText(true);
        sentence.setMinHeight(Label.USE_PREF_SIZE);
        sentence.visibleProperty().bind(sentence.textProperty().isNotEmpty());
        sentence.managedProperty().bind(sentence.visibleProperty());
        var words = new VBox(count, heading, sentence);
        words.getStyleClass().add("wizard-words");
        VBox.setMargin(sentence, new javafx.geometry.Insets(2, 0, 0, 0));
        HBox.setHgrow(words, Priority.ALWAYS);
        var head = new HBox(16, words);
        var action = step.headingAction();
        if (action != null) {
            head.getChildren().add(action);
        }
        head.setAlignment(Pos.CENTER_LEFT);
        var content = contents.computeIfAbsent(step.id(), _ -> step.content());
        VBox.setVgrow(content, Priority.ALWAYS);
        page.getChildren().setAll(head, content);
        page.setAccessibleText(Messages.get("wizard.spoken", number, model.steps().size(), step.title()));
        following = foot.follow(step);
        context.fx().afterwards(() -> focusFirst(content));
    }

    /// Keys are taken from the scene: while a page is exchanged or its button goes off, nothing may have the focus, and keys
    /// would reach nobody here.
    private void listen(@Nullable Scene before, @Nullable Scene now) {
        if (before != null) {
            before.removeEventFilter(KeyEvent.KEY_PRESSED, keys);
        }
        watching.unsubscribe();
        if (backstage != null) {
            backstage.stop();
        }
        if (now != null) {
            now.addEventFilter(KeyEvent.KEY_PRESSED, keys);
            var made = new Backstage(context.fx(), now);
            backstage = made;
            model.steps().forEach(step -> step.prepare(made));
            watching = now.focusOwnerProperty().subscribe(owner -> {
                if (owner == null) {
                    context.fx().afterwards(() -> {
                        if (now.getFocusOwner() == null) {
                            focusFirst(contents.getOrDefault(model.step().id(), page));
                        }
                    });
                }
            });
        }
    }

    private void next() {
        model.next(finished);
    }

    private void cancel() {
        var now = model.step().footProperty().get();
        if (!now.leaves()) {
            model.step().cancelled();
        } else {
            askToLeave();
        }
    }

    private void askToLeave() {
        if (!model.step().footProperty().get().asks()) {
            closed.run();
            return;
        }
        var dialog = new DialogBox(Messages.get("wizard.leave.title"))
                .content(Labels.wrapped(Messages.get("wizard.leave.sentence")))
                .cancelLabel(Messages.get("wizard.leave.stay"));
        context.dialogs().show(dialog.action(Buttons.primary(Messages.get("wizard.leave.yes"), () -> {
            dialog.close();
            closed.run();
        })));
    }

    private void stepKeys(KeyEvent event) {
        if (context.dialogs().isOpen()) {
            return;
        }
        if (event.isAltDown() && event.getCode() == KeyCode.LEFT) {
            event.consume();
            model.back();
        } else if (event.isAltDown() && event.getCode() == KeyCode.RIGHT) {
            event.consume();
            next();
        }
    }

    private void escape(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE && !context.dialogs().isOpen()) {
            event.consume();
            askToLeave();
        }
    }

    private void focusFirst(Node content) {
        if (content.getScene() == null || context.dialogs().isOpen()) {
            return;
        }
        var first = FocusOrder.first(content);
        if (first == null && foot.focusNext()) {
            return;
        }
        for (var part : List.of(page, foot, rail)) {
            first = first == null ? FocusOrder.first(part) : first;
        }
        if (first != null) {
            first.requestFocus();
        }
    }

    /// The label of the reason why Next is off, for tests.
    Label reason() {
        return foot.reason();
    }
}
