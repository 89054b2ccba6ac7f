package org.rollcall.ui.common;

import java.util.List;

import org.kordamp.ikonli.Ikon;

/// Something the command palette searches in: people, groups, actions. Asked on a background thread.
@FunctionalInterface
public interface PaletteSource {
    /// What can be opened or done.
    ///
    /// @param second a muted word at the right: the kind, a user name
    record Entry(Ikon icon, String title, String second, Runnable run) {}

    /// The best few for `query`, best first; may be asked with an empty query.
    List<Entry> find(String query);
}
