package org.rollcall.settings;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.AdSettings;
import org.rollcall.domain.NotifyChannel;
import org.rollcall.domain.Permission;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Schedule;
import org.rollcall.domain.SignInMode;

/// The content of a settings file: the whole configuration without secrets.
///
/// @param roles   custom roles; the built-in ones are the same everywhere
/// @param tenants with their imports
public record SettingsFile(List<RoleEntry> roles, List<TenantEntry> tenants, SignInEntry signIn,
        List<NotifyChannel.Settings> notifications) {
    /// The newest version of the format, and the only one so far.
    public static final int VERSION = 1;

    public SettingsFile {
        roles = List.copyOf(roles);
        tenants = List.copyOf(tenants);
        notifications = List.copyOf(notifications);
    }

    public record RoleEntry(String name, String description, Set<Permission> permissions) {
        public RoleEntry {
            permissions = Set.copyOf(permissions);
        }
    }

    /// @param cloud as on the command line; `custom` with authority and Graph URL
    /// @param proxy `http://host[:port]`, without its user
    public record TenantEntry(String name, String directoryId, String clientId, String cloud,
            @Nullable String authority, @Nullable String graph, @Nullable String ca, @Nullable String proxy,
            List<ImportEntry> imports) {
        public TenantEntry {
            imports = List.copyOf(imports);
        }
    }

    /// @param schedule null: none
    public record ImportEntry(String name, ProfileConfig config, String defaultRole, List<RuleEntry> rules,
            @Nullable ScheduleEntry schedule) {
        public ImportEntry {
            rules = List.copyOf(rules);
        }
    }

    /// @param group by its object id; the name is for readers
    public record RuleEntry(Ref group, boolean nested, String role) {}

    public record ScheduleEntry(Schedule.Timing timing, boolean paused) {}

    /// @param tenant whose people sign in with Entra; null: not set up
    /// @param ad     null: not set up
    public record SignInEntry(boolean entra, @Nullable String tenant, Set<SignInMode> modes, boolean activeDirectory,
            @Nullable AdSettings ad, long idleMinutes, long absoluteMinutes, boolean refreshAtSignIn) {
        public SignInEntry {
            modes = Set.copyOf(modes);
        }
    }
}
