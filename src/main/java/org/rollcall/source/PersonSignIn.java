package org.rollcall.source;

import java.net.URI;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import org.rollcall.domain.RollcallException;

/// Signs a person in to an external directory, in order to act on their behalf.
public interface PersonSignIn {
    /// The client and the permissions to sign in for.
    ///
    /// @param clientId public client that the person signs in to
    /// @param scopes   delegated permissions of Graph, such as `User.Read.All`
    record Request(Endpoint endpoint, String clientId, Set<String> scopes) {
        public Request {
            scopes = Set.copyOf(scopes);
        }
    }

    /// Waits until the person has entered the code elsewhere.
    ///
    /// @param show receives the code as soon as there is one
    /// @throws RollcallException     REFUSED: declined (`entra.consent.declined`), expired (`entra.code.expired`), blocked
    ///                               by policy (`entra.policy.blocked`) and others; OFFLINE
    /// @throws CancellationException if the caller cancelled
    SignedIn byDeviceCode(Request request, Consumer<DeviceCode> show, CallControl control);

    /// Waits until the person has signed in with the browser, which returns to a port of this machine.
    ///
    /// @param open opens the address in the person's browser
    /// @throws RollcallException     REFUSED, OFFLINE
    /// @throws CancellationException if the caller cancelled
    SignedIn byBrowser(Request request, Consumer<URI> open, CallControl control);
}
