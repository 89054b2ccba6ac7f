package org.rollcall.source.entra;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.SignInOutcome;
import org.rollcall.source.CallControl;
import org.rollcall.source.SignInRefusedException;
import org.rollcall.text.Words;

/// Receives the browser's return to `http://localhost:PORT`, on the loopback addresses only. Accepts an answer in the query or
/// posted as a form. The first answer counts; its page is sent once the outcome of the sign-in is known, so that the page shows
/// the real outcome.
final class BrowserReturn implements AutoCloseable {
    private static final int ATTEMPTS = 20;
    private static final int LONGEST_FORM = 65_536;
    private static final long LOOK_MILLIS = 200;
    private static final long PAGE_SECONDS = 2;
    private static final byte[] IPV4 = { 127, 0, 0, 1 };
    private static final byte[] IPV6 = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 };

    private final List<HttpServer> servers;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CompletableFuture<Map<String, String>> answer = new CompletableFuture<>();
    private final CompletableFuture<String> verdict = new CompletableFuture<>();
    /// One party for the closing thread, and one for each page being sent.
    private final Phaser pages = new Phaser(1);

    private BrowserReturn(List<HttpServer> servers) {
        this.servers = servers;
        for (HttpServer server : servers) {
            server.createContext("/", this::serve);
            server.setExecutor(threads);
            server.start();
        }
    }

    /// @param ports the ports to try in turn; 0: any free port
    /// @throws SignInRefusedException no port is available
    static BrowserReturn listen(IntSupplier ports) {
        IOException last = new IOException("no port");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return new BrowserReturn(bind(ports.getAsInt()));
            } catch (IOException e) {
                last = e;
            }
        }
        throw new SignInRefusedException(SignInOutcome.REFUSED, null,
                Words.of("directory.browserReturn.refused"),
                Words.of("directory.browserReturn.refused.remedy"), last);
    }

    /// Browsers try either loopback address for `localhost`: if only one of them were bound, another program could receive the
    /// answer.
    private static List<HttpServer> bind(int port) throws IOException {
        var bound = new ArrayList<HttpServer>();
        bound.add(HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(IPV4), port), 0));
        InetAddress second = InetAddress.getByAddress(IPV6);
        int chosen = bound.getFirst().getAddress().getPort();
        if (exists(second)) {
            try {
                bound.add(HttpServer.create(new InetSocketAddress(second, chosen), 0));
            } catch (IOException e) {
                bound.getFirst().stop(0);
                throw e;
            }
        }
        return bound;
    }

    private static boolean exists(InetAddress address) {
        try {
            return java.net.NetworkInterface.getByInetAddress(address) != null;
        } catch (java.net.SocketException e) {
            return false;
        }
    }

    /// As the application's registration allows it: any port, no path.
    URI address() {
        return URI.create("http://localhost:" + servers.getFirst().getAddress().getPort());
    }

    /// Waits for the browser.
    ///
    /// @param opening completes exceptionally if there is no browser
    /// @return the answer's fields
    /// @throws SignInRefusedException CANCELLED: no answer arrived in time
    Map<String, String> await(Duration patience, CompletableFuture<?> opening, CallControl control) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            control.checkCancelled();
            if (opening.isCompletedExceptionally() && !answer.isDone()) {
                throw noBrowser(opening);
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new SignInRefusedException(SignInOutcome.CANCELLED, null,
                        Words.of("directory.browserReturn.cancelled", inWords(patience)),
                        Words.of("directory.browserReturn.cancelled.remedy"), null);
            }
            try {
                return answer.get(Math.min(left, LOOK_MILLIS), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                continue;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new java.util.concurrent.CancellationException("interrupted");
            } catch (ExecutionException e) {
                throw new IllegalStateException("the answer is only ever completed with what came", e);
            }
        }
    }

    private static SignInRefusedException noBrowser(CompletableFuture<?> opening) {
        Throwable why = opening.exceptionNow();
        return new SignInRefusedException(SignInOutcome.REFUSED, null, Words.of("directory.browserReturn.refused2"),
                Words.of("directory.browserReturn.refused.remedy"), why);
    }

    private static Words inWords(Duration patience) {
        return patience.toMinutes() > 0
                ? Words.of("directory.browserReturn.minutes", patience.toMinutes())
                : Words.of("directory.browserReturn.seconds", patience.toSeconds());
    }

    /// The sign-in succeeded; the browser shows it.
    void succeeded() {
        verdict.complete(ReturnPage.done());
    }

    private void serve(HttpExchange exchange) throws IOException {
        pages.register();
        try (exchange) {
            Map<String, String> fields = exchange.getRequestURI().getPath().equals("/") ? fields(exchange) : null;
            if (fields == null) {
                send(exchange, 404, ReturnPage.nothing());
            } else if (!fields.containsKey("code") && !fields.containsKey("error")) {
                send(exchange, 400, ReturnPage.nothing());
            } else if (answer.complete(fields)) {
                send(exchange, 200, verdict.join());
            } else {
                send(exchange, 410, ReturnPage.over());
            }
        } finally {
            pages.arriveAndDeregister();
        }
    }

    private static @Nullable Map<String, String> fields(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("GET")) {
            String query = exchange.getRequestURI().getRawQuery();
            return parse(query == null ? "" : query);
        }
        if (!exchange.getRequestMethod().equals("POST")) {
            return null;
        }
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST_FORM + 1);
        return body.length > LONGEST_FORM ? null : parse(new String(body, StandardCharsets.UTF_8));
    }

    /// A duplicate field counts as empty, since it is ambiguous.
    private static @Nullable Map<String, String> parse(String form) {
        var fields = new LinkedHashMap<String, String>();
        try {
            for (String pair : form.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    fields.merge(URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8), (_, _) -> "");
                }
            }
            return fields;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static void send(HttpExchange exchange, int status, String page) throws IOException {
        byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "text/html; charset=utf-8");
        headers.set("Cache-Control", "no-store");
        headers.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Connection", "close");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /// Shows a failed sign-in, unless it succeeded, and stops listening.
    @Override
    public void close() {
        verdict.complete(ReturnPage.failed());
        try {
            pages.awaitAdvanceInterruptibly(pages.arrive(), PAGE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            // A browser that does not read its page is ignored.
            pages.forceTermination();
        }
        servers.forEach(server -> server.stop(0));
        threads.shutdownNow();
    }
}
