/// Read, plan, apply: previews, imports and stopped runs, which keep the directory in step with Entra.
@NullMarked
package org.rollcall.sync;

import org.jspecify.annotations.NullMarked;
