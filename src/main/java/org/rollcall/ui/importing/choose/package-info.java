/// The wizard's step in which people and groups are chosen, with how many that are.
@NullMarked
package org.rollcall.ui.importing.choose;

import org.jspecify.annotations.NullMarked;
