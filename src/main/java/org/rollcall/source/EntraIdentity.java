package org.rollcall.source;

import java.net.URI;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/// Proves who a person is, by an ID token of their tenant that was validated here: signature (keys endpoint, with rotation),
/// issuer, audience, times, nonce where the way has one, and tenant. Who the person is to Rollcall is not decided here.
///
/// Every way throws [SignInRefusedException] for what Entra says or fails to prove, and a `RollcallException` of kind INPUT
/// where tenant, CA or proxy are given so that no attempt can be made. The trail hears of steps on any thread.
public interface EntraIdentity {
    /// @param endpoint  the tenant's login origin; its `tenant` is the directory's GUID
    /// @param clientId  the application that the tenant registered for Rollcall (public client flows allowed)
    /// @param loginHint the user name to offer at Microsoft's page; null: none
    record Request(Endpoint endpoint, String clientId, @Nullable String loginHint) {}

    /// @param userName    `preferred_username`; empty if it was not said
    /// @param accessToken for Graph, in the person's name; memory only
    record Proven(UUID tenantId, UUID objectId, String userName, String accessToken) {
        @Override
        public String toString() {
            return objectId + " of " + tenantId;
        }
    }

    /// Authorization code with PKCE, state and nonce; comes back to `http://localhost:PORT`.
    ///
    /// @param open opens the address in the person's browser
    /// @throws SignInRefusedException with the outcome
    /// @throws CancellationException  the caller wanted to stop
    Proven byBrowser(Request request, Consumer<URI> open, SignInTrail trail, CallControl control);

    /// @param show is handed the code as soon as there is one
    Proven byDeviceCode(Request request, Consumer<DeviceCode> show, SignInTrail trail, CallControl control);

    /// Resource owner password credentials: for people without a second factor only.
    ///
    /// @param password never empty; stays the caller's, who wipes it
    Proven byPassword(Request request, String userName, char[] password, SignInTrail trail, CallControl control);
}
