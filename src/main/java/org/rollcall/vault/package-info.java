/// Secrets at rest, sealed under a key that only the owner can read.
@NullMarked
package org.rollcall.vault;

import org.jspecify.annotations.NullMarked;
