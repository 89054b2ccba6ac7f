/// The audit log: hash-chained events, their verification and export.
@NullMarked
package org.rollcall.audit;

import org.jspecify.annotations.NullMarked;
