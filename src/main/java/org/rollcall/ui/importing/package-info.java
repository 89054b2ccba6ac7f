/// The import wizard as a whole. Its steps - connect a tenant, verify it, choose people, map them, preview, import, and
/// what is left to do - stand in sub-packages; they share what is in `draft` and know nothing of each other.
@NullMarked
package org.rollcall.ui.importing;

import org.jspecify.annotations.NullMarked;
