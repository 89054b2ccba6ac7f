package org.rollcall.store;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jooq.Condition;
import org.jooq.impl.DSL;

import static org.rollcall.store.gen.Tables.PLAN_BASE;
import static org.rollcall.store.gen.Tables.TOUCHED;

/// Stores for each import the base of its last plan, and reads the changes since: the dirty set of the next plan.
public final class PlanBaseStore {
    /// Bases that would retain more log rows than this are dropped.
    private static final long LONGEST = 5L * TouchLog.MOST;

    private final Database database;

    public PlanBaseStore(Database database) {
        this.database = database;
    }

    /// @param basis     fingerprint of the configuration that decides about everybody
    /// @param seen      last log row that the plan included
    /// @param unsettled people with changes, skips or conflicts in the plan
    public record Base(long tenantId, long mirrorId, String basis, long seen, Set<UUID> unsettled) {
        public Base {
            unsettled = Set.copyOf(unsettled);
        }
    }

    public Optional<Base> of(long profileId) {
        return database.dsl().selectFrom(PLAN_BASE).where(PLAN_BASE.PROFILE_ID.eq(profileId))
                .fetchOptional(row -> new Base(row.getTenantId(), row.getMirrorId(), row.getBasis(), row.getSeen(),
                        Set.of(row.getUnsettled())));
    }

    /// Replaces the base. Called in a transaction, while nothing but the plan itself has been written since the plan began.
    /// Changes of the same transaction are logged at its end.
    public void put(long profileId, long tenantId, long mirrorId, String basis, Collection<UUID> unsettled) {
        long seen = Math.max(last(DSL.select(DSL.max(TOUCHED.NUMBER)).from(TOUCHED)),
                last(DSL.select(DSL.max(PLAN_BASE.SEEN)).from(PLAN_BASE)));
        database.dsl().deleteFrom(PLAN_BASE)
                .where(PLAN_BASE.PROFILE_ID.eq(profileId).or(PLAN_BASE.SEEN.lt(seen - LONGEST))).execute();
        database.dsl().insertInto(PLAN_BASE)
                .set(PLAN_BASE.PROFILE_ID, profileId)
                .set(PLAN_BASE.TENANT_ID, tenantId)
                .set(PLAN_BASE.MIRROR_ID, mirrorId)
                .set(PLAN_BASE.BASIS, basis)
                .set(PLAN_BASE.SEEN, seen)
                .set(PLAN_BASE.UNSETTLED, unsettled.toArray(UUID[]::new)).execute();
        trim(PLAN_BASE.MIRROR_ID.eq(mirrorId), TOUCHED.TENANT_ID.eq(tenantId).and(TOUCHED.MIRROR_ID.eq(mirrorId)));
        trim(PLAN_BASE.TENANT_ID.eq(tenantId), TOUCHED.TENANT_ID.eq(tenantId).and(TOUCHED.MIRROR_ID.isNull()));
    }

    /// Replaces the base after the plan was applied in this transaction: the people whom it changed are not dirty.
    ///
    /// @param unsettled people with skips or conflicts
    public void putApplied(long profileId, long tenantId, long mirrorId, String basis, Collection<UUID> unsettled) {
        database.touched().writeNow();
        put(profileId, tenantId, mirrorId, basis, unsettled);
    }

    /// Drops the base: the next plan is a full one.
    public void forget(long profileId) {
        database.dsl().deleteFrom(PLAN_BASE).where(PLAN_BASE.PROFILE_ID.eq(profileId)).execute();
    }

    /// Changes since the base.
    public Touched since(Base base) {
        Map<TouchLog.Kind, Set<UUID>> found = new EnumMap<>(TouchLog.Kind.class);
        for (Condition place : new Condition[]{ TOUCHED.MIRROR_ID.eq(base.mirrorId()), TOUCHED.MIRROR_ID.isNull() }) {
            database.dsl().select(TOUCHED.KIND, TOUCHED.OBJECT_ID).from(TOUCHED)
                    .where(TOUCHED.TENANT_ID.eq(base.tenantId()), place, TOUCHED.NUMBER.gt(base.seen()))
                    .forEach(row -> found
                            .computeIfAbsent(TouchLog.Kind.valueOf(row.value1()), kind -> new HashSet<>())
                            .add(row.value2()));
        }
        return new Touched(found.getOrDefault(TouchLog.Kind.PERSON, Set.of()),
                found.getOrDefault(TouchLog.Kind.GROUP, Set.of()), found.getOrDefault(TouchLog.Kind.BELOW, Set.of()),
                found.getOrDefault(TouchLog.Kind.ABOVE, Set.of()));
    }

    /// Deletes log rows that every base includes.
    private void trim(Condition bases, Condition noted) {
        Long oldest = database.dsl().select(DSL.min(PLAN_BASE.SEEN)).from(PLAN_BASE).where(bases).fetchSingle()
                .value1();
        database.dsl().deleteFrom(TOUCHED).where(noted, TOUCHED.NUMBER.le(Objects.requireNonNull(oldest))).execute();
    }

    private long last(org.jooq.Select<org.jooq.Record1<Long>> select) {
        return Objects.requireNonNullElse(database.dsl().fetchSingle(select).value1(), 0L);
    }
}
