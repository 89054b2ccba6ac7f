package org.rollcall.ui.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.UserField;
import org.rollcall.sync.TenantPicture;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.IconButton;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.StatePane;
import org.rollcall.ui.common.Tone;

/// Which attribute becomes the user name, shown with real people; the default role, and the rules that give others.
final class MapStep extends AbstractStep {
    private static final List<UserField> NAMES = List.of(UserField.USER_PRINCIPAL_NAME, UserField.MAIL,
            UserField.MAIL_NICKNAME, UserField.EMPLOYEE_ID, UserField.ON_PREMISES_SAM_ACCOUNT_NAME);
    private static final List<UserField> DETAILS = List.of(UserField.DISPLAY_NAME, UserField.USER_PRINCIPAL_NAME,
            UserField.MAIL, UserField.DEPARTMENT, UserField.JOB_TITLE, UserField.EMPLOYEE_ID,
            UserField.OFFICE_LOCATION, UserField.COMPANY_NAME, UserField.MOBILE_PHONE, UserField.USER_TYPE);

    private final ImportSession session;
    private final TenantFacts facts;
    private final MapRules rules;
    private final ComboBox<UserField> username = new ComboBox<>();
    private final VBox verdicts = new VBox(4);
    private final VBox details = new VBox();
    private final Label place = Labels.caption("");
    private List<UUID> people = List.of();
    private int shown;
    private @Nullable Node page;

    MapStep(ImportSession session, TenantFacts facts) {
        super("map", Messages.get("importing.map.title"), Messages.get("importing.map.heading"),
                Messages.get("importing.map.sentence"));
        this.session = session;
        this.facts = facts;
        rules = new MapRules(session, facts);
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
                return field == null ? "" : word(field);
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
        var scroll = new ScrollPane(details);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("map-scroll");
        var earlier = IconButton.flat(Icons.BACK, Messages.get("importing.map.earlier"), () -> move(-1)).small();
        var later = IconButton.flat(Icons.NEXT, Messages.get("importing.map.later"), () -> move(1)).small();
        var card = Card.headed(Messages.get("importing.map.details"), scroll, earlier, place, later);
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

    private void move(int by) {
        if (!people.isEmpty()) {
            shown = Math.floorMod(shown + by, people.size());
            showDetails();
        }
    }

    private void refresh() {
        TenantPicture picture = facts.pictureProperty().get();
        Set<UUID> chosen = picture == null ? Set.of() : picture.chosen(session.draft().config()).people();
        if (picture != null) {
            people = new ArrayList<>(chosen);
            people.sort(java.util.Comparator.comparing(id -> nameOf(picture, id)));
            shown = Math.min(shown, Math.max(0, people.size() - 1));
        }
        showVerdicts(picture, chosen);
        showDetails();
        rules.refresh(chosen);
        summary.set(Messages.get("importing.map.summary", session.draft().rules().size(),
                session.draft().defaultRoleProperty().get()));
    }

    private static String nameOf(TenantPicture picture, UUID id) {
        var person = picture.person(id);
        return person == null ? "" : person.textOrEmpty(UserField.DISPLAY_NAME);
    }

    private void showVerdicts(@Nullable TenantPicture picture, Set<UUID> chosen) {
        verdicts.getChildren().clear();
        if (picture == null || !picture.whole()) {
            verdicts.getChildren().add(Labels.muted(Messages.get("importing.map.verdict.later")));
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
                    word(field)), Tone.WARNING));
        }
        if (verdict.shared() > 0) {
            verdicts.getChildren().add(verdict(Messages.get("importing.map.verdict.shared", verdict.shared(),
                    word(field)), Tone.WARNING));
        }
    }

    private static Label verdict(String words, Tone tone) {
        var label = Labels.wrapped(words, tone.textClass());
        label.setGraphic(Icons.of(tone == Tone.SUCCESS ? Icons.DONE : Icons.WARNING, Icons.IN_TEXT, tone));
        return label;
    }

    private void showDetails() {
        details.getChildren().clear();
        TenantPicture picture = facts.pictureProperty().get();
        if (picture == null || people.isEmpty()) {
            place.setText("");
            return;
        }
        place.setText(Messages.get("importing.map.place", shown + 1, people.size()));
        var person = picture.person(people.get(shown));
        for (UserField field : DETAILS) {
            String value = person == null ? "" : person.textOrEmpty(field);
            var words = new VBox(Labels.of(word(field)), Labels.caption(field.graphName()));
            words.setMinWidth(160);
            words.setPrefWidth(160);
            var row = new HBox(words, value.isEmpty()
                    ? Labels.muted(Messages.get("importing.map.empty"))
                    : Labels.of(value));
            row.setAlignment(Pos.CENTER_LEFT);
            row.getStyleClass().add("map-row");
            details.getChildren().add(row);
        }
    }

    private static String word(UserField field) {
        return switch (field) {
            case DISPLAY_NAME -> Messages.get("importing.field.displayName");
            case USER_PRINCIPAL_NAME -> Messages.get("importing.field.userPrincipalName");
            case MAIL -> Messages.get("importing.field.mail");
            case MAIL_NICKNAME -> Messages.get("importing.field.mailNickname");
            case DEPARTMENT -> Messages.get("importing.field.department");
            case JOB_TITLE -> Messages.get("importing.field.jobTitle");
            case EMPLOYEE_ID -> Messages.get("importing.field.employeeId");
            case OFFICE_LOCATION -> Messages.get("importing.field.officeLocation");
            case COMPANY_NAME -> Messages.get("importing.field.companyName");
            case MOBILE_PHONE -> Messages.get("importing.field.mobilePhone");
            case USER_TYPE -> Messages.get("importing.field.userType");
            case ON_PREMISES_SAM_ACCOUNT_NAME -> Messages.get("importing.field.samAccountName");
            default -> field.graphName();
        };
    }
}
