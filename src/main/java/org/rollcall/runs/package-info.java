/// Runs: their history and changes, their start and end, one at a time for each tenant, and undo. Stopped runs are applied like
/// imports, by `sync.StoppedRuns`.
@NullMarked
package org.rollcall.runs;

import org.jspecify.annotations.NullMarked;
