package org.rollcall.sync.plan;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.Change;
import org.rollcall.domain.Change.PersonChange;
import org.rollcall.domain.Change.Reason;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.MirrorPerson;
import org.rollcall.domain.ReasonCode;
import org.rollcall.domain.Role;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.StoredPerson;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserStatus;
import org.rollcall.groups.IdIndex;
import org.rollcall.text.Words;

/// The changes of people: processes everybody in mirror or directory once.
final class PeoplePlan {
    private final PlanInput input;
    private final People people;
    private final ScopeDecision scope;
    private final NameContest names;
    private final NameNeighbours neighbours;
    private final RoleDecision roles;
    private final Consumer<Change> sink;
    private final BitSet present = new BitSet();
    private long activeBefore;
    private int adminsBefore;
    private int adminsAfter;
    private long adminsGiven;
    private final RoleLosses.Count losses;

    PeoplePlan(PlanInput input, People people, ScopeDecision scope, NameContest names, NameNeighbours neighbours,
            RoleDecision roles, Consumer<Change> sink) {
        this.input = input;
        this.people = people;
        this.scope = scope;
        this.names = names;
        this.neighbours = neighbours;
        this.roles = roles;
        this.losses = input.losses().count();
        this.sink = change -> {
            losses.see(change);
            sink.accept(change);
        };
    }

    void run() {
        Merge.<MirrorPerson, StoredPerson, UUID>join(input.sources()::mirrorPeople, MirrorPerson::id,
                input.sources().people(), StoredPerson::id, IdIndex.ORDER, this::person);
    }

    /// By number: in the directory and not removed after the plan is applied.
    BitSet present() {
        return present;
    }

    long activeBefore() {
        return activeBefore;
    }

    /// Enabled administrators among the people of the tenant.
    int adminsBefore() {
        return adminsBefore;
    }

    int adminsAfter() {
        return adminsAfter;
    }

    /// People who become administrators by a rule or by the default role.
    long adminsGiven() {
        return adminsGiven;
    }

    /// People who lose their role or get a lower one, by a rule or by the default role.
    long rolesLost() {
        return losses.lost();
    }

    private void person(@Nullable MirrorPerson seen, @Nullable StoredPerson stored) {
        UUID id = seen != null ? seen.id() : Objects.requireNonNull(stored).id();
        int number = people.ids().indexOf(id);
        if (number < 0) {
            throw new RollcallException(ErrorKind.CONFLICT, "plan.moved", Words.of("sync.plan.moved"),
                    Words.of("sync.plan.moved.remedy"));
        }
        if (stored == null) {
            newcomer(number, Objects.requireNonNull(seen));
            return;
        }
        boolean active = stored.status() == UserStatus.ACTIVE;
        if (active && stored.inProfile()) {
            activeBefore++;
        }
        if (active && Role.ADMINISTRATOR.equals(stored.role())) {
            adminsBefore++;
        }
        Outcome after = seen != null && scope.includes(number)
                ? included(number, seen, stored)
                : absent(number, stored);
        if (after.status() != UserStatus.REMOVED) {
            present.set(number);
        }
        if (after.status() == UserStatus.ACTIVE && Role.ADMINISTRATOR.equals(after.role())) {
            adminsAfter++;
        }
    }

    private record Outcome(UserStatus status, @Nullable String role) {
        static Outcome asBefore(StoredPerson stored) {
            return new Outcome(stored.status(), stored.role());
        }
    }

    private void newcomer(int number, MirrorPerson seen) {
        Reason reason = scope.reason(number);
        if (reason == null) {
            return;
        }
        UUID id = seen.id();
        String name = Names.of(seen.attributes(), id);
        if (!scope.includes(number)) {
            emit(ChangeKind.SKIP, id, name, Map.of(), Map.of(), reason);
            return;
        }
        Attributes<UserField> attributes = Mapped.attributes(seen.attributes(), input.config().mapping());
        String username = Mapped.username(seen.attributes(), input.config().mapping());
        if (username == null || names.loses(number)) {
            conflict(number, id, name, username);
            return;
        }
        UserStatus status = statusOf(attributes, false);
        Map<String, @Nullable Object> after = new LinkedHashMap<>();
        after.put(PersonFields.USERNAME, username);
        after.put(PersonFields.STATUS, status.name());
        after.put(PersonFields.MFA, seen.mfa().name());
        after.putAll(roles.values(number));
        for (UserField field : UserField.values()) {
            if (attributes.get(field) != null) {
                after.put(field.graphName(), attributes.get(field));
            }
        }
        emit(ChangeKind.CREATE, id, name, Map.of(), after, reason);
        if (roles.hasRule(number)) {
            emit(ChangeKind.ROLE_GRANT, id, name, Map.of(), roles.values(number), roles.reason(number));
        }
        present.set(number);
        if (Role.ADMINISTRATOR.equals(roles.role(number))) {
            adminsGiven++;
        }
        if (status == UserStatus.ACTIVE && Role.ADMINISTRATOR.equals(roles.role(number))) {
            adminsAfter++;
        }
    }

