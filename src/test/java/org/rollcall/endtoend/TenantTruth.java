package org.rollcall.endtoend;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.GroupField;
import org.rollcall.domain.ProfileConfig.Filters;
import org.rollcall.domain.ProfileConfig.Scope;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserStatus;
import org.rollcall.groups.GroupService;
import org.rollcall.people.PeopleService;
import org.rollcall.sample.ObjectKind;
import org.rollcall.sample.SampleDirectory;
import org.rollcall.sample.SampleObject;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// What a sample tenant holds, written the way Rollcall exports it, so that the two can be compared object by object.
public final class TenantTruth {
    static final List<String> PERSON = List.of("displayName", "mail", "department", "givenName", "surname",
            "jobTitle", "companyName", "employeeId", "officeLocation", "mobilePhone", "mailNickname", "usageLocation",
            "preferredLanguage", "createdDateTime", "onPremisesSyncEnabled", "onPremisesSamAccountName",
            "externalUserState", "accountEnabled");

    private final Map<String, String> objects = new TreeMap<>();

    TenantTruth() {}

    /// Everyone and every group, but for members that Entra hides from this application.
    public static TenantTruth everyone(SampleDirectory directory) {
        return of(directory, Scope.everyone());
    }

    /// What of the tenant is in scope.
    static TenantTruth of(SampleDirectory directory, Scope scope) {
        return of(directory, scope, Filters.none());
    }

    /// What of the tenant is in scope and not filtered out. Excluded groups are to have no groups below them.
    public static TenantTruth of(SampleDirectory directory, Scope scope, Filters filters) {
        var held = new HashSet<String>();
        var people = new HashSet<String>();
        if (scope.all()) {
            directory.groups().forEach(group -> held.add(group.id()));
            directory.users().forEach(user -> people.add(user.id()));
        } else {
            scope.groups().forEach(group -> hold(directory, group.id().toString(), scope.nested(), held));
            held.forEach(group -> directory.directMembers(group).stream()
                    .filter(member -> member.kind() == ObjectKind.USER).forEach(member -> people.add(member.id())));
            scope.people().forEach(person -> directory.user(person.id().toString())
                    .ifPresent(user -> people.add(user.id())));
        }
        filters.excludedGroups().forEach(group -> {
            held.remove(group.id().toString());
            directory.effectiveMembers(group.id().toString()).forEach(member -> people.remove(member.id()));
        });
        filters.excludedPeople().forEach(person -> people.remove(person.id().toString()));
        people.removeIf(id -> !fits(directory.user(id).orElseThrow(), filters, directory));
        var truth = new TenantTruth();
        people.forEach(id -> directory.user(id).ifPresent(truth::person));
        for (String id : held) {
            SampleObject group = directory.group(id).orElseThrow();
            truth.group(group);
            if (!Objects.equals(group.text("visibility"), "HiddenMembership")) {
                for (SampleObject member : directory.directMembers(id)) {
                    boolean stored = switch (member.kind()) {
                        case USER -> people.contains(member.id());
                        case GROUP -> held.contains(member.id());
                        default -> true;
                    };
                    if (stored) {
                        truth.edge(id, member.id(), member.kind().name());
                    }
                }
            }
        }
        return truth;
    }

    private static boolean fits(SampleObject user, Filters filters, SampleDirectory directory) {
        return (filters.guests() || !"Guest".equals(user.text("userType")))
                && (filters.disabled() || user.flag("accountEnabled"))
                // Entra's report of registrations leaves disabled people out, so nobody knows about theirs.
                && (filters.mfaRegistered() || !user.flag("accountEnabled")
                        || directory.byObjectId(user.id()).filter(each -> each.mfaRegistered()).isEmpty());
    }

    /// What a directory holds of its tenants, removed people apart.
    public static TenantTruth stored(Actor actor, PeopleService users, GroupService groups) {
        var truth = new TenantTruth();
        users.export(actor, UserFilter.everyone(), user -> {
            if (user.objectId() != null && user.status() != UserStatus.REMOVED) {
                var values = new ArrayList<@Nullable Object>();
                for (String name : PERSON) {
                    for (UserField field : UserField.values()) {
                        if (field.graphName().equals(name)) {
                            values.add(user.attributes().get(field));
                        }
                    }
                }
                truth.person(user.objectId().toString(), user.upn(), user.status(), user.isGuest() ? "GUEST" : "MEMBER",
                        values);
            }
        });
        groups.export(actor, false, group -> truth.group(group.objectId().toString(), group.displayName(),
                group.attributes().text(GroupField.DESCRIPTION), group.attributes().text(GroupField.MAIL),
                group.kind(), group.isDynamic(), group.isRoleAssignable(),
                group.attributes().text(GroupField.VISIBILITY)));
        groups.exportMemberships(actor, edge -> truth.edge(edge.groupId().toString(), edge.memberId().toString(),
                String.valueOf(edge.memberType())));
        return truth;
    }

