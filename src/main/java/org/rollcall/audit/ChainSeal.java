package org.rollcall.audit;

/// Says that the end of the chain comes from somebody with the key of the data folder: whoever can only write the database
/// cannot cut the chain or compute it anew without being noticed.
public interface ChainSeal {
    /// There is no key: the end is noted, and proved by nothing.
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

    /// Whether [#proof] gave this for that end.
    boolean isProof(byte[] proof, String end);
}
