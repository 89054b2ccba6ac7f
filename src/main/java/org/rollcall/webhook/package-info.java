/// Posting JSON to a webhook: which addresses are allowed, and how a message is signed.
@NullMarked
package org.rollcall.webhook;

import org.jspecify.annotations.NullMarked;
