package org.rollcall.domain;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/// What the wizard produces and a schedule runs: whom to bring in, how to map them and how careful to be. The role rules
/// and the default role are kept beside it, in tables of their own.
public record ProfileConfig(Scope scope, Filters filters, Mapping mapping, Policies policies) {

    public static ProfileConfig everyone() {
        return new ProfileConfig(Scope.everyone(), Filters.none(), Mapping.standard(), Policies.standard());
    }

    /// Whom to bring in.
    ///
    /// @param all    everyone and every group; then the lists are empty
    /// @param groups the chosen groups
    /// @param nested with groups: all groups below them too
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

    /// Who of those in scope stays out.
    ///
    /// @param mfaRegistered false skips people who have registered for multi-factor authentication; unknown ones come in
    /// @param excludedGroups these groups stay out, and the people in them, directly or through nesting
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
    /// @param sources  other attributes taken from elsewhere than from themselves; empty keeps all as in Entra
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
    /// The same holds of those whose role it would take away or lower, by rules or default role.
    ///
    /// @param maxAdministrators  how many people a run may make Administrator by rules or default role; null: the usual few
    /// @param maxLostRolePercent of the active people; null: the usual share
    /// @param minLostRoles       fewer never stop a run; null: the usual few
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
