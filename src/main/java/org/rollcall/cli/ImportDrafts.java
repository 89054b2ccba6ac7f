package org.rollcall.cli;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

import org.rollcall.connect.JobControl;
import org.rollcall.domain.Profile;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Role;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.Trigger;
import org.rollcall.domain.UserField;
import org.rollcall.roles.RuleService.RuleUse;
import org.rollcall.sync.Draft;
import org.rollcall.sync.ImportRequest;
import org.rollcall.sync.plan.PeopleLimit;
import org.rollcall.task.JobContext;
import org.rollcall.text.Words;

/// Makes an import's configuration from options. A scope among them replaces the configuration as a whole; other options
/// alone change what they name.
final class ImportDrafts {
    private final Session session;
    private final ImportSettings options;
    private final String tenantName;
    private final String profile;

    ImportDrafts(Session session, ImportOptions options) {
        this(session, options, options.tenant, options.profile);
    }

    /// @param tenantName the tenant's name
    /// @param profile    the import's name
    ImportDrafts(Session session, ImportSettings options, String tenantName, String profile) {
        this.session = session;
        this.options = options;
        this.tenantName = tenantName;
        this.profile = profile;
    }

    /// The configuration that a stored import is to have from now on. Limits among the options become its own.
    ///
    /// @throws RollcallException INPUT: a name that is not there; NOT_ALLOWED; whatever the directory says
    Draft edited(JobContext job) {
        Draft draft = draft(session.workspace().tenants().byName(tenantName), job, false).draft();
        ProfileConfig config = draft.config();
        ProfileConfig.Policies limits = config.policies();
        PeopleLimit removals = options.removals();
        if (removals != null) {
            limits = own(removals, limits::withRemovals);
        }
        Integer administrators = options.administrators();
        if (administrators != null) {
            limits = limits.withAdministrators(administrators);
        }
        PeopleLimit lostRoles = options.lostRoles();
        if (lostRoles != null) {
            limits = own(lostRoles, limits::withLostRoles);
        }
        return new Draft(new ProfileConfig(config.scope(), config.filters(), config.mapping(), limits),
                draft.defaultRole(), draft.rules());
    }

    /// A number stops at one person more, a share at any number of people.
    private static ProfileConfig.Policies own(PeopleLimit limit,
            BiFunction<Integer, Integer, ProfileConfig.Policies> percentAndLeast) {
        return limit.percent()
                ? percentAndLeast.apply((int) Math.min(limit.limit(), 100), 1)
                : percentAndLeast.apply(0, (int) limit.limit() + 1);
    }

    /// @throws RollcallException INPUT: a name that is not there, or nothing to repeat
    ImportRequest request(JobContext job) {
        Tenant tenant = session.workspace().tenants().byName(tenantName);
        if (!options.configures()) {
            return new ImportRequest(tenant.name(), profile, null, options.removals(), Trigger.MANUAL,
                    options.full, options.administrators(), null, options.lostRoles());
        }
        Made made = draft(tenant, job, true);
        // A command that configures the import says itself who gets which role: only a limit that it names stops it.
        PeopleLimit lostRoles = Objects.requireNonNullElse(options.lostRoles(), PeopleLimit.ANY);
        return new ImportRequest(tenant.name(), profile, made.draft(), options.removals(), Trigger.MANUAL,
                options.full, options.administrators(),
                bearers -> made.names().hold(bearers) ? null : draft(tenant, job, false).draft(), lostRoles);
    }

    private record Made(Draft draft, ImportNames names) {}

    /// @param known what the import knows from its last time need not be asked for again
    private Made draft(Tenant tenant, JobContext job, boolean known) {
        Optional<Profile> before = session.workspace().findProfile(session.actor(), tenant, profile);
        if (before.isEmpty() && !options.hasScope()) {
            throw RollcallException.input("import.scope",
                    Words.of("cli.import.scope.importDrafts", profile, tenant.name()),
                    Words.of("cli.import.scope.importDrafts.remedy"));
        }
        List<RuleUse> rules = before.isEmpty()
                ? List.of()
                : session.workspace().roles().rules().list(session.actor(), before.get().id());
        boolean fresh = options.hasScope() || before.isEmpty();
        String defaultRole = role(fresh ? Optional.empty() : before);
        boolean asSaid = fresh || !options.rules.isEmpty();
        // Before any group is looked up in the directory.
        session.workspace().imports().requireRoles(session.actor(), tenant, profile, asSaid
                ? options.rules.stream().map(this::roleOf).toList()
                : rules.stream().map(RuleUse::role).toList(), defaultRole);
        try (var names = new ImportNames(known ? before : Optional.empty(), known ? rules : List.of(),
                () -> session.workspace().tenants().open(tenant),
                new JobControl(job, true))) {
            ProfileConfig base = fresh ? ProfileConfig.everyone() : before.get().config();
            ProfileConfig.Policies limits = before.map(each -> each.config().policies())
                    .orElse(ProfileConfig.Policies.standard());
            List<Draft.RuleDraft> chosen = asSaid
                    ? options.rules.stream().map(rule -> rule(names, rule)).toList()
                    : rules.stream()
                            .map(use -> new Draft.RuleDraft(use.rule().group(), use.rule().nested(), use.role()))
                            .toList();
            return new Made(new Draft(config(names, base, limits), defaultRole, chosen), names);
        }
    }

    private ProfileConfig config(ImportNames names, ProfileConfig base, ProfileConfig.Policies limits) {
        ProfileConfig.Filters filters = base.filters();
        UserField username = options.usernameField();
        return new ProfileConfig(names.scope(options, base.scope()),
                new ProfileConfig.Filters(included(options.guests, filters.guests()),
                        included(options.disabled, filters.disabled()), included(options.mfa, filters.mfaRegistered()),
                        or(names.groups(options.excludedGroups), filters.excludedGroups()),
                        or(names.people(options.excludedUsers), filters.excludedPeople())),
                username == null
                        ? base.mapping()
                        : new ProfileConfig.Mapping(username, base.mapping().sources()),
                limits);
    }

    private static List<Ref> or(List<Ref> said, List<Ref> otherwise) {
        return said.isEmpty() ? otherwise : said;
    }

    private static boolean included(ImportSettings.@Nullable Choice said, boolean otherwise) {
        return said == null ? otherwise : said == ImportSettings.Choice.INCLUDE;
    }

    private Draft.RuleDraft rule(ImportNames names, String rule) {
        return new Draft.RuleDraft(names.group(rule.substring(0, rule.lastIndexOf('='))), true, roleOf(rule));
    }

    private String roleOf(String rule) {
        return session.workspace().roles().roles()
                .find(session.actor(), rule.substring(rule.lastIndexOf('=') + 1).strip()).name();
    }

    private String role(Optional<Profile> before) {
        if (options.defaultRole != null) {
            return session.workspace().roles().roles().find(session.actor(), options.defaultRole).name();
        }
        return before.map(Profile::defaultRoleId).flatMap(id -> session.workspace().roles().roles()
                .list(session.actor()).stream().map(use -> use.role()).filter(role -> role.id() == id).findFirst())
                .map(Role::name).orElse(Role.USER);
    }
}
