/// What it would take to undo a run: its changes inverted, as far as they are still as it left them.
@NullMarked
package org.rollcall.runs.undo;

import org.jspecify.annotations.NullMarked;
