/// Imports that repeat: kept in the database, run by db-scheduler on threads of its own.
@NullMarked
package org.rollcall.schedule;

import org.jspecify.annotations.NullMarked;
