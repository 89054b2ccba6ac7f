package org.rollcall.store;

import java.io.IOException;
import java.io.OutputStream;

/// Rows of a whole database as they are at one moment, to be written somewhere.
@FunctionalInterface
public interface RowSource {
    /// @throws IOException                             they cannot be written
    /// @throws org.rollcall.domain.RollcallException STORAGE: they cannot be read
    void writeTo(OutputStream out) throws IOException;
}
