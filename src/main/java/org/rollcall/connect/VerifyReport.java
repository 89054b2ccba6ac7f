package org.rollcall.connect;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rollcall.source.Organization;
import org.rollcall.text.Words;

/// The result of an online check.
///
/// @param organization        null if the permissions do not allow to read it
/// @param permissionsKnown    the token states its permissions
/// @param permissions         granted, missing and unused; empty if unknown
/// @param credentialKind      "client secret", "certificate" or "user token"
/// @param credentialExpiresAt null: unknown, as for secrets
/// @param mfaReport           whether the MFA registration report can be read
public record VerifyReport(@Nullable Organization organization, boolean permissionsKnown,
        List<PermissionLine> permissions, String credentialKind, @Nullable String thumbprint,
        @Nullable Instant credentialExpiresAt, MfaReport mfaReport) {

    /// Whether MFA states can be read, or why not.
    public enum MfaReport {
        AVAILABLE,
        NO_PERMISSION,
        NO_LICENCE,
        NOT_OFFERED,
        UNKNOWN;

        public String words() {
            return Words.of("connect.mfaReport." + name()).english();
        }
    }

    /// Missing permissions without which reading does not work.
    public List<PermissionLine> missing() {
        return permissions.stream()
                .filter(line -> line.needed() && line.state() == PermissionLine.State.MISSING).toList();
    }

    /// Reading works.
    public boolean ok() {
        return organization != null && missing().isEmpty();
    }
}
