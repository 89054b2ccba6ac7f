package org.rollcall.sync.plan;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Guard;
import org.rollcall.domain.ProfileConfig.Policies;
import org.rollcall.text.Words;

/// Checks a change set before it is applied.
public final class Guards {
    public static final String COMPLETENESS = "completeness";
    public static final String REMOVALS = "removals";
    public static final String LOST_ROLES = "lostRoles";
    public static final String ADMINISTRATORS = "administrators";
    public static final String ADMINISTRATORS_GIVEN = "administratorsGiven";
    /// A run that creates more administrators than this is probably a mistake.
    private static final int MOST_ADMINISTRATORS = 5;
    /// As of removals, see [Policies#standard].
    private static final int LOST_ROLE_PERCENT = 10;
    private static final int LEAST_LOST_ROLES = 10;

    /// A warning that does not stop the run.
    public static final String GROUP_GONE = "groupGone";

    private Guards() {}

    /// @param names of the groups, as last seen
    public static Guard groupGone(List<String> names) {
        return new Guard(GROUP_GONE, false, Words
                .of("sync.guards.thatARuleOrThe",
                        names.size() == 1
                                ? Words.of("sync.guards.thatARuleOrThe.part1")
                                : Words.of("sync.guards.thatARuleOrThe.part1.else", names.size()),
                        names.size() == 1
                                ? Words.of("sync.guards.thatARuleOrThe.part2")
                                : Words.of("sync.guards.thatARuleOrThe.part2.else"),
                        String.join(", ", names))
                .english());
    }

    /// Whether somebody who has viewed a change set may lift a guard for it.
    public static boolean isLiftedOnce(String guard) {
        return guard.equals(REMOVALS) || guard.equals(LOST_ROLES);
    }

    public static Guard completeness(boolean complete) {
        return new Guard(COMPLETENESS, !complete, complete
                ? Words.of("sync.guards.everythingInScopeWasRead").english()
                : Words.of("sync.guards.theDirectoryWasNotRead").english());
    }

    /// @param activeBefore active people of the import before the run
    public static Guard removals(Policies policies, @Nullable PeopleLimit override, long activeBefore,
            Map<ChangeKind, Long> counts) {
        long removals = counts.getOrDefault(ChangeKind.REMOVE, 0L) + counts.getOrDefault(ChangeKind.DEACTIVATE, 0L);
        Limit limit = override == null
                ? Limit.ofImport(policies.maxRemovalPercent(), policies.minRemovals())
                : Limit.ofRun(override.limit(), override.percent());
        boolean stopped = limit.exceeded(removals, activeBefore);
        return new Guard(REMOVALS, stopped,
                Words.of("sync.guards.removalsOfPeople", removals, activeBefore, limit.words(stopped)).english());
    }

    /// The default share of the active people who may lose or be lowered in their role in one run, in percent.
    public static int lostRolePercent(Policies policies) {
        Integer own = policies.maxLostRolePercent();
        return own == null ? LOST_ROLE_PERCENT : own;
    }

    /// Fewer lost roles never stop a run.
    public static int leastLostRoles(Policies policies) {
        Integer own = policies.minLostRoles();
        return own == null ? LEAST_LOST_ROLES : own;
    }

    /// @param activeBefore active people of the import before the run
    /// @param lost         people who lose their role or get a lower one, see [RoleLosses]
    public static Guard lostRoles(Policies policies, @Nullable PeopleLimit override, long activeBefore, long lost) {
        Limit limit = override == null
                ? Limit.ofImport(lostRolePercent(policies), leastLostRoles(policies))
                : Limit.ofRun(override.limit(), override.percent());
        boolean stopped = limit.exceeded(lost, activeBefore);
        return new Guard(LOST_ROLES, stopped,
                Words.of("sync.guards.lostRolesOfPeople", lost, activeBefore, limit.words(stopped)).english());
    }

    /// A limit of affected people.
    ///
    /// @param least   fewer never stop a run; null: the limit is for one run
    /// @param percent `most` is a share of the active people; 100 or more disables the guard
    private record Limit(long most, @Nullable Integer least, boolean percent) {
        static Limit ofImport(int percent, int least) {
            return new Limit(percent, least, true);
        }

        static Limit ofRun(long most, boolean percent) {
            return new Limit(most, null, percent);
        }

        boolean exceeded(long people, long base) {
            if (!percent) {
                return people > most;
            }
            return most < 100 && (least == null || people >= least) && people * 100 > most * base;
        }

        String words(boolean stopped) {
            if (least != null) {
                return Words.of("sync.guards.atLeast", most, least,
                        stopped ? Words.of("sync.guards.atLeast.part3") : Words.of("sync.guards.atLeast.part3.else"))
                        .english();
            }
            return percent
                    ? Words.of("sync.guards.theLimitOfThisRun", most).english()
                    : Words.of("sync.guards.theLimitOfThisRun2", most).english();
        }
    }

    /// @param canSignInBefore enabled administrators with an enabled way to sign in
    public static Guard administrators(int canSignInBefore, int canSignInAfter) {
        boolean stopped = canSignInBefore > 0 && canSignInAfter == 0;
        return new Guard(ADMINISTRATORS, stopped, stopped
                ? Words.of("sync.guards.noEnabledAdministratorWhoCan").english()
                : Words.of("sync.guards.canSignInAfterIt",
                        canSignInAfter + (canSignInAfter == 1 ? " administrator" : " administrators")).english());
    }

    /// The number of people whom a run may make Administrator.
    public static int mostAdministrators(Policies policies) {
        Integer own = policies.maxAdministrators();
        return own == null ? MOST_ADMINISTRATORS : own;
    }

    /// @param override for this run only or for this import; null: the default
    /// @param given    people who become Administrator by a rule or by the default role
    public static Guard administratorsGiven(@Nullable Integer override, long given) {
        boolean stopped = given > (override == null ? MOST_ADMINISTRATORS : override);
        String limit = override != null
                ? Words.of("sync.guards.theLimitOfThisRun3", override).english()
                : Words.of("sync.guards.moreThan", MOST_ADMINISTRATORS,
                        stopped ? Words.of("sync.guards.moreThan.part2") : Words.of("sync.guards.moreThan.part2.else"))
                        .english();
        return new Guard(
                ADMINISTRATORS_GIVEN, stopped, Words
                        .of("sync.guards.madeAdministratorByRulesOr", given,
                                given == 1
                                        ? Words.of("sync.guards.madeAdministratorByRulesOr.part2")
                                        : Words.of("sync.guards.madeAdministratorByRulesOr.part2.else"),
                                limit)
                        .english());
    }

    static List<Guard> of(PlanInput input, Map<ChangeKind, Long> counts, long activeBefore, int importedBefore,
            int importedAfter, long lostRoles, long administratorsGiven) {
        var admins = input.administrators();
        int before = admins.elsewhereSignIn() + (admins.importedCanSignIn() ? importedBefore : 0);
        int after = admins.elsewhereSignIn() + (admins.importedCanSignIn() ? importedAfter : 0);
        Policies policies = input.config().policies();
        RunLimits limits = input.limits();
        return List.of(completeness(input.complete()),
                removals(policies, limits.removals(), activeBefore, counts),
                lostRoles(policies, limits.lostRoles(), activeBefore, lostRoles),
                administrators(before, after),
                administratorsGiven(limits.administrators() == null
                        ? policies.maxAdministrators()
                        : limits.administrators(), administratorsGiven));
    }
}
