package org.rollcall.source.entra;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

/// An answer with status 200 that contains an error: the rest of it is incomplete.
final class ErrorInAnswer extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_CODE = 100;
    private final String code;

    /// @param code as received; empty if missing
    ErrorInAnswer(String code) {
        super("an answer with an error in it");
        this.code = code;
    }

    String code() {
        return code;
    }

    static boolean isName(String name) {
        return name.equals("error") || name.equals("@odata.error") || name.equals("odata.error");
    }

    /// The error's code; null: the member states that there is none.
    ///
    /// @param parser on the member's value; afterwards on its end
    static @Nullable String code(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
            parser.skipChildren();
            return shown(text);
        }
        String code = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = parser.currentName().equals("code");
            parser.nextToken();
            if (wanted && parser.currentToken() == JsonToken.VALUE_STRING) {
                code = parser.getText();
            } else {
                parser.skipChildren();
            }
        }
        return shown(code);
    }

    private static String shown(String code) {
        return code.length() <= LONGEST_CODE && code.matches("[\\w.-]*") ? code : "";
    }
}
