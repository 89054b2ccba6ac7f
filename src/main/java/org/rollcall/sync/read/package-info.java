/// Reading: copies what the outside directory says into a mirror, page by page, and knows whether it saw all of it.
/// Nothing here decides who becomes what; that is the plan's business.
@NullMarked
package org.rollcall.sync.read;

import org.jspecify.annotations.NullMarked;
