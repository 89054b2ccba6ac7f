/// The adapter for Active Directory: LDAP by UnboundID. The only package that uses this library.
@NullMarked
package org.rollcall.source.ldap;

import org.jspecify.annotations.NullMarked;
