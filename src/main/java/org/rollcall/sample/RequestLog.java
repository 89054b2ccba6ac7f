package org.rollcall.sample;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/// What was asked of the sample tenant. Thread-safe. Counters go on for ever; of the requests themselves the last
/// 100,000 are kept.
public final class RequestLog {
    private static final int KEPT = 100_000;

    /// The part of the origin that was asked.
    public enum Part {
        /// Everything under `/v1.0` and `/beta`.
        GRAPH,
        /// Sign-in pages, token endpoint and discovery.
        LOGIN,
        /// The sample tenant's own switches.
        ADMIN;

        static Part of(String path) {
            if (path.startsWith("/v1.0/") || path.startsWith("/beta/")) {
                return GRAPH;
            }
            return path.startsWith("/admin/") ? ADMIN : LOGIN;
        }
    }

    /// One request.
    ///
    /// @param query as it was sent, percent-encoded; empty if there was none
    /// @param status HTTP status; 0 if the connection was dropped without an answer
    /// @param bytes size of the body before compression
    /// @param exchange headers and bodies, if recording was on
    public record Entry(Part part, String method, String path, String query, int status, long bytes,
            @Nullable Exchange exchange) {}

    /// Headers and bodies of one request and its answer, uncompressed.
    @SuppressWarnings("ArrayRecordComponent")
    public record Exchange(Map<String, List<String>> requestHeaders, byte[] requestBody,
            Map<String, String> responseHeaders, byte[] responseBody) {}

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private final Map<Part, Long> counts = new EnumMap<>(Part.class);
    private final Map<Part, Long> bytes = new EnumMap<>(Part.class);
    private volatile boolean recording;

    RequestLog() {}

    /// Keeps headers and bodies from now on, or no longer.
    public void setRecording(boolean on) {
        recording = on;
    }

    /// Whether headers and bodies are kept.
    public boolean recording() {
        return recording;
    }

    synchronized void add(Entry entry) {
        if (entries.size() == KEPT) {
            entries.removeFirst();
        }
        entries.add(entry);
        counts.merge(entry.part, 1L, Long::sum);
        bytes.merge(entry.part, entry.bytes, Long::sum);
    }

    /// Requests to that part since the start or the last reset; a batch is one.
    public synchronized long count(Part part) {
        return counts.getOrDefault(part, 0L);
    }

    /// Bytes of answers of that part, before compression.
    public synchronized long bytes(Part part) {
        return bytes.getOrDefault(part, 0L);
    }

    /// The requests kept, oldest first.
    public synchronized List<Entry> entries() {
        return new ArrayList<>(entries);
    }

    /// The requests to one part, oldest first.
    public List<Entry> entries(Part part) {
        return entries().stream().filter(e -> e.part == part).toList();
    }

    /// Forgets everything and counts from zero.
    public synchronized void reset() {
        entries.clear();
        counts.clear();
        bytes.clear();
    }
}
