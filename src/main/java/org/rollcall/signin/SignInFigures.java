package org.rollcall.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.AdSettings;
import org.rollcall.domain.AuthSettings;
import org.rollcall.domain.MfaState;
import org.rollcall.domain.Permission;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.Tenant;
import org.rollcall.store.AuthSettingsStore;
import org.rollcall.store.Database;
import org.rollcall.store.SignInCounts;
import org.rollcall.store.TenantStore;

/// The number of people whom each way admits, or would if enabled, and why not the others; and the sign-ins of the last days.
public final class SignInFigures {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final int NAMED = 3;

    private final AuthSettingsStore settings;
    private final SignInCounts counts;
    private final TenantStore tenants;
    private final Clock clock;

    public SignInFigures(Database database, Clock clock) {
        this.settings = new AuthSettingsStore(database);
        this.counts = new SignInCounts(database);
        this.tenants = new TenantStore(database);
        this.clock = clock;
    }

    /// @param works          those who could sign in now, judging by their accounts
    /// @param waiting        accounts that are locked after wrong passwords
    /// @param mustChange     accounts with a one-time password
    /// @param administrators names of some
    public record Local(long works, long waiting, long mustChange, List<String> administrators) {
        public Local {
            administrators = List.copyOf(administrators);
        }
    }

    /// Why people are not admitted.
    public enum Reason {
        OTHER_TENANT,
        GUEST,
        SECOND_FACTOR,
        NOT_KNOWN,
        NO_DOMAIN_NAME
    }

    /// @param certain whether these are refused; false: it is unknown, and they count as admitted
    public record Out(Reason reason, long people, boolean certain) {}

    /// @param tenant whose people it is or would be for; null: nobody's, or everybody's
    /// @param admits how many it admits, or would
    /// @param of     the number of active imported people
    public record Way(@Nullable Tenant tenant, long admits, long of, List<Out> outs) {
        public Way {
            outs = List.copyOf(outs);
        }
    }

    /// The events of seven days.
    ///
    /// @param held how often an account was locked after wrong passwords
    public record Week(long signIns, long refused, long held) {}

    /// @param tenants those with active people
    public record Figures(Local local, Way entra, Way ad, List<Tenant> tenants, Week week) {
        public Figures {
            tenants = List.copyOf(tenants);
        }
    }

    /// @throws org.rollcall.domain.RollcallException NOT_ALLOWED
    public Figures read(Actor actor) {
        actor.require(Permission.VIEW_DIRECTORY);
        AuthSettings now = settings.get();
        List<Tenant> peopled = tenants.list().stream().filter(tenant -> counts.active(tenant.id()) > 0).toList();
        long imported = counts.active(null);
        Instant since = clock.instant().minus(WEEK);
        return new Figures(local(now), entra(now, peopled, imported), ad(imported), peopled,
                new Week(counts.events("signin", since), counts.events("signin.refused", since),
                        counts.events("signin.locked", since)));
    }

    private Local local(AuthSettings now) {
        Instant at = clock.instant();
        long waiting = counts.failures(Lockout.FREE).stream().filter(each -> waits(each, at)).count();
        return new Local(counts.admits(now, SignInMode.LOCAL), waiting, counts.mustChange(),
                counts.localAdministrators(NAMED));
    }

    private static boolean waits(SignInCounts.Failures failures, Instant now) {
        Instant last = failures.last();
        return last != null && now.isBefore(last.plus(Lockout.delay(failures.failures())));
    }

    private Way entra(AuthSettings now, List<Tenant> peopled, long imported) {
        Long chosen = now.entraTenantId();
        Tenant tenant = peopled.stream().filter(each -> chosen != null && each.id() == chosen).findFirst()
                .orElse(peopled.isEmpty() ? null : peopled.getFirst());
        if (tenant == null) {
            return new Way(null, 0, imported, List.of());
        }
        Set<SignInMode> modes = now.entraModes();
        var outs = new ArrayList<Out>();
        long own = counts.active(tenant.id());
        add(outs, Reason.OTHER_TENANT, imported - own, true);
        if (modes.contains(SignInMode.BROWSER) || modes.contains(SignInMode.DEVICE)) {
            return new Way(tenant, own, imported, outs);
        }
        add(outs, Reason.GUEST, counts.guests(tenant.id()), true);
        add(outs, Reason.SECOND_FACTOR, counts.members(tenant.id(), MfaState.REGISTERED), true);
        long unknown = counts.members(tenant.id(), MfaState.UNKNOWN);
        add(outs, Reason.NOT_KNOWN, unknown, false);
        return new Way(tenant, counts.members(tenant.id(), MfaState.NOT_REGISTERED) + unknown, imported, outs);
    }

    private Way ad(long imported) {
        var asIfOn = AuthSettings.initial().withAd(new AdSettings(List.of(), false, "", null, null, null, null));
        long named = counts.admits(asIfOn, SignInMode.AD);
        var outs = new ArrayList<Out>();
        add(outs, Reason.NO_DOMAIN_NAME, imported - named, true);
        return new Way(null, named, imported, outs);
    }

    private static void add(List<Out> outs, Reason reason, long people, boolean certain) {
        if (people > 0) {
            outs.add(new Out(reason, people, certain));
        }
    }
}
