/// The adapter for Microsoft Entra ID: tokens by msal4j, requests by the Graph SDK's adapter over OkHttp, pages by a streaming
/// parser. The only package that uses these libraries.
@NullMarked
package org.rollcall.source.entra;

import org.jspecify.annotations.NullMarked;
