/// Read, plan, apply: how the directory is brought in step with Entra, and the runs that record it.
@NullMarked
package org.rollcall.sync;

import org.jspecify.annotations.NullMarked;
