@NullMarked
package org.rollcall.notify;

import org.jspecify.annotations.NullMarked;
