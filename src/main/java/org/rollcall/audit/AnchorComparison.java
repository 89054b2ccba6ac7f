package org.rollcall.audit;

import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;
import org.rollcall.store.AnchorStore;
import org.rollcall.text.Words;

/// Compares the events of a chain with the anchor that is set, or with one that somebody names who distrusts the setting: with
/// every end in a file; of what was sent elsewhere only the number of the last one is known here.
final class AnchorComparison {
    private static final byte[] NO_KEY = {};

    private final @Nullable String text;
    private final @Nullable AuditAnchor anchor;
    private final @Nullable RollcallException trouble;
    private final TreeMap<Long, String> left;
    private final long ends;
    private final long upTo;
    private final @Nullable String failure;
    private @Nullable String hash;

    private AnchorComparison(@Nullable String text, @Nullable AuditAnchor anchor, TreeMap<Long, String> left,
            @Nullable RollcallException trouble, long upTo, @Nullable String failure) {
        this.text = text;
        this.anchor = anchor;
        this.left = left;
        this.ends = left.size();
        this.trouble = trouble;
        this.upTo = upTo;
        this.failure = failure;
    }

    /// @param named a file, or the address that is set; null: what is set, if anything is
    /// @throws RollcallException INPUT: the named file cannot be read, or the end is not sent to the named address
    static AnchorComparison with(@Nullable String named, AnchorStore store) {
        String set = store.place().orElse(null);
        String text = named == null ? set : named;
        if (text == null) {
            return new AnchorComparison(null, null, new TreeMap<>(), null, 0, null);
        }
        AuditAnchor anchor = null;
        try {
            anchor = AuditAnchor.at(text, NO_KEY, AnchorReach.USUAL);
            if (anchor instanceof FileAnchor file) {
                return new AnchorComparison(text, file, file.read(), null, 0, null);
            }
        } catch (RollcallException e) {
            if (named != null) {
                throw e;
            }
            return new AnchorComparison(text, anchor, new TreeMap<>(), e, 0, null);
        }
        if (!anchor.place().equals(set)) {
            throw RollcallException.input("audit.anchor-not-sent", Words.of("audit.anchor-not-sent", anchor.place()),
                    Words.of("audit.anchor-not-sent.remedy"));
        }
        return new AnchorComparison(text, anchor, new TreeMap<>(), null, store.written(),
                store.failure().orElse(null));
    }

    /// Called with each event of the chain.
    void meet(long seq, String found) {
        // The remaining ones differ from the stored end, or there are none.
        left.remove(seq, found);
        if (seq == upTo) {
            hash = found;
        }
    }

    /// The first event that is another there, after all were met; null: none.
    @Nullable
    Long differsAt() {
        if (upTo > 0 && hash == null) {
            return upTo;
        }
        return left.isEmpty() ? null : left.firstKey();
    }

    /// After all events were met; null: there is no anchor.
    AuditService.@Nullable Anchored result() {
        if (text == null) {
            return null;
        }
        AuditService.Sent sent = switch (anchor) {
            case SyslogAnchor syslog -> new AuditService.Sent(AuditService.Sent.Kind.SYSLOG, syslog.place(), upTo, hash,
                    failure);
            case WebhookAnchor webhook -> new AuditService.Sent(AuditService.Sent.Kind.WEBHOOK, webhook.place(), upTo,
                    hash, failure);
            case FileAnchor _ -> null;
            case null -> null;
        };
        return new AuditService.Anchored(text, ends, differsAt(), trouble, sent);
    }
}
