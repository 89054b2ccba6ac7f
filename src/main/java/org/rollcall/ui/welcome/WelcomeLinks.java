package org.rollcall.ui.welcome;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/// Where the links below the cards of the welcome lead.
///
/// @param importSettings asks for a settings file; null: the person may not
/// @param guide          opens a page of the guide
public record WelcomeLinks(@Nullable Runnable importSettings, Consumer<String> guide) {}
