package org.rollcall.ui.importing.connect;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

import org.rollcall.connect.PermissionCatalogue;
import org.rollcall.connect.PermissionLine;
import org.rollcall.connect.PermissionLine.State;
import org.rollcall.connect.VerifyReport;
import org.rollcall.connect.VerifyReport.MfaReport;
import org.rollcall.source.Permissions;
import org.rollcall.text.Formats;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.Chip;
import org.rollcall.ui.common.Columns;
import org.rollcall.ui.common.IconButton;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Look;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.StatusLabel;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.common.WindowContext;

/// What Entra said: organisation, credential, permissions.
final class VerifyView {
    private static final int DOMAINS_SHOWN = 2;
    private static final long SOON_DAYS = 60;
    private static final javafx.util.Duration BETWEEN_ROWS = javafx.util.Duration.millis(60);

    private final WindowContext window;
    private final Runnable portal;
    private final VBox organization = new VBox(8);
    private final VBox credential = new VBox(8);
    private final VBox permissions = new VBox(8);
    private final TableView<PermissionLine> table;
    private final VBox node;

    /// @param portal opens the place where permissions are granted and taken away
    VerifyView(WindowContext window, Runnable portal) {
        this.window = window;
        this.portal = portal;
        table = Columns.dress(new TableView<>(), Messages.get("importing.verify.table"));
        table.setId("verify.table");
        table.getColumns().setAll(columns());
        table.setPlaceholder(Labels.muted(Messages.get("importing.verify.unknown")));
        var first = Card.of(organization);
        HBox.setHgrow(first, Priority.ALWAYS);
        var second = Card.of(credential);
        var third = Card.of(permissions);
        List.of(second, third).forEach(card -> {
            card.setMinWidth(192);
            card.setPrefWidth(272);
        });
        var cards = new HBox(16, first, second, third);
        cards.setMinHeight(Region.USE_PREF_SIZE);
        var list = Card.bare(table);
        VBox.setVgrow(list, Priority.ALWAYS);
        node = new VBox(16, cards, list);
    }

    Node node() {
        return node;
    }

    /// Before anything is known, and shown to nobody: what is needed, so that there are rows to make.
    void prepare() {
        table.getItems().setAll(PermissionCatalogue.compare(new Permissions(Optional.of(Set.of()), false)));
    }

    void show(VerifyReport report) {
        showOrganization(report);
        showCredential(report);
        showPermissions(report);
        if (window.motion().isReduced()) {
            table.getItems().setAll(report.permissions());
            return;
        }
        table.getItems().clear();
        var rows = new Timeline();
        for (int i = 0; i < report.permissions().size(); i++) {
            var line = report.permissions().get(i);
            rows.getKeyFrames().add(new KeyFrame(BETWEEN_ROWS.multiply(i), _ -> table.getItems().add(line)));
        }
        rows.play();
    }

    private void showOrganization(VerifyReport report) {
        var found = report.organization();
        if (found == null) {
            organization.getChildren().setAll(
                    head(Feather.BRIEFCASE, Messages.get("importing.verify.organization"),
                            Chip.of(Messages.get("importing.verify.hidden"), Tone.WARNING, Icons.WARNING)),
                    Labels.wrapped(Messages.get("importing.verify.hidden.sentence"), "muted"));
            return;
        }
        var id = Labels.of(found.tenantId(), "mono");
        id.setId("verify.tenant");
        var copy = IconButton.flat(Icons.COPY, Messages.get("importing.verify.copyId"), () -> {
            var content = new ClipboardContent();
            content.putString(found.tenantId());
            Clipboard.getSystemClipboard().setContent(content);
        });
        copy.small();
        var row = new HBox(4, id, copy);
        row.setAlignment(Pos.CENTER_LEFT);
        var domains = found.domains();
        var shown = domains.stream().limit(DOMAINS_SHOWN).collect(Collectors.joining(", "));
        var words = domains.size() > DOMAINS_SHOWN
                ? Messages.get("importing.verify.domains.more", shown, domains.size() - DOMAINS_SHOWN)
                : shown;
        organization.getChildren().setAll(
                head(Feather.BRIEFCASE, found.displayName(),
                        Chip.of(Messages.get("importing.verify.found"), Tone.SUCCESS, Icons.CHECK)),
                pair(Messages.get("importing.verify.tenant"), row),
                pair(Messages.get("importing.verify.domains"), Labels.wrapped(words)));
    }

    private void showCredential(VerifyReport report) {
        var kind = report.credentialKind();
        var title = switch (kind) {
            case "certificate" -> Messages.get("importing.verify.certificate");
            case "user token" -> Messages.get("importing.verify.userToken");
            default -> Messages.get("importing.verify.secret");
        };
        credential.getChildren().setAll(head(Feather.KEY, title, null),
                pair(Messages.get("importing.verify.expires"), expiry(report.credentialExpiresAt(), kind)),
                pair(Messages.get("importing.verify.mfa"), mfa(report.mfaReport())));
    }

    private Label expiry(@Nullable Instant end, String kind) {
        if (end == null) {
            return Labels.wrapped(Messages.get(kind.equals("user token")
                    ? "importing.verify.expires.token"
                    : "importing.verify.expires.secret"));
        }
        long days = Duration.between(window.clock().instant(), end).toDays();
        var words = Labels
                .wrapped(Messages.get("importing.verify.expires.in", Formats.date(end.atZone(ZoneOffset.UTC)), days));
        if (days < SOON_DAYS) {
            words.setGraphic(Icons.of(Icons.WARNING, Icons.IN_TEXT, Tone.WARNING));
            words.setText(
                    Messages.get("importing.verify.expires.soon", Formats.date(end.atZone(ZoneOffset.UTC)), days));
        }
        return words;
    }

