/// Who is at the keyboard: local accounts, lockout, sessions.
@NullMarked
package org.rollcall.signin;

import org.jspecify.annotations.NullMarked;
