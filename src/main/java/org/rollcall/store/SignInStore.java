package org.rollcall.store;

import java.util.ArrayList;
import java.util.List;

import org.jooq.Condition;
import org.jooq.impl.DSL;

import org.rollcall.domain.AuthSettings;
import org.rollcall.domain.SearchKeys;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserStatus;

import static org.rollcall.store.gen.Tables.DIRECTORY_USER;
import static org.rollcall.store.gen.Tables.LOCAL_ACCOUNT;
import static org.rollcall.store.gen.Tables.PEOPLE_COUNT;

/// Who could sign in, counted and found along indexes.
public final class SignInStore {
    private static final int NAMES = 200;

    private final Database database;

    public SignInStore(Database database) {
        this.database = database;
    }

    /// How many people could sign in one way, those included of whom it is not known.
    public long admits(AuthSettings settings, SignInMode mode) {
        return switch (mode) {
            case BROWSER, DEVICE -> settings.isOn(mode) ? active(settings) : 0;
            case LOCAL, PASSWORD, AD -> count(SignInConditions.works(settings, mode, false));
        };
    }

    /// How many by some way of Entra.
    public long admitsEntra(AuthSettings settings) {
        return settings.isOn(SignInMode.BROWSER) || settings.isOn(SignInMode.DEVICE)
                ? active(settings)
                : admits(settings, SignInMode.PASSWORD);
    }

    /// How many by any way. Entra and Active Directory are never on at the same time.
    public long canSignIn(AuthSettings settings) {
        return admits(settings, SignInMode.LOCAL)
                + (settings.isEntraOn() ? admitsEntra(settings) : admits(settings, SignInMode.AD));
    }

    private long active(AuthSettings settings) {
        Long tenant = settings.entraTenantId();
        return tenant == null
                ? 0
                : database.dsl().select(DSL.coalesce(DSL.sum(PEOPLE_COUNT.PEOPLE), 0)).from(PEOPLE_COUNT)
                        .where(PEOPLE_COUNT.TENANT_ID.eq(tenant),
                                PEOPLE_COUNT.STATUS.eq(UserStatus.ACTIVE.name()))
                        .fetchSingle(0, Long.class);
    }

    private long count(Condition who) {
        return database.dsl().selectCount().from(DIRECTORY_USER).where(who).fetchSingle(0, Long.class);
    }

    /// Local accounts.
    public long localAccounts() {
        return database.dsl().fetchCount(LOCAL_ACCOUNT);
    }

    /// Some of those who could sign in with `before` and could not with `after`.
    ///
    /// @param people how many
    /// @param names  of some of them
    public record LockedOut(long people, List<String> names) {
        public LockedOut {
            names = List.copyOf(names);
        }
    }

    public LockedOut lockedOut(AuthSettings before, AuthSettings after, int limit) {
        Condition who = SignInConditions.any(before, false).and(SignInConditions.any(after, false).not());
        List<String> names = database.dsl().select(DIRECTORY_USER.DISPLAY_NAME, DIRECTORY_USER.USERNAME)
                .from(DIRECTORY_USER).where(who).orderBy(DIRECTORY_USER.SORT_KEY, DIRECTORY_USER.ID)
                .limit(Math.min(limit, NAMES)).fetch(row -> {
                    String name = row.value1();
                    return name == null || name.isBlank() ? row.value2() : name;
                });
        return new LockedOut(count(who), names);
    }

    /// Imported people with this account name of Active Directory, whatever its letter case; not removed ones first.
    public List<UserRow> bySamAccountName(String name) {
        return found(DIRECTORY_USER.SAM_KEY.eq(SearchKeys.unique(name)));
    }

    /// Imported people with this user name, whatever its letter case.
    public List<UserRow> byUserName(String name) {
        return found(DIRECTORY_USER.USERNAME_KEY.eq(SearchKeys.unique(name)));
    }

    /// Imported people with this UPN, whatever its letter case.
    public List<UserRow> byUpnInAnySpelling(String upn) {
        return found(DIRECTORY_USER.UPN_KEY.eq(SearchKeys.unique(upn)));
    }

    private List<UserRow> found(Condition who) {
        List<UserRow> rows = new ArrayList<>(UserRows.select(database.dsl()).where(who)
                .and(DIRECTORY_USER.TENANT_ID.isNotNull()).orderBy(DIRECTORY_USER.ID).limit(10)
                .fetch(UserRows::read));
        boolean present = rows.stream().anyMatch(row -> row.status() != UserStatus.REMOVED);
        return present ? rows.stream().filter(row -> row.status() != UserStatus.REMOVED).toList() : rows;
    }
}
