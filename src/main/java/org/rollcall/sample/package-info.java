/// The sample tenant: a loopback HTTPS server that speaks Entra's sign-in endpoints and Microsoft Graph, with an invented
/// organisation behind it. It lets the product be tried, tested and shown without a real tenant.
@NullMarked
package org.rollcall.sample;

import org.jspecify.annotations.NullMarked;
