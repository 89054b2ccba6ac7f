package org.rollcall.settings;

import org.jspecify.annotations.Nullable;

import org.rollcall.text.Words;

/// A difference between two configurations.
///
/// @param about the subject: `role Helpdesk`, `import daily of Contoso`
/// @param what  the property: `permissions`; null: the whole subject is in one of them only
/// @param here  the present value as display text; null: missing
/// @param file  the value in the file as display text; null: missing
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
