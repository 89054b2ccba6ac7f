package org.rollcall.store;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import static org.rollcall.store.gen.Tables.CREDENTIAL;

/// Sealed credentials of tenants. Their content is opaque here: bytes come from the vault and go there.
public final class CredentialStore {
    private final Database database;
    private final Clock clock;

    public CredentialStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /// What a credential is for.
    public enum Purpose {
        APPLICATION,
        USER_TOKEN
    }

    /// What a credential is.
    public enum Kind {
        SECRET,
        CERTIFICATE,
        REFRESH_TOKEN
    }

    /// @param sealed     as the vault made it; not copied, since nobody keeps it
    /// @param thumbprint of a certificate, for people to compare
    /// @param expiresAt  null: not known, a secret does not say
    @SuppressWarnings("ArrayRecordComponent")
    public record SealedCredential(long tenantId, Purpose purpose, Kind kind, byte[] sealed,
            @Nullable String thumbprint, @Nullable Instant expiresAt, Instant createdAt) {

        /// What a credential is bound to when it is sealed.
        public static String binding(long tenantId, Purpose purpose) {
            return "credential/" + tenantId + "/" + purpose.name();
        }
    }

    /// Whether anything is sealed at all.
    public boolean any() {
        return database.dsl().fetchExists(CREDENTIAL);
    }

    public Optional<SealedCredential> get(long tenantId, Purpose purpose) {
        return database.dsl().selectFrom(CREDENTIAL)
                .where(CREDENTIAL.TENANT_ID.eq(tenantId), CREDENTIAL.PURPOSE.eq(purpose.name()))
                .fetchOptional(row -> new SealedCredential(row.getTenantId(), Purpose.valueOf(row.getPurpose()),
                        Kind.valueOf(row.getKind()), row.getSealed(), row.getThumbprint(),
                        Times.fromColumnOrNull(row.getExpiresAt()), Times.fromColumn(row.getCreatedAt())));
    }

    /// Takes the place of the one with this purpose, if there is one.
    public void put(long tenantId, Purpose purpose, Kind kind, byte[] sealed, @Nullable String thumbprint,
            @Nullable Instant expiresAt) {
        database.transaction(() -> {
            remove(tenantId, purpose);
            database.dsl().insertInto(CREDENTIAL)
                    .set(CREDENTIAL.TENANT_ID, tenantId)
                    .set(CREDENTIAL.PURPOSE, purpose.name())
                    .set(CREDENTIAL.KIND, kind.name())
                    .set(CREDENTIAL.SEALED, sealed)
                    .set(CREDENTIAL.THUMBPRINT, thumbprint)
                    .set(CREDENTIAL.EXPIRES_AT, Times.toColumnOrNull(expiresAt))
                    .set(CREDENTIAL.CREATED_AT, Times.toColumn(clock.instant()))
                    .execute();
        });
    }

    public void remove(long tenantId, Purpose purpose) {
        database.transaction(() -> {
            database.dsl().deleteFrom(CREDENTIAL)
                    .where(CREDENTIAL.TENANT_ID.eq(tenantId), CREDENTIAL.PURPOSE.eq(purpose.name())).execute();
        });
    }
}
