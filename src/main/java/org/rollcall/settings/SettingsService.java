package org.rollcall.settings;

import java.time.Clock;
import java.util.List;
import java.util.Map;

import org.rollcall.audit.AuditService;
import org.rollcall.connect.TenantService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.notify.NotifyService;
import org.rollcall.roles.RoleServices;
import org.rollcall.schedule.ScheduleService;
import org.rollcall.signin.AuthenticationService;
import org.rollcall.store.Database;
import org.rollcall.sync.ImportService;

/// The configuration as a file without secrets: written, compared, brought in. Whatever a file changes is changed by the
/// services that do so by hand, so that each asks for its own permission, and nobody gives more than they have.
public final class SettingsService {
    private final SettingsReader reader;
    private final SettingsImport importing;
    private final RoleServices roles;
    private final AuditService audit;

    /// The services that change what a file holds.
    public record Services(TenantService tenants, ImportService imports, ScheduleService schedules, RoleServices roles,
            AuthenticationService signIn, NotifyService notifications) {}

    public SettingsService(Database database, Services services, AuditService audit, Clock clock) {
        this.reader = new SettingsReader(database, clock);
        this.importing = new SettingsImport(database, services, reader, clock);
        this.roles = services.roles();
        this.audit = audit;
    }

    /// What bringing a file in does, or would.
    ///
    /// @param differences between the configuration before and the file
    /// @param notes       what stays as it is, and what somebody still has to do, as sentences without a full stop
    public record Outcome(List<Difference> differences, List<String> notes) {
        public Outcome {
            differences = List.copyOf(differences);
            notes = List.copyOf(notes);
        }
    }

    /// The present configuration, as JSON.
    ///
    /// @throws RollcallException NOT_ALLOWED
    public String export(Actor actor) {
        actor.require(Permission.MANAGE_SETTINGS);
        String json = SettingsJson.write(reader.read());
        audit.recordLook(actor, "settings.export", null, null, null, Map.of());
        return json;
    }

    /// In what the present configuration and a file differ; nothing: they are equal.
    ///
    /// @throws RollcallException NOT_ALLOWED; INPUT: not a settings file, or something in it is not right
    public List<Difference> diff(Actor actor, String json) {
        actor.require(Permission.MANAGE_SETTINGS);
        return SettingsFacts.compare(reader.read(), SettingsParser.parse(json));
    }

    /// What [#bringIn] would do, with all its checks; nothing is changed.
    ///
    /// @throws RollcallException as [#bringIn]
    public Outcome preview(Actor actor, String json) {
        actor.require(Permission.MANAGE_SETTINGS);
        SettingsFile file = SettingsParser.parse(json);
        try {
            roles.guard().requireOneAfter(() -> {
                throw new TakenBack(importing.apply(actor, file, true));
            });
        } catch (TakenBack e) {
            return e.outcome;
        }
        throw new IllegalStateException("a preview is always taken back");
    }

    /// Makes the configuration what the file says: all of it or, if anything is refused, nothing. Tenants, imports and roles
    /// in use of which the file says nothing stay.
    ///
    /// @throws RollcallException NOT_ALLOWED: something in it needs a permission that the actor does not have, or gives more
    ///                           than they have; INPUT: not a settings file, or something in it is not right; GUARD: nobody
    ///                           could administer Rollcall afterwards; CONFLICT: an import is running
    public Outcome bringIn(Actor actor, String json) {
        actor.require(Permission.MANAGE_SETTINGS);
        try {
            SettingsFile file = SettingsParser.parse(json);
            return roles.guard().requireOneAfter(() -> {
                Outcome outcome = importing.apply(actor, file, false);
                audit.record(actor, "settings.import", null, null, null,
                        Map.of("differences", outcome.differences().size()), null);
                return outcome;
            });
        } catch (RollcallException e) {
            throw audit.failed(actor, "settings.import", null, null, null, e);
        }
    }

    /// Carries what came of a preview out of the transaction that it ends.
    private static final class TakenBack extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Outcome outcome;

        TakenBack(Outcome outcome) {
            super("taken back", null, false, false);
            this.outcome = outcome;
        }
    }
}
