package org.rollcall.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.rollcall.store.AuditStore;

/// The end of the audit chain as a message of RFC 5424, facility 13 (log audit), severity 5 (notice). ASCII, and at most 480
/// octets, which every receiver takes by UDP (RFC 5426, 3.2). It names neither this computer, which may be called after a
/// person, nor anybody: the receiver notes from where it comes.
final class SyslogMessage {
    /// The number that RFC 5612 reserves for documents: Rollcall has none of its own, and the parameters say what they are.
    static final String ID = "rollcall@32473";
    static final int LONGEST = 480;
    private static final int PRIORITY = 13 * 8 + 5;

    private SyslogMessage() {}

    static byte[] of(AuditStore.Head end, Instant at) {
        // RFC 5424, 6.2.3: six digits of a second at most.
        Instant time = at.truncatedTo(ChronoUnit.MICROS);
        byte[] message = ("<" + PRIORITY + ">1 " + time + " - rollcall - audit-end [" + ID + " seq=\"" + end.seq()
                + "\" hash=\"" + end.hash() + "\" at=\"" + time + "\"] End of the audit chain: event " + end.seq()
                + ", hash " + end.hash() + ", at " + time).getBytes(StandardCharsets.US_ASCII);
        if (message.length > LONGEST) {
            throw new IllegalStateException("the end of the audit chain takes " + message.length + " octets");
        }
        return message;
    }

    /// With its length before it, as it goes over a stream (RFC 6587, 3.4.1; RFC 5425, 4.3).
    static byte[] counted(byte[] message) {
        byte[] length = (message.length + " ").getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[length.length + message.length];
        System.arraycopy(length, 0, all, 0, length.length);
        System.arraycopy(message, 0, all, length.length, message.length);
        return all;
    }
}
