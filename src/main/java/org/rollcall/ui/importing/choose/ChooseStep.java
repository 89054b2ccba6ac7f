package org.rollcall.ui.importing.choose;

import java.util.List;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.DisplayText;
import org.rollcall.domain.Ref;
import org.rollcall.domain.RollcallException;
import org.rollcall.sync.choose.TenantPicture;
import org.rollcall.ui.common.Backstage;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.Chip;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.ScreenState;
import org.rollcall.ui.common.Scrolling;
import org.rollcall.ui.common.SearchField;
import org.rollcall.ui.common.Segmented;
import org.rollcall.ui.common.StatePane;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.importing.draft.AbstractStep;
import org.rollcall.ui.importing.draft.ImportDraft.ScopeMode;
import org.rollcall.ui.importing.draft.ImportSession;
import org.rollcall.ui.importing.draft.TenantFacts;

/// Whom to bring in: everyone, groups from the tree, or people one by one, with live counts at the right.
public final class ChooseStep extends AbstractStep {
    private static final Duration TYPING = Duration.millis(300);

    private final ImportSession session;
    private final TenantFacts facts;
    private final StackPane body = new StackPane();
    private final SearchField search = new SearchField(Messages.get("importing.choose.find.group"));
    private final ListView<Ref> found = new ListView<>();
    private final FlowPane chosenPeople = new FlowPane(6, 6);
    private final GroupCounts counts;
    private final ChosenCards cards;
    private final GroupTree tree;
    private @Nullable GroupTicks ticks;
    private @Nullable Node page;

    public ChooseStep(ImportSession session, TenantFacts facts) {
        super("choose", Messages.get("importing.choose.title"), Messages.get("importing.choose.heading"),
                Messages.get("importing.choose.sentence"));
        this.session = session;
        this.facts = facts;
        counts = new GroupCounts(session, facts);
        cards = new ChosenCards(session, facts, counts);
        tree = new GroupTree(session, facts, counts);
        var draft = session.draft();
        draft.scopeRevisionProperty().subscribe(_ -> refresh());
        facts.pictureProperty().subscribe(this::show);
        facts.stateProperty().subscribe(_ -> showBlocked());
        draft.scopeModeProperty().subscribe(_ -> rebuild());
        counts.stateProperty().subscribe(_ -> refreshCards());
        counts.chosenRevisionProperty().subscribe(_ -> {
            refreshTicks();
            refreshCards();
        });
    }

    @Override
    public Node content() {
        Node made = page;
        if (made == null) {
            made = build();
            page = made;
        }
        return made;
    }

