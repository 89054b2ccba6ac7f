package org.rollcall.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ReadNote;
import org.rollcall.domain.Run;
import org.rollcall.domain.Schedule;
import org.rollcall.domain.StreamEvidence;
import org.rollcall.domain.Tenant;
import org.rollcall.store.AnchorStore;
import org.rollcall.store.BackupStateStore;
import org.rollcall.store.CredentialStore;
import org.rollcall.store.CredentialStore.Purpose;
import org.rollcall.store.CredentialStore.SealedCredential;
import org.rollcall.store.Database;
import org.rollcall.store.RunStore;
import org.rollcall.store.ScheduleStore;
import org.rollcall.store.TenantStore;
import org.rollcall.text.Words;

/// The present notices, derived from the database: a restart neither loses nor repeats any.
final class OpenNotices {
    static final String SCHEDULE = "schedule/";
    /// Days before its expiry on which a credential is reported.
    private static final List<Integer> DAYS = List.of(1, 7, 14, 30, 60);
    /// Entra's errors that concern the credential.
    private static final Set<String> REFUSED = Set.of("entra.secret.wrong", "entra.secret.expired",
            "entra.certificate.unknown", "entra.certificate.time", "entra.session.ended", "entra.client.unknown",
            "entra.client.no-principal", "credential.expired", "graph.token-refused");

    private final ScheduleStore schedules;
    private final RunStore runs;
    private final TenantStore tenants;
    private final CredentialStore credentials;
    private final BackupStateStore backups;
    private final AnchorStore anchors;
    private final Clock clock;

    OpenNotices(Database database, Clock clock) {
        this.schedules = new ScheduleStore(database);
        this.runs = new RunStore(database);
        this.tenants = new TenantStore(database);
        this.credentials = new CredentialStore(database, clock);
        this.backups = new BackupStateStore(database);
        this.anchors = new AnchorStore(database);
        this.clock = clock;
    }

    List<Notice> list() {
        var notices = new ArrayList<Notice>();
        for (Schedule schedule : schedules.list()) {
            if (schedule.state() == Schedule.State.QUARANTINED) {
                notices.add(stopped(schedule));
            } else if (schedule.backsOff()) {
                notices.add(failed(schedule));
            } else if (schedule.lastRunId() != null) {
                runs.byId(schedule.lastRunId()).ifPresent(run -> doubtful(schedule, run, notices));
            }
        }
        for (Tenant tenant : tenants.list()) {
            for (Purpose purpose : Purpose.values()) {
                credentials.get(tenant.id(), purpose).ifPresent(each -> expiring(tenant, each, notices));
            }
        }
        String failure = backups.get().failure();
        if (failure != null) {
            notices.add(notice("backup", failure, "backup-failed",
                    Words.of("notify.openNotices.theDailyBackupCouldNot"),
                    Words.of("notify.openNotices.theEarlierOnesAreKept", stored(failure))));
        }
        anchors.failure().ifPresent(why -> notices.add(notice("anchor", why, "anchor-failed",
                Words.of("notify.openNotices.theEndOfTheAudit"), stored(why))));
        return notices;
    }

    private Notice stopped(Schedule schedule) {
        return notice(SCHEDULE + schedule.id(), "stopped/" + schedule.stoppedRunId(), "stopped",
                Words.of("notify.openNotices.wasStoppedByAGuard", schedule.name()),
                Words.of("notify.openNotices.nothingWasChangedItReads",
                        stored(Objects.requireNonNullElse(schedule.stateReason(),
                                Words.of("schedule.scheduleService.aGuardStoppedARun").english()))));
    }

