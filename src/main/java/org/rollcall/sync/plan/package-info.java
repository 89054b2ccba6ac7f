/// Compares mirror and directory and says what has to change. Pure: no I/O of its own, no clock, no randomness; sources
/// come in object-id order and go through once or twice, changes go to a sink one by one.
@NullMarked
package org.rollcall.sync.plan;

import org.jspecify.annotations.NullMarked;
