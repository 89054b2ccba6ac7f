package org.rollcall.audit;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.Actor;
import org.rollcall.domain.AuditFilter;
import org.rollcall.domain.Permission;
import org.rollcall.store.AuditStore;
import org.rollcall.store.SettingStore;
import org.rollcall.store.TestDirectory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Whoever can write the database but has no key cannot hide what they did to the log, not even by computing it anew.
class SealedChainTest {
    private static final Actor ADA = new Actor(1L, "ada", "window, HOST", EnumSet.allOf(Permission.class));
    private static final int EVENTS = 12;

    @TempDir
    Path folder;
    private TestDirectory directory;
    private SettingStore settings;
    private AuditService audit;

    /// A key.
    private record Keyed(int key) implements ChainSeal {
        @Override
        public byte[] proof(String end) {
            try {
                var mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(new byte[]{ (byte) key }, "HmacSHA256"));
                return mac.doFinal(end.getBytes(StandardCharsets.UTF_8));
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public boolean isProof(byte[] proof, String end) {
            return MessageDigest.isEqual(proof, proof(end));
        }
    }

    @BeforeEach
    void open() {
        directory = new TestDirectory(folder);
        settings = new SettingStore(directory.database);
        audit = service(new Keyed(1));
        audit.begin();
    }

    @AfterEach
    void close() {
        directory.close();
    }

    private AuditService service(ChainSeal seal) {
        return new AuditService(directory.database, new AuditStore(directory.database), settings, seal,
                directory.clock);
    }

    private void recordSome(AuditService by, int count) {
        for (int i = 0; i < count; i++) {
            directory.clock.advance(Duration.ofSeconds(1));
            by.record(ADA, "role.set", "USER", "" + i, "Näme " + i, Map.of("n", i), null);
        }
    }

    @Test
    void anUntouchedChainIsIntactFromItsBeginning() {
        assertTrue(audit.verify(ADA).intact());
        recordSome(audit, EVENTS);
        assertEquals(new AuditService.Verification(true, EVENTS, null), audit.verify(ADA));
        assertTrue(settings.get(ChainEnd.SETTING).orElseThrow().matches("12:[0-9a-f]{64}:[0-9a-f]{64}"));
    }

    /// `-Drollcall.tamperings=1000` plays more of them.
    @Test
    void everyTamperingShowsAlsoAfterMoreWasRecorded() {
        recordSome(audit, EVENTS);
        directory.sql("create table kept as select * from audit_event");
        String end = settings.get(ChainEnd.SETTING).orElseThrow();
        var random = new Random(6);
        for (int i = 0; i < Integer.getInteger("rollcall.tamperings", 60); i++) {
            String what = tamper(random, i % 8);
            assertFalse(audit.verify(ADA).intact(), what);
            recordSome(audit, 1 + random.nextInt(3));
            assertFalse(audit.verify(ADA).intact(), what + ", and more recorded");
            directory.sql("delete from audit_event");
            directory.sql("insert into audit_event select * from kept");
            settings.put(ChainEnd.SETTING, end);
            assertTrue(audit.verify(ADA).intact());
        }
    }

    private String tamper(Random random, int kind) {
        int at = 1 + random.nextInt(EVENTS);
        switch (kind) {
            case 0 -> directory.sql("update audit_event set actor = 'eve' where seq = " + at);
            case 1 -> directory.sql("update audit_event set detail = '{\"n\":99}' where seq = " + at);
            case 2 -> directory.sql("delete from audit_event where seq = " + at);
            case 3 -> {
                directory.sql("delete from audit_event where seq >= " + at);
                note(at - 1, "");
            }
            case 4 -> {
                directory.sql("delete from audit_event where seq >= " + at);
                recomputed(at - 1);
            }
            case 5 -> {
                directory.sql("delete from audit_event");
                settings.remove(ChainEnd.SETTING);
            }
            case 6 -> {
                // Everything anew, with what was done by somebody else, by who knows how the hashes are made.
                directory.sql("delete from audit_event");
                settings.remove(ChainEnd.SETTING);
                recordSome(service(ChainSeal.NONE), EVENTS);
            }
            default -> {
                directory.sql("delete from audit_event");
                settings.remove(ChainEnd.SETTING);
                var other = service(new Keyed(2));
                other.begin();
                recordSome(other, at);
            }
        }
        return "kind " + kind + " at " + at;
    }

    /// The end noted anew with the right hash, and with the proof of the end before.
    private void recomputed(long seq) {
        String proof = settings.get(ChainEnd.SETTING).orElseThrow().split(":", 3)[2];
        note(seq, ":" + proof);
    }

    private void note(long seq, String more) {
        String hash = seq == 0
                ? AuditChain.START
                : audit.list(ADA, AuditFilter.everything(), null, 1).rows().getFirst().hash();
        settings.put(ChainEnd.SETTING, seq + ":" + hash + more);
    }

    @Test
    void comesUnderAKeyAndUnderAnother() {
        recordSome(service(ChainSeal.NONE), 0);
        settings.remove(ChainEnd.SETTING);
        recordSome(service(ChainSeal.NONE), 3);
        var first = new Keyed(1);
        settings.put(ChainEnd.SETTING,
                ChainEnd.adopted(settings.get(ChainEnd.SETTING).map(text -> text.substring(0, text.length() - 1))
                        .orElseThrow(), first));
        assertTrue(audit.verify(ADA).intact());
        recordSome(audit, 2);
        var both = new ChainSeal() {
            @Override
            public byte[] proof(String end) {
                return new Keyed(2).proof(end);
            }

            @Override
            public boolean isProof(byte[] proof, String end) {
                return new Keyed(2).isProof(proof, end) || first.isProof(proof, end);
            }
        };
        settings.put(ChainEnd.SETTING,
                java.util.Objects.requireNonNull(ChainEnd.proved(settings.get(ChainEnd.SETTING).orElseThrow(), both)));
        assertTrue(service(new Keyed(2)).verify(ADA).intact());
        assertFalse(audit.verify(ADA).intact(), "the key before is forgotten");
        assertNull(ChainEnd.proved(null, both));
    }
}
