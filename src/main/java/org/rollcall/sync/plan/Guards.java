package org.rollcall.sync.plan;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Guard;
import org.rollcall.domain.ProfileConfig.Policies;
import org.rollcall.text.Words;

/// Looks over a change set before anything of it is applied.
public final class Guards {
    public static final String COMPLETENESS = "completeness";
    public static final String REMOVALS = "removals";
    public static final String ADMINISTRATORS = "administrators";
    public static final String ADMINISTRATORS_GIVEN = "administratorsGiven";
    /// More than so many new administrators of one run are hardly meant.
    private static final int MOST_ADMINISTRATORS = 5;

    /// Stops nothing; a run with it needs a person's attention.
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

    /// Whether somebody who has looked at a change set may lift a guard for it.
    public static boolean isOfRemovals(String guard) {
        return guard.equals(REMOVALS);
    }

    public static Guard completeness(boolean complete) {
        return new Guard(COMPLETENESS, !complete, complete
                ? Words.of("sync.guards.everythingInScopeWasRead").english()
                : Words.of("sync.guards.theDirectoryWasNotRead").english());
    }

    /// @param activeBefore active people of the profile before the run
    public static Guard removals(Policies policies, @Nullable MaxRemovals override, long activeBefore,
            Map<ChangeKind, Long> counts) {
        long removals = counts.getOrDefault(ChangeKind.REMOVE, 0L) + counts.getOrDefault(ChangeKind.DEACTIVATE, 0L);
        boolean stopped;
        String limit;
        if (override == null) {
            stopped = policies.maxRemovalPercent() < 100 && removals >= policies.minRemovals()
                    && exceeds(removals, policies.maxRemovalPercent(), activeBefore);
            limit = Words.of("sync.guards.atLeast", policies.maxRemovalPercent(), policies.minRemovals(),
                    stopped ? Words.of("sync.guards.atLeast.part3") : Words.of("sync.guards.atLeast.part3.else"))
                    .english();
        } else if (override.percent()) {
            stopped = override.limit() < 100 && exceeds(removals, override.limit(), activeBefore);
            limit = Words.of("sync.guards.theLimitOfThisRun", override.limit()).english();
        } else {
            stopped = removals > override.limit();
            limit = Words.of("sync.guards.theLimitOfThisRun2", override.limit()).english();
        }
        return new Guard(REMOVALS, stopped,
                Words.of("sync.guards.removalsOfPeople", removals, activeBefore, limit).english());
    }

    private static boolean exceeds(long removals, long percent, long base) {
        return removals * 100 > percent * base;
    }

    /// @param canSignInBefore enabled administrators to whom a way to sign in is open
    public static Guard administrators(int canSignInBefore, int canSignInAfter) {
        boolean stopped = canSignInBefore > 0 && canSignInAfter == 0;
        return new Guard(ADMINISTRATORS, stopped, stopped
                ? Words.of("sync.guards.noEnabledAdministratorWhoCan").english()
                : Words.of("sync.guards.canSignInAfterIt",
                        canSignInAfter + (canSignInAfter == 1 ? " administrator" : " administrators")).english());
    }

    /// How many people a run of an import may make Administrator.
    public static int mostAdministrators(Policies policies) {
        Integer own = policies.maxAdministrators();
        return own == null ? MOST_ADMINISTRATORS : own;
    }

    /// @param override for this run only or for this import; null: the usual few
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
            int importedAfter, long administratorsGiven) {
        var admins = input.administrators();
        int before = admins.elsewhereSignIn() + (admins.importedCanSignIn() ? importedBefore : 0);
        int after = admins.elsewhereSignIn() + (admins.importedCanSignIn() ? importedAfter : 0);
        return List.of(completeness(input.complete()),
                removals(input.config().policies(), input.maxRemovals(), activeBefore, counts),
                administrators(before, after),
                administratorsGiven(input.maxAdministrators() == null
                        ? input.config().policies().maxAdministrators()
                        : input.maxAdministrators(), administratorsGiven));
    }
}
