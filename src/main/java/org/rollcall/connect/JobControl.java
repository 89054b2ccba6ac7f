package org.rollcall.connect;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.rollcall.source.CallControl;
import org.rollcall.task.JobContext;
import org.rollcall.text.Words;

/// Controls calls to a directory for a job: they stop when the job is cancelled, and waits are shown as its message.
public final class JobControl implements CallControl {
    private final JobContext job;
    private final boolean interactive;
    private final CountDownLatch cancelled = new CountDownLatch(1);

    /// @param interactive a person waits for the result
    public JobControl(JobContext job, boolean interactive) {
        this.job = job;
        this.interactive = interactive;
        job.cancelToken().onCancel(cancelled::countDown);
    }

    @Override
    public void checkCancelled() {
        job.checkCancelled();
    }

    @Override
    public void pause(Duration time, String reason) {
        job.checkCancelled();
        long seconds = Math.max(1, time.toSeconds());
        job.message(Words.of("connect.jobControl.tryingAgainIn", reason, seconds,
                seconds == 1
                        ? Words.of("connect.jobControl.tryingAgainIn.part3")
                        : Words.of("connect.jobControl.tryingAgainIn.part3.else"))
                .english());
        try {
            boolean woken = cancelled.await(time.toMillis(), TimeUnit.MILLISECONDS);
            if (woken) {
                job.checkCancelled();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    @Override
    public boolean interactive() {
        return interactive;
    }
}
