/// Shared parts of all screens: theme, fonts, icons, text, controls, background tasks.
@NullMarked
package org.rollcall.ui.common;

import org.jspecify.annotations.NullMarked;
