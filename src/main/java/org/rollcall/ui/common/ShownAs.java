package org.rollcall.ui.common;

import java.util.function.Function;
import javafx.util.StringConverter;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.DisplayText;

/// The text of values in a combo box that is not editable.
public final class ShownAs<T> extends StringConverter<T> {
    private final Function<T, String> words;

    public ShownAs(Function<T, String> words) {
        this.words = words;
    }

    @Override
    public String toString(@Nullable T value) {
        return value == null ? "" : DisplayText.text(words.apply(value));
    }

    @Override
    public @Nullable T fromString(@Nullable String typed) {
        return null;
    }
}
