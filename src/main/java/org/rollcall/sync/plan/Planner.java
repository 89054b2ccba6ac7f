package org.rollcall.sync.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.rollcall.domain.Change;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Run.Admins;
import org.rollcall.groups.GroupGraph;
import org.rollcall.groups.IdIndex;

/// Compares mirror and directory under an import's configuration and creates the change set: people, then groups, then
/// memberships, each in object-id order. Equal inputs give equal change sets.
///
/// Keeps ids, a few facts for each person and the graph of groups in memory; attributes and changes are streamed.
public final class Planner {
    private final Runnable checkCancelled;

    /// @param checkCancelled called periodically; throws if cancelled
    public Planner(Runnable checkCancelled) {
        this.checkCancelled = checkCancelled;
    }

    public PlanSummary plan(PlanInput input, Consumer<Change> sink) {
        var counts = new EnumMap<ChangeKind, Long>(ChangeKind.class);
        Consumer<Change> counting = change -> {
            if (counts.merge(change.kind(), 1L, Long::sum) % 1024 == 0) {
                checkCancelled.run();
            }
            sink.accept(change);
        };
        People people = People.read(input);
        checkCancelled.run();
        GroupGraph graph = graph(input.sources(), people.ids());
        checkCancelled.run();
        var scope = new ScopeDecision(input, people, graph);
        var roles = new RoleDecision(input, graph);
        var names = new NameContest(input, people, scope);
        checkCancelled.run();
        var peoplePlan = new PeoplePlan(input, people, scope, names, new NameNeighbours(input, people, names), roles,
                counting);
        peoplePlan.run();
        checkCancelled.run();
        GroupsPlan.Known groups = new GroupsPlan(input, scope, counting).run();
        new MembershipsPlan(input, people, peoplePlan.present(), groups, counting).run();
        int elsewhere = input.administrators().elsewhere();
        Others.Totals before = Objects.requireNonNullElseGet(input.sources().others().totals(),
                () -> new Others.Totals(peoplePlan.activeBefore(), peoplePlan.adminsBefore()));
        int after = before.administrators() + peoplePlan.adminsAfter() - peoplePlan.adminsBefore();
        var guards = Guards.of(input, counts, before.active(), before.administrators(), after,
                peoplePlan.rolesLost(), peoplePlan.adminsGiven());
        return new PlanSummary(counts, guards, new Admins(elsewhere + before.administrators(), elsewhere + after),
                before.active());
    }

    static GroupGraph graph(PlanSources sources, IdIndex people) {
        var ids = new IdIndex.Builder();
        var names = new ArrayList<String>();
        sources.mirrorGroups(group -> {
            ids.add(group.id());
            names.add(Names.ofGroup(group.attributes(), group.id()));
        });
        IdIndex groups = ids.build();
        var builder = GroupGraph.builder(groups, names.toArray(String[]::new), people);
        MemberSets members = sources.members();
        var personPlaces = Numbering.of(members, people);
        var groupPlaces = Numbering.of(members, groups);
        members.mirror(each -> {
            int group = groups.indexOf(each.group());
            if (group >= 0) {
                int[] untyped = each.of(MemberType.UNKNOWN);
                builder.members(group,
                        both(personPlaces.places(each.of(MemberType.USER)), personPlaces.places(untyped)),
                        both(groupPlaces.places(each.of(MemberType.GROUP)),
                                groupPlaces.places(noPeople(untyped, sources, personPlaces))));
            }
        });
        return builder.build();
    }

    /// The members without a type that are not people: a known person is no group, whether in the dirty set or not.
    private static int[] noPeople(int[] numbers, PlanSources sources, Numbering people) {
        if (numbers.length == 0) {
            return numbers;
        }
        UUID[] ids = sources.members().ids(numbers);
        return IntStream.range(0, numbers.length)
                .filter(i -> people.place(numbers[i]) < 0 && !sources.others().isKnown(ids[i]))
                .map(i -> numbers[i]).toArray();
    }

    private static int[] both(int[] some, int[] others) {
        if (others.length == 0) {
            return some;
        }
        return IntStream.concat(Arrays.stream(some), Arrays.stream(others)).sorted().toArray();
    }
}
