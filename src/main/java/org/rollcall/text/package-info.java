/// Languages: texts by key, numbers and dates. Every package may use it, and it depends on none.
@NullMarked
package org.rollcall.text;

import org.jspecify.annotations.NullMarked;
