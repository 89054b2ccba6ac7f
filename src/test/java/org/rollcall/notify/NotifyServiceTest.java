package org.rollcall.notify;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.NotifyChannel;
import org.rollcall.domain.NotifyChannel.Security;
import org.rollcall.domain.Permission;
import org.rollcall.domain.ReadNote;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunKind;
import org.rollcall.domain.RunState;
import org.rollcall.domain.Schedule;
import org.rollcall.domain.Schedule.Timing;
import org.rollcall.domain.StreamEvidence;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.Trigger;
import org.rollcall.store.AuditStore;
import org.rollcall.store.CredentialStore;
import org.rollcall.store.CredentialStore.Purpose;
import org.rollcall.store.NotificationStore;
import org.rollcall.store.RunStore;
import org.rollcall.store.ScheduleStore;
import org.rollcall.store.SettingStore;
import org.rollcall.store.TestDirectory;
import org.rollcall.text.Language;
import org.rollcall.vault.Vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What is told, once for each matter, and what becomes of messages that cannot be delivered.
class NotifyServiceTest {
    private static final Actor ADMIN = new Actor(null, "admin", "window", EnumSet.allOf(Permission.class));

    @TempDir
    Path folder;
    private TestDirectory directory;
    private Tenant tenant;
    private ScheduleStore schedules;
    private long schedule;
    private NotifyService service;
    private final List<String> sent = new ArrayList<>();
    private final List<String> secrets = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private Language language = Language.ENGLISH;
    private boolean down;

    @BeforeEach
    void open() {
        directory = new TestDirectory(folder);
        tenant = directory.tenant("Contoso");
        schedules = new ScheduleStore(directory.database);
        schedule = schedules.insert(directory.profile(tenant, "daily").id(), "Contoso daily",
                Timing.every(Duration.ofHours(1)), directory.clock.instant(), "test", directory.clock.instant()).id();
        service = restarted();
    }

    @AfterEach
    void close() {
        directory.close();
    }

    private NotifyService restarted() {
        Sender sender = (settings, secret, notice, inUse) -> {
            if (down) {
                throw new RollcallException(ErrorKind.OFFLINE, "notify.webhook", "the webhook answered 500", "look");
            }
            sent.add(notice.event() + ": " + notice.title().in(inUse));
            texts.add(notice.text().in(inUse));
            secrets.add(new String(secret, StandardCharsets.UTF_8));
        };
        var audit = new AuditService(directory.database, new AuditStore(directory.database),
                new SettingStore(directory.database), directory.clock);
        return new NotifyService(directory.database, Vault.open(folder), audit, () -> language, directory.clock,
                Map.of(NotifyChannel.Kind.MAIL, sender, NotifyChannel.Kind.WEBHOOK, sender));
    }

    private long webhook() {
        return service.add(ADMIN, NotifyAddresses.webhook("https://example.org/hook"), "key").channel().id();
    }

    private List<String> told() {
        service.tell();
        var now = List.copyOf(sent);
        sent.clear();
        return now;
    }

    @Test
    void aFailureIsToldOnceAndItsEndToo() {
        webhook();
        assertEquals(List.of(), told());
        for (int failures = 1; failures <= 4; failures++) {
            schedules.ran(schedule, null, failures);
            schedules.setReason(schedule, "Entra cannot be reached");
            assertEquals(failures == 1 ? List.of("failed: Contoso daily failed") : List.of(), told());
        }
        service = restarted();
        assertEquals(List.of(), told(), "a restart tells nothing again");
        schedules.ran(schedule, null, 0);
        schedules.setReason(schedule, null);
        assertEquals(List.of("recovered: Contoso daily works again"), told());
        assertEquals(List.of(), told());
        schedules.ran(schedule, null, 1);
        schedules.setReason(schedule, "Entra cannot be reached");
        assertEquals(List.of("failed: Contoso daily failed"), told(), "a new matter");
    }

