/// The wizard's step in which attributes, filters and roles are decided.
@NullMarked
package org.rollcall.ui.importing.map;

import org.jspecify.annotations.NullMarked;
