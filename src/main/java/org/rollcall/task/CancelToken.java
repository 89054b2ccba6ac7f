package org.rollcall.task;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;

/// A request to stop, shared by whoever may ask and whoever has to notice. Thread-safe; once cancelled it stays so.
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

    /// Runs `listener` at cancellation, at once if that has happened already.
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
