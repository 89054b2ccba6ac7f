package org.rollcall.task;

/// A long-running task. Runs on a thread of its runner's choice and must call [JobContext#checkCancelled()] between steps.
@FunctionalInterface
public interface Job<T extends @org.jspecify.annotations.Nullable Object> {
    T run(JobContext context) throws Exception;
}
