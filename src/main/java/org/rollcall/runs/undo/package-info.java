/// The plan of an undo: the inverse of a run's changes, as far as they have not been changed since.
@NullMarked
package org.rollcall.runs.undo;

import org.jspecify.annotations.NullMarked;
