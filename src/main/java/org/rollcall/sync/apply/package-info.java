/// Applies a change set to the directory: all of it or nothing.
@NullMarked
package org.rollcall.sync.apply;

import org.jspecify.annotations.NullMarked;
