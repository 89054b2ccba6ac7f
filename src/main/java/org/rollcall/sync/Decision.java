package org.rollcall.sync;

import java.util.List;

import org.jspecify.annotations.Nullable;

/// One answer to "Why?" about a person.
///
/// @param about   `imported`, `role` or `status`
/// @param value   what was decided: the import's name, the role's, the status
/// @param because the reason in a sentence without a full stop
/// @param rule    the rule in words, where one decided
/// @param path    group names from the chosen or the rule's group down to the one with the person in it; may be empty
/// @param run     the run that did it; null: a person did, or it is not known any more
public record Decision(String about, String value, String because, @Nullable String rule, List<String> path,
        @Nullable Long run) {
    public Decision {
        path = List.copyOf(path);
    }
}
