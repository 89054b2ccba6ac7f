package org.rollcall.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

import org.rollcall.domain.Actor;
import org.rollcall.domain.AuditEvent;
import org.rollcall.store.AuditStore;

/// How events are chained: the hash of each event is SHA-256 over the previous hash and the event's own content, written as one
/// JSON array.
final class AuditChain {
    /// The hash before the first event.
    static final String START = "0".repeat(64);

    private AuditChain() {}

    static AuditStore.Stored next(AuditStore.Head head, Instant at, Actor actor, AuditService.Entry entry) {
        var draft = new AuditEvent(head.seq() + 1, at, actor.name(), actor.origin(), entry.action(),
                entry.objectType(), entry.objectId(), entry.objectName(), entry.detail(), entry.runId(), head.hash(),
                "");
        String detail = AuditStore.detailJson(draft);
        var event = new AuditEvent(draft.seq(), draft.at(), draft.actor(), draft.origin(), draft.action(),
                draft.objectType(), draft.objectId(), draft.objectName(), draft.detail(), draft.runId(),
                draft.previousHash(), hash(draft, detail));
        return new AuditStore.Stored(event, detail);
    }

    static boolean follows(AuditStore.Head head, AuditStore.Stored stored) {
        AuditEvent event = stored.event();
        return event.seq() == head.seq() + 1 && event.previousHash().equals(head.hash())
                && event.hash().equals(hash(event, stored.detailJson()));
    }

    /// The correct hash of this event, given its content and its recorded previous hash.
    static String hashOf(AuditStore.Stored stored) {
        return hash(stored.event(), stored.detailJson());
    }

    private static String hash(AuditEvent event, String detail) {
        String content = AuditStore.canonical(Arrays.asList(event.previousHash(), event.seq(), event.at().toString(),
                event.actor(), event.origin(), event.action(), event.objectType(), event.objectId(),
                event.objectName(), detail, event.runId()));
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
