package org.rollcall.store;

import java.time.Instant;
import java.util.Optional;

import org.jooq.Record1;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Role;
import org.rollcall.domain.SearchKeys;
import org.rollcall.domain.UserStatus;
import org.rollcall.store.gen.tables.records.LocalAccountRecord;

import static org.rollcall.store.gen.Tables.DIRECTORY_USER;
import static org.rollcall.store.gen.Tables.LOCAL_ACCOUNT;
import static org.rollcall.store.gen.Tables.ROLE;
import static org.rollcall.store.gen.Tables.ROLE_ASSIGNMENT;
import static org.rollcall.store.gen.Tables.SIGN_IN_PRESSURE;
import static org.rollcall.store.gen.Tables.SIGN_IN_UNKNOWN;

/// Passwords of local accounts, hashed, and how often they were missed. The people themselves are in the directory.
public final class LocalAccountStore {
    private final Database database;

    public LocalAccountStore(Database database) {
        this.database = database;
    }

    /// @param failedAttempts since the last success; counted before the password is looked at
    /// @param attemptedAt    when the last one was counted; null: never
    /// @param mustChange     the password was given by somebody else and is good for changing it only
    public record LocalAccount(long userId, String passwordHash, Instant passwordChangedAt, int failedAttempts,
            @Nullable Instant attemptedAt, boolean mustChange) {}

    public boolean isEmpty() {
        return !database.dsl().fetchExists(LOCAL_ACCOUNT);
    }

    public Optional<LocalAccount> byUserId(long userId) {
        return database.dsl().selectFrom(LOCAL_ACCOUNT).where(LOCAL_ACCOUNT.USER_ID.eq(userId))
                .fetchOptional(LocalAccountStore::read);
    }

    /// The same, and nobody else changes it before the transaction ends, in other processes either.
    public Optional<LocalAccount> lock(long userId) {
        return database.dsl().selectFrom(LOCAL_ACCOUNT).where(LOCAL_ACCOUNT.USER_ID.eq(userId)).forUpdate()
                .fetchOptional(LocalAccountStore::read);
    }

    private static LocalAccount read(LocalAccountRecord row) {
        return new LocalAccount(row.getUserId(), row.getPasswordHash(), Times.fromColumn(row.getPasswordChangedAt()),
                row.getFailedAttempts(), Times.fromColumnOrNull(row.getAttemptedAt()), row.getMustChange());
    }

    /// The id of the person with a local account of this user name, whatever its letter case.
    public Optional<Long> userIdOf(String username) {
        return database.dsl().select(DIRECTORY_USER.ID).from(DIRECTORY_USER)
                .join(LOCAL_ACCOUNT).on(LOCAL_ACCOUNT.USER_ID.eq(DIRECTORY_USER.ID))
                .where(DIRECTORY_USER.USERNAME_KEY.eq(SearchKeys.unique(username)))
                .fetchOptional(DIRECTORY_USER.ID);
    }

    public void insert(long userId, String passwordHash, Instant now) {
        database.transaction(() -> {
            database.dsl().insertInto(LOCAL_ACCOUNT)
                    .set(LOCAL_ACCOUNT.USER_ID, userId)
                    .set(LOCAL_ACCOUNT.PASSWORD_HASH, passwordHash)
                    .set(LOCAL_ACCOUNT.PASSWORD_CHANGED_AT, Times.toColumn(now))
                    .execute();
        });
    }

    /// A new password also ends a lock.
    ///
    /// @param mustChange it is good for changing it only
    public void setPassword(long userId, String passwordHash, boolean mustChange, Instant now) {
        database.transaction(() -> {
            database.dsl().update(LOCAL_ACCOUNT)
                    .set(LOCAL_ACCOUNT.PASSWORD_HASH, passwordHash)
                    .set(LOCAL_ACCOUNT.MUST_CHANGE, mustChange)
                    .set(LOCAL_ACCOUNT.PASSWORD_CHANGED_AT, Times.toColumn(now))
                    .where(LOCAL_ACCOUNT.USER_ID.eq(userId)).execute();
            setAttempts(userId, 0, null);
        });
    }

    /// The same password under another hash; without effect if the password was changed meanwhile.
    public void rehash(long userId, String before, String after) {
        database.transaction(() -> {
            database.dsl().update(LOCAL_ACCOUNT).set(LOCAL_ACCOUNT.PASSWORD_HASH, after)
                    .where(LOCAL_ACCOUNT.USER_ID.eq(userId), LOCAL_ACCOUNT.PASSWORD_HASH.eq(before)).execute();
        });
    }

