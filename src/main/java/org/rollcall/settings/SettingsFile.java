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

/// What a settings file says: the whole configuration without anything secret.
///
/// @param roles   own ones; those built in are the same everywhere
/// @param tenants with what belongs to each
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

    /// @param cloud as the command line calls it; `custom` with authority and Graph URL
    /// @param proxy `http://host[:port]`, without who signs in there
    public record TenantEntry(String name, String directoryId, String clientId, String cloud,
            @Nullable String authority, @Nullable String graph, @Nullable String ca, @Nullable String proxy,
            List<ImportEntry> imports) {
        public TenantEntry {
            imports = List.copyOf(imports);
        }
    }

    /// @param schedule null: it does not repeat
    public record ImportEntry(String name, ProfileConfig config, String defaultRole, List<RuleEntry> rules,
            @Nullable ScheduleEntry schedule) {
        public ImportEntry {
            rules = List.copyOf(rules);
        }
    }

    /// @param group by its object id; the name is for people to read
    public record RuleEntry(Ref group, boolean nested, String role) {}

    public record ScheduleEntry(Schedule.Timing timing, boolean paused) {}

    /// @param tenant whose people sign in with Entra; null: never set up
    /// @param ad     null: never set up
    public record SignInEntry(boolean entra, @Nullable String tenant, Set<SignInMode> modes, boolean activeDirectory,
            @Nullable AdSettings ad, long idleMinutes, long absoluteMinutes, boolean refreshAtSignIn) {
        public SignInEntry {
            modes = Set.copyOf(modes);
        }
    }
}
