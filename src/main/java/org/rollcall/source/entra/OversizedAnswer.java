package org.rollcall.source.entra;

import java.io.IOException;

/// More than an answer may hold, see [AnswerLimits].
final class OversizedAnswer extends IOException {
    private static final long serialVersionUID = 1L;

    OversizedAnswer() {
        super("an answer without end");
    }
}
