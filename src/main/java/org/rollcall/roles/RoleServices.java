package org.rollcall.roles;

import java.time.Clock;

import org.rollcall.audit.AuditService;
import org.rollcall.store.AssignmentStore;
import org.rollcall.store.Database;
import org.rollcall.store.GroupNesting;
import org.rollcall.store.PastLog;
import org.rollcall.store.PersonStore;
import org.rollcall.store.ProfileStore;
import org.rollcall.store.RoleStore;
import org.rollcall.store.RuleStore;
import org.rollcall.store.SettingStore;

/// Creates the services of this package, which share a guard and the rules.
public record RoleServices(RoleService roles, RoleAssignmentService assignments, RuleService rules,
        RulePreviewService previews, AdministratorGuard guard, Powers powers) {

    public static RoleServices over(Database database, AuditService audit, Clock clock) {
        var assignmentStore = new AssignmentStore(database, clock);
        var people = new PersonStore(database, clock);
        var roleStore = new RoleStore(database);
        var ruleStore = new RuleStore(database);
        var profiles = new ProfileStore(database, clock);
        var settings = new SettingStore(database);
        var stored = new StoredRules(people, profiles, ruleStore, roleStore, new GroupNesting(database));
        var powers = new Powers(database, clock);
        var guard = new AdministratorGuard(database, assignmentStore);
        var assignments = new RoleAssignmentService(assignmentStore, people, roleStore, settings, stored, guard, audit);
        return new RoleServices(new RoleService(roleStore, ruleStore, assignmentStore, people, settings, guard,
                audit, new PastLog(database, clock)), assignments,
                new RuleService(ruleStore, roleStore, profiles, people, assignmentStore, settings,
                        stored, assignments, guard, audit),
                new RulePreviewService(profiles, people, assignmentStore, roleStore, stored, guard), guard,
                powers);
    }
}
