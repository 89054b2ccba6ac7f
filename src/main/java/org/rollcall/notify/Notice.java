package org.rollcall.notify;

import java.time.Instant;

/// One message.
///
/// @param matter      what it is about: the same matter is told again only when there is something new to say
/// @param fingerprint what there is to say, in short
/// @param event       for programs: `failed`, `stopped`, `refused`, `attention`, `link-lost`, `expiring`, `expired`, `recovered`,
///                    `test`
/// @param title       one line
/// @param text        what happened and what to do, sentences
public record Notice(String matter, String fingerprint, String event, String title, String text, Instant at) {}
