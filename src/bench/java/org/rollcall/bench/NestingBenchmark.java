package org.rollcall.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.GroupField;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Membership;
import org.rollcall.domain.MfaState;
import org.rollcall.domain.MirrorGroup;
import org.rollcall.domain.MirrorPerson;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Ref;
import org.rollcall.domain.StoredGroup;
import org.rollcall.domain.StoredPerson;
import org.rollcall.domain.UserField;
import org.rollcall.sync.plan.ListedMembers;
import org.rollcall.sync.plan.MemberSets;
import org.rollcall.sync.plan.PlanInput;
import org.rollcall.sync.plan.PlanRule;
import org.rollcall.sync.plan.PlanSources;
import org.rollcall.sync.plan.Planner;

/// Plans a chain of 400 groups in groups and a circle of 50, twenty people in each, with a rule for the top of the chain,
/// one for a group in its middle and one for a group of the circle.
final class NestingBenchmark {
    private static final int CHAIN = 400;
    private static final int CIRCLE = 50;
    private static final int EACH = 20;

    private NestingBenchmark() {}

    /// Returns a row of the table.
    static String measure() {
        var sources = new Sources();
        var rules = List.of(rule(CHAIN / 2, "Operator"), rule(0, "Auditor"), rule(CHAIN + 7, "Administrator"));
        var input = new PlanInput(PlanInput.NEW_PROFILE, ProfileConfig.everyone(), rules, "User", true, Set.of(), null,
                new PlanInput.Administrators(1, 1, false), sources);
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long begin = System.nanoTime();
            var summary = new Planner(() -> {}).plan(input, change -> {});
            best = Math.min(best, System.nanoTime() - begin);
            long people = summary.counts().getOrDefault(ChangeKind.CREATE, 0L);
            if (people != (CHAIN + CIRCLE) * EACH || summary.admins().after() != 1 + CIRCLE * EACH) {
                throw new IllegalStateException("the plan is wrong: " + summary);
            }
        }
        return String.format(Locale.ROOT,
                "| a chain of %d groups and a circle of %d, %,d people, 3 rules | plan | %,d ms |",
                CHAIN, CIRCLE, (CHAIN + CIRCLE) * EACH, best / 1_000_000);
    }

    private static PlanRule rule(int group, String role) {
        return new PlanRule(null, new Ref(id(1, group), "Group " + group), true, role);
    }

    private static UUID id(int kind, int number) {
        return new UUID(kind, number);
    }

    private static final class Sources implements PlanSources {
        private final List<Membership> edges = new ArrayList<>();

        Sources() {
            for (int group = 0; group < CHAIN + CIRCLE; group++) {
                for (int i = 0; i < EACH; i++) {
                    edges.add(new Membership(id(1, group), id(2, group * EACH + i), MemberType.USER));
                }
                if (group < CHAIN - 1) {
                    edges.add(new Membership(id(1, group), id(1, group + 1), MemberType.GROUP));
                } else if (group >= CHAIN) {
                    int next = group + 1 < CHAIN + CIRCLE ? group + 1 : CHAIN;
                    edges.add(new Membership(id(1, group), id(1, next), MemberType.GROUP));
                }
            }
            edges.sort(Comparator.comparing(Membership::group).thenComparing(Membership::member));
        }

        @Override
        public void mirrorPeople(Consumer<MirrorPerson> sink) {
            for (int i = 0; i < (CHAIN + CIRCLE) * EACH; i++) {
                sink.accept(new MirrorPerson(id(2, i), MfaState.UNKNOWN, Attributes.builder(UserField.class)
                        .set(UserField.USER_PRINCIPAL_NAME, "user" + i + "@contoso.example")
                        .set(UserField.DISPLAY_NAME, "User " + i).set(UserField.ACCOUNT_ENABLED, true).build()));
            }
        }

        @Override
        public void mirrorGroups(Consumer<MirrorGroup> sink) {
            for (int i = 0; i < CHAIN + CIRCLE; i++) {
                sink.accept(new MirrorGroup(id(1, i), Attributes.builder(GroupField.class)
                        .set(GroupField.DISPLAY_NAME, "Group " + i).build()));
            }
        }

        @Override
        public MemberSets members() {
            return new ListedMembers(edges, List.of());
        }

        @Override
        public Iterator<StoredPerson> people() {
            return List.<StoredPerson>of().iterator();
        }

        @Override
        public Iterator<StoredGroup> groups() {
            return List.<StoredGroup>of().iterator();
        }

        @Override
        public void foreignNames(BiConsumer<String, String> sink) {}
    }
}
