package org.rollcall.store;

import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.SearchKeys;

import static org.rollcall.store.gen.Tables.DIRECTORY_USER;
import static org.rollcall.store.gen.Tables.LOCAL_ACCOUNT;

/// Passwords of local accounts, hashed, and how often they were missed. The people themselves are in the directory.
public final class LocalAccountStore {
    private final Database database;

    public LocalAccountStore(Database database) {
        this.database = database;
    }

    /// @param failedAttempts since the last success
    /// @param lockedUntil    no password is taken before
    public record LocalAccount(long userId, String passwordHash, Instant passwordChangedAt, int failedAttempts,
            @Nullable Instant lockedUntil) {}

    public boolean isEmpty() {
        return !database.dsl().fetchExists(LOCAL_ACCOUNT);
    }

    public Optional<LocalAccount> byUserId(long userId) {
        return database.dsl().selectFrom(LOCAL_ACCOUNT).where(LOCAL_ACCOUNT.USER_ID.eq(userId))
                .fetchOptional(row -> new LocalAccount(row.getUserId(), row.getPasswordHash(),
                        Times.fromColumn(row.getPasswordChangedAt()), row.getFailedAttempts(),
                        Times.fromColumnOrNull(row.getLockedUntil())));
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
    public void setPassword(long userId, String passwordHash, Instant now) {
        database.transaction(() -> {
            database.dsl().update(LOCAL_ACCOUNT)
                    .set(LOCAL_ACCOUNT.PASSWORD_HASH, passwordHash)
                    .set(LOCAL_ACCOUNT.PASSWORD_CHANGED_AT, Times.toColumn(now))
                    .where(LOCAL_ACCOUNT.USER_ID.eq(userId)).execute();
            setAttempts(userId, 0, null);
        });
    }

    public void setAttempts(long userId, int failedAttempts, @Nullable Instant lockedUntil) {
        database.transaction(() -> {
            database.dsl().update(LOCAL_ACCOUNT)
                    .set(LOCAL_ACCOUNT.FAILED_ATTEMPTS, failedAttempts)
                    .set(LOCAL_ACCOUNT.LOCKED_UNTIL, Times.toColumnOrNull(lockedUntil))
                    .where(LOCAL_ACCOUNT.USER_ID.eq(userId)).execute();
        });
    }
}
