package org.rollcall.sync;

import java.util.List;

import org.jspecify.annotations.Nullable;

/// One answer to "Why?" about a person.
///
/// @param about   `imported`, `role` or `status`
/// @param value   the decision: the import's name, the role's, the status
/// @param because the reason in a sentence without a full stop
/// @param rule    the rule in words, where one decided
/// @param path    group names from the chosen group or the rule's down to the one that contains the person; may be empty
/// @param run     the run that decided it; null: it was done by hand, or is no longer known
public record Decision(String about, String value, String because, @Nullable String rule, List<String> path,
        @Nullable Long run) {
    public Decision {
        path = List.copyOf(path);
    }
}
