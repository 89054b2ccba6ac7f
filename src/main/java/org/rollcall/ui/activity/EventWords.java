package org.rollcall.ui.activity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

import org.rollcall.domain.AuditEvent;
import org.rollcall.domain.AuditFilter;
import org.rollcall.domain.ChangeKind;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Look;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Tone;

/// Audit events in words.
final class EventWords {
    private record Picture(Ikon icon, Tone tone) {}

    private static final Map<String, Picture> PICTURES = Map.ofEntries(
            Map.entry("signin", new Picture(Feather.KEY, Tone.SUCCESS)),
            Map.entry("signin.refused", new Picture(Icons.FAILED, Tone.DANGER)),
            Map.entry("signin.locked", new Picture(Icons.LOCK, Tone.DANGER)),
            Map.entry("signin.break-glass", new Picture(Icons.WARNING, Tone.WARNING)),
            Map.entry("refused", new Picture(Icons.FAILED, Tone.DANGER)),
            Map.entry("role.set", new Picture(Feather.REPEAT, Tone.ACCENT)),
            Map.entry("role.clear", new Picture(Feather.GIT_BRANCH, Tone.ACCENT)),
            Map.entry("role.by-rule", new Picture(Feather.GIT_BRANCH, Tone.ACCENT)),
            Map.entry("role.undo", new Picture(Icons.UNDO, Tone.ACCENT)),
            Map.entry("role.remove", new Picture(Icons.ROLE, Tone.DANGER)),
            Map.entry("user.add", new Picture(Feather.USER_PLUS, Tone.SUCCESS)),
            Map.entry("user.remove", new Picture(Feather.USER_X, Tone.DANGER)),
            Map.entry("user.link", new Picture(Feather.LINK, Tone.SUCCESS)),
            Map.entry("user.purge", new Picture(Feather.TRASH_2, Tone.DANGER)),
            Map.entry("user.activate", new Picture(Feather.USER_CHECK, Tone.SUCCESS)),
            Map.entry("user.deactivate", new Picture(Feather.USER_MINUS, Tone.WARNING)),
            Map.entry("user.exclude", new Picture(Feather.SLASH, Tone.MUTED)),
            Map.entry("tenant.remove", new Picture(Icons.TENANT, Tone.DANGER)),
            Map.entry("tenant.credential", new Picture(Icons.AUTHENTICATION, Tone.ACCENT)),
            Map.entry("schedule.pause", new Picture(Feather.PAUSE_CIRCLE, Tone.MUTED)),
            Map.entry("schedule.remove", new Picture(Icons.SCHEDULE, Tone.DANGER)),
            Map.entry("data.backup", new Picture(Icons.ARCHIVE, Tone.SUCCESS)),
            Map.entry("data.backup.failed", new Picture(Icons.FAILED, Tone.DANGER)),
            Map.entry("vault.change.failed", new Picture(Icons.FAILED, Tone.DANGER)),
            Map.entry("audit.anchor.failed", new Picture(Icons.FAILED, Tone.DANGER)),
            Map.entry("import.preview.failed", new Picture(Icons.FAILED, Tone.DANGER)),
            Map.entry("import.undo", new Picture(Icons.UNDO, Tone.ACCENT)),
            Map.entry("import.undo.failed", new Picture(Icons.FAILED, Tone.DANGER)),
            Map.entry("import.apply.failed", new Picture(Icons.FAILED, Tone.DANGER)),
            Map.entry("import.discard", new Picture(Feather.SLASH, Tone.MUTED)),
            Map.entry("audit.check", new Picture(Feather.LINK, Tone.SUCCESS)));

    private static final Map<String, Picture> BY_FIRST_PART = Map.of(
            "signin", new Picture(Feather.KEY, Tone.ACCENT),
            "role", new Picture(Icons.ROLE, Tone.ACCENT),
            "rules", new Picture(Feather.GIT_BRANCH, Tone.ACCENT),
            "user", new Picture(Icons.USER, Tone.ACCENT),
            "password", new Picture(Icons.LOCK, Tone.ACCENT),
            "import", new Picture(Icons.AGAIN, Tone.ACCENT),
            "schedule", new Picture(Icons.SCHEDULE, Tone.ACCENT),
            "tenant", new Picture(Icons.TENANT, Tone.ACCENT));

