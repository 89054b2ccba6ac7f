/// What an import is set up with before its first preview: the picture of a tenant to choose from, whom a choice would
/// bring in and what reading costs, counted without storing anything, and the answers that are kept until it is done.
@NullMarked
package org.rollcall.sync.choose;

import org.jspecify.annotations.NullMarked;
