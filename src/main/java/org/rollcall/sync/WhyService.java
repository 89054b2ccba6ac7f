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

/// Answers "Why?" for a person: why they are here, why they have their role, why their status is what it is. The answers
/// come from the directory and the present configuration, not from a log, so they hold for everybody at any time.
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
            return new Decision("imported", "local account", "Added here, not imported", null, List.of(), null);
        }
        String tenant = Objects.requireNonNullElse(user.tenant(), "");
        if (profile.isEmpty()) {
            return new Decision("imported", tenant, "Imported from " + tenant + "; no import brings them in any more",
                    null,
                    List.of(), user.firstRunId());
        }
        ProfileConfig.Scope scope = profile.get().config().scope();
        String name = profile.get().name();
        if (scope.all()) {
            return new Decision("imported", name, "Everyone in " + tenant + " is brought in", null, List.of(),
                    user.firstRunId());
        }
        Optional<List<String>> path = scope.groups().stream()
                .flatMap(chosen -> path(paths, chosen.id(), scope.nested()).stream()).findFirst();
        if (path.isPresent()) {
            return new Decision("imported", name, "In the chosen group " + path.get().getFirst(), null, path.get(),
                    user.firstRunId());
        }
        boolean byName = scope.people().stream().anyMatch(each -> each.id().equals(user.objectId()));
        return new Decision("imported", name, byName ? "Chosen by name" : "In a chosen group that is not stored here",
                null, List.of(), user.firstRunId());
    }

    /// From the rule's group down to the one with the person in it, out of scope though it may be.
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
            String by = assignment == null ? "" : " by " + assignment.assignedBy();
            return new Decision("role", user.role(), "Chosen by hand" + by + "; synchronizations leave it alone", null,
                    List.of(), run);
        }
        if (user.roleSource() == RoleSource.RULE && profile.isPresent()) {
            for (RoleRule rule : rules.ofProfile(profile.get().id())) {
                if (Objects.equals(user.ruleId(), rule.id())) {
                    List<String> path = rulePath(profile.get(), rule, user);
                    String words = "Rule " + (rule.position() + 1) + ": " + rule.group().name() + " gives "
                            + user.role();
                    return new Decision("role", user.role(), words, words, path, run);
                }
            }
            return new Decision("role", user.role(), "A rule gave it that is no longer there", null, List.of(), run);
        }
        return new Decision("role", user.role(), "No rule fits: the default role", null, List.of(), run);
    }

    private static Decision status(UserRow user) {
        String because = switch (user.status()) {
            case REMOVED -> "No longer in Entra or in scope";
            case DISABLED -> user.disabledByHand()
                    ? "Deactivated here by hand"
                    : user.attributes().bool(UserField.ACCOUNT_ENABLED) == null
                            ? ReasonCode.ENABLED_UNKNOWN.words()
                            : "Disabled in Entra";
            case ACTIVE -> user.isLocal() ? "Active account" : "Enabled in Entra";
        };
        if (user.excluded()) {
            because += "; excluded from synchronization by hand";
        }
        return new Decision("status", user.status().name(), because, null, List.of(), user.lastRunId());
    }

    private static Optional<List<String>> path(List<GroupPath> paths, UUID group, boolean nested) {
        return paths.stream().filter(each -> each.group().objectId().equals(group))
                .filter(each -> nested || each.isDirect()).map(each -> each.path().stream().map(Ref::name).toList())
                .findFirst();
    }
}
