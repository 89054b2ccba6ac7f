package org.rollcall.source.entra;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.DirectoryConnector;
import org.rollcall.source.DirectoryReader;
import org.rollcall.source.PersonSignIn;
import org.rollcall.source.RegistrationPort;

import static org.junit.jupiter.api.Assertions.*;

/// Whatever a library throws, those outside the adapter meet one of ours.
class EdgeTest {
    static Stream<Method> everyMethod() {
        return Stream.of(DirectoryReader.class, RegistrationPort.Session.class)
                .flatMap(port -> Stream.of(port.getMethods()));
    }

    @ParameterizedTest
    @MethodSource
    void everyMethod(Method method) throws Exception {
        Class<?> port = method.getDeclaringClass() == AutoCloseable.class
                ? DirectoryReader.class
                : method.getDeclaringClass();
        Throwable thrown = assertThrows(InvocationTargetException.class,
                () -> method.invoke(around(port, failing(port)), arguments(method))).getCause();
        RollcallException e = assertInstanceOf(RollcallException.class, thrown);
        assertEquals(ErrorKind.REFUSED, e.kind());
        assertEquals("directory.unusable", e.code());
    }

    /// An adapter whose library fails over everything.
    private static Object failing(Class<?> port) {
        return Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[]{ port }, (proxy, method, arguments) -> {
            HttpUrl.get("no address");
            return null;
        });
    }

    private static <T> Object around(Class<T> port, Object adapter) {
        return Edge.around(port, port.cast(adapter), "host.example");
    }

    private static Object[] arguments(Method method) {
        return Stream.of(method.getParameterTypes()).map(type -> type == int.class ? (Object) 1 : null).toArray();
    }

    /// What is public in the adapter are these classes; the ports that they open are walked above.
    @Test
    void thePublicClassesAreKnown() {
        for (Class<?> one : List.of(EntraConnector.class, EntraRegistration.class, EntraSignIn.class)) {
            assertTrue(DirectoryConnector.class.isAssignableFrom(one) || RegistrationPort.class.isAssignableFrom(one)
                    || PersonSignIn.class.isAssignableFrom(one), one.getName());
        }
    }

    @Test
    void oursAndTheCallersFaultsPassAsTheyAre() {
        var ours = RollcallException.input("x", "y", "z");
        assertSame(ours, Edge.ours(ours, "host"));
        var cancelled = new CancellationException();
        assertSame(cancelled, Edge.ours(cancelled, "host"));
        var sink = new IllegalStateException("a fault of ours");
        sink.setStackTrace(new StackTraceElement[]{ new StackTraceElement("java.util.ArrayList", "add", null, 1),
                new StackTraceElement("org.rollcall.sync.read.Answers", "user", null, 1),
                new StackTraceElement("org.rollcall.source.entra.EntraReader", "page", null, 1) });
        assertSame(sink, Edge.ours(sink, "host"));
    }

    @Test
    void whatMayHelpIsTriedAgainWithin() {
        RuntimeException closed = new IllegalStateException("closed");
        assertInstanceOf(TransientFault.class, Edge.within(closed, "host"));
        assertInstanceOf(RollcallException.class, Edge.ours(closed, "host"));
        assertNull(AnswerFaults.of(new IOException("broken"), "host"));
    }
}
