/// Groups: looking at them and who is in them, and the graph of how they are nested.
@NullMarked
package org.rollcall.groups;

import org.jspecify.annotations.NullMarked;
