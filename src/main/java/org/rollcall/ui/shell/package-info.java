/// The window around the screens: sidebar, top bar, status bar, command palette, keyboard map, remembered places.
@NullMarked
package org.rollcall.ui.shell;

import org.jspecify.annotations.NullMarked;