    private Node build() {
        var draft = session.draft();
        var mode = new Segmented<ScopeMode>(Messages.get("importing.choose.mode"), List.of(ScopeMode.values()),
                each -> Messages.get(switch (each) {
                    case EVERYONE -> "importing.choose.everyone";
                    case GROUPS -> "importing.choose.groups";
                    case PEOPLE -> "importing.choose.people";
                }));
        mode.setId("importing.choose.mode");
        mode.valueProperty().bindBidirectional(draft.scopeModeProperty());
        search.setPrefWidth(232);
        search.setId("importing.choose.search");
        var typing = new PauseTransition(TYPING);
        typing.setOnFinished(_ -> find());
        search.textProperty().addListener((_, _, _) -> typing.playFromStart());
        var bar = new HBox(16, mode, Labels.spacer(), search);
        bar.setAlignment(Pos.CENTER_LEFT);
        var state = new StatePane(session.window().motion(), body);
        state.stateProperty().bindBidirectional(facts.stateProperty());
        var card = Card.bare(state);
        VBox.setVgrow(card, Priority.ALWAYS);
        var left = new VBox(12, bar, card);
        HBox.setHgrow(left, Priority.ALWAYS);
        found.setCellFactory(_ -> new PersonCell());
        found.setId("importing.choose.found");
        found.setAccessibleText(Messages.get("importing.choose.people"));
        found.setPlaceholder(Labels.muted(Messages.get("importing.choose.find.prompt")));
        found.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            Ref person = found.getSelectionModel().getSelectedItem();
            if (event.getCode() == KeyCode.SPACE && person != null) {
                event.consume();
                toggle(person);
            }
        });
        rebuild();
        var right = Scrolling.vertical(cards);
        right.setPrefWidth(cards.getPrefWidth());
        right.setMinWidth(cards.getPrefWidth());
        return new HBox(24, left, right);
    }

    @Override
    public void entered() {
        facts.load();
        refresh();
        counts.start();
    }

    @Override
    public void left() {
        counts.stop();
    }

    @Override
    public void prepare(Backstage backstage) {
        backstage.layOut(tree, () -> {
            if (ticks == null) {
                tree.prepare();
            }
        });
    }

    private void show(@Nullable TenantPicture picture) {
        ticks = null;
        if (picture != null) {
            var itsTicks = new GroupTicks(session.draft(), picture);
            ticks = itsTicks;
            tree.show(picture, itsTicks);
        }
        rebuild();
    }

    private void rebuild() {
        TenantPicture picture = facts.pictureProperty().get();
        var mode = session.draft().scopeModeProperty().get();
        search.setVisible(mode != ScopeMode.EVERYONE);
        search.setPromptText(Messages.get(mode == ScopeMode.PEOPLE
                ? "importing.choose.find.person"
                : "importing.choose.find.group"));
        if (picture == null) {
            body.getChildren().clear();
        } else {
            body.getChildren().setAll(switch (mode) {
                case EVERYONE -> everyone(picture);
                case GROUPS -> groups();
                case PEOPLE -> people();
            });
        }
        refresh();
    }

    private static Node everyone(TenantPicture picture) {
        var box = new VBox(8, Icons.of(Icons.GROUP, Icons.IN_EMPTY_STATE, Tone.MUTED),
                Labels.of(Messages.get("importing.choose.everyone.title", picture.peopleCount(), picture.groupCount()),
                        "strong"),
                Labels.muted(Messages.get("importing.choose.everyone.sentence")));
        box.setAlignment(Pos.CENTER);
        return box;
    }

    private Node groups() {
        tree.search(search.getText());
        return tree;
    }

    private Node people() {
        chosenPeople.getStyleClass().add("chosen-people");
        VBox.setVgrow(found, Priority.ALWAYS);
        return new VBox(chosenPeople, found);
    }

    private void find() {
        String text = search.getText();
        var mode = session.draft().scopeModeProperty().get();
        if (mode == ScopeMode.GROUPS) {
            tree.search(text);
        } else if (mode == ScopeMode.PEOPLE) {
            if (text.isBlank()) {
                found.getItems().clear();
                return;
            }
            session.window().tasks().quietly(context -> facts.searchPeople(text.strip(), context), hits -> {
                if (text.equals(search.getText())) {
                    found.setPlaceholder(Labels.muted(Messages.get("importing.pick.nothing", text.strip())));
                    found.getItems().setAll(hits);
                }
            }, this::notFound);
        }
    }

    private void toggle(Ref person) {
        var people = session.draft().people();
        if (!people.removeIf(each -> each.id().equals(person.id()))) {
            people.add(person);
        }
    }

    /// In the list's place, with a way to try once more.
    private void notFound(RollcallException trouble) {
        found.getItems().clear();
        var failed = StatePane.failed(session.window().motion(), Messages.get("importing.pick.failed"), trouble,
                this::find);
        failed.setId("importing.choose.search.failed");
        found.setPlaceholder(failed);
    }

    private void refresh() {
        var draft = session.draft();
        refreshTicks();
        chosenPeople.getChildren().setAll(draft.people().stream().map(each -> Chip.removable(each.name(),
                Messages.get("importing.choose.remove", each.name()), () -> draft.people().remove(each))).toList());
        found.refresh();
        counts.chosen();
        refreshCards();
        showBlocked();
    }

    private void showBlocked() {
        var draft = session.draft();
        boolean unread = facts.stateProperty().get() instanceof ScreenState.Failed;
        blocked.set(
                unread ? Messages.get("importing.choose.blocked.failed") : switch (draft.scopeModeProperty().get()) {
                    case EVERYONE -> "";
                    case GROUPS -> draft.groups().isEmpty() ? Messages.get("importing.choose.blocked.groups") : "";
                    case PEOPLE -> draft.people().isEmpty() ? Messages.get("importing.choose.blocked.people") : "";
                });
    }

    /// The tenant may have told meanwhile which groups are below the chosen ones.
    private void refreshTicks() {
        GroupTicks nowTicks = ticks;
        if (nowTicks != null) {
            nowTicks.refresh();
            tree.showTicks();
        }
    }

    private void refreshCards() {
        cards.refresh();
        summary.set(cards.summary());
    }

    private final class PersonCell extends ListCell<Ref> {
        @Override
        protected void updateItem(@Nullable Ref ref, boolean empty) {
            super.updateItem(ref, empty);
            if (empty || ref == null) {
                setGraphic(null);
                return;
            }
            var people = session.draft().people();
            var box = new CheckBox(DisplayText.of(ref.name()));
            box.setMnemonicParsing(false);
            box.setSelected(people.stream().anyMatch(each -> each.id().equals(ref.id())));
            // Space ticks the chosen row; a box of its own in every row would keep Tab in the list.
            box.setFocusTraversable(false);
            box.setOnAction(_ -> toggle(ref));
            setGraphic(box);
        }
    }

}
