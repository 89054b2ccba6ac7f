package org.rollcall.source;

import java.net.URI;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import org.rollcall.domain.RollcallException;

/// Signs a person in to an outside directory, so that something can be done in that person's name.
public interface PersonSignIn {
    /// Whom to sign in for what.
    ///
    /// @param clientId public client in whose name the person signs in
    /// @param scopes   delegated permissions of Graph, such as `User.Read.All`
    record Request(Endpoint endpoint, String clientId, Set<String> scopes) {
        public Request {
            scopes = Set.copyOf(scopes);
        }
    }

    /// Waits until the person has typed the code elsewhere.
    ///
    /// @param show is handed the code as soon as there is one
    /// @throws RollcallException     REFUSED: declined (`entra.consent.declined`), expired (`entra.code.expired`), blocked
    ///                               by policy (`entra.policy.blocked`) and others; OFFLINE
    /// @throws CancellationException the caller wanted to stop
    SignedIn byDeviceCode(Request request, Consumer<DeviceCode> show, CallControl control);

    /// Waits until the person has signed in with the browser, which comes back to a port of this machine.
    ///
    /// @param open opens the address in the person's browser
    /// @throws RollcallException     REFUSED, OFFLINE
    /// @throws CancellationException the caller wanted to stop
    SignedIn byBrowser(Request request, Consumer<URI> open, CallControl control);
}
