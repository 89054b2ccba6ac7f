/// Files that people hand in and take out: bounded when read, whole and harmless when written.
@NullMarked
package org.rollcall.files;

import org.jspecify.annotations.NullMarked;
