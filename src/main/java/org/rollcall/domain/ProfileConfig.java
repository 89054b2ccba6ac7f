package org.rollcall.domain;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/// The configuration of an import: scope, filters, mapping and policies. The role rules and the default role are stored in
/// tables of their own.
public record ProfileConfig(Scope scope, Filters filters, Mapping mapping, Policies policies) {

    public static ProfileConfig everyone() {
        return new ProfileConfig(Scope.everyone(), Filters.none(), Mapping.standard(), Policies.standard());
    }

    /// The scope.
    ///
    /// @param all    everyone and every group; then the lists are empty
    /// @param groups the chosen groups
    /// @param nested with groups: including all groups below them
    /// @param people people chosen one by one
    public record Scope(boolean all, List<Ref> groups, boolean nested, List<Ref> people) {
        public Scope {
            groups = List.copyOf(groups);
            people = List.copyOf(people);
            if (all && !(groups.isEmpty() && people.isEmpty())) {
                throw new IllegalArgumentException("everyone, or a choice: not both");
            }
        }

        public static Scope everyone() {
            return new Scope(true, List.of(), true, List.of());
        }

        public static Scope ofGroups(List<Ref> groups, boolean nested) {
            return new Scope(false, groups, nested, List.of());
        }

        public static Scope ofPeople(List<Ref> people) {
            return new Scope(false, List.of(), true, people);
        }
    }

    /// The filters: who in scope is left out.
    ///
    /// @param mfaRegistered false leaves out people who have registered for multi-factor authentication; unknown ones are
    ///                      imported
    /// @param excludedGroups these groups are left out, with the people in them, directly or through nesting
    public record Filters(boolean guests, boolean disabled, boolean mfaRegistered, List<Ref> excludedGroups,
            List<Ref> excludedPeople) {
        public Filters {
            excludedGroups = List.copyOf(excludedGroups);
            excludedPeople = List.copyOf(excludedPeople);
        }

        public static Filters none() {
            return new Filters(true, true, true, List.of(), List.of());
        }
    }

    /// @param username the attribute that becomes the user name
    /// @param sources  attributes that are copied from others; empty: all as in Entra
    public record Mapping(UserField username, Map<UserField, UserField> sources) {
        public Mapping {
            sources = Map.copyOf(sources);
        }

        public static Mapping standard() {
            return new Mapping(UserField.USER_PRINCIPAL_NAME, Map.of());
        }
    }

    /// A run that would remove or deactivate more than `maxRemovalPercent` of the active people, and at least
    /// `minRemovals` of them, is stopped.
    ///
    /// The same holds for people who lose their role or get a lower one, by rules or default role.
    ///
    /// @param maxAdministrators  how many people a run may make Administrator by rules or default role; null: the default
    /// @param maxLostRolePercent of the active people; null: the default
    /// @param minLostRoles       fewer never stop a run; null: the default
    public record Policies(int maxRemovalPercent, int minRemovals, @Nullable Integer maxAdministrators,
            @Nullable Integer maxLostRolePercent, @Nullable Integer minLostRoles) {
        public Policies(int maxRemovalPercent, int minRemovals) {
            this(maxRemovalPercent, minRemovals, null, null, null);
        }

        public Policies withRemovals(int percent, int least) {
            return new Policies(percent, least, maxAdministrators, maxLostRolePercent, minLostRoles);
        }

        public Policies withAdministrators(int most) {
            return new Policies(maxRemovalPercent, minRemovals, most, maxLostRolePercent, minLostRoles);
        }

        public Policies withLostRoles(int percent, int least) {
            return new Policies(maxRemovalPercent, minRemovals, maxAdministrators, percent, least);
        }

        public static Policies standard() {
            return new Policies(10, 10);
        }
    }
}
