package org.rollcall.source;

import java.time.Instant;

/// The code that a person enters on another page to sign in here.
///
/// @param userCode  as it is entered, such as `FGH4K2MPQ`
/// @param url       the page to enter it on, as the login service names it
/// @param expiresAt when the code expires and a new one is needed
public record DeviceCode(String userCode, String url, Instant expiresAt) {}
