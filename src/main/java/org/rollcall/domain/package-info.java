/// The domain model as records and sealed types: people, groups, roles, changes, errors. Pure: depends on the JDK only.
@NullMarked
package org.rollcall.domain;

import org.jspecify.annotations.NullMarked;
