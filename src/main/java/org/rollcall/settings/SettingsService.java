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

/// The configuration as a file without secrets: export, comparison, import. Changes of a file go through the services for
/// manual changes, so that each checks its own permission, and nobody gives more than they have.
public final class SettingsService {
    private final SettingsReader reader;
    private final SettingsImport importing;
    private final RoleServices roles;
    private final AuditService audit;

    /// The services that change the content of a file.
    public record Services(TenantService tenants, ImportService imports, ScheduleService schedules, RoleServices roles,
            AuthenticationService signIn, NotifyService notifications) {}

    public SettingsService(Database database, Services services, AuditService audit, Clock clock) {
        this.reader = new SettingsReader(database, clock);
        this.importing = new SettingsImport(database, services, reader, clock);
        this.roles = services.roles();
        this.audit = audit;
    }

    /// The effect of importing a file.
    ///
    /// @param differences between the configuration before and the file
    /// @param notes       what is not changed, and what remains to be done, as sentences without a full stop
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

    /// The differences between the present configuration and a file; empty: they are equal.
    ///
    /// @throws RollcallException NOT_ALLOWED; INPUT: not a settings file, or an invalid one
    public List<Difference> diff(Actor actor, String json) {
        actor.require(Permission.MANAGE_SETTINGS);
        return SettingsFacts.compare(reader.read(), SettingsParser.parse(json));
    }

    /// The effect of [#bringIn], with all its checks; nothing is changed.
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

    /// Applies the file: everything or, if anything is refused, nothing. Tenants, imports and used roles that are missing in
    /// the file stay.
    ///
    /// @throws RollcallException NOT_ALLOWED: the actor lacks a permission that the file needs, or would give more than they
    ///                           have; INPUT: not a settings file, or an invalid one; GUARD: no administrator would remain;
    ///                           CONFLICT: an import is running
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

    /// Carries the result of a preview out of the transaction that it rolls back.
    private static final class TakenBack extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Outcome outcome;

        TakenBack(Outcome outcome) {
            super("taken back", null, false, false);
            this.outcome = outcome;
        }
    }
}
