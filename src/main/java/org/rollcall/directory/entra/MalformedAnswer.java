package org.rollcall.directory.entra;

import java.io.IOException;

/// JSON, but not what Graph documents.
final class MalformedAnswer extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedAnswer(String what) {
        super(what);
    }
}
