/// Long-running tasks: jobs, their progress and their cancellation. Independent of the window.
@NullMarked
package org.rollcall.task;

import org.jspecify.annotations.NullMarked;
