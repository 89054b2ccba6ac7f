/// The whole program against the sample tenant, compared with the tenant's own truth.
@NullMarked
package org.rollcall.endtoend;

import org.jspecify.annotations.NullMarked;
