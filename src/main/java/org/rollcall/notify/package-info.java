/// Notifications by mail and webhook about what needs attention, one message for each subject until its state changes.
@NullMarked
package org.rollcall.notify;

import org.jspecify.annotations.NullMarked;
