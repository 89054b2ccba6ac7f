/// What happened, by whom, from where: hash-chained events, their check and their export.
@NullMarked
package org.rollcall.audit;

import org.jspecify.annotations.NullMarked;
