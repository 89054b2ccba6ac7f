package org.rollcall.task;

/// Work that takes time. Runs on whatever thread its runner chooses and must look at
/// [JobContext#checkCancelled()] between steps.
@FunctionalInterface
public interface Job<T extends @org.jspecify.annotations.Nullable Object> {
    T run(JobContext context) throws Exception;
}
