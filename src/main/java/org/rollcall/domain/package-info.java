/// The words of the field as records and sealed types: people, groups, roles, changes, errors. Pure: nothing but the JDK.
@NullMarked
package org.rollcall.domain;

import org.jspecify.annotations.NullMarked;
