package org.rollcall.settings;

import java.util.List;

import org.junit.jupiter.api.Test;

import org.rollcall.Mutations;
import org.rollcall.domain.RollcallException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A settings file is read as it was written, or refused; nothing else. `-Drollcall.fuzz=100000` reads more.
class SettingsFuzzTest {
    @Test
    void nothingButSettingsOrARefusal() {
        var mutations = new Mutations(1);
        String right = SettingsJson.write(SettingsParserTest.everything());
        int taken = 0;
        for (int i = 0; i < Mutations.inputs(800); i++) {
            String text = mutations.text(List.of(right));
            SettingsFile read;
            try {
                read = SettingsParser.parse(text);
            } catch (RollcallException e) {
                continue;
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                throw new AssertionError("input " + i + ": " + text.substring(0, Math.min(3_000, text.length())), e);
            }
            taken++;
            assertEquals(read, SettingsParser.parse(SettingsJson.write(read)), "what was taken is written as it was");
        }
        assertTrue(taken > 0);
    }
}
