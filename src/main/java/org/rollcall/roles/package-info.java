/// Roles, permissions, rules and who holds what; the guard that keeps an administrator.
@NullMarked
package org.rollcall.roles;

import org.jspecify.annotations.NullMarked;
