package org.rollcall.ui.authentication;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import org.rollcall.domain.SignInMode;
import org.rollcall.signin.SignInFigures;
import org.rollcall.ui.authentication.AuthenticationViewModel.Standing;
import org.rollcall.ui.authentication.WayCard.Met;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.FileOpen;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.StatePane;
import org.rollcall.ui.common.WindowContext;

/// Three cards of equal width, one for each way to sign in, and a line about sessions below.
final class AuthenticationView extends StackPane {
    private static final double BESIDE_FROM = 800;
    private static final double ROOMY_FROM = 1000;

    private final WindowContext context;
    private final AuthenticationViewModel model;
    private final FileOpen files;
    private final Navigator navigator;
    private final Runnable connect;
    private final Switching switching;
    private final VBox page = new VBox();
    private List<WayCard> cards = List.of();
    private @Nullable Node foot;

    AuthenticationView(WindowContext context, AuthenticationViewModel model, FileOpen files, Navigator navigator,
            Runnable connect) {
        this.context = context;
        this.model = model;
        this.files = files;
        this.navigator = navigator;
        this.connect = connect;
        this.switching = new Switching(context, model);
        page.getStyleClass().add("page");
        var scroll = new ScrollPane(page);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("edge-to-edge");
        var state = new StatePane(context.motion(), scroll);
        state.stateProperty().bind(model.stateProperty());
        getChildren().add(state);
        model.standingProperty().subscribe(this::show);
        widthProperty().subscribe(_ -> arrange());
    }

    private void show(@Nullable Standing now) {
        if (now == null) {
            return;
        }
        cards = List.of(local(now), ad(now), entra(now));
        foot = SessionsCard.of(context, model, now, navigator);
        arrange();
    }

    private void arrange() {
        getStyleClass().remove("auth-narrow");
        if (getWidth() < ROOMY_FROM) {
            getStyleClass().add("auth-narrow");
        }
        if (foot == null) {
            return;
        }
        if (getWidth() > 0 && getWidth() < BESIDE_FROM) {
            page.getChildren().setAll(cards);
        } else {
            // A grid computes the height of each card at its assigned width.
            var row = new GridPane(16, 0);
            for (int i = 0; i < cards.size(); i++) {
                var third = new ColumnConstraints();
                third.setPercentWidth(100.0 / cards.size());
                row.getColumnConstraints().add(third);
                cards.get(i).setMinWidth(0);
                row.add(cards.get(i), i, 0);
            }
            page.getChildren().setAll(row);
        }
        page.getChildren().add(foot);
    }

    private WayCard local(Standing now) {
        var local = now.figures().local();
        var card = new WayCard("local", Feather.USER, true, Messages.get("authentication.local.always"), () -> {})
                .figure(number(local.works()), Messages.get("authentication.local.of", now.status().localAccounts()))
                .fact(Messages.get("authentication.local.waiting"), number(local.waiting()))
                .fact(Messages.get("authentication.local.mustChange"), number(local.mustChange()))
                .heading(Messages.get("authentication.local.always"));
        if (local.administrators().isEmpty()) {
            card.need(Met.IN_THE_WAY, Messages.get("authentication.local.nobody"));
        }
        long more = now.status().localAdministrators() - local.administrators().size();
        card.need(Met.YES, more > 0
                ? Messages.get("authentication.local.administrators.more",
                        String.join(", ", local.administrators()), more)
                : Messages.get("authentication.local.administrators", String.join(", ", local.administrators()),
                        local.administrators().size()));
        var glass = now.status().breakGlass();
        if (glass != null) {
            var used = now.status().settings().breakGlassUsedAt();
            card.need(Met.YES, used == null
                    ? Messages.get("authentication.local.glass", glass.shownName())
                    : Messages.get("authentication.local.glass.used", glass.shownName(),
                            org.rollcall.ui.common.Moments.within(used, context.clock())));
        }
        return card.need(Met.YES, Messages.get("authentication.local.lockout"))
                .need(Met.YES, Messages.get("authentication.local.rules"))
                .button(test("local", SignInMode.LOCAL, true, false))
                .button(Buttons.plain(Messages.get("authentication.local.manage"),
                        () -> navigator.open("users", Map.of("tenant", "local"))));
    }

    private WayCard ad(Standing now) {
        var set = now.status().settings().ad();
        var way = now.figures().ad();
        boolean on = now.adOn();
        var reason = !model.reason().isEmpty()
                ? model.reason()
                : now.entraOn() ? Messages.get("authentication.ad.notWithEntra") : "";
        var card = new WayCard("ad", Feather.SERVER, on, reason,
                () -> {
                    if (on) {
                        switching.off(SignInMode.AD);
                    } else {
                        setUp(now);
                    }
                });
        figures(card, way, on, set != null);
        card.heading(Messages.get("authentication.needs"));
        if (now.entraOn()) {
            card.need(Met.IN_THE_WAY, Messages.get("authentication.ad.notWithEntra"));
        }
        card.need(set == null ? Met.NO : Met.YES, set == null
                ? Messages.get("authentication.ad.server")
                : Messages.get("authentication.ad.server.set", String.join(", ", set.servers())));
        if (set == null) {
            card.need(Met.NO, Messages.get("authentication.ad.ca"));
        } else {
            card.need(Met.YES,
                    Messages.get(set.caPem() == null ? "authentication.ad.ca.system" : "authentication.ad.ca.set"));
        }
        card.need(way.admits() > 0 ? Met.YES : Met.NO, Messages.get("authentication.ad.people"));
        var setUp = Buttons.plain(Messages.get("authentication.ad.setUp"), () -> setUp(now));
        setUp.setId("authentication.ad.setUp");
        return card.button(new Disallowed(setUp, new ReadOnlyStringWrapper(model.reason())))
                .button(test("ad", SignInMode.AD, on, false));
    }

