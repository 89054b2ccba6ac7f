/// Microsoft Entra ID behind the port: tokens by msal4j, requests by the Graph SDK's adapter over OkHttp, pages
/// by a streaming parser. The only place that knows these libraries.
@NullMarked
package org.rollcall.source.entra;

import org.jspecify.annotations.NullMarked;
