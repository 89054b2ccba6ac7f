package org.rollcall.health;

import java.util.Map;

import org.rollcall.domain.Permission;

/// Something that needs attention, with the screen to deal with it.
///
/// @param action    the label of the button
/// @param screen    where to deal with it; `connect`: the import's first step, for the tenant in `arguments`
/// @param arguments for that screen
/// @param needs     the permission to deal with it
public record Matter(Gravity gravity, String title, String sentence, String action, String screen,
        Map<String, String> arguments, Permission needs) {
    public Matter {
        arguments = Map.copyOf(arguments);
    }

    /// The severity of a matter; declared most severe first.
    public enum Gravity {
        STOPPED,
        WARNING,
        NOTE
    }
}
