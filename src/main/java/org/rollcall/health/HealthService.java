package org.rollcall.health;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Run;
import org.rollcall.store.Stores;
import org.rollcall.store.UserQueries;
import org.rollcall.text.Language;
import org.rollcall.text.Words;

/// Present and imminent problems, for those who may see activity.
public final class HealthService {
    private final Stores stores;
    private final UserQueries people;
    private final AuditService audit;
    private final Clock clock;

    public HealthService(Stores stores, UserQueries people, AuditService audit, Clock clock) {
        this.stores = stores;
        this.people = people;
        this.audit = audit;
        this.clock = clock;
    }

    /// The matters that need attention, as display text for the window; most severe first.
    ///
    /// @throws org.rollcall.domain.RollcallException NOT_ALLOWED
    public List<Matter> matters(Actor actor) {
        actor.require(Permission.VIEW_ACTIVITY);
        return new OpenMatters(stores, people, clock, Language::inUse, Run.Failure::remedy).list();
    }

    /// The same as display text for the command line, with the state of the audit log's chain before all; most severe first.
    ///
    /// @throws org.rollcall.domain.RollcallException NOT_ALLOWED
    public List<Finding> findings(Actor actor, Language language) {
        actor.require(Permission.VIEW_ACTIVITY);
        var findings = new ArrayList<Finding>();
        var chain = audit.verify(actor);
        if (!chain.intact()) {
            findings.add(new Finding(true, Words.of("app.doctor.audit", chain.brokenAt()).in(language),
                    Words.of("app.doctor.audit.remedy").in(language)));
        }
        new OpenMatters(stores, people, clock, () -> language, Run.Failure::commandRemedy).list()
                .forEach(each -> findings.add(new Finding(each.gravity() == Matter.Gravity.STOPPED, each.title(),
                        each.sentence())));
        return findings;
    }
}
