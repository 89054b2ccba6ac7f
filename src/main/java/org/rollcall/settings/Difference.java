package org.rollcall.settings;

import org.jspecify.annotations.Nullable;

import org.rollcall.text.Words;

/// One thing about which two configurations differ.
///
/// @param about what it is about: `role Helpdesk`, `import daily of Contoso`
/// @param what  which part of it: `permissions`; null: all of it is on one side only
/// @param here  as it is here, in words; null: not here
/// @param file  as the file has it, in words; null: not in the file
public record Difference(String about, @Nullable String what, @Nullable String here, @Nullable String file) {

    /// As a sentence without a full stop.
    public String words() {
        if (what == null) {
            return here == null
                    ? Words.of("settings.difference.isOnlyInTheFile", about).english()
                    : Words.of("settings.difference.isOnlyHere", about).english();
        }
        return Words.of("settings.difference.hereInTheFile", about, what, here, file).english();
    }
}
