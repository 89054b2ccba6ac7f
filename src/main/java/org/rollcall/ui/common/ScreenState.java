package org.rollcall.ui.common;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;

/// What a part of a screen that loads is in. View models hold it; [StatePane] shows it. Knows no scene.
public sealed interface ScreenState {
    /// Being read: "Reading 2,490 people".
    record Loading(String words) implements ScreenState {}

    /// There is something to show.
    record Ready() implements ScreenState {}

    /// There is nothing yet: one sentence, one thing to do.
    record Empty(String title, String sentence, @Nullable Action action) implements ScreenState {}

    /// There is something, but the filters (in words: "Group Finance, status Removed") hide it all.
    record NoMatch(String title, String filters, Runnable clear) implements ScreenState {}

    /// It could not be read.
    record Failed(String title, RollcallException trouble, Runnable retry) implements ScreenState {}

    /// One thing to do, as a button.
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
