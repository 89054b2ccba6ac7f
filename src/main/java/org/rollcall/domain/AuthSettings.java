package org.rollcall.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/// Which ways to sign in are on, and how long a session lasts. Local accounts always sign in.
///
/// @param entraTenantId    whose people sign in with Entra; null: nobody's
/// @param entraModes       BROWSER, DEVICE, PASSWORD: those that are on while Entra is
/// @param ad               null: never set up
/// @param idle             after so long without an action the window is locked
/// @param absolute         after so long a session ends whatever is done in it
/// @param breakGlassUserId the local administrator whom nothing locks out; null: the oldest one
/// @param breakGlassUsedAt when that account was last used where another one would not have got in; null: never
/// @param refreshAtSignIn  whoever signs in is read anew from Entra first, where the tenant's application may
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

    /// Whether a way is open at all; to whom is another question.
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
