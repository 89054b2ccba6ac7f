/// Schedules of imports: stored in the database, run by db-scheduler.
@NullMarked
package org.rollcall.schedule;

import org.jspecify.annotations.NullMarked;
