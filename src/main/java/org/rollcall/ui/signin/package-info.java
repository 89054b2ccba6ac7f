/// Signing in with a local account, and changing the own password.
@NullMarked
package org.rollcall.ui.signin;

import org.jspecify.annotations.NullMarked;
