package org.rollcall.ui.authentication;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import org.rollcall.connect.JobControl;
import org.rollcall.domain.Actor;
import org.rollcall.domain.AdSettings;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.Tenant;
import org.rollcall.signin.AuthenticationService;
import org.rollcall.signin.SignInFigures;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.ScreenState;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.ToastLayer;
import org.rollcall.ui.common.UiTasks;

/// The state of sign-in, and the effect of changes. Independent of the scene.
public final class AuthenticationViewModel {
    /// The number of people to name among those who are locked out.
    private static final int NAMED = 8;

    private final UiTasks tasks;
    private final ToastLayer toasts;
    private final AuthenticationServices services;
    private final Actor actor;
    private final ReadOnlyObjectWrapper<ScreenState> state = new ReadOnlyObjectWrapper<>(
            ScreenState.loading(Messages.get("authentication.reading")));
    private final ReadOnlyObjectWrapper<@Nullable Standing> standing = new ReadOnlyObjectWrapper<>();

    /// The state at one moment.
    record Standing(AuthenticationService.Status status, SignInFigures.Figures figures) {
        boolean entraOn() {
            return status.entra().enabled();
        }

        boolean adOn() {
            return status.ad().enabled();
        }

        /// The tenant whose people sign in, or would; null: no import yet.
        @Nullable
        Tenant tenant() {
            return figures.entra().tenant();
        }
    }

    public AuthenticationViewModel(UiTasks tasks, ToastLayer toasts, AuthenticationServices services, Actor actor) {
        this.tasks = tasks;
        this.toasts = toasts;
        this.services = services;
        this.actor = actor;
    }

    ReadOnlyObjectProperty<ScreenState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable Standing> standingProperty() {
        return standing.getReadOnlyProperty();
    }

    AuthenticationServices services() {
        return services;
    }

    Actor actor() {
        return actor;
    }

    /// Why the person may not change anything here; empty if they may.
    String reason() {
        return Disallowed.reason(actor.may(Permission.MANAGE_AUTHENTICATION), Permission.MANAGE_AUTHENTICATION.words());
    }

    /// Reloads; the previous state stays until then.
    public void reload() {
        tasks.quietly(
                _ -> new Standing(services.authentication().status(actor), services.figures().read(actor)), now -> {
                    if (!now.equals(standing.get())) {
                        standing.set(now);
                    }
                    state.set(ScreenState.ready());
                }, trouble -> state.set(new ScreenState.Failed(Messages.get("authentication.failed"), trouble,
                        this::reload)));
    }

    void previewEntra(@Nullable String tenant, Set<SignInMode> modes, Consumer<AuthenticationService.Switch> show) {
        tasks.quietly(_ -> services.authentication().previewEntra(actor, tenant, modes, NAMED), show, this::refused);
    }

    /// @param mode AD, or any of Entra
    void previewOff(SignInMode mode, Consumer<AuthenticationService.Switch> show) {
        tasks.quietly(_ -> services.authentication().previewOff(actor, mode, NAMED), show, this::refused);
    }

    void previewAd(AdSettings wanted, Consumer<AuthenticationService.Switch> show,
            Consumer<RollcallException> refused) {
        tasks.quietly(_ -> services.authentication().previewAd(actor, wanted, NAMED), show, refused);
    }

    void enableEntra(@Nullable String tenant, Set<SignInMode> modes, Runnable done) {
        act(() -> services.authentication().enableEntra(actor, tenant, modes),
                Messages.get("authentication.entra.on", Objects.requireNonNullElse(tenant, "")), done);
    }

    /// Changes the enabled modes of Entra.
    void changeModes(Set<SignInMode> modes, Runnable done) {
        var now = standing.get();
        var tenant = now == null ? null : now.status().entra().tenant();
        act(() -> services.authentication().enableEntra(actor, tenant, EnumSet.copyOf(modes)),
                Messages.get("authentication.modes.changed"), done);
    }

    void switchOff(SignInMode mode, Runnable done) {
        boolean ad = mode == SignInMode.AD;
        act(() -> {
            if (ad) {
                services.authentication().disableAd(actor);
            } else {
                services.authentication().disableEntra(actor);
            }
        }, Messages.get(ad ? "authentication.ad.off" : "authentication.entra.off"), done);
    }

    /// Checks the servers, and enables Active Directory.
    ///
    /// @param password wiped by the caller afterwards
    void enableAd(AdSettings wanted, char[] password, Runnable done, Consumer<RollcallException> failed) {
        tasks.start(Messages.get("authentication.ad.checking"), job -> {
            services.authentication().enableAd(actor, wanted, password.length == 0 ? null : password, true,
                    new JobControl(job, true));
            return true;
        }, _ -> {
            done.run();
            reload();
            toasts.show(Toast.done(Messages.get("authentication.ad.on")));
        }, failed);
    }

    /// The answer of one server.
    ///
    /// @param trouble null: it answered and accepted the search account
    record Answer(String server, @Nullable RollcallException trouble) {}

    /// Each server separately.
    void checkAd(AdSettings wanted, char[] password, Consumer<List<Answer>> show,
            Consumer<RollcallException> failed) {
        tasks.quietly(job -> wanted.servers().stream().map(server -> {
            try {
                services.authentication().checkAd(actor, only(wanted, server), password.length == 0 ? null : password,
                        new JobControl(job, true));
                return new Answer(server, null);
            } catch (RollcallException e) {
                return new Answer(server, e);
            }
        }).toList(), show, failed);
    }

    private static AdSettings only(AdSettings all, String server) {
        return new AdSettings(List.of(server), all.startTls(), all.baseDn(), all.domain(), all.upnSuffix(),
                all.caPem(), all.bindUser());
    }

    void setLimits(Duration idle, Duration absolute, Runnable done, Consumer<RollcallException> failed) {
        tasks.quietly(_ -> {
            services.authentication().setLimits(actor, idle, absolute);
            return true;
        }, _ -> {
            done.run();
            reload();
            toasts.show(Toast.done(Messages.get("authentication.limits.changed")));
        }, failed);
    }

    void setRefresh(boolean atSignIn) {
        act(() -> services.authentication().setRefresh(actor, atSignIn),
                Messages.get(atSignIn ? "authentication.refresh.on" : "authentication.refresh.off"), () -> {});
    }

    private void act(Runnable action, String words, Runnable done) {
        tasks.quietly(_ -> {
            action.run();
            return true;
        }, _ -> {
            done.run();
            reload();
            toasts.show(Toast.done(words));
        }, trouble -> {
            done.run();
            refused(trouble);
        });
    }

    private void refused(RollcallException trouble) {
        reload();
        toasts.show(Toast.failed(Messages.trouble(trouble)));
    }
}
