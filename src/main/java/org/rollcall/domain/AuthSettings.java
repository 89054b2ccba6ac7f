package org.rollcall.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/// The enabled ways to sign in, and the limits of sessions. Local accounts are always enabled.
///
/// @param entraTenantId    the tenant whose people sign in with Entra; null: none
/// @param entraModes       BROWSER, DEVICE, PASSWORD: those that are enabled while Entra is
/// @param ad               null: not set up
/// @param idle             the window is locked after this time without activity
/// @param absolute         a session ends after this time in any case
/// @param breakGlassUserId the local administrator who is never locked out; null: the oldest one
/// @param breakGlassUsedAt when that account last signed in where another one would have been refused; null: never
/// @param refreshAtSignIn  people are refreshed from Entra when they sign in, if the tenant's application may
public record AuthSettings(boolean entraEnabled, @Nullable Long entraTenantId, Set<SignInMode> entraModes,
        boolean adEnabled, @Nullable AdSettings ad, Duration idle, Duration absolute, @Nullable Long breakGlassUserId,
        @Nullable Instant breakGlassUsedAt, boolean refreshAtSignIn) {
    public static final Duration IDLE = Duration.ofMinutes(15);
    public static final Duration ABSOLUTE = Duration.ofHours(12);

    public AuthSettings {
        entraModes = entraModes.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(entraModes));
    }

    /// Local accounts only.
    public static AuthSettings initial() {
        return new AuthSettings(false, null, EnumSet.of(SignInMode.BROWSER, SignInMode.DEVICE), false, null, IDLE,
                ABSOLUTE, null, null, true);
    }

    /// Whether a way is enabled at all, regardless of the person.
    public boolean isOn(SignInMode mode) {
        return switch (mode) {
            case LOCAL -> true;
            case AD -> adEnabled && ad != null;
            case BROWSER, DEVICE, PASSWORD -> isEntraOn() && entraModes.contains(mode);
        };
    }

    public boolean isEntraOn() {
        return entraEnabled && entraTenantId != null;
    }

    public boolean isEntraOnFor(@Nullable Long tenantId) {
        return isEntraOn() && Objects.equals(entraTenantId, tenantId);
    }

    public AuthSettings withEntra(@Nullable Long tenantId, Set<SignInMode> modes) {
        return new AuthSettings(true, tenantId, modes, adEnabled, ad, idle, absolute, breakGlassUserId,
                breakGlassUsedAt, refreshAtSignIn);
    }

    public AuthSettings withoutEntra() {
        return new AuthSettings(false, entraTenantId, entraModes, adEnabled, ad, idle, absolute, breakGlassUserId,
                breakGlassUsedAt, refreshAtSignIn);
    }

    public AuthSettings withAd(AdSettings settings) {
        return new AuthSettings(entraEnabled, entraTenantId, entraModes, true, settings, idle, absolute,
                breakGlassUserId, breakGlassUsedAt, refreshAtSignIn);
    }

    public AuthSettings withoutAd() {
        return new AuthSettings(entraEnabled, entraTenantId, entraModes, false, ad, idle, absolute, breakGlassUserId,
                breakGlassUsedAt, refreshAtSignIn);
    }

    public AuthSettings withLimits(Duration newIdle, Duration newAbsolute) {
        return new AuthSettings(entraEnabled, entraTenantId, entraModes, adEnabled, ad, newIdle, newAbsolute,
                breakGlassUserId, breakGlassUsedAt, refreshAtSignIn);
    }

    public AuthSettings withBreakGlass(@Nullable Long userId) {
        return new AuthSettings(entraEnabled, entraTenantId, entraModes, adEnabled, ad, idle, absolute, userId,
                breakGlassUsedAt, refreshAtSignIn);
    }

    public AuthSettings withRefresh(boolean atSignIn) {
        return new AuthSettings(entraEnabled, entraTenantId, entraModes, adEnabled, ad, idle, absolute,
                breakGlassUserId, breakGlassUsedAt, atSignIn);
    }
}
