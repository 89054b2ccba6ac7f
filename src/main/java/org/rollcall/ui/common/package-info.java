/// What every screen is made of: theme, fonts, icons, text, small parts, the way to the FX thread and back.
@NullMarked
package org.rollcall.ui.common;

import org.jspecify.annotations.NullMarked;
