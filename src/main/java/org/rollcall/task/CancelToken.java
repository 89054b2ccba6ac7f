package org.rollcall.task;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;

/// A request to cancel, shared by the threads that may request it and those that check it. Thread-safe; never reset.
public final class CancelToken {
    private volatile boolean cancelled;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    public void cancel() {
        if (!cancelled) {
            cancelled = true;
            listeners.forEach(Runnable::run);
        }
    }

    public boolean isCancelled() {
        return cancelled;
    }

    /// Calls `listener` at cancellation, at once if already cancelled.
    public void onCancel(Runnable listener) {
        listeners.add(listener);
        if (cancelled) {
            listener.run();
        }
    }

    /// @throws CancellationException if cancelled
    public void check() {
        if (cancelled) {
            throw new CancellationException("cancelled");
        }
    }
}
