package org.rollcall.people;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserStatus;
import org.rollcall.roles.AdministratorGuard;
import org.rollcall.roles.Powers;
import org.rollcall.store.IdentityStore;
import org.rollcall.store.IdentityStore.Pair;
import org.rollcall.store.SettingStore;
import org.rollcall.store.UserQueries;
import org.rollcall.text.Words;

/// Finds accounts that were deleted and re-created in Entra for the same person, and links them on request. Nobody can link
/// people with more permissions.
///
/// The person keeps the id, history, manual role and exclusion from before; attributes are those of the new account, so the
/// next import finds nothing to change. A role set manually on the new account is the newer decision and stays. A manual
/// deactivation of either remains.
public final class LinkService {
    private final IdentityStore identities;
    private final UserQueries users;
    private final SettingStore settings;
    private final Powers powers;
    private final AdministratorGuard guard;
    private final AuditService audit;

    LinkService(IdentityStore identities, UserQueries users, SettingStore settings, Powers powers,
            AdministratorGuard guard, AuditService audit) {
        this.identities = identities;
        this.users = users;
        this.settings = settings;
        this.powers = powers;
        this.guard = guard;
        this.audit = audit;
    }

    /// Two entries that may be the same person.
    ///
    /// @param present with the re-created account
    /// @param former  with the deleted account
    public record Offer(UserRow present, UserRow former) {}

    /// The candidates for a re-created account: people with the same user name or UPN in the same tenant who had been removed
    /// when it appeared.
    public List<Offer> offers(Actor actor) {
        actor.require(Permission.VIEW_DIRECTORY);
        List<Pair> pairs = identities.pairs();
        var rows = new HashMap<Long, UserRow>();
        users.byIds(pairs.stream().flatMap(pair -> Stream.of(pair.present(), pair.former())).distinct()
                .toList()).forEach(row -> rows.put(row.id(), row));
        return pairs.stream().filter(pair -> rows.containsKey(pair.present()) && rows.containsKey(pair.former()))
                .map(pair -> new Offer(Objects.requireNonNull(rows.get(pair.present())),
                        Objects.requireNonNull(rows.get(pair.former()))))
                .toList();
    }

    /// The number of candidates.
    public int count(Actor actor) {
        actor.require(Permission.VIEW_DIRECTORY);
        return identities.pairs().size();
    }

    /// Links a candidate.
    ///
    /// @param presentText user name, UPN or id of the person with the new account
    /// @param formerText  id or object id of the removed one, or a unique name
    /// @throws RollcallException INPUT: unknown, a local account, already linked, or no such candidate; NOT_ALLOWED; GUARD: the
    ///                           last administrator
    /// @return the linked person
    public UserRow link(Actor actor, String presentText, String formerText) {
        actor.require(Permission.CHANGE_ROLES);
        actor.require(Permission.VIEW_DIRECTORY);
        UserRow former = formerOf(formerText);
        UserRow present = find(presentText);
        return link(actor, present, former);
    }

    /// The same for a candidate that was listed before.
    public UserRow link(Actor actor, long presentId, long formerId) {
        return link(actor, Long.toString(presentId), Long.toString(formerId));
    }

    private UserRow find(String text) {
        try {
            return users.find(text);
        } catch (RollcallException e) {
            Optional<Long> linked = identities.byFormer(text.strip());
            if (e.code().equals("user.unknown") && linked.isPresent()) {
                throw linkedAlready(text);
            }
            throw e;
        }
    }

    /// A name refers to the removed person if the new account has it too.
    private UserRow formerOf(String text) {
        UserRow found = find(text);
        if (found.status() == UserStatus.REMOVED || found.isLocal()) {
            return found;
        }
        List<UserRow> former = identities.pairs().stream().filter(pair -> pair.present() == found.id())
                .flatMap(pair -> users.byId(pair.former()).stream()).toList();
        boolean byName = text.strip().equalsIgnoreCase(found.username()) || text.strip().equalsIgnoreCase(found.upn());
        return byName && former.size() == 1 ? former.getFirst() : found;
    }

    private UserRow link(Actor actor, UserRow present, UserRow former) {
        for (UserRow each : List.of(present, former)) {
            if (each.isLocal()) {
                throw RollcallException.input("link.local",
                        Words.of("roles.link.local", each.shownName()),
                        Words.of("roles.link.local.remedy"));
            }
        }
        if (present.id() == former.id()) {
            throw identities.formerOf(present.id()).rowIds().isEmpty()
                    ? RollcallException.input("link.same", Words.of("roles.link.same", present.shownName()),
                            Words.of("roles.link.same.remedy"))
                            .onCommandLine(Words.of("roles.link.same.remedy.cli"))
                    : linkedAlready(present.shownName());
        }
        var pair = new Pair(present.id(), former.id());
        if (!identities.isPair(pair.present(), pair.former())) {
            boolean turned = identities.isPair(pair.former(), pair.present());
            throw RollcallException.input("link.no-pair", turned
                    ? Words.of("roles.link.no-pair", present.shownName())
                    : Words.of("roles.link.no-pair.else", former.shownName()),
                    turned ? Words.of("roles.link.no-pair.remedy") : Words.of("roles.link.no-pair.remedy.else"))
                    .onCommandLine(turned
                            ? Words.of("roles.link.no-pair.remedy.cli")
                            : Words.of("roles.link.no-pair.remedy.cli.else"));
        }
        if (former.disabledByHand() && !present.disabledByHand() || former.excluded() && !present.excluded()) {
            actor.require(Permission.MANAGE_USERS);
        }
        return guard.requireOneAfter(() -> {
            powers.requireOver(actor, List.of(present.id(), former.id()), Words.of("roles.verb.link"));
            identities.join(pair, actor.name());
            settings.raiseDirectoryRevision();
            UserRow after = users.byId(former.id()).orElseThrow();
            audit.record(actor, "user.link", "USER", Long.toString(after.id()), after.shownName(),
                    detail(present, former, after), null);
            return after;
        });
    }

    private static Map<String, @Nullable Object> detail(UserRow present, UserRow former, UserRow after) {
        var detail = new LinkedHashMap<String, @Nullable Object>();
        detail.put("joined", present.id());
        detail.put("before", Map.of("role", present.role(), "roleSource", present.roleSource().name()));
        detail.put("after", Map.of("role", after.role(), "roleSource", after.roleSource().name()));
        detail.put("formerRole", former.role());
        return detail;
    }

    private static RollcallException linkedAlready(String name) {
        return RollcallException.input("link.done", Words.of("roles.link.done", name),
                Words.of("roles.link.done.remedy"));
    }
}
