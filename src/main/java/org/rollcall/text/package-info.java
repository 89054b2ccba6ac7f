/// The languages a person may read: sentences by key, numbers and dates. Everybody may use it, and it uses nobody.
@NullMarked
package org.rollcall.text;

import org.jspecify.annotations.NullMarked;
