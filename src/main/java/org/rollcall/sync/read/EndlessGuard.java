package org.rollcall.sync.read;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// Detects an endless enumeration: a repeated link, fifty consecutive pages with the same content, or a thousand consecutive
/// empty pages. Empty pages with new links are normal in Graph and are followed until then. Needs eight bytes and a link per
/// page, and keeps no objects.
final class EndlessGuard {
    static final int STALE_PAGES = 50;
    static final int EMPTY_PAGES = 1_000;

    private final Set<String> links = new HashSet<>();
    private final Set<Long> contents = new HashSet<>();
    private int stale;
    private int empty;
    private boolean circle;

    /// @param next    the link the page ends with
    /// @param objects how many objects the page held
    /// @param content the sum of [#mix] over its objects, so that their order does not count
    /// @throws RollcallException REFUSED `directory.endless`
    void page(@Nullable String next, int objects, long content) {
        if (objects == 0) {
            empty++;
        } else {
            empty = 0;
            stale = contents.add(content) ? 0 : stale + 1;
        }
        if (next == null) {
            return;
        }
        if (!links.add(next) || stale >= STALE_PAGES) {
            circle = true;
            throw endless(Words.of("sync.endlessGuard.page"),
                    Words.of("sync.endlessGuard.page.remedy"));
        }
        if (empty >= EMPTY_PAGES) {
            throw endless(Words.of("sync.endlessGuard.page2"),
                    Words.of("sync.endlessGuard.page2.remedy"));
        }
    }

    /// Whether the enumeration returned to an earlier link, so that continuing there leads nowhere.
    boolean inCircle() {
        return circle;
    }

    private static RollcallException endless(Words message, Words remedy) {
        return new RollcallException(ErrorKind.REFUSED, "directory.endless", message, remedy, Map.of(), null);
    }

    /// A page is deliberately requested a second time.
    void again() {
        links.clear();
    }

    static long mix(UUID id) {
        long bits = id.getMostSignificantBits() * 31 + id.getLeastSignificantBits();
        bits = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        return bits ^ (bits >>> 27);
    }
}
