package org.rollcall.store;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import com.fasterxml.jackson.core.type.TypeReference;

import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// Places in long lists as opaque text that survives a command line.
final class Cursors {
    private Cursors() {}

    static String encode(List<String> parts) {
        return Base64.getUrlEncoder().withoutPadding()
                .encodeToString(Json.write(parts).getBytes(StandardCharsets.UTF_8));
    }

    /// @throws RollcallException INPUT: not a place
    static List<String> decode(String text) {
        try {
            return Json.read(new String(Base64.getUrlDecoder().decode(text.strip()), StandardCharsets.UTF_8),
                    new TypeReference<List<String>>() {
                    });
        } catch (IllegalArgumentException | RollcallException e) {
            throw invalid();
        }
    }

    static RollcallException invalid() {
        return RollcallException.input("list.cursor", Words.of("store.list.cursor"),
                Words.of("store.list.cursor.remedy"))
                .onCommandLine(Words.of("store.list.cursor.remedy.cli"));
    }
}
