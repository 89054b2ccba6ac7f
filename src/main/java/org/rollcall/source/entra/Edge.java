package org.rollcall.source.entra;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;

/// The adapter's edge: what a library throws beyond what it announces becomes one of ours here, so that nobody outside
/// meets it. Where trying again helps, the calls within have done that before.
final class Edge {
    private static final String OURS = "org.rollcall.";
    private static final String ADAPTER = Edge.class.getPackageName() + ".";

    private Edge() {}

    /// Everything that is called on the result goes through this edge.
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

    /// The failure as those outside may see it.
    static RuntimeException ours(RuntimeException failure, String host) {
        RuntimeException known = within(failure, host);
        return known instanceof TransientFault fault ? fault.outcome() : known;
    }

    /// The failure as the adapter deals with it: one of ours as it is, a library's as a [TransientFault].
    static RuntimeException within(RuntimeException failure, String host) {
        return failure instanceof RollcallException || failure instanceof TransientFault
                || failure instanceof CancellationException || isTheCallers(failure)
                        ? failure
                        : AnswerFaults.library(failure, host);
    }

    /// Thrown by something of ours that the adapter called back: a sink, a progress display. Hiding its fault would help
    /// nobody.
    private static boolean isTheCallers(RuntimeException failure) {
        for (StackTraceElement frame : failure.getStackTrace()) {
            if (frame.getClassName().startsWith(OURS)) {
                return !frame.getClassName().startsWith(ADAPTER);
            }
        }
        return false;
    }
}
