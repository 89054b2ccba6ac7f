package org.rollcall.people;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.roles.AdministratorGuard;
import org.rollcall.roles.Powers;
import org.rollcall.store.PurgeStore;
import org.rollcall.store.SettingStore;
import org.rollcall.text.Words;

/// Permanently deletes people who have been REMOVED for a long time, with their history. Nobody can purge somebody with more
/// permissions. The audit event contains none of their data; older events that name them stay, since removing them would break
/// the chain.
public final class PurgeService {
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final PurgeStore store;
    private final SettingStore settings;
    private final Powers powers;
    private final AdministratorGuard guard;
    private final AuditService audit;
    private final Clock clock;

    PurgeService(PurgeStore store, SettingStore settings, Powers powers, AdministratorGuard guard, AuditService audit,
            Clock clock) {
        this.store = store;
        this.settings = settings;
        this.powers = powers;
        this.guard = guard;
        this.audit = audit;
        this.clock = clock;
    }

    /// @param people number of people
    /// @param before they were REMOVED at or before this time
    public record Purge(int people, Instant before) {}

    /// The people who would be deleted.
    ///
    /// @throws RollcallException NOT_ALLOWED; INPUT: the period is negative or longer than 100 years
    public Purge preview(Actor actor, Duration removedFor) {
        actor.require(Permission.MANAGE_USERS);
        Instant before = before(removedFor);
        List<Long> ids = store.removedSince(before);
        powers.requireOver(actor, ids, Words.of("roles.verb.purge"));
        return new Purge(ids.size(), before);
    }

    /// Deletes them: all or, if the actor may not delete one of them, nobody.
    ///
    /// @throws RollcallException NOT_ALLOWED; INPUT: the period is negative or longer than 100 years
    public Purge purge(Actor actor, Duration removedFor) {
        actor.require(Permission.MANAGE_USERS);
        Instant before = before(removedFor);
        return guard.requireOneAfter(() -> {
            List<Long> ids = store.removedSince(before);
            powers.requireOver(actor, ids, Words.of("roles.verb.purge"));
            if (!ids.isEmpty()) {
                store.purge(ids);
                settings.raiseDirectoryRevision();
            }
            var detail = new LinkedHashMap<String, @Nullable Object>();
            detail.put("people", ids.size());
            detail.put("removedBefore", before.toString());
            audit.record(actor, "user.purge", null, null, null, detail, null);
            return new Purge(ids.size(), before);
        });
    }

    private Instant before(Duration removedFor) {
        if (removedFor.isNegative() || removedFor.compareTo(LONGEST) > 0) {
            throw RollcallException.input("purge.time", Words.of("roles.purge.time"),
                    Words.of("roles.purge.time.remedy"));
        }
        return clock.instant().minus(removedFor);
    }
}
