package org.rollcall.app;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.Actor;
import org.rollcall.domain.AuditEvent;
import org.rollcall.domain.AuditFilter;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.RunFilter;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserSort;
import org.rollcall.task.JobContext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// While an import writes, in one transaction that may take a minute, everybody may look, and what they looked at is
/// recorded all the same.
class LookingNeverWaitsTest {
    private static final String PASSWORD = "correct horse battery staple";
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;
    private AppContext context;
    private Actor maren;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private Thread writer;
    private boolean failing;

    @BeforeEach
    void open() {
        context = AppContext.create(folder.resolve("home"), "maren", PASSWORD.toCharArray(), "test",
                Clock.systemUTC());
        maren = context.signIn().signIn("maren", PASSWORD.toCharArray(), "test");
        writer = Thread.ofPlatform().unstarted(() -> {
            try {
                context.database().transaction(this::write);
            } catch (IllegalStateException _) {
                // As wanted.
            }
        });
    }

    @AfterEach
    void close() throws InterruptedException {
        end.countDown();
        writer.join();
        context.close();
    }

    private void write() {
        context.localAccounts().add(maren, "written", null, null, "User", PASSWORD.toCharArray());
        begun.countDown();
        try {
            assertTrue(end.await(1, TimeUnit.MINUTES));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (failing) {
            throw new IllegalStateException("taken back");
        }
    }

    private void look() {
        context.people().export(maren, UserFilter.everyone(), _ -> {});
        context.people().export(maren, List.of(1L), () -> {}, _ -> {});
        context.groups().export(maren, true, _ -> {});
        context.groups().exportMemberships(maren, _ -> {});
        context.runs().forEach(maren, RunFilter.everything(), _ -> {});
        context.audit().forEach(maren, AuditFilter.everything(), _ -> {});
        context.audit().check(maren, JobContext.silent());
        context.people().list(maren, UserFilter.everyone(), new UserSort(UserSort.By.NAME, false), null, 10);
        context.people().countByStatus(maren);
        context.people().find(maren, "maren");
        context.groups().list(maren, null, "", true, null, 10);
        context.audit().list(maren, AuditFilter.everything(), null, 10);
        context.runs().list(maren, RunFilter.everything(), null, 10);
        context.roles().roles().list(maren);
        context.schedules().list(maren);
        context.health().findings(maren, org.rollcall.text.Language.ENGLISH);
        var nobody = new Actor(maren.userId(), "maren", "test", Set.of(Permission.VIEW_OWN_PROFILE));
        assertEquals(ErrorKind.NOT_ALLOWED, assertThrows(RollcallException.class,
                () -> context.people().export(nobody, UserFilter.everyone(), _ -> {})).kind());
    }

    private List<String> lookedAt() {
        var actions = new ArrayList<String>();
        for (AuditEvent event : context.audit().list(maren, AuditFilter.everything(), null, 100).rows()) {
            if (event.action().startsWith("export.") || event.action().equals("audit.check")) {
                actions.addFirst(event.action());
            }
        }
        return actions;
    }

    private void lookWhileSomebodyWrites() throws InterruptedException {
        writer.start();
        assertTrue(begun.await(1, TimeUnit.MINUTES));
        assertTimeoutPreemptively(SOON, this::look);
        assertEquals(List.of(), lookedAt(), "not before whoever writes has done");
        end.countDown();
        writer.join();
        assertEquals(List.of("export.users", "export.users", "export.groups", "export.memberships", "export.runs",
                "export.audit", "audit.check"), lookedAt());
        assertTrue(context.audit().verify(maren).intact());
    }

    @Test
    void looksAreRecordedBehindWhatWasWritten() throws InterruptedException {
        lookWhileSomebodyWrites();
        List<String> all = context.audit().list(maren, AuditFilter.everything(), null, 100).rows().reversed().stream()
                .map(AuditEvent::action).toList();
        assertTrue(all.indexOf("user.add") < all.indexOf("export.users"), all::toString);
    }

    @Test
    void looksStayWhenWhatWasWrittenIsTakenBack() throws InterruptedException {
        failing = true;
        lookWhileSomebodyWrites();
        assertThrows(RollcallException.class, () -> context.people().find(maren, "written"));
    }

    @Test
    void whereNobodyWritesLooksAreRecordedAtOnce() {
        context.people().export(maren, UserFilter.everyone(), _ -> assertEquals(List.of("export.users"), lookedAt()));
        assertEquals(List.of("export.users"), lookedAt());
    }
}
