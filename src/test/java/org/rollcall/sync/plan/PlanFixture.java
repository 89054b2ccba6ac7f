package org.rollcall.sync.plan;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.Change;
import org.rollcall.domain.Change.GroupChange;
import org.rollcall.domain.Change.MemberChange;
import org.rollcall.domain.Change.PersonChange;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.GroupField;
import org.rollcall.domain.GroupStatus;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Membership;
import org.rollcall.domain.MfaState;
import org.rollcall.domain.MirrorGroup;
import org.rollcall.domain.MirrorPerson;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.ReasonCode;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.StoredGroup;
import org.rollcall.domain.StoredPerson;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserStatus;
import org.rollcall.groups.IdIndex;

/// Mirror and directory in memory. A plan made here can be applied here, in the plainest way there is.
final class PlanFixture implements PlanSources {
    static final long PROFILE = 7;

    final TreeMap<UUID, MirrorPerson> mirrorPeople = new TreeMap<>(IdIndex.ORDER);
    final TreeMap<UUID, MirrorGroup> mirrorGroups = new TreeMap<>(IdIndex.ORDER);
    final TreeSet<Membership> mirrorMemberships = new TreeSet<>(MembershipsPlan.ORDER);
    final TreeMap<UUID, StoredPerson> people = new TreeMap<>(IdIndex.ORDER);
    final TreeMap<UUID, StoredGroup> groups = new TreeMap<>(IdIndex.ORDER);
    final TreeSet<Membership> memberships = new TreeSet<>(MembershipsPlan.ORDER);
    private final MemberSets members = new ListedMembers(mirrorMemberships, memberships);
    final Map<String, String> foreignNames = new HashMap<>();
    final List<PlanRule> rules = new ArrayList<>();
    final Set<Long> sameMapping = new HashSet<>();
    ProfileConfig config = ProfileConfig.everyone();
    String defaultRole = Role.USER;
    boolean complete = true;
    @Nullable
    PeopleLimit maxRemovals;
    @Nullable
    PeopleLimit maxLostRoles;
    RoleLosses losses = RoleLosses.NONE;
    PlanInput.Administrators administrators = new PlanInput.Administrators(1, 1, false);

    static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    static Ref ref(String name) {
        return new Ref(id(name), name);
    }

    static Attributes<UserField> attributes(String name) {
        return Attributes.builder(UserField.class).set(UserField.DISPLAY_NAME, name)
                .set(UserField.USER_PRINCIPAL_NAME, name + "@contoso.example")
                .set(UserField.USER_TYPE, "Member").set(UserField.ACCOUNT_ENABLED, true)
                .set(UserField.BUSINESS_PHONES, List.of("1"))
                .set(UserField.CREATED_DATE_TIME, Instant.parse("2025-01-01T00:00:00Z")).build();
    }

    void seen(String name) {
        seen(name, attributes(name));
    }

    void seen(String name, Attributes<UserField> attributes) {
        seen(name, attributes, MfaState.UNKNOWN);
    }

    void seen(String name, Attributes<UserField> attributes, MfaState mfa) {
        mirrorPeople.put(id(name), new MirrorPerson(id(name), mfa, attributes));
    }

    void change(String name, UserField field, @Nullable Object value) {
        MirrorPerson person = Objects.requireNonNull(mirrorPeople.get(id(name)), name);
        seen(name, person.attributes().toBuilder().set(field, value).build(), person.mfa());
    }

    void gone(String name) {
        mirrorPeople.remove(id(name));
        mirrorMemberships.removeIf(each -> each.member().equals(id(name)));
    }

    void seenGroup(String name, String... members) {
        mirrorGroups.put(id(name), new MirrorGroup(id(name), Attributes.builder(GroupField.class)
                .set(GroupField.DISPLAY_NAME, name).set(GroupField.SECURITY_ENABLED, true).build()));
        for (String member : members) {
            member(name, member, member.startsWith("group") ? MemberType.GROUP : MemberType.USER);
        }
    }

