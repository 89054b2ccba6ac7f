/// Read, plan, apply: how the directory is brought in step with Entra, by previews, imports and what a guard stopped.
@NullMarked
package org.rollcall.sync;

import org.jspecify.annotations.NullMarked;
