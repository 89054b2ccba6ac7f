/// The shell of a wizard: rail, page, foot and keyboard. Steps share a draft and never know each other.
@NullMarked
package org.rollcall.ui.common.wizard;

import org.jspecify.annotations.NullMarked;