    /// How many people, groups and memberships it holds.
    public int size() {
        return objects.size();
    }

    private static void hold(SampleDirectory directory, String id, boolean nested, Set<String> held) {
        if (directory.group(id).isPresent() && held.add(id) && nested) {
            directory.directMembers(id).stream().filter(member -> member.kind() == ObjectKind.GROUP)
                    .forEach(member -> hold(directory, member.id(), true, held));
        }
    }

    /// What the three exports say.
    static TenantTruth exported(JsonNode people, JsonNode groups, JsonNode memberships) {
        var truth = new TenantTruth();
        for (JsonNode user : people) {
            if (!user.path("objectId").isNull()) {
                truth.person(user.path("objectId").asText(), user.path("upn"), user.path("status"),
                        user.path("userType"), PERSON.stream().map(user::path).toList());
            }
        }
        for (JsonNode group : groups) {
            truth.group(group.path("objectId").asText(), group.path("displayName"), group.path("description"),
                    group.path("mail"), group.path("kind"), group.path("dynamic"), group.path("roleAssignable"),
                    group.path("visibility"));
        }
        for (JsonNode edge : memberships) {
            truth.edge(edge.path("group").asText(), edge.path("member").asText(),
                    edge.path("memberType").asText());
        }
        return truth;
    }

    /// Fails with the first objects that differ.
    public void assertEqualTo(TenantTruth other, String what) {
        assertEquals("", differences(List.of(this), other), what);
    }

    boolean sameAs(TenantTruth other) {
        return objects.equals(other.objects);
    }

    /// The first objects of `found` that are as in none of `truths`; empty if there are none.
    static String differences(Collection<TenantTruth> truths, TenantTruth found) {
        var keys = new TreeSet<>(found.objects.keySet());
        truths.forEach(truth -> keys.addAll(truth.objects.keySet()));
        return keys.stream()
                .filter(key -> truths.stream()
                        .noneMatch(truth -> Objects.equals(truth.objects.get(key), found.objects.get(key))))
                .limit(4)
                .map(key -> "\n" + key + "\n  expected "
                        + truths.stream().map(truth -> truth.objects.get(key)).distinct().map(String::valueOf)
                                .collect(Collectors.joining("\n        or "))
                        + "\n  actual   " + found.objects.get(key))
                .collect(Collectors.joining());
    }

    private void person(SampleObject user) {
        var values = new ArrayList<@Nullable Object>();
        PERSON.forEach(property -> values.add(user.get(property)));
        person(user.id(), user.userPrincipalName(), user.flag("accountEnabled") ? "ACTIVE" : "DISABLED",
                "Guest".equals(user.get("userType")) ? "GUEST" : "MEMBER", values);
    }

    void person(String id, @Nullable Object upn, Object status, Object type, List<?> rest) {
        var values = new ArrayList<@Nullable Object>(rest);
        values.add(upn);
        values.add(status);
        values.add(type);
        objects.put("person " + id, line(values));
    }

    private void group(SampleObject group) {
        String types = Objects.toString(group.get("groupTypes"));
        String kind;
        if (types.contains("Unified")) {
            kind = "MICROSOFT365";
        } else if (group.flag("mailEnabled")) {
            kind = group.flag("securityEnabled") ? "MAIL_SECURITY" : "DISTRIBUTION";
        } else {
            kind = "SECURITY";
        }
        group(group.id(), group.get("displayName"), group.get("description"), group.get("mail"), kind,
                types.contains("DynamicMembership"), group.flag("isAssignableToRole"), group.get("visibility"));
    }

    void group(String id, @Nullable Object... values) {
        var list = new ArrayList<@Nullable Object>();
        java.util.Collections.addAll(list, values);
        objects.put("group " + id, line(list));
    }

    void edge(String group, String member, String type) {
        objects.put("membership " + group + " > " + member, type.toUpperCase(Locale.ROOT));
    }

    private static String line(List<?> values) {
        return values.stream().map(TenantTruth::word).collect(Collectors.joining(" | "));
    }

    private static String word(@Nullable Object value) {
        if (value instanceof JsonNode node) {
            return node.isNull() || node.isMissingNode() ? "null" : node.asText();
        }
        return value instanceof Instant instant ? instant.toString() : String.valueOf(value);
    }
}
