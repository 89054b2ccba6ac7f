/// Authentication: local accounts, lockout, sessions, external directories.
@NullMarked
package org.rollcall.signin;

import org.jspecify.annotations.NullMarked;
