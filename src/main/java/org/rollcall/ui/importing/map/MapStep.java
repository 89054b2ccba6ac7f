package org.rollcall.ui.importing.map;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.UserField;
import org.rollcall.sync.choose.TenantPicture;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.StatePane;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.importing.draft.AbstractStep;
import org.rollcall.ui.importing.draft.ImportSession;
import org.rollcall.ui.importing.draft.TenantFacts;

/// Which attribute becomes the user name, shown with real people; the default role, and the rules that give others.
public final class MapStep extends AbstractStep {
    private static final List<UserField> NAMES = List.of(UserField.USER_PRINCIPAL_NAME, UserField.MAIL,
            UserField.MAIL_NICKNAME, UserField.EMPLOYEE_ID, UserField.ON_PREMISES_SAM_ACCOUNT_NAME);

    private final ImportSession session;
    private final TenantFacts facts;
    private final MapRules rules;
    private final ComboBox<UserField> username = new ComboBox<>();
    private final VBox verdicts = new VBox(4);
    private final MapDetails details;
    private @Nullable Node page;

    public MapStep(ImportSession session, TenantFacts facts) {
        super("map", Messages.get("importing.map.title"), Messages.get("importing.map.heading"),
                Messages.get("importing.map.sentence"));
        this.session = session;
        this.facts = facts;
        rules = new MapRules(session, facts);
        details = new MapDetails(session.draft());
        session.draft().mappingRevisionProperty().subscribe(_ -> refresh());
        facts.pictureProperty().subscribe(_ -> refresh());
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
        username.getItems().setAll(NAMES);
        username.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable UserField field) {
                return field == null ? "" : MapDetails.word(field);
            }

            @Override
            public UserField fromString(String text) {
                return UserField.USER_PRINCIPAL_NAME;
            }
        });
        username.setId("importing.map.username");
        username.setAccessibleText(Messages.get("importing.map.username"));
        username.setMaxWidth(Double.MAX_VALUE);
        username.valueProperty().bindBidirectional(session.draft().usernameProperty());
        var name = Card.titled(Messages.get("importing.map.username"), username, verdicts);
        var card = details.node();
        VBox.setVgrow(card, Priority.ALWAYS);
        var left = new VBox(16, name, card);
        left.setPrefWidth(400);
        left.setMinWidth(320);
        HBox.setHgrow(rules, Priority.ALWAYS);
        refresh();
        var state = new StatePane(session.window().motion(), new HBox(24, left, rules));
        state.setId("importing.map");
        state.stateProperty().bindBidirectional(facts.stateProperty());
        return state;
    }

    @Override
    public void entered() {
        facts.load();
        rules.loadRoles();
        refresh();
    }

    private void refresh() {
        TenantPicture picture = facts.pictureProperty().get();
        Set<UUID> chosen = picture == null ? Set.of() : picture.chosen(session.draft().config()).people();
        showVerdicts(picture, chosen);
        details.show(picture, chosen);
        rules.refresh(chosen);
        summary.set(Messages.get("importing.map.summary", session.draft().rules().size(),
                session.draft().defaultRoleProperty().get()));
    }

    private void showVerdicts(@Nullable TenantPicture picture, Set<UUID> chosen) {
        verdicts.getChildren().clear();
        if (picture == null || !picture.whole()) {
            verdicts.getChildren().add(Labels.wrapped(Messages.get("importing.map.verdict.later"), "muted"));
            return;
        }
        UserField field = session.draft().usernameProperty().get();
        var verdict = picture.verdict(field, chosen);
        if (verdict.missing() == 0 && verdict.shared() == 0) {
            verdicts.getChildren().add(verdict(Messages.get("importing.map.verdict.good", verdict.filled()),
                    Tone.SUCCESS));
        }
        if (verdict.missing() > 0) {
            verdicts.getChildren().add(verdict(Messages.get("importing.map.verdict.missing", verdict.missing(),
                    MapDetails.word(field)), Tone.WARNING));
        }
        if (verdict.shared() > 0) {
            verdicts.getChildren().add(verdict(Messages.get("importing.map.verdict.shared", verdict.shared(),
                    MapDetails.word(field)), Tone.WARNING));
        }
    }

    private static Label verdict(String words, Tone tone) {
        var label = Labels.wrapped(words, tone.textClass());
        label.setGraphic(Icons.of(tone == Tone.SUCCESS ? Icons.DONE : Icons.WARNING, Icons.IN_TEXT, tone));
        return label;
    }
}
