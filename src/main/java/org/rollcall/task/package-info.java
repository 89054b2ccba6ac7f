/// Work that takes time: jobs, their progress and their cancellation. Knows no window.
@NullMarked
package org.rollcall.task;

import org.jspecify.annotations.NullMarked;
