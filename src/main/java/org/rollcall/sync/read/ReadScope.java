package org.rollcall.sync.read;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Ref;

/// The part of a directory that a mirror holds. Filters, excluded people and the mapping are not included: they belong to the
/// plan, so that changing them needs no new read, and imports with the same scope share one mirror.
///
/// @param all              everyone and every group; all else is empty then
/// @param groups           chosen groups, with the people in them
/// @param nested           with all groups below the chosen ones
/// @param people           people chosen one by one
/// @param ruleGroups       groups of which only the direct members matter, by id: role rules ask for them
/// @param nestedRuleGroups the same with all groups below them; excluded groups are of this sort
public record ReadScope(boolean all, Set<UUID> groups, boolean nested, Set<UUID> people, Set<UUID> ruleGroups,
        Set<UUID> nestedRuleGroups) {
    /// The maximum number of ids that a delta query can be limited to. Source: Graph, delta query, `$filter`.
    private static final int MOST_IDS = 50;

    public ReadScope {
        var chosen = new TreeSet<>(all ? Set.<UUID>of() : groups);
        // Every choice has one canonical form; otherwise equal scopes would not share a mirror.
        nested = all || chosen.isEmpty() || nested;
        var below = new TreeSet<>(all ? Set.<UUID>of() : nestedRuleGroups);
        if (nested) {
            below.removeAll(chosen);
        }
        var direct = new TreeSet<>(all ? Set.<UUID>of() : ruleGroups);
        direct.removeAll(chosen);
        direct.removeAll(below);
        groups = Collections.unmodifiableSortedSet(chosen);
        people = Collections.unmodifiableSortedSet(new TreeSet<>(all ? Set.<UUID>of() : people));
        ruleGroups = Collections.unmodifiableSortedSet(direct);
        nestedRuleGroups = Collections.unmodifiableSortedSet(below);
    }

    /// A group that a role rule refers to.
    public record RuleGroup(UUID id, boolean nested) {}

    public static ReadScope everyone() {
        return new ReadScope(true, Set.of(), true, Set.of(), Set.of(), Set.of());
    }

    /// The scope that an import has to read: its choice, the groups of its role rules and the groups it excludes.
    public static ReadScope of(ProfileConfig config, Collection<RuleGroup> rules) {
        var scope = config.scope();
        var nestedRules = new HashSet<>(ids(config.filters().excludedGroups()));
        var directRules = new HashSet<UUID>();
        for (RuleGroup rule : rules) {
            (rule.nested() ? nestedRules : directRules).add(rule.id());
        }
        return new ReadScope(scope.all(), ids(scope.groups()), scope.nested(), ids(scope.people()), directRules,
                nestedRules);
    }

    private static Set<UUID> ids(List<Ref> refs) {
        return refs.stream().map(Ref::id).collect(Collectors.toSet());
    }

    /// The scope in its canonical form.
    public String canonical() {
        return all
                ? "{\"all\":true}"
                : "{\"all\":false,\"groups\":%s,\"nested\":%s,\"people\":%s,\"ruleGroups\":%s,\"nestedRuleGroups\":%s}"
                        .formatted(text(groups), nested, text(people), text(ruleGroups), text(nestedRuleGroups));
    }

    /// SHA-256 of [#canonical()], hexadecimal.
    public String key() {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(canonical().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Set<UUID> ids) {
        return ids.stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(",", "[", "]"));
    }

    /// The groups that are named, as opposed to those found below others.
    Set<UUID> roots() {
        var roots = new TreeSet<>(groups);
        roots.addAll(ruleGroups);
        roots.addAll(nestedRuleGroups);
        return roots;
    }

    boolean readsGroups() {
        return all || !roots().isEmpty();
    }

    /// The people to follow by their ids; empty: all.
    Set<UUID> followedPeople() {
        return !all && groups.isEmpty() && people.size() <= MOST_IDS ? people : Set.of();
    }

    /// The groups to follow by their ids; empty: all.
    Set<UUID> followedGroups() {
        boolean named = !all && nestedRuleGroups.isEmpty() && (groups.isEmpty() || !nested);
        return named && roots().size() <= MOST_IDS ? roots() : Set.of();
    }

    /// The groups whose members are in scope as people.
    ///
    /// @param nesting the groups directly in each group
    Set<UUID> groupsOfPeople(Map<UUID, List<UUID>> nesting) {
        return nested ? closure(groups, nesting) : groups;
    }

    /// The groups to hold in the mirror.
    Set<UUID> groupsToHold(Map<UUID, List<UUID>> nesting) {
        var held = new HashSet<>(groupsOfPeople(nesting));
        held.addAll(ruleGroups);
        held.addAll(closure(nestedRuleGroups, nesting));
        return held;
    }

    static Set<UUID> closure(Set<UUID> from, Map<UUID, List<UUID>> nesting) {
        var reached = new HashSet<>(from);
        var waiting = new ArrayDeque<>(from);
        while (!waiting.isEmpty()) {
            for (UUID below : nesting.getOrDefault(waiting.remove(), List.of())) {
                if (reached.add(below)) {
                    waiting.add(below);
                }
            }
        }
        return reached;
    }
}
