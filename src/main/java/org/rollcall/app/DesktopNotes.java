package org.rollcall.app;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rollcall.notify.Notice;

/// Looks every minute what needs somebody and shows on the desktop what was not there before. What was there when the window
/// was opened is on its first screen.
final class DesktopNotes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DesktopNotes.class);
    private static final int LOOK_EVERY_SECONDS = 60;

    private final Supplier<List<Notice>> open;
    private final Tray tray;
    private final BooleanSupplier wanted;
    private final IntConsumer counted;
    private @Nullable Map<String, String> known;
    private @Nullable ScheduledExecutorService looking;

    /// @param open    what there is to tell
    /// @param wanted  whether notifications are switched on; asked on the thread that looks
    /// @param counted hears how many things need somebody, each time
    DesktopNotes(Supplier<List<Notice>> open, Tray tray, BooleanSupplier wanted, IntConsumer counted) {
        this.open = open;
        this.tray = tray;
        this.wanted = wanted;
        this.counted = counted;
    }

    synchronized void start() {
        if (looking == null) {
            looking = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("desktop-notifications").factory());
            looking.scheduleWithFixedDelay(this::lookQuietly, 0, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void lookQuietly() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.warn("What needs somebody could not be looked up", e);
        }
    }

    void look() {
        List<Notice> notices = open.get();
        Map<String, String> before = known;
        var now = new HashMap<String, String>();
        for (Notice notice : notices) {
            now.put(notice.matter(), notice.fingerprint());
            if (before != null && !notice.fingerprint().equals(before.get(notice.matter())) && wanted.getAsBoolean()) {
                tray.tell(notice.title().shown(), notice.text().shown());
            }
        }
        known = now;
        counted.accept(notices.size());
    }

    @Override
    public synchronized void close() {
        if (looking != null) {
            looking.shutdownNow();
        }
    }
}
