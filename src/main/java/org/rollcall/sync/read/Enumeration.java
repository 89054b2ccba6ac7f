package org.rollcall.sync.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.CallControl;
import org.rollcall.source.DirectoryReader.Page;
import org.rollcall.source.LinkExpiredException;
import org.rollcall.store.ReadProgressStore.Stream;
import org.rollcall.text.Words;

/// Reads one stream of pages from its stored place to the end. The next page is requested while this one is stored, and a
/// page's rows are stored together with the link to the next page.
///
/// If the directory has lost a page link, reading continues from the previous page, once, and then starts over. Starting over
/// needs no new generation, since the delta links were taken before and report whatever was missed. Source: Graph, paging,
/// DirectoryPageTokenNotFoundException.
final class Enumeration<T> {
    private static final int RESTARTS = 3;

    /// Requests one page.
    interface Fetch<T> {
        Page page(@Nullable String link, Consumer<T> sink, CallControl control);
    }

    private record Fetched<T>(Page page, List<T> objects, long requests) {}

    private final ReadSession session;
    private final Fetch<T> fetch;
    private final ToLongFunction<T> content;
    private final Consumer<List<T>> store;

    /// @param content a hash of the object, for the guard against endless pages
    /// @param store   stores a page, within a transaction
    Enumeration(ReadSession session, Fetch<T> fetch, ToLongFunction<T> content, Consumer<List<T>> store) {
        this.session = session;
        this.fetch = fetch;
        this.content = content;
        this.store = store;
    }

    /// @param atEnd runs in the transaction of the last page
    /// @throws LinkExpiredException if even the link it starts from is lost: a full read is needed
    void read(Stream stream, Runnable atEnd) {
        // Lists start without a link, deltas with the link of the previous read.
        String start = stream.deltaLink();
        String link = stream.nextLink() == null ? start : stream.nextLink();
        String before = start;
        int suspect = 0;
        int restarts = 0;
        var guard = new EndlessGuard();
        Stream row = stream;
        Future<Fetched<T>> ahead = ask(link);
        while (true) {
            Fetched<T> fetched;
            try {
                fetched = session.await(ahead);
            } catch (LinkExpiredException e) {
                if (Objects.equals(link, start) || restarts >= RESTARTS) {
                    throw e;
                }
                if (suspect == 0 && !Objects.equals(before, start)) {
                    link = before;
                    suspect = 2;
                    guard.again();
                } else {
                    restarts++;
                    link = start;
                    suspect = 0;
                    guard = new EndlessGuard();
                }
                before = start;
                ahead = ask(link);
                continue;
            }
            Page page = fetched.page();
            if (page.next() == null && start != null && page.delta() == null) {
                throw new RollcallException(ErrorKind.REFUSED, "directory.no-delta-link",
                        Words.of("sync.directory.no-delta-link.enumeration"),
                        Words.of("sync.directory.no-delta-link.enumeration.remedy"),
                        Map.of("stream", stream.name()), null);
            }
            check(guard, fetched, row);
            if (page.next() != null) {
                ahead = ask(page.next());
            }
            row = store(row, fetched, atEnd);
            session.calls.count(fetched.objects().size());
            if (page.next() == null) {
                return;
            }
            suspect = Math.max(0, suspect - 1);
            before = link;
            link = page.next();
        }
    }

    /// A cycle ends the read, and the next read starts the stream over instead of following the cycle again. After too many
    /// empty pages the next read continues at this place, since the end lies somewhere behind it.
    private void check(EndlessGuard guard, Fetched<T> fetched, Stream row) {
        try {
            guard.page(fetched.page().next(), fetched.objects().size(),
                    fetched.objects().stream().mapToLong(content).sum());
        } catch (RollcallException e) {
            if (!guard.inCircle()) {
                throw e;
            }
            session.database.transaction(() -> session.progress.save(session.mirrorId, new Stream(row.name(), false,
                    null, row.deltaLink(), row.linkAt(), row.pages(), row.objects(), row.requests())));
            throw e;
        }
    }

    private Stream store(Stream row, Fetched<T> fetched, Runnable atEnd) {
        Page page = fetched.page();
        boolean last = page.next() == null;
        boolean newLink = last && page.delta() != null;
        var then = new Stream(row.name(), last, page.next(), newLink ? page.delta() : row.deltaLink(),
                newLink ? page.at() : row.linkAt(), row.pages() + 1, row.objects() + fetched.objects().size(),
                row.requests() + fetched.requests());
        session.storing(fetched.objects().size(), () -> {
            store.accept(fetched.objects());
            session.progress.save(session.mirrorId, then);
            if (last) {
                atEnd.run();
            }
        });
        return then;
    }

    private Future<Fetched<T>> ask(@Nullable String link) {
        return session.fetch(() -> {
            var requests = new LongAdder();
            requests.increment();
            var objects = new ArrayList<T>();
            Page page = fetch.page(link, objects::add, session.calls.counting(requests));
            return new Fetched<>(page, objects, requests.sum());
        });
    }
}