    void member(String group, String member, MemberType type) {
        mirrorMemberships.add(new Membership(id(group), id(member), type));
    }

    void rule(String group, boolean nested, String role) {
        rules.add(new PlanRule((long) rules.size() + 100, ref(group), nested, role));
    }

    StoredPerson person(String name) {
        return Objects.requireNonNull(people.get(id(name)), name);
    }

    /// Everything but the fields named here stays as it is.
    void edit(String name, java.util.function.UnaryOperator<StoredPerson> edit) {
        people.compute(id(name), (key, person) -> edit.apply(person));
    }

    static StoredPerson with(StoredPerson p, UserStatus status, boolean disabledByHand, boolean excluded) {
        return new StoredPerson(p.id(), p.username(), status, disabledByHand, excluded, p.mfa(), p.attributes(),
                p.inProfile(), p.otherProfile(), p.otherProfileName(), p.role(), p.roleSource(), p.ruleId());
    }

    static StoredPerson withRole(StoredPerson p, String role, RoleSource source) {
        return new StoredPerson(p.id(), p.username(), p.status(), p.disabledByHand(), p.excluded(), p.mfa(),
                p.attributes(), p.inProfile(), p.otherProfile(), p.otherProfileName(), role, source, null);
    }

    static StoredPerson withProfiles(StoredPerson p, boolean here, @Nullable Long other) {
        return new StoredPerson(p.id(), p.username(), p.status(), p.disabledByHand(), p.excluded(), p.mfa(),
                p.attributes(), here, other, other == null ? null : "other", p.role(), p.roleSource(), p.ruleId());
    }

    PlanInput input() {
        return new PlanInput(PROFILE, config, rules, defaultRole, complete, sameMapping,
                new RunLimits(maxRemovals, null, maxLostRoles), losses, Kept.NOBODY, administrators, this);
    }

    record Planned(List<Change> changes, PlanSummary summary) {
        List<Change> of(ChangeKind kind) {
            return changes.stream().filter(each -> each.kind() == kind).toList();
        }

        PersonChange person(ChangeKind kind, String name) {
            return (PersonChange) changes.stream()
                    .filter(each -> each.kind() == kind && each.objectId().equals(id(name))).findFirst().orElseThrow();
        }

        /// Kinds of what happens to one person or group, in order.
        List<ChangeKind> kinds(String name) {
            return changes.stream().filter(each -> !(each instanceof MemberChange) && each.objectId().equals(id(name)))
                    .map(Change::kind).toList();
        }

        ReasonCode reason(ChangeKind kind, String name) {
            return changes.stream().filter(each -> each.kind() == kind && each.objectId().equals(id(name)))
                    .map(each -> each.reason().code()).findFirst().orElseThrow();
        }

        boolean changesNothing() {
            return changes.stream().noneMatch(each -> each.kind().changesDirectory());
        }
    }

    Planned plan() {
        var changes = new ArrayList<Change>();
        PlanSummary summary = new Planner(() -> {}).plan(input(), changes::add);
        return new Planned(changes, summary);
    }

    Planned planAndApply() {
        Planned planned = plan();
        apply(planned);
        return planned;
    }

    void apply(Planned planned) {
        for (Change change : planned.changes()) {
            switch (change) {
                case PersonChange person -> apply(person);
                case GroupChange group -> apply(group);
                case MemberChange member -> {
                    var membership = new Membership(member.objectId(), member.memberId(), member.memberType());
                    if (member.kind() == ChangeKind.MEMBER_ADD) {
                        memberships.add(membership);
                    } else {
                        memberships.remove(membership);
                    }
                }
            }
        }
    }

    private static boolean claims(Change change) {
        return Set.of(ReasonCode.IN_SCOPE_EVERYONE, ReasonCode.IN_SCOPE_GROUP, ReasonCode.IN_SCOPE_PERSON,
                ReasonCode.BACK_IN_SCOPE).contains(change.reason().code());
    }