    private Notice failed(Schedule schedule) {
        Run.Failure error = schedule.lastRunId() == null
                ? null
                : runs.byId(schedule.lastRunId()).map(Run::error).orElse(null);
        String reason = Objects.requireNonNullElse(schedule.stateReason(),
                Words.of("notify.openNotices.itFailed").english());
        boolean refused = error != null && REFUSED.contains(error.code());
        return notice(SCHEDULE + schedule.id(),
                refused ? "refused" : "failed/" + (error == null ? reason : error.code()),
                refused ? "refused" : "failed",
                refused
                        ? Words.of("notify.openNotices.entraRefusesTheCredentialOf", schedule.name())
                        : Words.of("notify.openNotices.failed", schedule.name()),
                Words.of("notify.openNotices.nothingWasChangedItTries", error == null
                        ? stored(reason)
                        : Words.joined(" ", List.of(stored(reason), stored(error.remedy())))));
    }

    /// A successful run with remarks about its read.
    private void doubtful(Schedule schedule, Run run, List<Notice> notices) {
        String matter = "read/" + schedule.id();
        var attention = run.evidence().stream().flatMap(stream -> stream.notes().stream()).filter(ReadNote::attention)
                .findFirst();
        if (attention.isPresent()) {
            ReadNote note = attention.get();
            notices.add(notice(matter, "attention/" + note.asked(), "attention",
                    Words.of("notify.openNotices.needsAttention", schedule.name()),
                    Words.of("notify.openNotices.whatTheRunDidIs", Words.joined(": ",
                            List.of(Words.recalled(note.asked()), Words.recalled(note.came()))).whole())));
        } else if (run.evidence().stream().anyMatch(stream -> stream.stream().equals(StreamEvidence.LINK_LOST))) {
            notices.add(notice(matter, "link/" + run.id(), "link-lost",
                    Words.of("notify.openNotices.entraLostTheSavedLink", schedule.name()),
                    Words.of("notify.openNotices.everythingWasReadAgainAnd")));
        }
    }

    private void expiring(Tenant tenant, SealedCredential credential, List<Notice> notices) {
        Instant end = credential.expiresAt();
        if (end == null) {
            return;
        }
        Duration left = Duration.between(clock.instant(), end);
        Words word = switch (credential.kind()) {
            case SECRET -> Words.of("notify.openNotices.clientSecret");
            case CERTIFICATE -> Words.of("notify.openNotices.certificate");
            case REFRESH_TOKEN -> Words.of("notify.openNotices.signIn");
        };
        String matter = "credential/" + tenant.id() + "/" + credential.purpose();
        if (!left.isPositive()) {
            notices.add(notice(matter, end + "/expired", "expired",
                    Words.of("notify.openNotices.theOfHasExpired", word, tenant.name()),
                    Words.of("notify.openNotices.nothingIsSynchronizedUntilIt")));
            return;
        }
        // A part of a day counts as one, so that "in 30 days" is sent 30 days before.
        long days = left.plusDays(1).minusNanos(1).toDays();
        DAYS.stream().filter(each -> days <= each).findFirst()
                .ifPresent(stage -> notices.add(notice(matter, end + "/" + stage, "expiring",
                        Words.of("notify.openNotices.theOfExpiresIn", word, tenant.name(), days,
                                days == 1
                                        ? Words.of("notify.openNotices.theOfExpiresIn.part4")
                                        : Words.of("notify.openNotices.theOfExpiresIn.part4.else")),
                        Words.of("notify.openNotices.replaceItBeforeSynchronizationStops", end))));
    }

    /// A schedule that was reported as failing works again.
    ///
    /// @return null: it was deleted or paused, or the result is not known yet
    @Nullable
    Notice recovered(String matter) {
        String id = matter.substring(SCHEDULE.length());
        return schedules.byId(Long.parseLong(id))
                .filter(each -> each.state() == Schedule.State.ACTIVE && each.failures() == 0)
                .map(each -> notice(matter, "", "recovered",
                        Words.of("notify.openNotices.worksAgain", each.name()),
                        Words.of("notify.openNotices.itsLastRunSucceededOr")))
                .orElse(null);
    }

    private Notice notice(String matter, String fingerprint, String event, Words title, Words text) {
        return new Notice(matter, fingerprint, event, title, text, clock.instant());
    }

    /// A sentence stored in English, as display text.
    private static Words stored(String english) {
        return Words.recalled(english).whole();
    }
}