    private static Label mfa(MfaReport report) {
        return Labels.wrapped(Messages.get(switch (report) {
            case AVAILABLE -> "importing.verify.mfa.available";
            case NO_PERMISSION -> "importing.verify.mfa.permission";
            case NO_LICENCE -> "importing.verify.mfa.licence";
            case NOT_OFFERED -> "importing.verify.mfa.cloud";
            case UNKNOWN -> "importing.verify.mfa.unknown";
        }));
    }

    private void showPermissions(VerifyReport report) {
        var meter = new HBox(4);
        var order = report.permissions().stream().sorted(Comparator.comparing(PermissionLine::state)).toList();
        for (var line : order) {
            var segment = new Region();
            segment.getStyleClass().addAll("gauge-part", "meter", switch (line.state()) {
                case GRANTED -> "gauge-success";
                case MISSING -> "gauge-warning";
                case EXCESS -> "gauge-4";
            });
            HBox.setHgrow(segment, Priority.ALWAYS);
            meter.getChildren().add(segment);
        }
        long granted = count(report, State.GRANTED);
        long missing = count(report, State.MISSING);
        long needed = report.missing().size();
        long excess = count(report, State.EXCESS);
        var lines = new VBox(2);
        lines.getChildren().add(status(Look.permissionGranted(), Messages.get("importing.verify.granted", granted)));
        if (missing > 0) {
            lines.getChildren().add(status(Look.permissionMissing(),
                    Messages.get(needed > 0
                            ? "importing.verify.missing.needed"
                            : "importing.verify.missing.optional", missing, needed)));
        }
        if (excess > 0) {
            lines.getChildren().add(status(Look.permissionInExcess(), Messages.get("importing.verify.excess", excess)));
        }
        permissions.getChildren().setAll(head(Feather.SHIELD, Messages.get("importing.verify.permissions"), null));
        if (report.permissionsKnown()) {
            permissions.getChildren().addAll(meter, lines);
        } else {
            permissions.getChildren().add(Labels.wrapped(Messages.get("importing.verify.unknown"), "muted"));
        }
    }

    private static long count(VerifyReport report, State state) {
        return report.permissions().stream().filter(line -> line.state() == state).count();
    }

    private static StatusLabel status(Look look, String words) {
        return new StatusLabel(new Look(look.icon(), look.tone(), words));
    }

    private List<TableColumn<PermissionLine, ?>> columns() {
        var columns = new ArrayList<TableColumn<PermissionLine, ?>>();
        columns.add(Columns.<PermissionLine>graphic("state", Messages.get("importing.verify.column.state"), 164,
                line -> new StatusLabel(look(line)), Comparator.comparing(PermissionLine::state)));
        columns.add(Columns.<PermissionLine>graphic("permission", Messages.get("importing.verify.column.permission"),
                196, line -> Labels.of(line.name(), "mono"), Comparator.comparing(PermissionLine::name)));
        columns.add(Columns.<PermissionLine>text("kind", Messages.get("importing.verify.column.kind"), 100,
                line -> Messages.get(line.kind() == PermissionLine.Kind.DELEGATED
                        ? "importing.verify.delegated"
                        : "importing.verify.application")));
        columns.add(Columns.<PermissionLine>text("purpose", Messages.get("importing.verify.column.purpose"), 320,
                line -> line.through().isEmpty()
                        ? Messages.recalled(line.purpose())
                        : Messages.get("importing.verify.through", Messages.recalled(line.purpose()), line.through())));
        columns.add(Columns.<PermissionLine>graphic("action", "", 116, this::action,
                Comparator.comparing(PermissionLine::state)));
        columns.getFirst().getStyleClass().add("edge-left");
        columns.getLast().getStyleClass().add("edge-right");
        columns.forEach(column -> {
            column.setSortable(false);
            // What is left over belongs to the purpose, which has the most to say.
            if (!"purpose".equals(column.getId())) {
                column.setMinWidth(column.getPrefWidth());
                column.setMaxWidth(column.getPrefWidth());
            }
        });
        return columns;
    }

    private Node action(PermissionLine line) {
        if (line.state() == State.GRANTED) {
            return new FlowPane();
        }
        var button = Buttons.small(Messages.get(line.state() == State.MISSING
                ? "importing.verify.grant"
                : "importing.verify.take"), portal);
        button.setGraphic(Icons.of(Icons.OUTSIDE, Icons.SMALL));
        button.setContentDisplay(javafx.scene.control.ContentDisplay.RIGHT);
        button.setAccessibleText(Stream.of(button.getText(), line.name()).collect(Collectors.joining(" ")));
        var right = new HBox(button);
        right.setAlignment(Pos.CENTER_RIGHT);
        return right;
    }

    private static Look look(PermissionLine line) {
        return switch (line.state()) {
            case GRANTED -> Look.permissionGranted();
            case MISSING -> new Look(Look.permissionMissing().icon(), line.needed() ? Tone.DANGER : Tone.WARNING,
                    Messages.get(line.needed()
                            ? "importing.verify.state.needed"
                            : "importing.verify.state.optional"));
            case EXCESS -> Look.permissionInExcess();
        };
    }

    private static HBox head(Ikon icon, String title, @Nullable Node after) {
        var head = new HBox(8, Icons.of(icon), Labels.heading(title, "strong"));
        if (after != null) {
            head.getChildren().add(after);
        }
        head.setAlignment(Pos.CENTER_LEFT);
        head.setMinHeight(22);
        return head;
    }

    private static VBox pair(String label, Node value) {
        return new VBox(1, Labels.caption(label), value);
    }
}
