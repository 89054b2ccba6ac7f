/// Groups: queries of groups and members, and the graph of their nesting.
@NullMarked
package org.rollcall.groups;

import org.jspecify.annotations.NullMarked;
