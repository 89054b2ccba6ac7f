package org.rollcall.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.rollcall.text.Words;

/// The ways to sign in that would work for a person, as far as directory and settings tell. Decides for one person; the store
/// counts by the same rules.
///
/// @param works   null: unknown
/// @param because display text, one sentence without a full stop
public record SignInForecast(SignInMode mode, @Nullable Boolean works, String because) {

    /// For every way, including disabled ones.
    public static List<SignInForecast> of(UserRow person, AuthSettings settings) {
        return Arrays.stream(SignInMode.values()).map(mode -> of(person, settings, mode)).toList();
    }

    public static SignInForecast of(UserRow person, AuthSettings settings, SignInMode mode) {
        return of(mode, settings, person.tenantId(), person.status(), person.isGuest(), person.mfa(),
                person.attributes().text(UserField.ON_PREMISES_SAM_ACCOUNT_NAME));
    }

    /// The same from its inputs.
    ///
    /// @param tenantId null: a local account
    public static SignInForecast of(SignInMode mode, AuthSettings settings, @Nullable Long tenantId, UserStatus status,
            boolean guest, MfaState mfa, @Nullable String samAccountName) {
        boolean local = tenantId == null;
        if (local != (mode == SignInMode.LOCAL)) {
            return no(mode, local
                    ? Words.of("domain.signInForecast.localAccountsSignInWith").english()
                    : Words.of("domain.signInForecast.importedPeopleHaveNoPassword").english());
        }
        if (status == UserStatus.REMOVED) {
            return no(mode, Words.of("domain.signInForecast.noLongerInEntraOr").english());
        }
        if (status == UserStatus.DISABLED) {
            return no(mode, Words.of("domain.signInForecast.theAccountIsDeactivated").english());
        }
        if (!settings.isOn(mode)) {
            return no(mode, off(mode, settings));
        }
        return switch (mode) {
            case LOCAL -> yes(mode, Words.of("domain.signInForecast.hasAPasswordHere").english());
            case AD -> samAccountName == null || samAccountName.isEmpty()
                    ? no(mode, Words.of("domain.signInForecast.hasNoNameInActive").english())
                    : yes(mode, Words.of("domain.signInForecast.hasANameInActive").english());
            case BROWSER, DEVICE -> Objects.equals(tenantId, settings.entraTenantId())
                    ? yes(mode, Words.of("domain.signInForecast.signsInAtMicrosoft").english())
                    : no(mode, Words.of("domain.signInForecast.belongsToAnotherTenant").english());
            case PASSWORD -> password(settings, tenantId, guest, mfa);
        };
    }

    private static SignInForecast password(AuthSettings settings, @Nullable Long tenantId, boolean guest,
            MfaState mfa) {
        if (!Objects.equals(tenantId, settings.entraTenantId())) {
            return no(SignInMode.PASSWORD, Words.of("domain.signInForecast.belongsToAnotherTenant").english());
        }
        if (guest) {
            return no(SignInMode.PASSWORD, Words.of("domain.signInForecast.guestsHaveNoPasswordIn").english());
        }
        return switch (mfa) {
            case REGISTERED ->
                no(SignInMode.PASSWORD, Words.of("domain.signInForecast.isRegisteredForASecond").english());
            case NOT_REGISTERED ->
                yes(SignInMode.PASSWORD, Words.of("domain.signInForecast.isNotRegisteredForA").english());
            case UNKNOWN -> new SignInForecast(SignInMode.PASSWORD, null,
                    Words.of("domain.signInForecast.itIsNotKnownWhether").english());
        };
    }

    private static String off(SignInMode mode, AuthSettings settings) {
        if (mode == SignInMode.AD) {
            return Words.of("domain.signInForecast.signInWithActiveDirectory").english();
        }
        return settings.isEntraOn()
                ? Words.of("domain.signInForecast.thisWayOfEntraIs").english()
                : Words.of("domain.signInForecast.signInWithMicrosoftEntra").english();
    }

    private static SignInForecast yes(SignInMode mode, String because) {
        return new SignInForecast(mode, true, because);
    }

    private static SignInForecast no(SignInMode mode, String because) {
        return new SignInForecast(mode, false, because);
    }
}
