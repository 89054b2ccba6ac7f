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

/// For each import what its last plan was based on, and what was written since: whom the next plan has to look at.
public final class PlanBaseStore {
    /// Bases are given up that would keep more rows of [Touched] than this from being deleted.
    private static final long LONGEST = 5L * TouchLog.MOST;

    private final Database database;

    public PlanBaseStore(Database database) {
        this.database = database;
    }

    /// @param basis     of what decides about everybody
    /// @param seen      the plan knew what was noted up to here
    /// @param unsettled people about whom it had something to say
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

    /// In place of the one before. To be called in a transaction, at a moment when nothing but what the plan itself says has
    /// been written since it was begun; what the same transaction writes is noted at its end.
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

    /// The same after the plan was applied in this transaction: whom it changed need not be looked at again.
    ///
    /// @param unsettled whom it could not change
    public void putApplied(long profileId, long tenantId, long mirrorId, String basis, Collection<UUID> unsettled) {
        database.touched().writeNow();
        put(profileId, tenantId, mirrorId, basis, unsettled);
    }

    /// The next plan goes through everybody.
    public void forget(long profileId) {
        database.dsl().deleteFrom(PLAN_BASE).where(PLAN_BASE.PROFILE_ID.eq(profileId)).execute();
    }

    /// What was written since.
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

    /// What every base knows is of no use.
    private void trim(Condition bases, Condition noted) {
        Long oldest = database.dsl().select(DSL.min(PLAN_BASE.SEEN)).from(PLAN_BASE).where(bases).fetchSingle()
                .value1();
        database.dsl().deleteFrom(TOUCHED).where(noted, TOUCHED.NUMBER.le(Objects.requireNonNull(oldest))).execute();
    }

    private long last(org.jooq.Select<org.jooq.Record1<Long>> select) {
        return Objects.requireNonNullElse(database.dsl().fetchSingle(select).value1(), 0L);
    }
}
