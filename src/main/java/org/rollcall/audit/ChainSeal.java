package org.rollcall.audit;

/// Proves that the end of the chain was written with the key of the data folder: somebody who can only write to the database
/// cannot cut or recompute the chain unnoticed.
public interface ChainSeal {
    /// Without a key: the end is stored without a proof.
    ChainSeal NONE = new ChainSeal() {
        @Override
        public byte[] proof(String end) {
            return new byte[0];
        }

        @Override
        public boolean isProof(byte[] proof, String end) {
            return true;
        }
    };

    /// @param end number and hash of the last event
    byte[] proof(String end);

    /// Whether [#proof] returned this for that end.
    boolean isProof(byte[] proof, String end);
}
