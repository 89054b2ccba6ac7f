/// Active Directory behind the directory port: LDAP by UnboundID. The only place that knows this library.
@NullMarked
package org.rollcall.directory.ldap;

import org.jspecify.annotations.NullMarked;
