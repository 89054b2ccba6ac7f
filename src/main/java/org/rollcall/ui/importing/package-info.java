/// The import wizard: connect a tenant, verify it, choose people, map them, preview, import, and what is left to do. Its
/// steps share one draft and know nothing of each other.
@NullMarked
package org.rollcall.ui.importing;

import org.jspecify.annotations.NullMarked;
