/// Runs: what ran and what it changed, one at a time for each tenant, how they begin and end, and taking back what one
/// did. What a guard stopped is applied as an import is, by what imports are applied by: `sync.StoppedRuns`.
@NullMarked
package org.rollcall.runs;

import org.jspecify.annotations.NullMarked;
