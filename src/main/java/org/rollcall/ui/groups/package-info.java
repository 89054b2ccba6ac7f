/// Groups: how they are nested in Entra, who is in them and through what, and the role rules that use them.
@NullMarked
package org.rollcall.ui.groups;

import org.jspecify.annotations.NullMarked;
