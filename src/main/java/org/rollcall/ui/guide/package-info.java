/// The guide in the window: the pages of `docs/guide`, read offline.
@NullMarked
package org.rollcall.ui.guide;

import org.jspecify.annotations.NullMarked;
