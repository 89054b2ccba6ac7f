package org.rollcall.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jooq.Record;

import org.rollcall.domain.Ref;
import org.rollcall.domain.RoleRule;

import static org.rollcall.store.gen.Tables.ROLE_RULE;

/// Role rules of profiles, in order.
public final class RuleStore {
    private final Database database;

    public RuleStore(Database database) {
        this.database = database;
    }

    /// Those of a profile, first one first.
    public List<RoleRule> ofProfile(long profileId) {
        return database.dsl().selectFrom(ROLE_RULE).where(ROLE_RULE.PROFILE_ID.eq(profileId))
                .orderBy(ROLE_RULE.POSITION, ROLE_RULE.ID).fetch(RuleStore::read);
    }

    /// Those that use a group, in any profile.
    public List<RoleRule> ofGroup(UUID groupId) {
        return database.dsl().selectFrom(ROLE_RULE).where(ROLE_RULE.GROUP_ID.eq(groupId))
                .orderBy(ROLE_RULE.PROFILE_ID, ROLE_RULE.POSITION).fetch(RuleStore::read);
    }

    public Optional<RoleRule> byId(long id) {
        return database.dsl().selectFrom(ROLE_RULE).where(ROLE_RULE.ID.eq(id)).fetchOptional(RuleStore::read);
    }

    /// Makes `rules` the rules of the profile, in this order. Those with an id that the profile has keep it; ids and
    /// positions of the others are given here.
    ///
    /// @return the rules as stored
    public List<RoleRule> replace(long profileId, List<RoleRule> rules) {
        return database.transaction(() -> {
            var present = new ArrayList<>(ofProfile(profileId).stream().map(RoleRule::id).toList());
            int position = 0;
            for (RoleRule rule : rules) {
                if (present.remove((Object) rule.id())) {
                    database.dsl().update(ROLE_RULE)
                            .set(ROLE_RULE.POSITION, position++)
                            .set(ROLE_RULE.GROUP_ID, rule.group().id())
                            .set(ROLE_RULE.GROUP_NAME, rule.group().name())
                            .set(ROLE_RULE.NESTED, rule.nested())
                            .set(ROLE_RULE.ROLE_ID, rule.roleId())
                            .where(ROLE_RULE.ID.eq(rule.id())).execute();
                } else {
                    database.dsl().insertInto(ROLE_RULE)
                            .set(ROLE_RULE.PROFILE_ID, profileId)
                            .set(ROLE_RULE.POSITION, position++)
                            .set(ROLE_RULE.GROUP_ID, rule.group().id())
                            .set(ROLE_RULE.GROUP_NAME, rule.group().name())
                            .set(ROLE_RULE.NESTED, rule.nested())
                            .set(ROLE_RULE.ROLE_ID, rule.roleId())
                            .execute();
                }
            }
            if (!present.isEmpty()) {
                database.dsl().deleteFrom(ROLE_RULE).where(ROLE_RULE.ID.in(present)).execute();
            }
            return ofProfile(profileId);
        });
    }

    /// How many rules and profiles' defaults use a role.
    public int uses(long roleId) {
        return database.dsl().fetchCount(ROLE_RULE, ROLE_RULE.ROLE_ID.eq(roleId));
    }

    /// Makes every rule for one role a rule for another.
    public void moveRole(long fromRoleId, long toRoleId) {
        database.transaction(() -> {
            database.dsl().update(ROLE_RULE).set(ROLE_RULE.ROLE_ID, toRoleId).where(ROLE_RULE.ROLE_ID.eq(fromRoleId))
                    .execute();
        });
    }

    private static RoleRule read(Record row) {
        return new RoleRule(row.get(ROLE_RULE.ID), row.get(ROLE_RULE.PROFILE_ID), row.get(ROLE_RULE.POSITION),
                new Ref(row.get(ROLE_RULE.GROUP_ID), row.get(ROLE_RULE.GROUP_NAME)), row.get(ROLE_RULE.NESTED),
                row.get(ROLE_RULE.ROLE_ID));
    }
}
