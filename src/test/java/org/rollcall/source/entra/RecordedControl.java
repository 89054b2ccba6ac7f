package org.rollcall.source.entra;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;

import org.rollcall.source.CallControl;

/// Notes the waits it is asked for instead of waiting, and cancels when told.
final class RecordedControl implements CallControl {
    final List<Duration> waits = new CopyOnWriteArrayList<>();
    final List<String> reasons = new CopyOnWriteArrayList<>();
    volatile boolean cancelled;

    @Override
    public void checkCancelled() {
        if (cancelled) {
            throw new CancellationException("cancelled");
        }
    }

    @Override
    public void pause(Duration time, String reason) {
        checkCancelled();
        waits.add(time);
        reasons.add(reason);
    }
}
