package org.rollcall.app;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunFilter;
import org.rollcall.domain.RunState;
import org.rollcall.domain.Tenant;
import org.rollcall.store.CredentialStore;
import org.rollcall.store.RunStore;
import org.rollcall.store.TenantStore;
import org.rollcall.ui.overview.OverviewFigures.Gravity;
import org.rollcall.ui.overview.OverviewFigures.Matter;

/// What waits for a person, from the tenants' credentials and their last runs.
final class OpenMatters {
    private static final Duration SOON = Duration.ofDays(30);

    private final TenantStore tenants;
    private final CredentialStore credentials;
    private final RunStore runs;
    private final Clock clock;

    OpenMatters(TenantStore tenants, CredentialStore credentials, RunStore runs, Clock clock) {
        this.tenants = tenants;
        this.credentials = credentials;
        this.runs = runs;
        this.clock = clock;
    }

    /// Gravest first.
    List<Matter> list() {
        var matters = new ArrayList<Matter>();
        for (Tenant tenant : tenants.list()) {
            lastRun(tenant).ifPresent(matters::add);
            credential(tenant).ifPresent(matters::add);
        }
        matters.sort(Comparator.comparing(Matter::gravity));
        return matters;
    }

    private Optional<Matter> lastRun(Tenant tenant) {
        List<Run> newest = runs.list(new RunFilter(tenant.id(), null, null), null, 1);
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        Run run = newest.getFirst();
        if (run.state() == RunState.FAILED || run.state() == RunState.STOPPED) {
            Run.Failure error = run.error();
            String sentence = error == null
                    ? "Look at the run for what stopped it."
                    : error.message() + "; " + error.remedy();
            return Optional.of(matter(Gravity.STOPPED, "The last run did not end well: ", tenant, sentence));
        }
        long conflicts = run.count(ChangeKind.CONFLICT);
        return conflicts == 0
                ? Optional.empty()
                : Optional.of(matter(Gravity.WARNING, "Conflicts in ", tenant,
                        conflicts + " people or groups stay out until somebody decides."));
    }

    private Optional<Matter> credential(Tenant tenant) {
        Instant now = clock.instant();
        return credentials.get(tenant.id(), CredentialStore.Purpose.APPLICATION).map(each -> each.expiresAt())
                .filter(expires -> expires.isBefore(now.plus(SOON)))
                .map(expires -> expires.isBefore(now)
                        ? matter(Gravity.STOPPED, "The credential has expired: ", tenant,
                                "Make a new one in the Entra portal and give it to Rollcall.")
                        : matter(Gravity.WARNING, "The credential expires within 30 days: ", tenant,
                                "Make a new one in the Entra portal and give it to Rollcall."));
    }

    private static Matter matter(Gravity gravity, String title, Tenant tenant, String sentence) {
        return new Matter(gravity, title + tenant.name(), sentence, "", "");
    }
}