    /// The unknown name in a refused sign-in.
    private static final String UNKNOWN = "unknown";

    private EventWords() {}

    /// The action with its icon. Actions without words are shown by name.
    static Look what(AuditEvent event) {
        var action = event.action();
        var picture = Optional.ofNullable(PICTURES.get(action))
                .or(() -> Optional.ofNullable(BY_FIRST_PART.get(action.split("\\.", 2)[0])))
                .orElse(new Picture(Icons.ACTIVITY, Tone.MUTED));
        if (action.equals("audit.check") && event.detail().get("brokenAt") != null) {
            picture = new Picture(Icons.STOPPED, Tone.DANGER);
        }
        return new Look(picture.icon(), picture.tone(), word(event));
    }

    private static String word(AuditEvent event) {
        if (event.action().equals("import.applied") && event.runId() != null) {
            return Messages.get("activity.did.import.run", String.valueOf(event.runId()));
        }
        var key = "activity.did." + event.action();
        return Messages.has(key) ? Messages.get(key) : event.action();
    }

    /// The object or the amount.
    static String about(AuditEvent event) {
        return switch (event.action()) {
            case "signin" -> way(event);
            case "signin.refused", "signin.locked" -> because(event);
            case "refused", "data.backup.failed", "vault.change.failed", "import.preview.failed", "import.undo.failed",
                    "import.apply.failed", "audit.anchor.failed" ->
                Messages.capital(Messages.recalled(text(event.detail().get("because"))));
            case "import.applied", "import.undo", "import.apply" -> Messages.get("activity.changes", changes(event));
            case "audit.check" -> checked(event);
            default -> Objects.requireNonNullElse(event.objectName(), "");
        };
    }

    private static String way(AuditEvent event) {
        String way = text(event.detail().get("way"));
        String key = "activity.way." + way;
        return Messages.has(key) ? Messages.get(key) : Messages.capital(way);
    }

    private static String because(AuditEvent event) {
        String because = switch (text(event.detail().get("because"))) {
            // Written before there were outcomes.
            case "PASSWORD" -> "wrong-password";
            case "DISABLED" -> "deactivated";
            case "" -> "unknown-user";
            case String outcome -> outcome.toLowerCase(Locale.ROOT).replace('_', '-');
        };
        String key = "activity.because." + because;
        return Messages.has(key) ? Messages.get(key) : Messages.capital(because.replace('-', ' '));
    }

    private static long changes(AuditEvent event) {
        return Arrays.stream(ChangeKind.values()).filter(ChangeKind::changesDirectory)
                .map(kind -> event.detail().get(kind.jsonName()))
                .mapToLong(count -> count instanceof Number number ? number.longValue() : 0).sum();
    }

    private static String checked(AuditEvent event) {
        return event.detail().get("brokenAt") instanceof Number at
                ? Messages.get("activity.checked.broken", at.longValue())
                : Messages.get("activity.events", event.detail().get("events") instanceof Number count
                        ? count.longValue()
                        : 0L);
    }

    /// "Window", "Command line", "Service".
    static String from(AuditEvent event) {
        return Messages.capital(event.origin().split(",", 2)[0].strip());
    }

    /// The machine; empty if unknown.
    static String computer(AuditEvent event) {
        var parts = event.origin().split(",", 2);
        return parts.length == 2 ? parts[1].strip() : "";
    }

    static String who(String actor) {
        return actor.equals(AuditFilter.SCHEDULES)
                ? Messages.get("activity.who.schedules")
                : actor.equals(UNKNOWN) ? Messages.get("activity.who.unknown") : actor;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : String.valueOf(value);
    }
}
