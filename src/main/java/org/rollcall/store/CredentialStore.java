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
    /// @param applicationId object id of the registration that Rollcall gave the certificate to; null: somebody else did
    /// @param keyId      of the certificate there
    @SuppressWarnings("ArrayRecordComponent")
    public record SealedCredential(long tenantId, Purpose purpose, Kind kind, byte[] sealed,
            @Nullable String thumbprint, @Nullable Instant expiresAt, Instant createdAt,
            @Nullable String applicationId, @Nullable String keyId) {

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
                        Times.fromColumnOrNull(row.getExpiresAt()), Times.fromColumn(row.getCreatedAt()),
                        row.getApplicationId(), row.getKeyId()));
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

    /// Notes where Rollcall has registered the certificate of this purpose.
    public void setRegistered(long tenantId, Purpose purpose, @Nullable String applicationId, @Nullable String keyId) {
        database.transaction(() -> {
            database.dsl().update(CREDENTIAL).set(CREDENTIAL.APPLICATION_ID, applicationId)
                    .set(CREDENTIAL.KEY_ID, keyId)
                    .where(CREDENTIAL.TENANT_ID.eq(tenantId), CREDENTIAL.PURPOSE.eq(purpose.name())).execute();
        });
    }

    public void remove(long tenantId, Purpose purpose) {
        database.transaction(() -> {
            database.dsl().deleteFrom(CREDENTIAL)
                    .where(CREDENTIAL.TENANT_ID.eq(tenantId), CREDENTIAL.PURPOSE.eq(purpose.name())).execute();
        });
    }
}
