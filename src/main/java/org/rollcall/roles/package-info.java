/// Roles, permissions, rules and assignments; checks of permissions between people, and the guard for the last administrator.
@NullMarked
package org.rollcall.roles;

import org.jspecify.annotations.NullMarked;
