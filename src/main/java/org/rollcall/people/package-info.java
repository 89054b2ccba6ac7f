/// People: present and past queries, and manual changes: activating, excluding, linking re-created accounts, purging. Roles are
/// in `roles`.
@NullMarked
package org.rollcall.people;

import org.jspecify.annotations.NullMarked;