    private static boolean releases(Change change) {
        return change.kind() == ChangeKind.REMOVE || change.kind() == ChangeKind.GROUP_REMOVE
                || change.reason().code() == ReasonCode.ANOTHER_PROFILE;
    }

    private void apply(PersonChange change) {
        StoredPerson old = people.get(change.objectId());
        if (change.kind() == ChangeKind.CONFLICT || old == null && change.kind() == ChangeKind.SKIP) {
            return;
        }
        Map<String, @Nullable Object> after = change.after();
        var attributes = old == null ? Attributes.builder(UserField.class) : old.attributes().toBuilder();
        for (UserField field : UserField.values()) {
            if (after.containsKey(field.graphName())) {
                attributes.set(field, after.get(field.graphName()));
            }
        }
        boolean here = claims(change) || old != null && old.inProfile() && !releases(change);
        String role = (String) after.getOrDefault("role", old == null ? null : old.role());
        String source = (String) after.getOrDefault("roleSource",
                old == null || old.roleSource() == null ? null : old.roleSource().name());
        Long rule = after.containsKey("role")
                ? after.get("rulePosition") instanceof Integer position ? rules.get(position).id() : null
                : old == null ? null : old.ruleId();
        people.put(change.objectId(), new StoredPerson(change.objectId(),
                (String) java.util.Objects.requireNonNull(after.getOrDefault("username",
                        old == null ? null : old.username())),
                UserStatus.valueOf((String) java.util.Objects.requireNonNull(
                        after.getOrDefault("status", old == null ? null : old.status().name()))),
                old != null && old.disabledByHand(), old != null && old.excluded(),
                MfaState.valueOf((String) java.util.Objects.requireNonNull(
                        after.getOrDefault("mfa", old == null ? null : old.mfa().name()))),
                attributes.build(), here, old == null ? null : old.otherProfile(),
                old == null ? null : old.otherProfileName(), role,
                source == null ? null : RoleSource.valueOf(source), rule));
    }

    private void apply(GroupChange change) {
        StoredGroup old = groups.get(change.objectId());
        if (old == null && change.kind() == ChangeKind.SKIP) {
            return;
        }
        var attributes = old == null ? Attributes.builder(GroupField.class) : old.attributes().toBuilder();
        for (GroupField field : GroupField.values()) {
            if (change.after().containsKey(field.graphName())) {
                attributes.set(field, change.after().get(field.graphName()));
            }
        }
        Object status = change.after().getOrDefault("status", old == null ? null : old.status().name());
        groups.put(change.objectId(), new StoredGroup(change.objectId(), GroupStatus.valueOf(String.valueOf(status)),
                attributes.build(), claims(change) || old != null && old.inProfile() && !releases(change),
                old == null ? null : old.otherProfile(), old == null ? null : old.otherProfileName()));
    }

    /// User names in use, lower-cased; throws if two people share one.
    Set<String> names() {
        var names = new HashSet<>(foreignNames.keySet());
        people.values().stream().filter(each -> each.status() != UserStatus.REMOVED)
                .sorted(Comparator.comparing(StoredPerson::id)).forEach(each -> {
                    if (!names.add(each.username().toLowerCase(java.util.Locale.ROOT))) {
                        throw new AssertionError("two people are called " + each.username());
                    }
                });
        return names;
    }

    @Override
    public void mirrorPeople(Consumer<MirrorPerson> sink) {
        mirrorPeople.values().forEach(sink);
    }

    @Override
    public void mirrorGroups(Consumer<MirrorGroup> sink) {
        mirrorGroups.values().forEach(sink);
    }

    @Override
    public MemberSets members() {
        return members;
    }

    @Override
    public Iterator<StoredPerson> people() {
        return people.values().iterator();
    }

    @Override
    public Iterator<StoredGroup> groups() {
        return groups.values().iterator();
    }

    @Override
    public void foreignNames(BiConsumer<String, String> sink) {
        foreignNames.forEach(sink);
    }
}
