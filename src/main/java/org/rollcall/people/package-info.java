/// People: looking at them as they are and as they were at a moment, and what is done to them by hand: activating,
/// excluding, linking a re-created account, deleting for good. Their roles are the business of `roles`.
@NullMarked
package org.rollcall.people;

import org.jspecify.annotations.NullMarked;
