package org.rollcall.source.entra;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;

/// The boundary of the adapter: undocumented exceptions of libraries are translated here. Retries happen within the calls below
/// it.
final class Edge {
    private static final String OURS = "org.rollcall.";
    private static final String ADAPTER = Edge.class.getPackageName() + ".";

    private Edge() {}

    /// Wraps an object so that all calls on it pass this boundary.
    @SuppressWarnings("unchecked")
    static <T> T around(Class<T> port, T adapter, String host) {
        return (T) Proxy.newProxyInstance(Edge.class.getClassLoader(), new Class<?>[]{ port },
                (proxy, method, arguments) -> {
                    try {
                        return method.invoke(adapter, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() instanceof RuntimeException failure ? ours(failure, host) : e.getCause();
                    }
                });
    }

    static <T extends @Nullable Object> T call(String host, Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw ours(e, host);
        }
    }

    /// The failure as seen by callers of the adapter.
    static RuntimeException ours(RuntimeException failure, String host) {
        RuntimeException known = within(failure, host);
        return known instanceof TransientFault fault ? fault.outcome() : known;
    }

    /// The failure as handled within the adapter: our own exceptions unchanged, a library's as a [TransientFault].
    static RuntimeException within(RuntimeException failure, String host) {
        return failure instanceof RollcallException || failure instanceof TransientFault
                || failure instanceof CancellationException || isTheCallers(failure)
                        ? failure
                        : AnswerFaults.library(failure, host);
    }

    /// Thrown by a callback of the caller: a sink, a progress display. Its fault is not translated.
    private static boolean isTheCallers(RuntimeException failure) {
        for (StackTraceElement frame : failure.getStackTrace()) {
            if (frame.getClassName().startsWith(OURS)) {
                return !frame.getClassName().startsWith(ADAPTER);
            }
        }
        return false;
    }
}
