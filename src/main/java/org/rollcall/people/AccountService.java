package org.rollcall.people;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserStatus;
import org.rollcall.roles.AdministratorGuard;
import org.rollcall.roles.Powers;
import org.rollcall.store.PersonStore;
import org.rollcall.store.PersonStore.Standing;
import org.rollcall.store.SettingStore;
import org.rollcall.text.Words;

/// Activates, deactivates and excludes people manually, which outlives every import. Nobody can do it to somebody with more
/// permissions.
public final class AccountService {
    private final PersonStore people;
    private final SettingStore settings;
    private final Powers powers;
    private final AdministratorGuard guard;
    private final AuditService audit;

    AccountService(PersonStore people, SettingStore settings, Powers powers, AdministratorGuard guard,
            AuditService audit) {
        this.people = people;
        this.settings = settings;
        this.powers = powers;
        this.guard = guard;
        this.audit = audit;
    }

    /// @param changed the changed people, by id: the opposite operation on them reverts it
    /// @param skipped why others were not changed, by id, as display text
    public record AccountEdit(List<Long> changed, Map<Long, String> skipped) {}

    /// Reverts [#deactivate]. People who are disabled in Entra can only be enabled there.
    ///
    /// @throws RollcallException NOT_ALLOWED; INPUT: unknown person
    public AccountEdit activate(Actor actor, List<Long> userIds) {
        return edit(actor, userIds, "user.activate", who -> {
            if (who.status() == UserStatus.REMOVED) {
                return Words.of("roles.accountService.isNoLongerInEntra", who.shownName()).english();
            }
            if (who.disabledByHand()) {
                return null;
            }
            return who.status() == UserStatus.ACTIVE
                    ? Words.of("roles.accountService.isAlreadyActive", who.shownName()).english()
                    : Words.of("roles.accountService.isDisabledInEntraAnd", who.shownName()).english();
        }, ids -> people.setDisabledByHand(ids, false));
    }

    /// @throws RollcallException NOT_ALLOWED; INPUT: unknown person; GUARD: the last administrator
    public AccountEdit deactivate(Actor actor, List<Long> userIds) {
        return edit(actor, userIds, "user.deactivate", who -> {
            if (who.status() == UserStatus.REMOVED) {
                return Words.of("roles.accountService.isNoLongerInEntra", who.shownName()).english();
            }
            return who.disabledByHand()
                    ? Words.of("roles.accountService.isAlreadyDeactivated", who.shownName()).english()
                    : null;
        }, ids -> people.setDisabledByHand(ids, true));
    }

    /// Excludes people from every import: they stay unchanged until they are included again.
    public AccountEdit exclude(Actor actor, List<Long> userIds) {
        return edit(actor, userIds, "user.exclude", who -> {
            if (who.tenantId() == null) {
                return Words.of("roles.accountService.hasALocalAccountWhich", who.shownName()).english();
            }
            return who.excluded()
                    ? Words.of("roles.accountService.isAlreadyExcluded", who.shownName()).english()
                    : null;
        }, ids -> people.setExcluded(ids, true));
    }

    /// Lets imports change these people again.
    public AccountEdit include(Actor actor, List<Long> userIds) {
        return edit(actor, userIds, "user.include",
                who -> who.excluded()
                        ? null
                        : Words.of("roles.accountService.isNotExcluded", who.shownName()).english(),
                ids -> people.setExcluded(ids, false));
    }

    /// Deletes a local account.
    ///
    /// @throws RollcallException INPUT: unknown, or imported; GUARD: the last administrator
    public void removeLocal(Actor actor, long userId) {
        actor.require(Permission.MANAGE_USERS);
        guard.requireOneAfter(() -> {
            Standing who = standing(List.of(userId)).values().iterator().next();
            if (who.tenantId() != null) {
                throw RollcallException.input("user.imported", Words.of("roles.user.imported", who.shownName()),
                        Words.of("roles.user.imported.remedy"));
            }
            powers.requireOver(actor, List.of(userId), Words.of("roles.verb.remove"));
            people.deleteLocal(userId);
            settings.raiseDirectoryRevision();
            audit.record(actor, "user.remove", "USER", Long.toString(userId), who.shownName(), Map.of(), null);
            return Boolean.TRUE;
        });
    }

    private AccountEdit edit(Actor actor, List<Long> userIds, String action,
            Function<Standing, @Nullable String> whyNot, Consumer<List<Long>> change) {
        actor.require(Permission.MANAGE_USERS);
        return guard.requireOneAfter(() -> {
            var ids = new LinkedHashSet<>(userIds);
            Map<Long, Standing> standing = standing(ids);
            var changed = new ArrayList<Long>();
            var skipped = new LinkedHashMap<Long, String>();
            for (Long id : ids) {
                @Nullable
                String reason = whyNot.apply(Objects.requireNonNull(standing.get(id)));
                if (reason == null) {
                    changed.add(id);
                } else {
                    skipped.put(id, reason);
                }
            }
            if (!changed.isEmpty()) {
                powers.requireOver(actor, changed, Words.of("roles.verb." + action.substring(action.indexOf('.') + 1)));
                change.accept(changed);
                settings.raiseDirectoryRevision();
                audit.recordAll(actor, changed.stream().map(id -> new AuditService.Entry(action, "USER",
                        Long.toString(id), Objects.requireNonNull(standing.get(id)).shownName(), Map.of(), null))
                        .toList());
            }
            return new AccountEdit(changed, skipped);
        });
    }

    private Map<Long, Standing> standing(Collection<Long> ids) {
        Map<Long, Standing> standing = people.standing(ids);
        for (Long id : ids) {
            if (!standing.containsKey(id)) {
                throw RollcallException.input("user.unknown", Words.of("roles.user.unknown", id),
                        Words.of("roles.user.unknown.remedy"));
            }
        }
        return standing;
    }
}
