/// The wizard's step that shows what an import would change, before it does.
@NullMarked
package org.rollcall.ui.importing.preview;

import org.jspecify.annotations.NullMarked;
