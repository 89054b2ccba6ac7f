/// Schedules: the imports that repeat, when they ran and run next, and what a run changed and saw.
@NullMarked
package org.rollcall.ui.schedules;

import org.jspecify.annotations.NullMarked;
