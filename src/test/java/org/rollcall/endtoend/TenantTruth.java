package org.rollcall.endtoend;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

import org.rollcall.sample.ObjectKind;
import org.rollcall.sample.SampleDirectory;
import org.rollcall.sample.SampleObject;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// What a sample tenant holds, written the way Rollcall exports it, so that the two can be compared object by object.
final class TenantTruth {
    private static final List<String> PERSON = List.of("displayName", "mail", "department", "givenName", "surname",
            "jobTitle", "companyName", "employeeId", "officeLocation", "mobilePhone", "mailNickname", "usageLocation",
            "preferredLanguage", "createdDateTime", "onPremisesSyncEnabled", "onPremisesSamAccountName",
            "externalUserState", "accountEnabled");

    private final Map<String, String> people = new TreeMap<>();
    private final Map<String, String> groups = new TreeMap<>();
    private final Set<String> edges = new TreeSet<>();

    private TenantTruth() {}

    /// Everyone and every group, but for members that Entra hides from this application.
    static TenantTruth everyone(SampleDirectory directory) {
        var truth = new TenantTruth();
        directory.users().forEach(user -> truth.people.put(user.id(), person(user)));
        for (SampleObject group : directory.groups()) {
            truth.groups.put(group.id(), group(group));
            if (!Objects.equals(group.text("visibility"), "HiddenMembership")) {
                directory.directMembers(group.id())
                        .forEach(member -> truth.edges.add(edge(group.id(), member.id(), type(member.kind()))));
            }
        }
        return truth;
    }

    /// What the three exports say.
    static TenantTruth exported(JsonNode people, JsonNode groups, JsonNode memberships) {
        var truth = new TenantTruth();
        for (JsonNode user : people) {
            if (!user.path("objectId").isNull()) {
                truth.people.put(user.path("objectId").asText(), line(user.path("upn"),
                        user.path("status"), PERSON.stream().map(user::path).toList()));
            }
        }
        for (JsonNode group : groups) {
            truth.groups.put(group.path("objectId").asText(),
                    line(group.path("displayName"), group.path("description"), List.of(group.path("mail"),
                            group.path("dynamic"), group.path("roleAssignable"), group.path("visibility"))));
        }
        for (JsonNode edge : memberships) {
            truth.edges.add(edge(edge.path("group").asText(), edge.path("member").asText(),
                    edge.path("memberType").asText()));
        }
        return truth;
    }

    /// Fails with the first objects that differ.
    void assertEqualTo(TenantTruth other, String what) {
        assertEquals("", difference(people, other.people), what + ": people");
        assertEquals("", difference(groups, other.groups), what + ": groups");
        assertEquals("", difference(edges, other.edges), what + ": memberships");
    }

    boolean sameAs(TenantTruth other) {
        return people.equals(other.people) && groups.equals(other.groups) && edges.equals(other.edges);
    }

    private static String difference(Map<String, String> expected, Map<String, String> actual) {
        var keys = new TreeSet<>(expected.keySet());
        keys.addAll(actual.keySet());
        return keys.stream().filter(key -> !Objects.equals(expected.get(key), actual.get(key))).limit(3)
                .map(key -> key + "\n  expected " + expected.get(key) + "\n  actual   " + actual.get(key))
                .collect(Collectors.joining("\n"));
    }

    private static String difference(Collection<String> expected, Collection<String> actual) {
        var missing = expected.stream().filter(each -> !actual.contains(each)).limit(3).toList();
        var extra = actual.stream().filter(each -> !expected.contains(each)).limit(3).toList();
        return missing.isEmpty() && extra.isEmpty() ? "" : "missing " + missing + ", too many " + extra;
    }

    private static String person(SampleObject user) {
        var values = new java.util.ArrayList<@Nullable Object>();
        PERSON.forEach(property -> values.add(user.get(property)));
        return line(user.userPrincipalName(), user.flag("accountEnabled") ? "ACTIVE" : "DISABLED", values);
    }

    private static String group(SampleObject group) {
        boolean dynamic = Objects.toString(group.get("groupTypes")).contains("DynamicMembership");
        var values = new java.util.ArrayList<@Nullable Object>();
        values.add(group.get("mail"));
        values.add(dynamic);
        values.add(group.flag("isAssignableToRole"));
        values.add(group.get("visibility"));
        return line(group.get("displayName"), group.get("description"), values);
    }

    private static String type(ObjectKind kind) {
        return switch (kind) {
            case USER -> "USER";
            case GROUP -> "GROUP";
            case DEVICE -> "DEVICE";
            case CONTACT -> "CONTACT";
            case SERVICE_PRINCIPAL -> "SERVICE_PRINCIPAL";
        };
    }

    private static String edge(String group, String member, String type) {
        return group + " > " + member + " " + type;
    }

    private static String line(@Nullable Object first, @Nullable Object second, List<?> rest) {
        var text = new StringBuilder(word(first)).append(" | ").append(word(second));
        rest.forEach(value -> text.append(" | ").append(word(value)));
        return text.toString();
    }

    private static String word(@Nullable Object value) {
        if (value instanceof JsonNode node) {
            return node.isNull() || node.isMissingNode() ? "null" : node.asText();
        }
        return value instanceof Instant instant ? instant.toString() : String.valueOf(value);
    }
}
