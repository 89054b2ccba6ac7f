/// Tenants: connecting, verifying, their credentials and permissions.
@NullMarked
package org.rollcall.connect;

import org.jspecify.annotations.NullMarked;
