package org.rollcall.ui.importing.connect;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Segmented;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.importing.draft.AbstractStep;
import org.rollcall.ui.importing.draft.ImportDraft.Way;
import org.rollcall.ui.importing.draft.ImportServices;
import org.rollcall.ui.importing.draft.ImportSession;

/// Connects the tenant: automatically, by hand, or by a person's token.
public final class ConnectStep extends AbstractStep {
    private final ImportSession session;
    private final Map<Way, ConnectWay> ways = new EnumMap<>(Way.class);
    private final StackPane troublePane = new StackPane();
    private final StackPane page = new StackPane();
    private Subscription following = Subscription.EMPTY;
    private @Nullable ConnectWay open;

    public ConnectStep(ImportSession session) {
        super("connect", Messages.get("importing.connect.title"), Messages.get("importing.connect.heading"), "");
        this.session = session;
        var draft = session.draft();
        draft.organizationProperty().subscribe(_ -> summarize());
        draft.credentialWordsProperty().subscribe(_ -> summarize());
        if (!offered().contains(draft.wayProperty().get())) {
            draft.wayProperty().set(Way.BY_HAND);
        }
        draft.wayProperty().subscribe(this::open);
    }

    @Override
    public Node content() {
        var draft = session.draft();
        var choice = new Segmented<>(Messages.get("importing.connect.way"), offered(),
                way -> Messages.get(switch (way) {
                    case AUTOMATIC -> "importing.connect.way.automatic";
                    case BY_HAND -> "importing.connect.way.byHand";
                    case USER_TOKEN -> "importing.connect.way.userToken";
                }));
        choice.setId("connect.way");
        choice.valueProperty().bindBidirectional(draft.wayProperty());
        VBox.setVgrow(page, Priority.ALWAYS);
        return new VBox(16, choice, troublePane, page);
    }

    private void open(Way way) {
        following.unsubscribe();
        var before = open;
        if (before != null) {
            before.left();
        }
        var now = ways.computeIfAbsent(way, this::make);
        open = now;
        page.getChildren().setAll(now.node());
        sentence.set(now.sentence());
        now.update();
        following = now.blockedProperty().subscribe(blocked::set).and(now.footProperty().subscribe(foot::set))
                .and(now.troubleProperty().subscribe(this::show));
    }

    private ConnectWay make(Way way) {
        return switch (way) {
            case AUTOMATIC -> new AutomaticWay(session, signIns().registration(),
                    () -> session.draft().wayProperty().set(Way.BY_HAND));
            case BY_HAND -> new ByHandWay(session);
            case USER_TOKEN -> new UserTokenWay(session, signIns().userTokens());
        };
    }

    private List<Way> offered() {
        return session.services().signIns().isPresent() ? List.of(Way.values()) : List.of(Way.BY_HAND);
    }

    private ImportServices.SignIns signIns() {
        return session.services().signIns().orElseThrow();
    }

    private ConnectWay now() {
        var way = open;
        return way == null ? make(session.draft().wayProperty().get()) : way;
    }

    @Override
    public void entered() {
        now().update();
    }

    @Override
    public void next(Runnable goOn) {
        now().next(goOn);
    }

    @Override
    public void cancelled() {
        now().cancelled();
    }

    @Override
    public void left() {
        now().left();
    }

    private void show(@Nullable RollcallException e) {
        troublePane.getChildren().clear();
        troublePane.setVisible(e != null);
        troublePane.setManaged(e != null);
        if (e != null) {
            var buttons = new ArrayList<Node>();
            var again = now().retry();
            if (again != null) {
                var retry = Buttons.small(Messages.get("common.retry"), () -> {
                    now().troubleProperty().set(null);
                    again.run();
                });
                retry.setId("connect.retry");
                buttons.add(retry);
            }
            buttons.add(Buttons.small(Messages.get("common.close"), () -> now().troubleProperty().set(null)));
            var banner = new Banner(Tone.DANGER, e.kind() == ErrorKind.OFFLINE ? Icons.UNREACHABLE : Icons.WRONG,
                    Messages.capital(e.words().shown()), Messages.capital(e.remedyWords().shown()) + ".",
                    buttons.toArray(Node[]::new));
            banner.setId("connect.trouble");
            troublePane.getChildren().setAll(banner);
        }
    }

    private void summarize() {
        var draft = session.draft();
        var organization = draft.organizationProperty().get();
        var credential = draft.credentialWordsProperty().get();
        summary.set(organization.isEmpty() || credential.isEmpty()
                ? organization
                : Messages.get("importing.connect.summary", organization, credential));
    }
}
