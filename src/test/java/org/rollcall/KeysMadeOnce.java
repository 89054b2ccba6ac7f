package org.rollcall;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyPairGeneratorSpi;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// RSA keys are searched for once per size and handed out in turn from then on: every sample tenant wants two, every
/// registration one more, and finding them takes longer than most tests do. JUnit finds this by itself for all tests.
public final class KeysMadeOnce implements BeforeAllCallback {
    /// More than one test compares: whoever asks for another key gets another one.
    private static final int EACH = 8;

    @Override
    public void beforeAll(ExtensionContext context) {
        if (Security.getProvider(Keys.NAME) == null) {
            Security.insertProviderAt(new Keys(), 1);
        }
    }

    private static final class Keys extends Provider {
        private static final long serialVersionUID = 1L;
        private static final String NAME = "KeysMadeOnce";

        Keys() {
            super(NAME, "1", "RSA keys that are made once");
            putService(new Service(this, "KeyPairGenerator", "RSA", InTurn.class.getName(), null, null) {
                @Override
                public Object newInstance(@Nullable Object parameter) {
                    return new InTurn();
                }
            });
        }
    }

    private static final class InTurn extends KeyPairGeneratorSpi {
        private static final Map<Integer, Turn> BY_SIZE = new HashMap<>();

        private static final class Turn {
            final List<KeyPair> pairs = new ArrayList<>();
            int next;
        }

        private int bits = 2048;

        @Override
        public void initialize(int size, SecureRandom random) {
            bits = size;
        }

        @Override
        public KeyPair generateKeyPair() {
            synchronized (BY_SIZE) {
                Turn turn = BY_SIZE.computeIfAbsent(bits, _ -> new Turn());
                int index = turn.next++ % EACH;
                if (index == turn.pairs.size()) {
                    turn.pairs.add(search(bits));
                }
                return turn.pairs.get(index);
            }
        }

        private static KeyPair search(int bits) {
            try {
                var generator = KeyPairGenerator.getInstance("RSA", "SunRsaSign");
                generator.initialize(bits);
                return generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("RSA is part of every Java", e);
            }
        }
    }
}
