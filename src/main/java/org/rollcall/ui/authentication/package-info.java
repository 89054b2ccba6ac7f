/// Who gets in and how: the ways to sign in with what each needs, whom it lets in, and trying it for somebody.
@NullMarked
package org.rollcall.ui.authentication;

import org.jspecify.annotations.NullMarked;