    @Test
    void aGuardsStopIsTold() {
        webhook();
        schedules.ran(schedule, null, 1);
        schedules.setReason(schedule, "Entra cannot be reached");
        told();
        schedules.quarantine(schedule, 7, "Removals: 187 of 412 people");
        assertEquals(List.of("stopped: Contoso daily was stopped by a guard"), told());
        schedules.setReason(schedule, "Removals: 188 of 412 people");
        assertEquals(List.of(), told(), "the same stop");
        schedules.setState(schedule, Schedule.State.PAUSED, null, null);
        assertEquals(List.of(), told(), "paused is not well");
    }

    /// The service goes on while somebody sets another language in a window.
    @Test
    void whatIsToldFollowsTheLanguageThatIsSet() {
        webhook();
        language = Language.GERMAN;
        schedules.quarantine(schedule, 7, "Removals: 187 of 412 people; 10% (at least 10) stop the run");
        assertEquals(List.of("stopped: Contoso daily wurde von einer Schutzprüfung gestoppt"), told());
        assertEquals("Entfernungen: 187 von 412 Personen; 10% (mindestens 10) stoppen den Lauf. Nichts wurde geändert; "
                + "er liest weiter und wendet nichts an, bis jemand entscheidet.", texts.getLast());
        language = Language.SPANISH;
        assertEquals(List.of(), told(), "the same matter in another language is nothing new");
        schedules.setState(schedule, Schedule.State.ACTIVE, null, directory.clock.instant());
        assertEquals(List.of("recovered: Contoso daily vuelve a funcionar"), told());
        new CredentialStore(directory.database, directory.clock).put(tenant.id(), Purpose.APPLICATION,
                CredentialStore.Kind.CERTIFICATE, new byte[]{ 1 }, null,
                directory.clock.instant().plus(Duration.ofDays(7)));
        assertEquals(List.of("expiring: Contoso: caduca en 7 días (certificado)"), told());
        schedules.ran(schedule, null, 1);
        schedules.setReason(schedule, "what another program said");
        assertEquals(List.of("failed: Contoso daily falló"), told());
        assertTrue(texts.getLast().startsWith("What another program said. No se ha cambiado nada"), texts::getLast);
        service.test(ADMIN, service.list(ADMIN).getFirst().id());
        assertEquals("test: Prueba de notificaciones", sent.getLast());
    }

    private void ran(String stream, ReadNote note) {
        var runs = new RunStore(directory.database);
        Run run = runs.start(tenant, null, "daily", RunKind.IMPORT, Trigger.SCHEDULE, "service",
                directory.clock.instant(), null);
        runs.update(new Run(run.id(), run.tenantId(), run.tenantName(), run.profileId(), run.profileName(), run.kind(),
                run.trigger(), run.startedBy(), RunState.SUCCEEDED, run.startedAt(), run.startedAt(), true,
                List.of(new StreamEvidence(stream, 0, 0, 0, List.of(note))), run.counts(), run.guards(), run.admins(),
                0, null, null, null));
        schedules.ran(schedule, run.id(), 0);
    }

    @Test
    void whatIsDoubtfulAboutAReadIsTold() {
        webhook();
        var kept = new ReadNote(null, "the MFA report", "refused: what was known stays", true);
        ran("MFA", kept);
        assertEquals(List.of("attention: Contoso daily needs attention"), told());
        ran("MFA", kept);
        assertEquals(List.of(), told(), "the same matter");
        var lost = new ReadNote(null, "the changes since the last read", "everything is read again", false);
        ran(StreamEvidence.LINK_LOST, lost);
        assertEquals(List.of("link-lost: Entra lost the saved link of Contoso daily"), told());
        ran("USERS_DELTA", lost);
        assertEquals(List.of(), told());
    }

    @Test
    void aCredentialIsSpokenOfAtEachStageOnce() {
        webhook();
        new CredentialStore(directory.database, directory.clock).put(tenant.id(), Purpose.APPLICATION,
                CredentialStore.Kind.SECRET, new byte[]{ 1 }, null,
                directory.clock.instant().plus(Duration.ofDays(90)));
        var days = new ArrayList<Integer>();
        for (int day = 0; day <= 92; day++) {
            List<String> now = told();
            if (!now.isEmpty()) {
                assertEquals(1, now.size());
                days.add(90 - day);
                assertTrue(now.getFirst().startsWith(day == 90 ? "expired: " : "expiring: "), now::toString);
            }
            directory.clock.advance(Duration.ofDays(1));
        }
        assertEquals(List.of(60, 30, 14, 7, 1, 0), days);
    }

