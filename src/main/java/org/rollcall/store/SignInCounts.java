package org.rollcall.store;

import java.time.Instant;
import java.util.List;

import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.AuthSettings;
import org.rollcall.domain.MfaState;
import org.rollcall.domain.Role;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.UserStatus;

import static org.rollcall.store.gen.Tables.AUDIT_EVENT;
import static org.rollcall.store.gen.Tables.DIRECTORY_USER;
import static org.rollcall.store.gen.Tables.LOCAL_ACCOUNT;
import static org.rollcall.store.gen.Tables.PEOPLE_COUNT;
import static org.rollcall.store.gen.Tables.ROLE;
import static org.rollcall.store.gen.Tables.ROLE_ASSIGNMENT;

/// Figures about signing in, for showing.
public final class SignInCounts {
    private final Database database;

    public SignInCounts(Database database) {
        this.database = database;
    }

    /// ACTIVE people.
    ///
    /// @param tenantId null: of all tenants, local accounts apart
    public long active(@Nullable Long tenantId) {
        return database.dsl().select(DSL.coalesce(DSL.sum(PEOPLE_COUNT.PEOPLE), 0)).from(PEOPLE_COUNT)
                .where(tenantId == null ? PEOPLE_COUNT.TENANT_ID.ne(0L) : PEOPLE_COUNT.TENANT_ID.eq(tenantId))
                .and(PEOPLE_COUNT.STATUS.eq(UserStatus.ACTIVE.name())).fetchSingle(0, Long.class);
    }

    /// ACTIVE guests of a tenant.
    public long guests(long tenantId) {
        return count(of(tenantId).and(UserConditions.GUEST));
    }

    /// ACTIVE people of a tenant, guests apart.
    public long members(long tenantId, MfaState mfa) {
        return count(of(tenantId).and(UserConditions.GUEST.not())
                .and(DIRECTORY_USER.MFA.eq(mfa.name())));
    }

    /// How many would sign in that way, with these settings, those included of whom it is not known.
    public long admits(AuthSettings settings, SignInMode mode) {
        return count(SignInConditions.works(settings, mode, false));
    }

    private static Condition of(long tenantId) {
        return DIRECTORY_USER.TENANT_ID.eq(tenantId).and(DIRECTORY_USER.STATUS.eq(UserStatus.ACTIVE.name()));
    }

    private long count(Condition who) {
        return database.dsl().selectCount().from(DIRECTORY_USER).where(who).fetchSingle(0, Long.class);
    }

    /// Local accounts of ACTIVE people whose password was reset.
    public long mustChange() {
        return count(DIRECTORY_USER.STATUS.eq(UserStatus.ACTIVE.name()).and(DIRECTORY_USER.ID
                .in(DSL.select(LOCAL_ACCOUNT.USER_ID).from(LOCAL_ACCOUNT).where(LOCAL_ACCOUNT.MUST_CHANGE))));
    }

    /// Wrong passwords in a row for a local account.
    public record Failures(int failures, @Nullable Instant last) {}

    /// Local accounts with at least so many.
    public List<Failures> failures(int least) {
        return database.dsl().select(LOCAL_ACCOUNT.FAILED_ATTEMPTS, LOCAL_ACCOUNT.ATTEMPTED_AT).from(LOCAL_ACCOUNT)
                .where(LOCAL_ACCOUNT.FAILED_ATTEMPTS.ge(least))
                .fetch(row -> new Failures(row.value1(), Times.fromColumnOrNull(row.value2())));
    }

    /// Names of ACTIVE administrators with a local account, some of them, oldest first.
    public List<String> localAdministrators(int limit) {
        return database.dsl()
                .select(DSL.coalesce(DSL.nullif(DIRECTORY_USER.DISPLAY_NAME, ""), DIRECTORY_USER.USERNAME))
                .from(DIRECTORY_USER).join(LOCAL_ACCOUNT).on(LOCAL_ACCOUNT.USER_ID.eq(DIRECTORY_USER.ID))
                .join(ROLE_ASSIGNMENT).on(ROLE_ASSIGNMENT.USER_ID.eq(DIRECTORY_USER.ID))
                .join(ROLE).on(ROLE.ID.eq(ROLE_ASSIGNMENT.ROLE_ID))
                .where(DIRECTORY_USER.STATUS.eq(UserStatus.ACTIVE.name()), ROLE.NAME.eq(Role.ADMINISTRATOR))
                .orderBy(DIRECTORY_USER.ID).limit(limit).fetch(row -> row.value1());
    }

    /// How many events of a kind were recorded since then. Goes along the events' numbers, which rise with time.
    public long events(String action, Instant since) {
        return database.dsl().fetchCount(AUDIT_EVENT,
                AUDIT_EVENT.SEQ.ge(firstSince(since)).and(AUDIT_EVENT.ACTION.eq(action))
                        .and(AUDIT_EVENT.AT.ge(Times.toColumn(since))));
    }

    private long firstSince(Instant since) {
        Long newest = database.dsl().select(DSL.max(AUDIT_EVENT.SEQ)).from(AUDIT_EVENT).fetchSingle(0, Long.class);
        long low = 1;
        long high = newest == null ? 1 : newest + 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            Instant at = database.dsl().select(AUDIT_EVENT.AT).from(AUDIT_EVENT).where(AUDIT_EVENT.SEQ.ge(middle))
                    .orderBy(AUDIT_EVENT.SEQ).limit(1).fetchOptional(row -> Times.fromColumn(row.value1()))
                    .orElse(null);
            if (at != null && at.isBefore(since)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
