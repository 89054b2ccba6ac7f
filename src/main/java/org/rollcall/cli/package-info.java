/// The command line: the same services as the window, without a display.
@NullMarked
package org.rollcall.cli;

import org.jspecify.annotations.NullMarked;
