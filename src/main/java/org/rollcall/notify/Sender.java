package org.rollcall.notify;

import org.rollcall.domain.NotifyChannel;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Language;

/// Delivers a message.
@FunctionalInterface
interface Sender {
    /// @param secret the mail server's password, or the webhook's key; empty for none
    /// @param language of the title and the text
    /// @throws RollcallException OFFLINE: the server could not be reached; REFUSED: it rejected the message
    void send(NotifyChannel.Settings settings, byte[] secret, Notice notice, Language language);
}
