/// Calls of the command line as a script makes them, against real data folders and a real sample tenant.
@NullMarked
package org.rollcall.cli;

import org.jspecify.annotations.NullMarked;
