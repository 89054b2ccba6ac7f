/// The wizard's last two steps: importing, and what is left to do.
@NullMarked
package org.rollcall.ui.importing.done;

import org.jspecify.annotations.NullMarked;
