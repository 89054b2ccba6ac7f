package org.rollcall.notify;

import java.time.Instant;

import org.rollcall.text.Words;

/// One message. What people read is said in the language in which it is sent; all else is the same in every language.
///
/// @param matter      what it is about: the same matter is told again only when there is something new to say
/// @param fingerprint what there is to say, in short
/// @param event       for programs: `failed`, `stopped`, `refused`, `attention`, `link-lost`, `expiring`, `expired`, `recovered`,
///                    `test`
/// @param title       one line
/// @param text        what happened and what to do, sentences
public record Notice(String matter, String fingerprint, String event, Words title, Words text, Instant at) {}