    private void setUp(Standing now) {
        SetUpDialog.open(context, model, files, now);
    }

    private WayCard entra(Standing now) {
        boolean on = now.entraOn();
        var way = now.figures().entra();
        var tenant = now.tenant();
        var reason = !model.reason().isEmpty()
                ? model.reason()
                : on
                        ? ""
                        : tenant == null
                                ? Messages.get("authentication.entra.nobody")
                                : now.adOn() ? Messages.get("authentication.entra.notWithAd") : "";
        var card = new WayCard("entra", Icons.TENANT, on, reason, () -> {
            if (on) {
                switching.off(SignInMode.BROWSER);
            } else {
                switching.entraOn(now);
            }
        });
        figures(card, way, on, tenant != null);
        if (tenant == null || (now.adOn() && !on)) {
            card.heading(Messages.get("authentication.needs"));
            if (now.adOn()) {
                card.need(Met.IN_THE_WAY, Messages.get("authentication.entra.notWithAd"));
            }
            if (tenant == null) {
                card.need(Met.NO, Messages.get("authentication.entra.nobody"));
            }
        }
        if (tenant != null) {
            card.heading(Messages.get(on ? "authentication.ways" : "authentication.ways.whenOn", tenant.name()));
            ways(card, now, on);
            boolean refresh = now.status().settings().refreshAtSignIn();
            card.choice("authentication.refresh", Messages.get("authentication.refresh"),
                    Messages.get("authentication.refresh.second"), refresh, model.reason(),
                    () -> model.setRefresh(!refresh));
        }
        if (tenant == null) {
            var go = Buttons.primary(Messages.get("authentication.entra.import"), connect);
            go.setId("authentication.entra.import");
            card.button(go);
        } else {
            card.button(test("entra", SignInMode.BROWSER, on, true));
        }
        long out = way.of() - way.admits();
        if (out > 0 && on) {
            var show = Buttons.plain(Messages.get("authentication.show", out), () -> navigator.open("users",
                    Map.of("signin", "no", "status", "ACTIVE", "tenant", "imported")));
            show.setId("authentication.entra.show");
            card.button(show);
        }
        return card;
    }

    private void ways(WayCard card, Standing now, boolean on) {
        var modes = now.status().settings().entraModes();
        for (var mode : List.of(SignInMode.BROWSER, SignInMode.DEVICE, SignInMode.PASSWORD)) {
            boolean has = modes.contains(mode);
            var name = Messages.get("authentication.way." + mode.word());
            boolean last = has && modes.size() == 1;
            var reason = !model.reason().isEmpty()
                    ? model.reason()
                    : !on
                            ? Messages.get("authentication.way.whenOn")
                            : last ? Messages.get("authentication.way.last") : "";
            card.choice("authentication.way." + mode.word(), name,
                    Messages.get("authentication.way." + mode.word() + ".second"), has, reason, () -> {
                        var wanted = new ArrayList<>(modes);
                        if (!wanted.remove(mode)) {
                            wanted.add(mode);
                        }
                        switching.modes(mode, EnumSet.copyOf(wanted));
                    });
        }
    }

    /// @param possible whether it could be enabled now
    private static void figures(WayCard card, SignInFigures.Way way, boolean on, boolean possible) {
        card.figure(number(on || possible ? way.admits() : 0), way.of() == 0
                ? Messages.get("authentication.figure.nobody")
                : on
                        ? Messages.get("authentication.figure.on", way.of())
                        : possible
                                ? Messages.get("authentication.figure.off", way.of())
                                : Messages.get("authentication.figure.now"));
        if (!on && !possible && way.of() > 0) {
            card.fact(Messages.get("authentication.figure.named"), number(way.admits()));
        }
        for (var out : way.outs()) {
            card.fact(Messages.get("authentication.out." + out.reason().name()), number(out.people()));
        }
    }

    private Node test(String key, SignInMode mode, boolean on, boolean primary) {
        Button button = primary && on
                ? Buttons.primary(Messages.get("authentication.test"), () -> TestDialog.open(context, model, "", mode))
                : Buttons.plain(Messages.get("authentication.test"), () -> TestDialog.open(context, model, "", mode));
        button.setId("authentication." + key + ".test");
        var reason = !model.reason().isEmpty()
                ? model.reason()
                : on ? "" : Messages.get("authentication.test.off");
        return new Disallowed(button, new ReadOnlyStringWrapper(Objects.requireNonNull(reason)));
    }

    static String number(long value) {
        return Messages.get("authentication.number", value);
    }
}
