/// Files as input and output: bounded when read, atomic and safe when written.
@NullMarked
package org.rollcall.files;

import org.jspecify.annotations.NullMarked;
