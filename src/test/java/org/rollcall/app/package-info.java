/// Starting and wiring.
@NullMarked
package org.rollcall.app;

import org.jspecify.annotations.NullMarked;
