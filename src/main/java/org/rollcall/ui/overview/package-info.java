/// The first screen: figures, what needs attention, how synchronization stands.
@NullMarked
package org.rollcall.ui.overview;

import org.jspecify.annotations.NullMarked;
