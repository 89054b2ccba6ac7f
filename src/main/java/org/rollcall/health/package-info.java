/// What needs somebody's attention: what Overview lists and `doctor` says. Of no window; a matter names its screen in a
/// word.
@NullMarked
package org.rollcall.health;

import org.jspecify.annotations.NullMarked;
