package org.rollcall.signin;

import java.net.URI;

import org.rollcall.source.DeviceCode;

/// What a person who signs in is shown and asked for, as the way needs it. Called on whatever thread the
/// sign-in goes on.
public interface SignInPrompts {
    /// The person's password. Empty if the person gave none; the caller wipes it.
    ///
    /// @param user what was typed as user name
    char[] password(String user);

    /// Opens the address in the person's browser.
    void browse(URI address);

    /// Shows the code that is to be typed elsewhere.
    void show(DeviceCode code);

    /// Whether a browser that is opened here can be seen by the person.
    boolean hasDisplay();
}
