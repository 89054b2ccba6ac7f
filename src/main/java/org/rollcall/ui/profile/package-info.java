/// What somebody sees of themselves: details, groups, role with why, ways to sign in, their own sign-ins.
@NullMarked
package org.rollcall.ui.profile;

import org.jspecify.annotations.NullMarked;
