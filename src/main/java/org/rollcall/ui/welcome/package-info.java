/// The first minutes: making the first administrator, and choosing between an own tenant and the sample tenant.
@NullMarked
package org.rollcall.ui.welcome;

import org.jspecify.annotations.NullMarked;