    @Test
    void whatCannotBeDeliveredIsTriedAgainLaterEachTime() {
        long id = webhook();
        schedules.ran(schedule, null, 1);
        schedules.setReason(schedule, "Entra cannot be reached");
        down = true;
        var tries = new ArrayList<Integer>();
        for (int minute = 0; minute <= 200; minute++) {
            new NotificationStore(directory.database).sent(id, directory.clock.instant());
            told();
            if (service.list(ADMIN).getFirst().lastError() != null) {
                tries.add(minute);
            }
            directory.clock.advance(Duration.ofMinutes(1));
        }
        assertEquals(List.of(0, 1, 3, 7, 15, 31, 63, 123, 183), tries);
        down = false;
        directory.clock.advance(Duration.ofHours(1));
        assertEquals(List.of("failed: Contoso daily failed"), told());
        assertNull(service.list(ADMIN).getFirst().lastError());
        assertNotNull(service.list(ADMIN).getFirst().lastSentAt());
    }

    @Test
    void theSecretIsSealedAndAKeyIsMadeWhereNoneIsGiven() {
        long id = webhook();
        byte[] sealed = new NotificationStore(directory.database).sealed(id).orElseThrow();
        assertTrue(!new String(sealed, StandardCharsets.ISO_8859_1).contains("key"));
        service.test(ADMIN, id);
        assertEquals("key", secrets.getLast());
        var made = service.add(ADMIN, NotifyAddresses.webhook("https://example.org/other"), null);
        assertEquals(64, String.valueOf(made.key()).length());
        service.test(ADMIN, made.channel().id());
        assertEquals(made.key(), secrets.getLast());
        service.remove(ADMIN, id);
        assertEquals(1, service.list(ADMIN).size());
        assertEquals(ErrorKind.INPUT,
                assertThrows(RollcallException.class, () -> service.test(ADMIN, id)).kind());
        down = true;
        assertEquals(ErrorKind.OFFLINE, assertThrows(RollcallException.class,
                () -> service.test(ADMIN, made.channel().id())).kind());
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "example.org", "ftp://example.org", "http://example.org/hook", "https://",
            "https://user:password@example.org/", "https://example.org/#part", "javascript:alert(1)",
            "file:///etc/passwd",
            "https://exa mple.org", "https://example.org:0/", "https://example.org:70000/" })
    void refusesWhatIsNoWebhook(String url) {
        assertEquals(ErrorKind.INPUT,
                assertThrows(RollcallException.class, () -> NotifyAddresses.webhook(url)).kind());
    }

    @Test
    void refusesWhatIsNoMail() {
        for (String server : List.of("", "example.org", "http://example.org", "smtp://", "smtp://example.org/path",
                "smtp://user@example.org", "smtp://example.org:99999")) {
            assertThrows(RollcallException.class,
                    () -> NotifyAddresses.mail(server, Security.TLS, "a@example.org", List.of("b@example.org"), null),
                    server);
        }
        for (String address : List.of("", "nobody", "a@b@c", "a@example.org\r\nBcc: b@example.org",
                "<a@example.org>,b")) {
            assertThrows(RollcallException.class, () -> NotifyAddresses.mail("smtp://example.org", Security.TLS,
                    "a@example.org", List.of(address), null), address);
            assertThrows(RollcallException.class,
                    () -> NotifyAddresses.mail("smtp://example.org", Security.TLS, address,
                            List.of("a@example.org"), null),
                    address);
        }
        assertThrows(RollcallException.class, () -> NotifyAddresses.mail("smtp://example.org", Security.NONE,
                "a@example.org", List.of("b@example.org"), "user"), "a password in clear");
        assertEquals(587, NotifyAddresses.mail("smtp://example.org", Security.STARTTLS, "a@example.org",
                List.of("b@example.org"), "user").port());
    }
}
