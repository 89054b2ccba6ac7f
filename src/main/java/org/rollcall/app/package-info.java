/// The composition root: start-up, data folder, wiring, shutdown.
@NullMarked
package org.rollcall.app;

import org.jspecify.annotations.NullMarked;
