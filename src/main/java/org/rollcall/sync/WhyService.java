package org.rollcall.sync;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Assignment;
import org.rollcall.domain.GroupPath;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Profile;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.ReasonCode;
import org.rollcall.domain.Ref;
import org.rollcall.domain.RoleRule;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserStatus;
import org.rollcall.store.AssignmentStore;
import org.rollcall.store.GroupNesting;
import org.rollcall.store.PersonStore;
import org.rollcall.store.ProfileStore;
import org.rollcall.store.RuleStore;
import org.rollcall.store.UserQueries;
import org.rollcall.text.Words;

/// Answers "Why?" for a person: why they were imported, have their role, and have their status. The answers are derived from
/// the directory and the present configuration, not from a log, so they exist for everybody at any time.
public final class WhyService {
    private final UserQueries users;
    private final GroupNesting nesting;
    private final PersonStore people;
    private final AssignmentStore assignments;
    private final ProfileStore profiles;
    private final RuleStore rules;

    public WhyService(UserQueries users, GroupNesting nesting, PersonStore people, AssignmentStore assignments,
            ProfileStore profiles, RuleStore rules) {
        this.users = users;
        this.nesting = nesting;
        this.people = people;
        this.assignments = assignments;
        this.profiles = profiles;
        this.rules = rules;
    }

    /// The three decisions about a person: imported, role, status.
    ///
    /// @throws RollcallException INPUT: there is no such person
    public List<Decision> why(Actor actor, long userId) {
        if (!Objects.equals(actor.userId(), userId)) {
            actor.require(Permission.VIEW_DIRECTORY);
        }
        UserRow user = users.byId(userId).orElseThrow(() -> RollcallException.input("person.unknown",
                Words.of("sync.person.unknown"), Words.of("sync.person.unknown.remedy")));
        Optional<Profile> profile = Optional.ofNullable(people.owningProfiles(List.of(userId)).get(userId))
                .flatMap(profiles::byId);
        List<GroupPath> paths = user.tenantId() == null || user.objectId() == null
                ? List.of()
                : nesting.pathsTo(user.tenantId(), user.objectId());
        return List.of(imported(user, profile, paths), role(user, profile), status(user));
    }

    private static Decision imported(UserRow user, Optional<Profile> profile, List<GroupPath> paths) {
        if (user.isLocal()) {
            return new Decision("imported", Words.of("sync.whyService.localAccount").english(),
                    Words.of("sync.whyService.addedHereNotImported").english(), null, List.of(), null);
        }
        String tenant = Objects.requireNonNullElse(user.tenant(), "");
        if (profile.isEmpty()) {
            return new Decision("imported", tenant,
                    Words.of("sync.whyService.importedFromNoImportBrings", tenant).english(),
                    null,
                    List.of(), user.firstRunId());
        }
        ProfileConfig.Scope scope = profile.get().config().scope();
        String name = profile.get().name();
        if (scope.all()) {
            return new Decision("imported", name, Words.of("sync.whyService.everyoneInIsBroughtIn", tenant).english(),
                    null, List.of(),
                    user.firstRunId());
        }
        Optional<List<String>> path = scope.groups().stream()
                .flatMap(chosen -> path(paths, chosen.id(), scope.nested()).stream()).findFirst();
        if (path.isPresent()) {
            return new Decision("imported", name,
                    Words.of("sync.whyService.inTheChosenGroup", path.get().getFirst()).english(), null, path.get(),
                    user.firstRunId());
        }
        boolean byName = scope.people().stream().anyMatch(each -> each.id().equals(user.objectId()));
        return new Decision("imported", name,
                byName
                        ? Words.of("sync.whyService.chosenByName").english()
                        : Words.of("sync.whyService.inAChosenGroupThat").english(),
                null, List.of(), user.firstRunId());
    }

    /// From the rule's group down to the one that contains the person, even if it is out of scope.
    private List<String> rulePath(Profile profile, RoleRule rule, UserRow user) {
        return user.objectId() == null
                ? List.of()
                : nesting.ofProfiles().path(profile, rule.group().id(), rule.nested(), user.objectId())
                        .map(path -> path.stream().map(Ref::name).toList()).orElse(List.of());
    }

    private Decision role(UserRow user, Optional<Profile> profile) {
        @Nullable
        Assignment assignment = Map.copyOf(assignments.of(List.of(user.id()))).get(user.id());
        @Nullable
        Long run = assignment == null ? null : assignment.runId();
        if (user.roleSource() == RoleSource.MANUAL) {
            String by = assignment == null ? "" : Words.of("sync.whyService.by", assignment.assignedBy()).english();
            return new Decision("role", user.role(),
                    Words.of("sync.whyService.chosenByHandSynchronizationsLeave", by).english(), null,
                    List.of(), run);
        }
        if (user.roleSource() == RoleSource.RULE && profile.isPresent()) {
            for (RoleRule rule : rules.ofProfile(profile.get().id())) {
                if (Objects.equals(user.ruleId(), rule.id())) {
                    List<String> path = rulePath(profile.get(), rule, user);
                    String words = Words
                            .of("sync.whyService.ruleGives", rule.position() + 1, rule.group().name(), user.role())
                            .english();
                    return new Decision("role", user.role(), words, words, path, run);
                }
            }
            return new Decision("role", user.role(), Words.of("sync.whyService.aRuleGaveItThat").english(), null,
                    List.of(), run);
        }
        return new Decision("role", user.role(), Words.of("sync.whyService.noRuleFitsTheDefault").english(), null,
                List.of(), run);
    }

    private static Decision status(UserRow user) {
        String because = switch (user.status()) {
            case REMOVED -> Words.of("sync.whyService.noLongerInEntraOr").english();
            case DISABLED -> user.disabledByHand()
                    ? Words.of("sync.whyService.deactivatedHereByHand").english()
                    : user.attributes().bool(UserField.ACCOUNT_ENABLED) == null
                            ? ReasonCode.ENABLED_UNKNOWN.words()
                            : Words.of("sync.whyService.disabledInEntra").english();
            case ACTIVE -> user.isLocal()
                    ? Words.of("sync.whyService.activeAccount").english()
                    : Words.of("sync.whyService.enabledInEntra").english();
        };
        if (user.excluded()) {
            because += Words.of("sync.whyService.excludedFromSynchronizationByHand").english();
        }
        return new Decision("status", user.status().name(), because, null, List.of(), user.lastRunId());
    }

    private static Optional<List<String>> path(List<GroupPath> paths, UUID group, boolean nested) {
        return paths.stream().filter(each -> each.group().objectId().equals(group))
                .filter(each -> nested || each.isDirect()).map(each -> each.path().stream().map(Ref::name).toList())
                .findFirst();
    }
}
