/// Authentication: the ways to sign in with their requirements, whom they admit, and tests of a sign-in.
@NullMarked
package org.rollcall.ui.authentication;

import org.jspecify.annotations.NullMarked;
