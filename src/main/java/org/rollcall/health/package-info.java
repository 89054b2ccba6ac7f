/// What needs attention: the list of Overview and `doctor`. Independent of the window; a matter names its screen by id.
@NullMarked
package org.rollcall.health;

import org.jspecify.annotations.NullMarked;
