package org.rollcall;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyPairGeneratorSpi;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
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
    /// At least; more than one test has at a time, so that whoever asks for another key gets another one.
    private static final int EACH = 40;
    /// Of sizes that take long to find, which only registrations want.
    private static final int EACH_LARGE = 4;

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
            final List<KeyPair> pairs;
            int next;

            Turn(List<KeyPair> pairs) {
                this.pairs = pairs;
            }
        }

        private int bits = 2048;

        @Override
        public void initialize(int size, SecureRandom random) {
            bits = size;
        }

        @Override
        public KeyPair generateKeyPair() {
            synchronized (BY_SIZE) {
                Turn turn = BY_SIZE.computeIfAbsent(bits, _ -> new Turn(pairs(bits)));
                return turn.pairs.get(turn.next++ % turn.pairs.size());
            }
        }

        /// Any two primes make a key, so that few have to be searched for.
        private static List<KeyPair> pairs(int bits) {
            try {
                var generator = KeyPairGenerator.getInstance("RSA", "SunRsaSign");
                generator.initialize(bits);
                var factory = KeyFactory.getInstance("RSA");
                var primes = new ArrayList<BigInteger>();
                var pairs = new ArrayList<KeyPair>();
                int wanted = bits > 2048 ? EACH_LARGE : EACH;
                while (pairs.size() < wanted) {
                    var found = (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
                    for (BigInteger prime : List.of(found.getPrimeP(), found.getPrimeQ())) {
                        for (BigInteger other : primes) {
                            if (prime.multiply(other).bitLength() == bits) {
                                pairs.add(pair(factory, prime, other, found.getPublicExponent()));
                            }
                        }
                        primes.add(prime);
                    }
                }
                return pairs;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("RSA is part of every Java", e);
            }
        }

        private static KeyPair pair(KeyFactory factory, BigInteger p, BigInteger q, BigInteger e)
                throws GeneralSecurityException {
            BigInteger n = p.multiply(q);
            BigInteger withoutP = p.subtract(BigInteger.ONE);
            BigInteger withoutQ = q.subtract(BigInteger.ONE);
            BigInteger d = e.modInverse(withoutP.multiply(withoutQ));
            return new KeyPair(factory.generatePublic(new RSAPublicKeySpec(n, e)),
                    factory.generatePrivate(new RSAPrivateCrtKeySpec(n, e, d, p, q, d.mod(withoutP), d.mod(withoutQ),
                            q.modInverse(p))));
        }
    }
}
