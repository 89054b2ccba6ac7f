/// Tables and transactions. The only place for jOOQ; one class per family of tables.
@NullMarked
package org.rollcall.store;

import org.jspecify.annotations.NullMarked;
