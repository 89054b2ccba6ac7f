package org.rollcall.sync.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Change.Reason;
import org.rollcall.domain.ReasonCode;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.StoredPerson;
import org.rollcall.groups.GroupGraph;
import org.rollcall.roles.RuleResolver;

/// The role of each person, with reasons.
final class RoleDecision {
    private final List<PlanRule> rules;
    private final String defaultRole;
    private final RuleResolver resolver;

    RoleDecision(PlanInput input, GroupGraph graph) {
        this.rules = input.rules();
        this.defaultRole = input.defaultRole();
        this.resolver = new RuleResolver(graph,
                rules.stream().map(rule -> new RuleResolver.Rule(rule.group().id(), rule.nested())).toList());
    }

    boolean hasRule(int person) {
        return resolver.rule(person) >= 0;
    }

    String role(int person) {
        int rule = resolver.rule(person);
        return rule < 0 ? defaultRole : rules.get(rule).role();
    }

    RoleSource source(int person) {
        return hasRule(person) ? RoleSource.RULE : RoleSource.DEFAULT;
    }

    /// Whether somebody's present role or its source differs from the decision.
    boolean differs(int person, StoredPerson stored) {
        return stored.roleSource() != RoleSource.MANUAL
                && (!role(person).equals(stored.role()) || source(person) != stored.roleSource());
    }

    /// Whether only the matching rule differs from the present one.
    boolean ruleDiffers(int person, StoredPerson stored) {
        int rule = resolver.rule(person);
        return rule >= 0 && stored.roleSource() == RoleSource.RULE
                && !Objects.equals(rules.get(rule).id(), stored.ruleId());
    }

    /// The values for changes.
    Map<String, @Nullable Object> values(int person) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put(PersonFields.ROLE, role(person));
        values.put(PersonFields.ROLE_SOURCE, source(person).name());
        int rule = resolver.rule(person);
        if (rule >= 0) {
            values.put(PersonFields.RULE_POSITION, rule);
            Long id = rules.get(rule).id();
            if (id != null) {
                values.put(PersonFields.RULE_ID, id);
            }
        }
        return values;
    }

    static Map<String, @Nullable Object> values(StoredPerson stored) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put(PersonFields.ROLE, stored.role());
        values.put(PersonFields.ROLE_SOURCE, stored.roleSource() == null ? null : stored.roleSource().name());
        if (stored.ruleId() != null) {
            values.put(PersonFields.RULE_ID, Objects.requireNonNull(stored.ruleId()));
        }
        return values;
    }

    Reason reason(int person) {
        int rule = resolver.rule(person);
        if (rule < 0) {
            return Reason.of(ReasonCode.DEFAULT_ROLE);
        }
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("rule", rules.get(rule).group().name());
        facts.put("ruleId", rules.get(rule).id());
        facts.put("path", resolver.path(person));
        return new Reason(ReasonCode.RULE, facts);
    }
}
