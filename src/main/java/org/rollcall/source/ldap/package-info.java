/// Active Directory behind the port: LDAP by UnboundID. The only place that knows this library.
@NullMarked
package org.rollcall.source.ldap;

import org.jspecify.annotations.NullMarked;
