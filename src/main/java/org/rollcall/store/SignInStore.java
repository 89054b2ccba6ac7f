package org.rollcall.store;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jooq.Condition;
import org.jooq.impl.DSL;

import org.rollcall.domain.AuthSettings;
import org.rollcall.domain.Permission;
import org.rollcall.domain.SearchKeys;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserStatus;

import static org.rollcall.store.gen.Tables.DIRECTORY_USER;
import static org.rollcall.store.gen.Tables.LOCAL_ACCOUNT;
import static org.rollcall.store.gen.Tables.PEOPLE_COUNT;
import static org.rollcall.store.gen.Tables.ROLE_PERMISSION;

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
            case LOCAL -> count(SignInConditions.works(settings, mode, false));
            case BROWSER, DEVICE -> settings.isOn(mode) ? active(settings) : 0;
            case PASSWORD, AD -> count(SignInConditions.works(settings, mode, false));
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

    /// Everything that somebody imported may do who is not removed.
    ///
    /// @param tenantId only people of this tenant; 0: of all
    public Set<Permission> permissionsOfImported(long tenantId) {
        var result = EnumSet.noneOf(Permission.class);
        database.dsl().selectDistinct(ROLE_PERMISSION.PERMISSION).from(PEOPLE_COUNT)
                .join(ROLE_PERMISSION).on(ROLE_PERMISSION.ROLE_ID.eq(PEOPLE_COUNT.ROLE_ID))
                .where(tenantId == 0 ? PEOPLE_COUNT.TENANT_ID.ne(0L) : PEOPLE_COUNT.TENANT_ID.eq(tenantId))
                .and(PEOPLE_COUNT.STATUS.ne(UserStatus.REMOVED.name())).and(PEOPLE_COUNT.PEOPLE.gt(0L))
                .forEach(row -> result.add(Permission.valueOf(row.value1())));
        return result;
    }

    /// Imported people with this name in Active Directory, as typed or in the usual spellings; not removed ones first.
    public List<UserRow> bySamAccountName(String name) {
        var spellings = new LinkedHashSet<>(List.of(name, name.toLowerCase(Locale.ROOT), name.toUpperCase(Locale.ROOT),
                capitalized(name)));
        return found(DIRECTORY_USER.ON_PREMISES_SAM_ACCOUNT_NAME.in(spellings));
    }

    /// The same in any spelling, which walks all people: only for somebody whose password was proved.
    public List<UserRow> bySamAccountNameInAnySpelling(String name) {
        return found(DSL.lower(DIRECTORY_USER.ON_PREMISES_SAM_ACCOUNT_NAME).eq(name.toLowerCase(Locale.ROOT)));
    }

    /// The imported person whose user name or UPN this is, who has a name in Active Directory. The UPN where it is not the
    /// user name walks all people: only for somebody whose password was proved.
    public List<UserRow> byUserName(String name) {
        return found(DIRECTORY_USER.USERNAME_KEY.eq(SearchKeys.unique(name)));
    }

    public List<UserRow> byUpnInAnySpelling(String upn) {
        return found(DSL.lower(DIRECTORY_USER.USER_PRINCIPAL_NAME).eq(upn.toLowerCase(Locale.ROOT)));
    }

    private List<UserRow> found(Condition who) {
        List<UserRow> rows = new ArrayList<>(UserRows.select(database.dsl()).where(who)
                .and(DIRECTORY_USER.TENANT_ID.isNotNull()).orderBy(DIRECTORY_USER.ID).limit(10)
                .fetch(UserRows::read));
        boolean present = rows.stream().anyMatch(row -> row.status() != UserStatus.REMOVED);
        return present ? rows.stream().filter(row -> row.status() != UserStatus.REMOVED).toList() : rows;
    }

    private static String capitalized(String name) {
        return name.isEmpty()
                ? name
                : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1).toLowerCase(Locale.ROOT);
    }
}
