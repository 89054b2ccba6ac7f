package org.rollcall.ui.activity;

import java.time.Clock;
import java.util.ArrayList;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.AuditFilter;
import org.rollcall.ui.common.Messages;

/// The filters of events.
///
/// @param who   a user name, or [AuditFilter#SCHEDULES]
/// @param start only events up to this number
record EventQuery(String text, @Nullable Since since, @Nullable String who, @Nullable EventKind kind,
        @Nullable Long start) {
    private static final int AROUND = 10;

    static EventQuery everything() {
        return new EventQuery("", null, null, null, null);
    }

    /// Starts a few events after that one, without the other filters.
    static EventQuery around(long seq) {
        return new EventQuery("", null, null, null, seq + AROUND);
    }

    /// The event around which the list starts; null: the newest.
    @Nullable
    Long around() {
        return start == null ? null : Long.valueOf(start - AROUND);
    }

    EventQuery withText(String now) {
        return new EventQuery(now, since, who, kind, start);
    }

    EventQuery withSince(@Nullable Since now) {
        return new EventQuery(text, now, who, kind, start);
    }

    EventQuery withWho(@Nullable String now) {
        return new EventQuery(text, since, now, kind, start);
    }

    EventQuery withKind(@Nullable EventKind now) {
        return new EventQuery(text, since, who, now, start);
    }

    EventQuery withStart(@Nullable Long now) {
        return new EventQuery(text, since, who, kind, now);
    }

    boolean isEverything() {
        return equals(everything());
    }

    AuditFilter filter(Clock clock) {
        return new AuditFilter(since == null ? null : since.from(clock), null, who, kind == null ? null : kind.action(),
                null, null, null, text.isBlank() ? null : text);
    }

    String words() {
        var words = new ArrayList<String>();
        if (!text.isBlank()) {
            words.add(Messages.get("activity.words.text", text.strip()));
        }
        if (since != null) {
            words.add(since.words());
        }
        if (who != null) {
            words.add(EventWords.who(who));
        }
        if (kind != null) {
            words.add(kind.words());
        }
        var around = around();
        if (around != null) {
            words.add(Messages.get("activity.start", around));
        }
        return String.join(", ", words);
    }
}