    public void setAttempts(long userId, int failedAttempts, @Nullable Instant attemptedAt) {
        database.transaction(() -> {
            database.dsl().update(LOCAL_ACCOUNT)
                    .set(LOCAL_ACCOUNT.FAILED_ATTEMPTS, failedAttempts)
                    .set(LOCAL_ACCOUNT.ATTEMPTED_AT, Times.toColumnOrNull(attemptedAt))
                    .where(LOCAL_ACCOUNT.USER_ID.eq(userId)).execute();
        });
    }

    /// Wrong passwords over all accounts: a bucket that leaks.
    ///
    /// @param failures    what was in it at `attemptedAt`
    /// @param attemptedAt null: never
    public record Pressure(double failures, @Nullable Instant attemptedAt) {}

    /// Nobody else changes it before the transaction ends.
    public Pressure lockPressure() {
        return database.dsl().selectFrom(SIGN_IN_PRESSURE).forUpdate()
                .fetchSingle(row -> new Pressure(row.getFailures(), Times.fromColumnOrNull(row.getAttemptedAt())));
    }

    public void setPressure(Pressure pressure) {
        database.transaction(() -> {
            database.dsl().update(SIGN_IN_PRESSURE).set(SIGN_IN_PRESSURE.FAILURES, pressure.failures())
                    .set(SIGN_IN_PRESSURE.ATTEMPTED_AT, Times.toColumnOrNull(pressure.attemptedAt())).execute();
        });
    }

    /// How often wrong passwords came for names that share a bucket and that nobody has.
    ///
    /// @param failedAttempts 0: never
    public record Unknown(int failedAttempts, @Nullable Instant attemptedAt) {}

    public Unknown unknown(int bucket) {
        return database.dsl().selectFrom(SIGN_IN_UNKNOWN).where(SIGN_IN_UNKNOWN.BUCKET.eq(bucket))
                .fetchOptional(row -> new Unknown(row.getFailedAttempts(),
                        Times.fromColumnOrNull(row.getAttemptedAt())))
                .orElse(new Unknown(0, null));
    }

    public void setUnknown(int bucket, Unknown unknown) {
        // One statement whether the row is there or not, as for an account: the time must not tell.
        database.transaction(() -> {
            database.dsl().insertInto(SIGN_IN_UNKNOWN).set(SIGN_IN_UNKNOWN.BUCKET, bucket)
                    .set(SIGN_IN_UNKNOWN.FAILED_ATTEMPTS, unknown.failedAttempts())
                    .set(SIGN_IN_UNKNOWN.ATTEMPTED_AT, Times.toColumnOrNull(unknown.attemptedAt()))
                    .onConflict(SIGN_IN_UNKNOWN.BUCKET).doUpdate()
                    .set(SIGN_IN_UNKNOWN.FAILED_ATTEMPTS, unknown.failedAttempts())
                    .set(SIGN_IN_UNKNOWN.ATTEMPTED_AT, Times.toColumnOrNull(unknown.attemptedAt())).execute();
        });
    }

    /// Active administrators with a local account.
    public int countAdministrators() {
        return database.dsl().fetchCount(administrators());
    }

    /// The local administrator whom nothing locks out.
    ///
    /// @param chosen null, or not one any more: the oldest one
    /// @return empty: there is no active administrator with a local account
    public Optional<Long> breakGlass(@Nullable Long chosen) {
        return administrators().orderBy(
                DSL.when(DIRECTORY_USER.ID.eq(chosen == null ? 0L : chosen), 0).otherwise(1), DIRECTORY_USER.ID)
                .limit(1).fetchOptional(DIRECTORY_USER.ID);
    }

    private SelectConditionStep<Record1<Long>> administrators() {
        return database.dsl().select(DIRECTORY_USER.ID).from(LOCAL_ACCOUNT)
                .join(DIRECTORY_USER).on(DIRECTORY_USER.ID.eq(LOCAL_ACCOUNT.USER_ID))
                .join(ROLE_ASSIGNMENT).on(ROLE_ASSIGNMENT.USER_ID.eq(LOCAL_ACCOUNT.USER_ID))
                .join(ROLE).on(ROLE.ID.eq(ROLE_ASSIGNMENT.ROLE_ID))
                .where(DIRECTORY_USER.STATUS.eq(UserStatus.ACTIVE.name()), ROLE.BUILT_IN.isTrue(),
                        ROLE.NAME_KEY.eq(SearchKeys.unique(Role.ADMINISTRATOR)));
    }
}
