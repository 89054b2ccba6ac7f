package org.rollcall.ui.importing.map;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.DisplayText;
import org.rollcall.domain.UserField;
import org.rollcall.sync.choose.TenantPicture;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.IconButton;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.importing.draft.ImportDraft;

/// What is kept of people, shown for one of them at a time. Details are kept as they are in Entra, unless somebody takes
/// one from another attribute.
final class MapDetails {
    private static final List<UserField> DETAILS = List.of(UserField.DISPLAY_NAME, UserField.USER_PRINCIPAL_NAME,
            UserField.MAIL, UserField.DEPARTMENT, UserField.JOB_TITLE, UserField.EMPLOYEE_ID,
            UserField.OFFICE_LOCATION, UserField.COMPANY_NAME, UserField.MOBILE_PHONE, UserField.USER_TYPE);
    /// What says who somebody is in Entra cannot be taken from elsewhere.
    private static final Set<UserField> FIXED = Set.of(UserField.USER_PRINCIPAL_NAME, UserField.USER_TYPE);
    private static final List<UserField> SOURCES = List.of(UserField.DISPLAY_NAME, UserField.GIVEN_NAME,
            UserField.SURNAME, UserField.MAIL, UserField.MAIL_NICKNAME, UserField.DEPARTMENT, UserField.JOB_TITLE,
            UserField.COMPANY_NAME, UserField.EMPLOYEE_ID, UserField.OFFICE_LOCATION, UserField.MOBILE_PHONE,
            UserField.USAGE_LOCATION, UserField.ON_PREMISES_SAM_ACCOUNT_NAME);

    private final ImportDraft draft;
    private final VBox rows = new VBox();
    private final Label place = Labels.caption("");
    private final Label title = Labels.heading("", "strong");
    private final HBox others;
    private final Card card;
    private @Nullable TenantPicture picture;
    private List<UUID> people = List.of();
    private int shown;

    MapDetails(ImportDraft draft) {
        this.draft = draft;
        var scroll = new ScrollPane(rows);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("map-scroll");
        var earlier = IconButton.flat(Icons.BACK, Messages.get("importing.map.earlier"), () -> move(-1)).small();
        var later = IconButton.flat(Icons.NEXT, Messages.get("importing.map.later"), () -> move(1)).small();
        others = new HBox(8, earlier, place, later);
        others.setAlignment(Pos.CENTER);
        card = Card.headed(title, scroll, others);
    }

    Node node() {
        return card;
    }

    /// @param chosen who comes in, so that examples are real
    void show(@Nullable TenantPicture now, Set<UUID> chosen) {
        picture = now;
        if (now != null) {
            people = new ArrayList<>(chosen);
            people.sort(Comparator.comparing(id -> nameOf(now, id)));
            shown = Math.min(shown, Math.max(0, people.size() - 1));
        }
        refresh();
    }

    private static String nameOf(TenantPicture picture, UUID id) {
        var person = picture.person(id);
        return person == null ? "" : person.textOrEmpty(UserField.DISPLAY_NAME);
    }

    private void move(int by) {
        if (!people.isEmpty()) {
            shown = Math.floorMod(shown + by, people.size());
            refresh();
        }
    }

    private void refresh() {
        rows.getChildren().clear();
        TenantPicture now = picture;
        others.setVisible(!people.isEmpty());
        title.setText(Messages.get(people.isEmpty() ? "importing.map.details.nobody" : "importing.map.details"));
        // Of a very big tenant nobody is known; what comes from where can be said without an example.
        if (now == null || now.whole() && people.isEmpty()) {
            return;
        }
        var person = people.isEmpty() ? null : now.person(people.get(shown));
        if (!people.isEmpty()) {
            place.setText(Messages.get("importing.map.place", shown + 1, people.size()));
        }
        if (person == null) {
            var later = Labels.wrapped(Messages.get("importing.map.details.later"), "muted");
            later.getStyleClass().add("map-row");
            later.setMaxWidth(Double.MAX_VALUE);
            rows.getChildren().add(later);
        }
        for (UserField field : DETAILS) {
            UserField source = draft.sources().getOrDefault(field, field);
            rows.getChildren().add(row(field, source, person == null
                    ? Labels.of("")
                    : example(person.textOrEmpty(source))));
        }
    }

    private static Label example(String value) {
        return value.isEmpty() ? Labels.muted(Messages.get("importing.map.empty")) : Labels.of(value);
    }

    private HBox row(UserField field, UserField source, Label example) {
        var from = Labels.caption(source == field
                ? field.graphName()
                : Messages.get("importing.map.from", source.graphName()));
        if (source != field) {
            from.getStyleClass().add("fg-accent");
        }
        var words = new VBox(Labels.of(word(field)), from);
        words.setMinWidth(152);
        words.setPrefWidth(152);
        example.setId("importing.map.example." + field.graphName());
        example.setTooltip(Labels.tip(example.getText()));
        var row = new HBox(words, example, Labels.spacer());
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("map-row");
        if (!FIXED.contains(field)) {
            var edit = new IconButton[1];
            edit[0] = IconButton.flat(Icons.EDIT, Messages.get("importing.map.edit", word(field)),
                    () -> menu(field, source).show(edit[0], Side.BOTTOM, 0, 0)).small();
            edit[0].setId("importing.map.source." + field.graphName());
            edit[0].getStyleClass().add("map-edit");
            row.getChildren().add(edit[0]);
        }
        return row;
    }

    private ContextMenu menu(UserField field, UserField source) {
        var menu = new ContextMenu();
        var group = new ToggleGroup();
        menu.getItems().add(item(group, Messages.get("importing.map.source.same", field.graphName()), source == field,
                () -> draft.sources().remove(field)));
        SOURCES.stream().filter(other -> other != field).forEach(other -> menu.getItems()
                .add(item(group, other.graphName(), source == other, () -> draft.sources().put(field, other))));
        return menu;
    }

    private static RadioMenuItem item(ToggleGroup group, String words, boolean now, Runnable choose) {
        var item = new RadioMenuItem(DisplayText.text(words));
        item.setMnemonicParsing(false);
        item.setToggleGroup(group);
        item.setSelected(now);
        item.setOnAction(_ -> choose.run());
        return item;
    }

    /// The attribute in words.
    static String word(UserField field) {
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
