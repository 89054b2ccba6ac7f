/// The wizard's first two steps: connecting a tenant, by itself, by hand or in a person's name, and verifying it.
@NullMarked
package org.rollcall.ui.importing.connect;

import org.jspecify.annotations.NullMarked;
