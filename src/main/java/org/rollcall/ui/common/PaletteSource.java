package org.rollcall.ui.common;

import java.util.List;

import org.kordamp.ikonli.Ikon;

/// A source of the command palette: people, groups, actions. Called on a background thread.
@FunctionalInterface
public interface PaletteSource {
    /// An entry that can be opened or executed.
    ///
    /// @param second a muted text on the right: the kind, a user name
    record Entry(Ikon icon, String title, String second, Runnable run) {}

    /// The best few matches for `query`, best first; `query` may be empty.
    List<Entry> find(String query);
}
