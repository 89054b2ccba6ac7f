package org.rollcall.store;

import org.jooq.Condition;
import org.jooq.impl.DSL;

import org.rollcall.domain.AuthSettings;
import org.rollcall.domain.MfaState;
import org.rollcall.domain.SignInForecast;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.UserStatus;

import static org.rollcall.store.gen.Tables.DIRECTORY_USER;
import static org.rollcall.store.gen.Tables.LOCAL_ACCOUNT;

/// Who could sign in, as conditions over the people of the directory: what [SignInForecast] says of one person, for many.
final class SignInConditions {
    private SignInConditions() {}

    /// @param sure true: only those of whom it is known that it works; false: also those of whom it is not known
    static Condition works(AuthSettings settings, SignInMode mode, boolean sure) {
        if (!settings.isOn(mode)) {
            return DSL.falseCondition();
        }
        Condition active = DIRECTORY_USER.STATUS.eq(UserStatus.ACTIVE.name());
        return switch (mode) {
            case LOCAL -> active.and(DSL.exists(DSL.selectOne().from(LOCAL_ACCOUNT)
                    .where(LOCAL_ACCOUNT.USER_ID.eq(DIRECTORY_USER.ID))));
            // Never unknown, or its opposite would be unknown as well.
            case AD -> active.and(DIRECTORY_USER.TENANT_ID.isNotNull())
                    .and(DIRECTORY_USER.ON_PREMISES_SAM_ACCOUNT_NAME.isNotNull())
                    .and(DIRECTORY_USER.ON_PREMISES_SAM_ACCOUNT_NAME.gt(""));
            case BROWSER, DEVICE -> active.and(of(settings));
            case PASSWORD -> active.and(of(settings))
                    .and(UserConditions.GUEST.not())
                    .and(sure
                            ? DIRECTORY_USER.MFA.eq(MfaState.NOT_REGISTERED.name())
                            : DIRECTORY_USER.MFA.in(MfaState.NOT_REGISTERED.name(), MfaState.UNKNOWN.name()));
        };
    }

    private static Condition of(AuthSettings settings) {
        return DIRECTORY_USER.TENANT_ID.isNotNull().and(DIRECTORY_USER.TENANT_ID.eq(settings.entraTenantId()));
    }

    /// By some way of Entra. Whom a page of Microsoft's lets in includes whom a password lets in.
    static Condition entra(AuthSettings settings, boolean sure) {
        return settings.isOn(SignInMode.BROWSER) || settings.isOn(SignInMode.DEVICE)
                ? works(settings, settings.isOn(SignInMode.BROWSER) ? SignInMode.BROWSER : SignInMode.DEVICE, sure)
                : works(settings, SignInMode.PASSWORD, sure);
    }

    /// By any way at all.
    static Condition any(AuthSettings settings, boolean sure) {
        return works(settings, SignInMode.LOCAL, sure).or(entra(settings, sure))
                .or(works(settings, SignInMode.AD, sure));
    }
}