    /// A known person in scope.
    private Outcome included(int number, MirrorPerson seen, StoredPerson stored) {
        UUID id = stored.id();
        Attributes<UserField> attributes = Mapped.attributes(seen.attributes(), input.config().mapping());
        String name = Names.of(attributes, id);
        if (stored.excluded()) {
            emit(ChangeKind.SKIP, id, name, Map.of(), Map.of(), Reason.of(ReasonCode.EXCLUDED_BY_HAND));
            return Outcome.asBefore(stored);
        }
        boolean returns = stored.status() == UserStatus.REMOVED;
        String wanted = Mapped.username(seen.attributes(), input.config().mapping());
        boolean decides = returns || people.is(number, People.NAMED_HERE);
        boolean loses = decides && (wanted == null || names.loses(number));
        if (loses) {
            conflict(number, id, name, wanted);
            if (returns) {
                return Outcome.asBefore(stored);
            }
        }
        if (!stored.inProfile() && !returns) {
            Map<String, @Nullable Object> facts = new LinkedHashMap<>(
                    Objects.requireNonNull(scope.reason(number)).facts());
            if (stored.otherProfileName() != null) {
                facts.put("profile", stored.otherProfileName());
            }
            emit(ChangeKind.SKIP, id, name, Map.of(), Map.of(),
                    new Reason(Objects.requireNonNull(scope.reason(number)).code(), facts));
        }
        UserStatus status = stored.status();
        if (decides) {
            String username = loses || wanted == null ? stored.username() : wanted;
            status = new KnownPerson(id, name, stored, attributes, seen.mfa(), username,
                    statusOf(attributes, stored.disabledByHand()), sink)
                    .emitChanges(returns ? Objects.requireNonNull(scope.reason(number)) : null);
        }
        return new Outcome(status, role(number, stored, name));
    }

    private @Nullable String role(int number, StoredPerson stored, String name) {
        if (!Mapped.owns(input, stored.otherProfile())) {
            return stored.role();
        }
        if (!roles.differs(number, stored)) {
            if (roles.ruleDiffers(number, stored)) {
                // Not a change for anybody, but "Why?" has to name the right rule.
                emit(ChangeKind.SKIP, stored.id(), name, RoleDecision.values(stored), roles.values(number),
                        roles.reason(number));
            }
            return stored.role();
        }
        emit(stored.role() == null ? ChangeKind.ROLE_GRANT : ChangeKind.ROLE_CHANGE, stored.id(), name,
                stored.role() == null ? Map.of() : RoleDecision.values(stored), roles.values(number),
                roles.reason(number));
        if (Role.ADMINISTRATOR.equals(roles.role(number)) && !Role.ADMINISTRATOR.equals(stored.role())) {
            adminsGiven++;
        }
        return roles.role(number);
    }

    /// A known person who is not, or no longer, in scope.
    private Outcome absent(int number, StoredPerson stored) {
        if (stored.status() == UserStatus.REMOVED || !stored.inProfile() || !input.complete()) {
            return Outcome.asBefore(stored);
        }
        UUID id = stored.id();
        String name = Names.of(stored.attributes(), id);
        if (stored.excluded()) {
            emit(ChangeKind.SKIP, id, name, Map.of(), Map.of(), Reason.of(ReasonCode.EXCLUDED_BY_HAND));
            return Outcome.asBefore(stored);
        }
        if (stored.otherProfile() != null) {
            emit(ChangeKind.SKIP, id, name, Map.of(), Map.of(), new Reason(ReasonCode.ANOTHER_PROFILE,
                    Map.of("profile", Objects.requireNonNullElse(stored.otherProfileName(), ""))));
            return Outcome.asBefore(stored);
        }
        Reason why = scope.reason(number);
        if (why == null) {
            boolean gone = input.config().scope().all() && !people.is(number, People.SEEN)
                    || input.config().scope().people().stream().anyMatch(each -> each.id().equals(id));
            why = Reason.of(gone ? ReasonCode.GONE_FROM_ENTRA : ReasonCode.OUT_OF_SCOPE);
        }
        if (people.is(number, People.KEPT) && why.code() != ReasonCode.GONE_FROM_ENTRA) {
            emit(ChangeKind.CONFLICT, id, name, Map.of(), Map.of(), new Reason(ReasonCode.NOT_REMOVED,
                    Map.of("scope", why.code().name())));
            return Outcome.asBefore(stored);
        }
        emit(ChangeKind.REMOVE, id, name, Map.of(PersonFields.STATUS, stored.status().name(), PersonFields.USERNAME,
                stored.username()), Map.of(PersonFields.STATUS, UserStatus.REMOVED.name()), why);
        return new Outcome(UserStatus.REMOVED, stored.role());
    }

    private void conflict(int number, UUID id, String name, @Nullable String username) {
        Map<String, @Nullable Object> after = username == null ? Map.of() : Map.of(PersonFields.USERNAME, username);
        emit(ChangeKind.CONFLICT, id, name, Map.of(), after,
                neighbours.reason(number, username, input.config().mapping().username()));
    }

    private static UserStatus statusOf(Attributes<UserField> attributes, boolean disabledByHand) {
        return disabledByHand || !UserStatus.isEnabled(attributes.bool(UserField.ACCOUNT_ENABLED))
                ? UserStatus.DISABLED
                : UserStatus.ACTIVE;
    }

    private void emit(ChangeKind kind, UUID id, String name, Map<String, @Nullable Object> before,
            Map<String, @Nullable Object> after, Reason reason) {
        sink.accept(new PersonChange(kind, id, name, before, after, reason));
    }
}
