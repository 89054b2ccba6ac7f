package org.rollcall.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.AdSettings;
import org.rollcall.domain.AuthSettings;
import org.rollcall.domain.SignInMode;

import static org.rollcall.store.gen.Tables.AUTH_SETTINGS;

/// The one row that says who may sign in how.
public final class AuthSettingsStore {
    private final Database database;

    public AuthSettingsStore(Database database) {
        this.database = database;
    }

    public AuthSettings get() {
        return database.dsl().selectFrom(AUTH_SETTINGS)
                .fetchSingle(row -> {
                    String config = row.getAdConfig();
                    return new AuthSettings(row.getEntraEnabled(), row.getEntraTenantId(), modes(row.getEntraModes()),
                            row.getAdEnabled(), config == null ? null : Json.read(config, AdSettings.class),
                            Duration.ofMinutes(row.getIdleMinutes()), Duration.ofMinutes(row.getAbsoluteMinutes()),
                            row.getBreakGlassUserId(), Times.fromColumnOrNull(row.getBreakGlassUsedAt()),
                            row.getRefreshAtSignIn());
                });
    }

    /// Everything but when the break-glass account was used and the sealed password.
    public void put(AuthSettings settings) {
        database.transaction(() -> {
            AdSettings ad = settings.ad();
            database.dsl().update(AUTH_SETTINGS)
                    .set(AUTH_SETTINGS.ENTRA_ENABLED, settings.entraEnabled())
                    .set(AUTH_SETTINGS.ENTRA_TENANT_ID, settings.entraTenantId())
                    .set(AUTH_SETTINGS.ENTRA_MODES, settings.entraModes().stream().map(Enum::name)
                            .collect(Collectors.joining(",")))
                    .set(AUTH_SETTINGS.AD_ENABLED, settings.adEnabled())
                    .set(AUTH_SETTINGS.AD_CONFIG, ad == null ? null : Json.write(ad))
                    .set(AUTH_SETTINGS.IDLE_MINUTES, Math.toIntExact(settings.idle().toMinutes()))
                    .set(AUTH_SETTINGS.ABSOLUTE_MINUTES, Math.toIntExact(settings.absolute().toMinutes()))
                    .set(AUTH_SETTINGS.BREAK_GLASS_USER_ID, settings.breakGlassUserId())
                    .set(AUTH_SETTINGS.REFRESH_AT_SIGN_IN, settings.refreshAtSignIn())
                    .execute();
        });
    }

    /// The password of the account that searches Active Directory, sealed; null: there is none.
    public byte @Nullable [] bindPassword() {
        return database.dsl().select(AUTH_SETTINGS.AD_BIND_PASSWORD).from(AUTH_SETTINGS)
                .fetchSingle(AUTH_SETTINGS.AD_BIND_PASSWORD);
    }

    public void putBindPassword(byte @Nullable [] sealed) {
        database.transaction(() -> {
            database.dsl().update(AUTH_SETTINGS).set(AUTH_SETTINGS.AD_BIND_PASSWORD, sealed).execute();
        });
    }

    public void breakGlassUsed(Instant at) {
        database.transaction(() -> {
            database.dsl().update(AUTH_SETTINGS).set(AUTH_SETTINGS.BREAK_GLASS_USED_AT, Times.toColumn(at)).execute();
        });
    }

    private static Set<SignInMode> modes(String text) {
        return text.isEmpty()
                ? Set.of()
                : Arrays.stream(text.split(",")).map(SignInMode::valueOf)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(SignInMode.class)));
    }
}
