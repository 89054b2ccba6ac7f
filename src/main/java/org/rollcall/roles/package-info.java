/// Roles, permissions, rules and who holds what; what somebody may do to whom, and the guard that keeps an administrator.
@NullMarked
package org.rollcall.roles;

import org.jspecify.annotations.NullMarked;
