package org.rollcall.sync.read;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import org.rollcall.source.CallControl;
import org.rollcall.task.JobContext;
import org.rollcall.text.Words;

/// Monitors and cancels the calls of several threads as one job, and reports its progress.
final class JobCalls implements CallControl {
    private final JobContext context;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile String stage = "";
    private long done;

    JobCalls(JobContext context) {
        this.context = context;
        context.cancelToken().onCancel(stopped::countDown);
    }

    /// Stops every thread of the job after one of them failed.
    void stop() {
        stopped.countDown();
    }

    void stage(String words) {
        synchronized (this) {
            stage = words;
            done = 0;
            context.message(words);
        }
    }

    void count(int objects) {
        synchronized (this) {
            done += objects;
            context.progress(done, -1);
        }
    }

    @Override
    public void checkCancelled() {
        context.checkCancelled();
        if (stopped.getCount() == 0) {
            throw new CancellationException("another part of the read has failed");
        }
    }

    @Override
    public void pause(Duration time, String reason) {
        checkCancelled();
        if (time.toSeconds() > 0) {
            synchronized (this) {
                context.message(Words.of("sync.jobCalls.goingOnInS", reason, time.toSeconds()).english());
            }
        }
        if (await(time)) {
            checkCancelled();
        }
        synchronized (this) {
            context.message(stage);
        }
    }

    /// Waits; true if the job is to stop.
    boolean await(Duration time) {
        try {
            return stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    /// The same control, counting one request for each retry; a call pauses before a retry.
    CallControl counting(LongAdder requests) {
        return new CallControl() {
            @Override
            public void checkCancelled() {
                JobCalls.this.checkCancelled();
            }

            @Override
            public void pause(Duration time, String reason) {
                JobCalls.this.pause(time, reason);
                requests.increment();
            }
        };
    }
}
