package org.rollcall.source;

import java.time.Instant;

/// What a person types on another page to sign in here.
///
/// @param userCode  as it is typed, such as `FGH4K2MPQ`
/// @param url       the page to type it on, as the login service names it
/// @param expiresAt when the code is no longer good; a new one has to be asked for then
public record DeviceCode(String userCode, String url, Instant expiresAt) {}
