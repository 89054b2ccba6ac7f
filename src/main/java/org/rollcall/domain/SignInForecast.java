package org.rollcall.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/// Which ways to sign in would work for a person, as far as the directory and the settings tell. Decides for one person; the
/// store counts by the same rule.
///
/// @param works   null: not known
/// @param because in words, one sentence without a full stop
public record SignInForecast(SignInMode mode, @Nullable Boolean works, String because) {

    /// For every way, also those that are off.
    public static List<SignInForecast> of(UserRow person, AuthSettings settings) {
        return Arrays.stream(SignInMode.values()).map(mode -> of(person, settings, mode)).toList();
    }

    public static SignInForecast of(UserRow person, AuthSettings settings, SignInMode mode) {
        return of(mode, settings, person.tenantId(), person.status(), person.isGuest(), person.mfa(),
                person.attributes().text(UserField.ON_PREMISES_SAM_ACCOUNT_NAME));
    }

    /// The same from what it depends on.
    ///
    /// @param tenantId null: a local account
    public static SignInForecast of(SignInMode mode, AuthSettings settings, @Nullable Long tenantId, UserStatus status,
            boolean guest, MfaState mfa, @Nullable String samAccountName) {
        boolean local = tenantId == null;
        if (local != (mode == SignInMode.LOCAL)) {
            return no(mode, local
                    ? "local accounts sign in with their password here"
                    : "imported people have no password here");
        }
        if (status == UserStatus.REMOVED) {
            return no(mode, "no longer in Entra or in scope");
        }
        if (status == UserStatus.DISABLED) {
            return no(mode, "the account is deactivated");
        }
        if (!settings.isOn(mode)) {
            return no(mode, off(mode, settings));
        }
        return switch (mode) {
            case LOCAL -> yes(mode, "has a password here");
            case AD -> samAccountName == null || samAccountName.isEmpty()
                    ? no(mode, "has no name in Active Directory")
                    : yes(mode, "has a name in Active Directory");
            case BROWSER, DEVICE -> Objects.equals(tenantId, settings.entraTenantId())
                    ? yes(mode, "signs in at Microsoft")
                    : no(mode, "belongs to another tenant");
            case PASSWORD -> password(settings, tenantId, guest, mfa);
        };
    }

    private static SignInForecast password(AuthSettings settings, @Nullable Long tenantId, boolean guest,
            MfaState mfa) {
        if (!Objects.equals(tenantId, settings.entraTenantId())) {
            return no(SignInMode.PASSWORD, "belongs to another tenant");
        }
        if (guest) {
            return no(SignInMode.PASSWORD, "guests have no password in this tenant");
        }
        return switch (mfa) {
            case REGISTERED ->
                no(SignInMode.PASSWORD, "is registered for a second factor, which a password cannot give");
            case NOT_REGISTERED -> yes(SignInMode.PASSWORD, "is not registered for a second factor");
            case UNKNOWN -> new SignInForecast(SignInMode.PASSWORD, null,
                    "it is not known whether a second factor is asked for");
        };
    }

    private static String off(SignInMode mode, AuthSettings settings) {
        if (mode == SignInMode.AD) {
            return "sign-in with Active Directory is off";
        }
        return settings.isEntraOn() ? "this way of Entra is off" : "sign-in with Microsoft Entra ID is off";
    }

    private static SignInForecast yes(SignInMode mode, String because) {
        return new SignInForecast(mode, true, because);
    }

    private static SignInForecast no(SignInMode mode, String because) {
        return new SignInForecast(mode, false, because);
    }
}
