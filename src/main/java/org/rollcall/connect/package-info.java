/// Connected tenants: clouds, credentials and permissions, checked online before anything is stored.
@NullMarked
package org.rollcall.connect;

import org.jspecify.annotations.NullMarked;
