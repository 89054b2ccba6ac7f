package org.rollcall.sample;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The transport below the sample tenant: HTTPS on the loopback address, connections kept alive, answers chunked and
/// compressed where the client accepts it, one virtual thread per request. It knows nothing of what is asked.
final class SampleServer implements AutoCloseable {
    static {
        // Read once, when the JDK's server is loaded: without it every answer waits for a delayed acknowledgement.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(SampleServer.class);

    /// Answers requests.
    interface Handler {
        Delivery handle(SampleRequest request) throws InterruptedException;
    }

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final RequestLog log;
    private final Handler handler;

    /// @param port 0 for any free port
    SampleServer(int port, ServerCertificate certificate, RequestLog log, Handler handler) throws IOException {
        this.log = log;
        this.handler = handler;
        server = HttpsServer.create(new InetSocketAddress(ServerCertificate.address(), port), 128);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.server()));
        server.setExecutor(threads);
        server.createContext("/", this::serve);
    }

    void start() {
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void serve(HttpExchange exchange) {
        var uri = exchange.getRequestURI();
        String path = uri.getPath();
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            var request = new SampleRequest(exchange.getRequestMethod(), path, query(uri.getRawQuery()),
                    exchange.getRequestHeaders(), body);
            var recorder = log.recording() ? new ByteArrayOutputStream() : null;
            Delivery delivery = handler.handle(request);
            if (delivery.delay().isPositive()) {
                Thread.sleep(delivery.delay());
            }
            // Logged before the last byte is out, so that whoever has the answer finds it in the log.
            send(exchange, delivery, recorder, bytes -> log.add(entry(exchange, request, delivery, bytes, recorder)));
        } catch (IOException e) {
            LOG.debug("The client went away, or a fault demanded it: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("The sample tenant failed at {} {}", exchange.getRequestMethod(), path, e);
        }
    }

    private static RequestLog.Entry entry(HttpExchange exchange, SampleRequest request, Delivery delivery, long bytes,
            @Nullable ByteArrayOutputStream recorder) {
        String query = exchange.getRequestURI().getRawQuery();
        return new RequestLog.Entry(RequestLog.Part.of(request.path()), request.method(), request.path(),
                query == null ? "" : query,
                delivery.manner() == Delivery.Manner.RESET ? 0 : delivery.answer().status(), bytes,
                recorder == null
                        ? null
                        : new RequestLog.Exchange(new LinkedHashMap<>(exchange.getRequestHeaders()), request.body(),
                                delivery.answer().headers(), recorder.toByteArray()));
    }

    private static void send(HttpExchange exchange, Delivery delivery, @Nullable ByteArrayOutputStream recorder,
            LongConsumer log) throws IOException {
        SampleResponse answer = delivery.answer();
        var headers = exchange.getResponseHeaders();
        answer.headers().forEach(headers::set);
        SampleResponse.BodyWriter body = answer.body();
        if (delivery.manner() == Delivery.Manner.DRIPPED && body != null) {
            drip(exchange, delivery, body, log);
        } else if (delivery.manner() != Delivery.Manner.WHOLE) {
            sendSpoiled(exchange, delivery, log);
        } else if (body == null || exchange.getRequestMethod().equals("HEAD")) {
            log.accept(0);
            exchange.sendResponseHeaders(answer.status(), -1);
        } else {
            boolean zip = accepts(exchange, "gzip");
            if (zip) {
                headers.set("Content-Encoding", "gzip");
                headers.set("Vary", "Accept-Encoding");
            }
            exchange.sendResponseHeaders(answer.status(), 0);
            OutputStream raw = new BufferedOutputStream(exchange.getResponseBody(), 16_384);
            var counting = new Counting(zip ? new QuickZip(raw) : raw, recorder);
            body.write(counting);
            log.accept(counting.count);
            counting.close();
        }
    }

    private static void drip(HttpExchange exchange, Delivery delivery, SampleResponse.BodyWriter body,
            LongConsumer log) throws IOException {
        var buffer = new ByteArrayOutputStream();
        body.write(buffer);
        log.accept(buffer.size());
        exchange.sendResponseHeaders(delivery.answer().status(), buffer.size());
        try (OutputStream out = exchange.getResponseBody()) {
            for (byte one : buffer.toByteArray()) {
                out.write(one);
                if (delivery.each().isPositive()) {
                    out.flush();
                    Thread.sleep(delivery.each());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sendSpoiled(HttpExchange exchange, Delivery delivery, LongConsumer log) throws IOException {
        SampleResponse.BodyWriter body = delivery.answer().body();
        var buffer = new ByteArrayOutputStream();
        if (body != null) {
            body.write(buffer);
        }
        int half = buffer.size() / 2;
        if (delivery.manner() == Delivery.Manner.RESET || half == 0) {
            // Closing an exchange that has no answer yet closes its connection.
            log.accept(0);
            return;
        }
        log.accept(half);
        boolean announced = delivery.manner() == Delivery.Manner.TRUNCATED;
        exchange.sendResponseHeaders(delivery.answer().status(), announced ? buffer.size() : half);
        exchange.getResponseBody().write(buffer.toByteArray(), 0, half);
        exchange.getResponseBody().flush();
    }

    private static boolean accepts(HttpExchange exchange, String coding) {
        String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
        return accepted != null && accepted.contains(coding);
    }

    /// Decodes a raw query; later parameters of the same name win.
    static Map<String, String> query(@Nullable String raw) {
        var map = new LinkedHashMap<String, String>();
        if (raw == null || raw.isEmpty()) {
            return map;
        }
        for (String pair : raw.split("&", -1)) {
            int eq = pair.indexOf('=');
            if (eq > 0) {
                map.put(decode(pair.substring(0, eq)), decode(pair.substring(eq + 1)));
            } else if (!pair.isEmpty()) {
                map.put(decode(pair), "");
            }
        }
        return map;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /// Speed before size: the client is on the same machine.
    private static final class QuickZip extends GZIPOutputStream {
        QuickZip(OutputStream out) throws IOException {
            super(out, 8_192);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    private static final class Counting extends FilterOutputStream {
        private final @Nullable ByteArrayOutputStream recorder;
        private long count;

        Counting(OutputStream out, @Nullable ByteArrayOutputStream recorder) {
            super(out);
            this.recorder = recorder;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
            if (recorder != null) {
                recorder.write(b);
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
            if (recorder != null) {
                recorder.write(bytes, offset, length);
            }
        }
    }
}
