package org.rollcall.cli;

import java.util.List;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserField;
import org.rollcall.schedule.Intervals;
import org.rollcall.sync.plan.PeopleLimit;
import org.rollcall.text.Words;

/// What to bring in and how, as options of previews, runs and schedules.
class ImportSettings {
    @Option(names = "--all", description = "Everyone and every group.")
    boolean all;

    @Option(names = "--group", paramLabel = "G", description = "This group with all below it: object id, display name or mail address; may be repeated.")
    List<String> groups = List.of();

    @Option(names = "--no-nested", description = "With --group: without the groups below.")
    boolean noNested;

    @Option(names = "--member", paramLabel = "UPN", description = "This person: UPN or object id; may be repeated.")
    List<String> members = List.of();

    @Option(names = "--exclude-group", paramLabel = "G", description = "Never this group, nor the people in it; may be repeated.")
    List<String> excludedGroups = List.of();

    @Option(names = "--exclude-user", paramLabel = "UPN", description = "Never this person; may be repeated.")
    List<String> excludedUsers = List.of();

    @Option(names = "--guests", paramLabel = "include|skip", description = "Guests; otherwise included.")
    @Nullable
    Choice guests;

    @Option(names = "--disabled", paramLabel = "include|skip", description = "People disabled in Entra; otherwise included.")
    @Nullable
    Choice disabled;

    @Option(names = "--mfa", paramLabel = "include|skip", description = "People registered for MFA; otherwise included.")
    @Nullable
    Choice mfa;

    @Option(names = "--username", paramLabel = "upn|mail|mailNickname|onPremisesSamAccountName", description = "What becomes the user name, otherwise upn.")
    @Nullable
    String username;

    @Option(names = "--default-role", paramLabel = "R", description = "Role of whom no rule fits, otherwise User.")
    @Nullable
    String defaultRole;

    @Option(names = "--rule", paramLabel = "GROUP=ROLE", description = "Members of the group get the role; the first rule that fits decides; may be repeated.")
    List<String> rules = List.of();

    @Option(names = "--every", paramLabel = "TIME", description = "Repeat it at this interval: 30m, 6h, 2d.")
    @Nullable
    String every;

    @Option(names = "--max-removals", paramLabel = "N|P%", description = "How many people this run may remove or deactivate; 100%% always lifts the guard.")
    @Nullable
    String maxRemovals;

    @Option(names = "--max-administrators", paramLabel = "N", description = "How many people this run may make Administrator by rules or default role; otherwise 5.")
    @Nullable
    String maxAdministrators;

    @Option(names = "--max-lost-roles", paramLabel = "N|P%", description = "From how many people this run may take their role, or give a lower one, by rules or default role; 100%% always lifts the guard; otherwise 10%% of them and at least 10.")
    @Nullable
    String maxLostRoles;

    @Option(names = "--full", description = "Read everything again, not only what has changed.")
    boolean full;

    /// Whether something is brought in or left out.
    enum Choice {
        INCLUDE,
        SKIP
    }

    /// Says what is wrong before anybody is asked anything.
    ///
    /// @throws RollcallException INPUT
    void check() {
        int scopes = (all ? 1 : 0) + (groups.isEmpty() ? 0 : 1) + (members.isEmpty() ? 0 : 1);
        if (scopes > 1) {
            throw RollcallException.input("import.scope", Words.of("cli.import.scope"),
                    Words.of("cli.import.scope.remedy"));
        }
        if (noNested && groups.isEmpty()) {
            throw RollcallException.input("import.scope", Words.of("cli.import.scope.importSettings"),
                    Words.of("cli.import.scope.importSettings.remedy"));
        }
        for (String each : concat(groups, members, excludedGroups, excludedUsers)) {
            if (each.isBlank()) {
                throw RollcallException.input("import.name", Words.of("cli.import.name"),
                        Words.of("cli.import.name.remedy"));
            }
        }
        usernameField();
        for (String rule : rules) {
            int at = rule.lastIndexOf('=');
            if (at <= 0 || at == rule.length() - 1) {
                throw RollcallException.input("rule.invalid", Words.of("cli.rule.invalid", rule),
                        Words.of("cli.rule.invalid.remedy"));
            }
        }
        if (every != null) {
            Intervals.parse(every);
        }
        removals();
        administrators();
        lostRoles();
    }

    /// @throws RollcallException INPUT: not a limit
    @Nullable
    PeopleLimit removals() {
        return maxRemovals == null ? null : PeopleLimit.removals(maxRemovals.strip());
    }

    /// @throws RollcallException INPUT: not a limit
    @Nullable
    PeopleLimit lostRoles() {
        return maxLostRoles == null ? null : PeopleLimit.lostRoles(maxLostRoles.strip());
    }

    /// Whether a limit of a guard was said.
    boolean limits() {
        return maxRemovals != null || maxAdministrators != null || maxLostRoles != null;
    }

    /// @throws RollcallException INPUT: not a number
    @Nullable
    Integer administrators() {
        if (maxAdministrators == null) {
            return null;
        }
        String text = maxAdministrators.strip();
        if (!text.matches("[0-9]{1,9}")) {
            throw RollcallException.input("max-administrators.format",
                    Words.of("cli.max-administrators.format", text), Words.of("cli.max-administrators.format.remedy"));
        }
        return Integer.valueOf(text);
    }

    boolean hasScope() {
        return all || !groups.isEmpty() || !members.isEmpty();
    }

    /// Whether anything about the configuration was said.
    boolean configures() {
        return hasScope() || !excludedGroups.isEmpty() || !excludedUsers.isEmpty() || guests != null || disabled != null
                || mfa != null || username != null || defaultRole != null || !rules.isEmpty();
    }

    /// @return null: not said
    @Nullable
    UserField usernameField() {
        if (username == null) {
            return null;
        }
        return switch (username.toLowerCase(java.util.Locale.ROOT)) {
            case "upn", "userprincipalname" -> UserField.USER_PRINCIPAL_NAME;
            case "mail" -> UserField.MAIL;
            case "mailnickname" -> UserField.MAIL_NICKNAME;
            case "onpremisessamaccountname" -> UserField.ON_PREMISES_SAM_ACCOUNT_NAME;
            default -> throw RollcallException.input("import.username", Words.of("cli.import.username", username),
                    Words.of("cli.import.username.remedy"));
        };
    }

    @SafeVarargs
    private static List<String> concat(List<String>... lists) {
        return java.util.Arrays.stream(lists).flatMap(List::stream).toList();
    }
}
