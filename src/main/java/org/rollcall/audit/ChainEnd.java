package org.rollcall.audit;

import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

import org.rollcall.store.AuditStore;

/// The stored end of the chain: number, hash, and the proof that it was written with the key. An end without a valid proof
/// stays invalid however much is recorded afterwards: the place where it was detected is stored instead of a proof.
///
/// @param brokenAt the first doubtful event because the end was not proved; null: proved
public record ChainEnd(AuditStore.Head head, @Nullable Long brokenAt) {
    /// The setting that contains it.
    public static final String SETTING = "audit.head";
    private static final String BROKEN = "!";

    /// @param stored null: nothing is stored
    static ChainEnd read(@Nullable String stored, ChainSeal seal) {
        String[] parts = stored == null ? new String[0] : stored.split(":", 3);
        if (parts.length < 2 || !parts[0].matches("[0-9]{1,18}")) {
            return new ChainEnd(new AuditStore.Head(0, AuditChain.START), seal == ChainSeal.NONE ? null : 1L);
        }
        var head = new AuditStore.Head(Long.parseLong(parts[0]), parts[1]);
        String proof = parts.length == 3 ? parts[2] : "";
        if (proof.startsWith(BROKEN)) {
            String at = proof.substring(BROKEN.length());
            return new ChainEnd(head, at.matches("[0-9]{1,18}") ? Long.valueOf(at) : Long.valueOf(1));
        }
        return new ChainEnd(head, isProved(head, proof, seal) ? null : head.seq() + 1);
    }

    private static boolean isProved(AuditStore.Head head, String proof, ChainSeal seal) {
        try {
            return seal.isProof(HexFormat.of().parseHex(proof), text(head));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// The end after more events.
    ChainEnd at(AuditStore.Head next) {
        return new ChainEnd(next, brokenAt);
    }

    String write(ChainSeal seal) {
        return text(head) + ":" + (brokenAt == null
                ? HexFormat.of().formatHex(seal.proof(text(head)))
                : BROKEN + brokenAt);
    }

    private static String text(AuditStore.Head head) {
        return head.seq() + ":" + head.hash();
    }

    /// The end to store in a database that gets a key for the first time: it is trusted as it is.
    ///
    /// @param stored null: nothing is stored
    public static String adopted(@Nullable String stored, ChainSeal seal) {
        ChainEnd end = read(stored, ChainSeal.NONE);
        return stored != null && stored.split(":", 3).length == 3 ? stored : end.write(seal);
    }

    /// The end to store under a new key: proved again if it was proved.
    ///
    /// @param stored null: nothing is stored
    public static @Nullable String proved(@Nullable String stored, ChainSeal seal) {
        return stored == null ? null : read(stored, seal).write(seal);
    }
}
