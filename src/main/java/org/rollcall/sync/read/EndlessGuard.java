package org.rollcall.sync.read;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;

/// Notices an enumeration that has no end: the same link twice, or fifty pages on end with nothing new. Remembers eight
/// bytes and a link for every page, no objects.
final class EndlessGuard {
    static final int STALE_PAGES = 50;

    private final Set<String> links = new HashSet<>();
    private final Set<Long> contents = new HashSet<>();
    private int stale;

    /// @param next    the link the page ends with
    /// @param objects how many objects the page held
    /// @param content the sum of [#mix] over its objects, so that their order does not count
    /// @throws RollcallException REFUSED `directory.endless`
    void page(@Nullable String next, int objects, long content) {
        stale = objects > 0 && contents.add(content) ? 0 : stale + 1;
        if (next != null && (!links.add(next) || stale >= STALE_PAGES)) {
            throw new RollcallException(ErrorKind.REFUSED, "directory.endless",
                    "the directory goes round in circles: its pages do not come to an end",
                    "try again later; what was read so far is kept and nobody was changed", Map.of(), null);
        }
    }

    /// A page is asked for a second time on purpose.
    void again() {
        links.clear();
    }

    static long mix(UUID id) {
        long bits = id.getMostSignificantBits() * 31 + id.getLeastSignificantBits();
        bits = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        return bits ^ (bits >>> 27);
    }
}
