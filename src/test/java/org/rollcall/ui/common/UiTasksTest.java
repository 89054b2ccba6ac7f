package org.rollcall.ui.common;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import org.junit.jupiter.api.Test;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class UiTasksTest {
    private final Queue<Runnable> workers = new ArrayDeque<>();
    private final List<String> events = new ArrayList<>();
    private final UiTasks tasks = new UiTasks(workers::add, Runnable::run,
            Clock.tick(Clock.systemUTC(), Duration.ofHours(1)));

    @Test
    void resultsArriveAndTheJobLeavesTheList() {
        tasks.start("Exporting", _ -> 240, number -> events.add("done " + number), this::note);
        assertEquals(1, tasks.running().size());
        workers.remove().run();
        assertEquals(List.of("done 240"), events);
        assertEquals(0, tasks.running().size());
    }

    @Test
    void troubleOfOursArrivesAsItIsAndABugGetsACode() {
        tasks.quietly(_ -> {
            throw RollcallException.input("users.none", "Nobody by that name", "Look again");
        }, _ -> events.add("done"), this::note);
        workers.remove().run();
        tasks.quietly(_ -> {
            throw new IllegalStateException("secret inside");
        }, _ -> events.add("done"), trouble -> {
            assertEquals(ErrorKind.BUG, trouble.kind());
            assertTrue(trouble.code().startsWith("bug."));
            events.add(trouble.message());
        });
        workers.remove().run();
        assertEquals(List.of("users.none", "Something went wrong in Rollcall"), events);
    }

    @Test
    void cancelledJobSaysNothingMore() {
        var job = tasks.start("Exporting", context -> {
            context.checkCancelled();
            return 1;
        }, _ -> events.add("done"), this::note);
        job.cancel();
        workers.remove().run();
        assertEquals(List.of(), events);
        assertEquals(0, tasks.running().size());
    }

    @Test
    void progressIsThinnedButItsEndIsShown() {
        var job = tasks.start("Reading", context -> {
            for (int i = 1; i <= 1000; i++) {
                context.progress(i, 1000);
            }
            return 0;
        }, _ -> {}, this::note);
        var seen = new ArrayList<String>();
        job.wordsProperty().subscribe(words -> seen.add(words));
        workers.remove().run();
        assertTrue(seen.size() <= 4, seen::toString);
        assertEquals("Reading, 1,000 of 1,000", seen.getLast());
    }

    private void note(RollcallException trouble) {
        events.add(trouble.code());
    }
}
