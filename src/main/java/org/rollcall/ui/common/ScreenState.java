package org.rollcall.ui.common;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;

/// The loading state of a part of a screen, held by view models and shown by [StatePane]. Independent of the scene.
public sealed interface ScreenState {
    /// Loading: "Reading 2,490 people".
    record Loading(String words) implements ScreenState {}

    /// Loaded.
    record Ready() implements ScreenState {}

    /// Empty: one sentence, one action.
    record Empty(String title, String sentence, @Nullable Action action) implements ScreenState {}

    /// Everything is hidden by filters, described as text: "Group Finance, status Removed".
    record NoMatch(String title, String filters, Runnable clear) implements ScreenState {}

    /// Loading failed.
    record Failed(String title, RollcallException trouble, Runnable retry) implements ScreenState {}

    /// An action as a button.
    record Action(String label, Runnable run) {}

    static ScreenState loading(String words) {
        return new Loading(words);
    }

    static ScreenState ready() {
        return new Ready();
    }

    default boolean isReady() {
        return this instanceof Ready;
    }
}
