/// Telling people who are not looking: mail and webhooks for what needs somebody, one message for one matter until it
/// changes.
@NullMarked
package org.rollcall.notify;

import org.jspecify.annotations.NullMarked;
