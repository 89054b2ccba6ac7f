package org.rollcall.source.entra;

import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.rollcall.domain.DirectoryField;
import org.rollcall.domain.GroupField;
import org.rollcall.domain.UserField;

/// The queries that are sent to Graph, relative to its version. Source: Graph's pages on lists, delta, members and
/// advanced queries.
final class GraphQueries {
    static final String USER_CAST = "/microsoft.graph.user";
    static final String GROUP_CAST = "/microsoft.graph.group";
    private static final int PAGE = 999;
    private static final String USER_SELECT = select(UserField.values());
    private static final String GROUP_SELECT = select(GroupField.values());

    private GraphQueries() {}

    static String users() {
        return "/users?" + USER_SELECT + "&$top=" + PAGE;
    }

    static String groups() {
        return "/groups?" + GROUP_SELECT + "&$top=" + PAGE;
    }

    static String latestUsers(Set<UUID> onlyIds) {
        return "/users/delta()?" + USER_SELECT + "&$deltatoken=latest" + idFilter(onlyIds);
    }

    static String latestGroups(Set<UUID> onlyIds) {
        return "/groups/delta()?" + GROUP_SELECT + ",members&$deltatoken=latest" + idFilter(onlyIds);
    }

    static String mfaReport() {
        // Without $top: its page size is not documented.
        return "/reports/authenticationMethods/userRegistrationDetails";
    }

    static String organization() {
        return "/organization?$select=id,displayName,verifiedDomains";
    }

    static String user(UUID id) {
        return "/users/" + id + "?" + USER_SELECT;
    }

    static String group(UUID id) {
        return "/groups/" + id + "?" + GROUP_SELECT;
    }

    static String members(UUID group) {
        return "/groups/" + group + "/members?$select=id&$top=" + PAGE;
    }

    /// Casts are advanced queries: they need `$count=true` besides their header.
    static String people(UUID group, boolean nested) {
        return people(group, nested, USER_SELECT);
    }

    static String peopleIn(UUID group, boolean nested) {
        return people(group, nested, "$select=id," + UserField.USER_TYPE.graphName() + ","
                + UserField.ACCOUNT_ENABLED.graphName());
    }

    private static String people(UUID group, boolean nested, String select) {
        return "/groups/" + group + (nested ? "/transitiveMembers" : "/members") + USER_CAST + "?" + select
                + "&$count=true&$top=" + PAGE;
    }

    static String groupsBelow(UUID group) {
        return groupsBelow(group, GROUP_SELECT);
    }

    static String groupIdsBelow(UUID group) {
        return groupsBelow(group, "$select=id");
    }

    private static String groupsBelow(UUID group, String select) {
        return "/groups/" + group + "/transitiveMembers" + GROUP_CAST + "?" + select + "&$count=true&$top=" + PAGE;
    }

    static String groupsOf(String collection, UUID id) {
        return "/" + collection + "/" + id + "/transitiveMemberOf" + GROUP_CAST + "?$select=id&$count=true&$top="
                + PAGE;
    }

    static String count(String path) {
        return path + "?$select=id&$count=true&$top=1";
    }

    static String findUsers(String userNameOrMail) {
        String value = literal(userNameOrMail);
        return "/users?" + USER_SELECT + "&$filter=" + GraphAddresses.encode(
                "userPrincipalName eq " + value + " or mail eq " + value) + "&$top=" + PAGE;
    }

    static String findGroups(String nameOrMail) {
        String value = literal(nameOrMail);
        return "/groups?" + GROUP_SELECT + "&$filter=" + GraphAddresses.encode(
                "displayName eq " + value + " or mail eq " + value) + "&$top=" + PAGE;
    }

    static String searchUsers(String text, int limit) {
        return "/users?" + USER_SELECT + search(text, "displayName", "userPrincipalName", "mail") + "&$count=true&$top="
                + limit;
    }

    static String searchGroups(String text, int limit) {
        return "/groups?" + GROUP_SELECT + search(text, "displayName", "mail") + "&$count=true&$top=" + limit;
    }

    private static String search(String text, String... properties) {
        if (text.isBlank()) {
            return "&$orderby=displayName";
        }
        String value = text.strip().replace("\\", "\\\\").replace("\"", "\\\"");
        return "&$search=" + GraphAddresses.encode(
                Stream.of(properties).map(one -> "\"" + one + ":" + value + "\"").collect(Collectors.joining(" OR ")));
    }

    private static String literal(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    private static String idFilter(Set<UUID> ids) {
        return ids.isEmpty()
                ? ""
                : "&$filter=" + GraphAddresses.encode(
                        ids.stream().sorted().map(id -> "id eq '" + id + "'").collect(Collectors.joining(" or ")));
    }

    private static String select(DirectoryField[] fields) {
        return "$select=id," + Stream.of(fields).map(DirectoryField::graphName).collect(Collectors.joining(","));
    }
}
