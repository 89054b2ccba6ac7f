package org.rollcall.source.entra;

import java.io.IOException;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// The meaning of an answer that is received but invalid.
final class AnswerFaults {
    /// A malformed answer may be a transient fault of a gateway; the third in a row is final.
    private static final int MALFORMED_LIMIT = 4;
    /// Half a minute.
    private static final int ERROR_LIMIT = 6;
    private static final int LIBRARY_LIMIT = 4;

    private AnswerFaults() {}

    /// @return null: it is something else, most likely the connection
    static @Nullable RuntimeException of(IOException failure, String host) {
        if (failure instanceof OversizedAnswer) {
            return new RollcallException(ErrorKind.REFUSED, "directory.too-large",
                    Words.of("directory.too-large", host),
                    Words.of("directory.too-large.remedy"), Map.of("host", host),
                    null);
        }
        if (failure instanceof ErrorInAnswer error) {
            return inAnswer(error, host);
        }
        if (failure instanceof MalformedAnswer malformed && malformed.words() != null) {
            return new TransientFault(Words.of("directory.answerFaults.theAnswerWasGarbled").english(), null,
                    MALFORMED_LIMIT,
                    new RollcallException(ErrorKind.REFUSED, "directory.unusable",
                            Words.of("directory.unusable", host, malformed.words()),
                            Words.of("directory.unusable.remedy"), Map.of("host", host),
                            null));
        }
        if (failure instanceof JsonProcessingException || failure instanceof MalformedAnswer) {
            // Without the parser's message: it quotes the text, which may be personal data.
            return new TransientFault(Words.of("directory.answerFaults.theAnswerWasGarbled").english(), null,
                    MALFORMED_LIMIT,
                    new RollcallException(ErrorKind.REFUSED, "directory.not-json",
                            Words.of("directory.not-json", host),
                            Words.of("directory.not-json.remedy"),
                            Map.of("host", host), null));
        }
        return null;
    }

    /// A successful answer that contains an error.
    static TransientFault inAnswer(ErrorInAnswer error, String host) {
        String code = error.code();
        return new TransientFault(Words.of("directory.answerFaults.theAnswerHoldsAnError").english(), null, ERROR_LIMIT,
                new RollcallException(ErrorKind.OFFLINE, "graph.error-in-answer",
                        Words.of("directory.graph.error-in-answer", host,
                                code.isEmpty()
                                        ? Words.verbatim("")
                                        : Words.of("directory.graph.error-in-answer.part2.else", code)),
                        Words.of("directory.graph.error-in-answer.remedy"),
                        code.isEmpty() ? Map.of() : Map.of("code", code), null));
    }

    /// An undocumented exception of a library about an answer or a connection.
    static TransientFault library(RuntimeException failure, String host) {
        return new TransientFault(Words.of("directory.answerFaults.theAnswerCouldNotBe").english(), null, LIBRARY_LIMIT,
                new RollcallException(ErrorKind.REFUSED, "directory.unusable",
                        Words.of("directory.unusable.answerFaults", host),
                        Words.of("directory.unusable.answerFaults.remedy"),
                        Map.of("host", host, "error", failure.getClass().getSimpleName()), failure));
    }
}
