package org.rollcall.task;

import java.util.concurrent.CancellationException;

/// Receives the progress of a running job and tells it of cancellation. Jobs may report as often as they like; the display
/// throttles it.
public interface JobContext {
    /// The progress of the present stage, in objects; `total` is -1 if unknown.
    void progress(long done, long total);

    /// The present stage as display text, sentence case, without a full stop: "Reading members".
    void message(String text);

    /// The present stage for displays that list stages; called in addition to [#message].
    ///
    /// @param stage one of the job's own stages
    /// @param done  number of completed objects of that stage
    default void stage(Enum<?> stage, long done) {}

    CancelToken cancelToken();

    /// @throws CancellationException if cancelled
    default void checkCancelled() {
        cancelToken().check();
    }

    /// A context without progress and cancellation.
    static JobContext silent() {
        return silent(new CancelToken());
    }

    static JobContext silent(CancelToken token) {
        return new JobContext() {
            @Override
            public void progress(long done, long total) {}

            @Override
            public void message(String text) {}

            @Override
            public CancelToken cancelToken() {
                return token;
            }
        };
    }
}
