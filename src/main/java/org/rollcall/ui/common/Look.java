package org.rollcall.ui.common;

import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.MfaState;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.RunState;
import org.rollcall.domain.UserStatus;

/// The display of states: icon, tone, word.
public record Look(Ikon icon, Tone tone, String word) {
    public static Look of(UserStatus status) {
        return switch (status) {
            case ACTIVE -> look(Icons.DONE, Tone.SUCCESS, "common.person.active");
            case DISABLED -> look(Feather.SLASH, Tone.MUTED, "common.person.disabled");
            case REMOVED -> look(Feather.USER_X, Tone.DANGER, "common.person.removed");
        };
    }

    public static Look of(MfaState state) {
        return switch (state) {
            case REGISTERED -> look(Feather.SMARTPHONE, Tone.SUCCESS, "common.mfa.registered");
            case NOT_REGISTERED -> look(Feather.MINUS_CIRCLE, Tone.MUTED, "common.mfa.notRegistered");
            case UNKNOWN -> look(Feather.HELP_CIRCLE, Tone.MUTED, "common.mfa.unknown");
        };
    }

    public static Look of(RunState state) {
        return switch (state) {
            case RUNNING -> running();
            case PLANNED -> look(Icons.LOOK, Tone.MUTED, "common.run.planned");
            case SUCCEEDED -> look(Icons.DONE, Tone.SUCCESS, "common.run.succeeded");
            case FAILED -> look(Icons.FAILED, Tone.DANGER, "common.run.failed");
            case STOPPED -> look(Icons.STOPPED, Tone.DANGER, "common.run.stopped");
            case CANCELLED -> look(Feather.SLASH, Tone.MUTED, "common.run.cancelled");
            case INTERRUPTED -> look(Feather.ZAP_OFF, Tone.WARNING, "common.run.interrupted");
        };
    }

    public static Look notYetRun() {
        return look(Icons.CLOCK, Tone.MUTED, "common.run.notYet");
    }

    public static Look running() {
        return look(Icons.AGAIN, Tone.ACCENT, "common.run.running");
    }

    public static Look scheduleActive() {
        return look(Icons.DONE, Tone.SUCCESS, "common.schedule.active");
    }

    public static Look schedulePaused() {
        return look(Feather.PAUSE_CIRCLE, Tone.MUTED, "common.schedule.paused");
    }

    public static Look scheduleStopped() {
        return look(Icons.STOPPED, Tone.DANGER, "common.schedule.stopped");
    }

    public static Look scheduleBackingOff() {
        return look(Icons.CLOCK, Tone.WARNING, "common.schedule.backingOff");
    }

    public static Look scheduleQuarantined() {
        return look(Icons.STOPPED, Tone.DANGER, "common.schedule.quarantined");
    }

    public static Look permissionGranted() {
        return look(Icons.DONE, Tone.SUCCESS, "common.permission.granted");
    }

    public static Look permissionMissing() {
        return look(Icons.WARNING, Tone.WARNING, "common.permission.missing");
    }

    public static Look permissionInExcess() {
        return look(Feather.MINUS_CIRCLE, Tone.MUTED, "common.permission.inExcess");
    }

    public static Look of(ChangeKind kind) {
        return switch (kind) {
            case CREATE -> look(Feather.USER_PLUS, Tone.SUCCESS, "common.change.create");
            case UPDATE -> look(Icons.EDIT, Tone.ACCENT, "common.change.update");
            case RENAME -> look(Feather.TYPE, Tone.ACCENT, "common.change.rename");
            case DEACTIVATE -> look(Feather.USER_MINUS, Tone.WARNING, "common.change.deactivate");
            case REACTIVATE -> look(Feather.USER_CHECK, Tone.SUCCESS, "common.change.reactivate");
            case REMOVE -> look(Feather.USER_X, Tone.DANGER, "common.change.remove");
            case GROUP_CREATE -> look(Icons.GROUP, Tone.SUCCESS, "common.change.groupCreate");
            case GROUP_UPDATE -> look(Icons.GROUP, Tone.ACCENT, "common.change.groupUpdate");
            case GROUP_REMOVE -> look(Icons.GROUP, Tone.DANGER, "common.change.groupRemove");
            case MEMBER_ADD -> look(Feather.LINK, Tone.SUCCESS, "common.change.memberAdd");
            case MEMBER_REMOVE -> look(Feather.MINUS_CIRCLE, Tone.WARNING, "common.change.memberRemove");
            case ROLE_GRANT -> look(Feather.REPEAT, Tone.ACCENT, "common.change.roleGrant");
            case ROLE_CHANGE -> look(Feather.REPEAT, Tone.ACCENT, "common.change.roleChange");
            case CONFLICT -> look(Icons.WARNING, Tone.WARNING, "common.change.conflict");
            case SKIP -> look(Feather.SKIP_FORWARD, Tone.MUTED, "common.change.skip");
        };
    }

    /// The source of a role; a default has no icon, and its word is only for the tooltip and screen readers.
    public static Look of(RoleSource source) {
        return switch (source) {
            case RULE -> look(Feather.GIT_BRANCH, Tone.MUTED, "common.source.rule");
            case MANUAL -> look(Icons.EDIT, Tone.MUTED, "common.source.hand");
            case DEFAULT -> look(Feather.MINUS, Tone.MUTED, "common.source.default");
        };
    }

    private static Look look(Ikon icon, Tone tone, String key) {
        return new Look(icon, tone, Messages.get(key));
    }
}
