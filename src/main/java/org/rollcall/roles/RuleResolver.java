package org.rollcall.roles;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import org.rollcall.groups.GroupGraph;

/// Determines the matching rule: of the ordered rules the first whose group contains the person, directly or, if the rule says
/// so, through nesting. Pure; evaluates everybody in a graph at once.
public final class RuleResolver {
    private static final int NONE = -1;

    private final GroupGraph.Reach[] reach;
    private final int[] ruleOf;
    private final int[] via;

    /// The part of a rule that decides whom it matches.
    public record Rule(UUID group, boolean nested) {}

    public RuleResolver(GroupGraph graph, List<Rule> rules) {
        reach = new GroupGraph.Reach[rules.size()];
        ruleOf = new int[graph.people().size()];
        via = new int[rules.isEmpty() ? 0 : ruleOf.length];
        Arrays.fill(ruleOf, NONE);
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            int position = i;
            reach[i] = graph.reach(List.of(rule.group()), rule.nested());
            reach[i].forEachPerson((person, group) -> {
                if (ruleOf[person] == NONE) {
                    ruleOf[person] = position;
                    via[person] = group;
                }
            });
        }
    }

    /// The position of the matching rule in the list, -1 if none matches.
    ///
    /// @param person number in the graph
    public int rule(int person) {
        return ruleOf[person];
    }

    /// Names of the groups from the rule's down to the one that has the person as a direct member.
    public List<String> path(int person) {
        return ruleOf[person] == NONE ? List.of() : reach[ruleOf[person]].path(via[person]);
    }

    /// The number of people each rule decides, by its position in the list.
    public int[] decided() {
        var counts = new int[reach.length];
        for (int rule : ruleOf) {
            if (rule != NONE) {
                counts[rule]++;
            }
        }
        return counts;
    }
}
