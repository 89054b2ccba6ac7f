package org.rollcall.task;

import java.util.concurrent.CancellationException;

/// What a running job tells the world, and how the world stops it. Callers may report as often as they like; whoever
/// shows it thins it out.
public interface JobContext {
    /// How far the present stage is, in objects; `total` is -1 while it is not known.
    void progress(long done, long total);

    /// The present stage in words, sentence case, without a full stop: "Reading members".
    void message(String text);

    /// Which of its stages the job is at, for whoever shows them one by one; comes besides the words of [#message].
    ///
    /// @param stage one of a job's own kind; which there are it says itself
    /// @param done  how many objects of that stage are done
    default void stage(Enum<?> stage, long done) {}

    CancelToken cancelToken();

    /// @throws CancellationException if somebody asked to stop
    default void checkCancelled() {
        cancelToken().check();
    }

    /// A context that nobody watches and nobody cancels.
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
