package org.rollcall.ui.activity;

import java.time.Duration;

import org.rollcall.domain.Profile;
import org.rollcall.domain.Run;
import org.rollcall.domain.Trigger;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Moments;

/// Runs in words.
final class RunWords {
    private RunWords() {}

    /// "Contoso daily", "Contoso daily, undone", "ada@contoso.com at sign-in".
    static String name(Run run) {
        var name = name(run.tenantName(), run.profileName());
        return switch (run.kind()) {
            case UNDO -> Messages.get("activity.run.undo", name);
            case REFRESH -> Messages.get("activity.run.refresh", run.startedBy());
            case IMPORT, PREVIEW -> name;
        };
    }

    /// The display name of an import: its tenant's name, and its own if it has one.
    static String name(String tenant, String profile) {
        return profile.equals(Profile.DEFAULT_NAME) ? tenant : Messages.get("activity.run.name", tenant, profile);
    }

    static String trigger(Trigger trigger) {
        return switch (trigger) {
            case MANUAL -> Messages.get("activity.trigger.hand");
            case SCHEDULE -> Messages.get("activity.trigger.schedule");
            case CATCH_UP -> Messages.get("activity.trigger.catchUp");
        };
    }

    static String took(Run run) {
        var ended = run.endedAt();
        return ended == null ? "" : Moments.length(Duration.between(run.startedAt(), ended));
    }

    static long changes(Run run) {
        return run.counts().entrySet().stream().filter(each -> each.getKey().changesDirectory())
                .mapToLong(each -> each.getValue()).sum();
    }
}
