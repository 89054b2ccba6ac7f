package org.rollcall.source;

import java.net.URI;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/// Verifies a person's identity by an ID token of their tenant that is validated here: signature (keys endpoint, with
/// rotation), issuer, audience, times, nonce where the flow has one, and tenant. Which person of Rollcall it is, is decided
/// elsewhere.
///
/// All flows throw [SignInRefusedException] if Entra refuses or the token is invalid, and a `RollcallException` of kind INPUT
/// if tenant, CA or proxy prevent an attempt. The trail is called on any thread.
public interface EntraIdentity {
    /// @param endpoint  the tenant's login origin; its `tenant` is the directory's GUID
    /// @param clientId  the application that the tenant registered for Rollcall (public client flows allowed)
    /// @param loginHint the user name to suggest on Microsoft's page; null: none
    record Request(Endpoint endpoint, String clientId, @Nullable String loginHint) {}

    /// @param userName    `preferred_username`; empty if missing
    /// @param accessToken for Graph, on behalf of the person; kept in memory only
    record Proven(UUID tenantId, UUID objectId, String userName, String accessToken) {
        @Override
        public String toString() {
            return objectId + " of " + tenantId;
        }
    }

    /// Authorization code with PKCE, state and nonce; returns to `http://localhost:PORT`.
    ///
    /// @param open opens the address in the person's browser
    /// @throws SignInRefusedException with the outcome
    /// @throws CancellationException  if the caller cancelled
    Proven byBrowser(Request request, Consumer<URI> open, SignInTrail trail, CallControl control);

    /// @param show receives the code as soon as there is one
    Proven byDeviceCode(Request request, Consumer<DeviceCode> show, SignInTrail trail, CallControl control);

    /// Resource owner password credentials: for people without a second factor only.
    ///
    /// @param password never empty; the caller wipes it
    Proven byPassword(Request request, String userName, char[] password, SignInTrail trail, CallControl control);
}
