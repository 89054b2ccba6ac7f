package org.rollcall.signin;

import java.net.URI;

import org.rollcall.source.DeviceCode;

/// What a person is shown and asked for during a sign-in, depending on the way. Called on any thread.
public interface SignInPrompts {
    /// The person's password. Empty if none was entered; the caller wipes it.
    ///
    /// @param user the entered user name
    char[] password(String user);

    /// Opens the address in the person's browser.
    void browse(URI address);

    /// Shows the code that has to be entered elsewhere.
    void show(DeviceCode code);

    /// Whether the person can see a browser that is opened here.
    boolean hasDisplay();
}
