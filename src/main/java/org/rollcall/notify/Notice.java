package org.rollcall.notify;

import java.time.Instant;

import org.rollcall.text.Words;

/// One message. Display text is in the language of the message, everything else is independent of it.
///
/// @param matter      its subject: it is reported again only when its state changes
/// @param fingerprint the state of the subject
/// @param event       for programs: `failed`, `stopped`, `refused`, `attention`, `link-lost`, `expiring`, `expired`, `recovered`,
///                    `test`
/// @param title       one line
/// @param text        what happened and what to do, in sentences
public record Notice(String matter, String fingerprint, String event, Words title, Words text, Instant at) {}
