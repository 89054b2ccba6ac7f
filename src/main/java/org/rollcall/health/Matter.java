package org.rollcall.health;

import java.util.Map;

import org.rollcall.domain.Permission;

/// Something that waits for a person, with the screen that answers it.
///
/// @param action    the button's word
/// @param screen    where it is dealt with; `connect`: the import's first step, for the tenant in `arguments`
/// @param arguments for that screen
/// @param needs     what a person needs to do it
public record Matter(Gravity gravity, String title, String sentence, String action, String screen,
        Map<String, String> arguments, Permission needs) {
    public Matter {
        arguments = Map.copyOf(arguments);
    }

    /// How grave a matter is; declared gravest first.
    public enum Gravity {
        STOPPED,
        WARNING,
        NOTE
    }
}
