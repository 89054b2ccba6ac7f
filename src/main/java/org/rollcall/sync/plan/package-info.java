/// Compares mirror and directory and computes the necessary changes. Pure: no I/O, clock or randomness of its own; sources are
/// read in object-id order once or twice, and changes are passed to a sink one by one.
@NullMarked
package org.rollcall.sync.plan;

import org.jspecify.annotations.NullMarked;
