package org.rollcall.source.entra;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// The meaning of the login service's error numbers, with remedies. Microsoft may change numbers and texts, so any other number
/// is shown as received, with its link. Source: Entra's reference of AADSTS error codes.
final class AadErrors {
    private static final Pattern NUMBER = Pattern.compile("AADSTS(\\d+)");
    private static final Pattern CORRELATION = Pattern.compile("Correlation ID:\\s*([0-9a-fA-F-]{36})");
    /// Assertions are valid for ten minutes, so the clock may be off by this much before anything fails.
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(4);

    private static final int EXPIRED_SECRET = 7000222;

    private AadErrors() {}

    /// @param code    the last part of the error's code: `entra.CODE`
    /// @param message what happened, without the number
    private record Meaning(String code, Words message, Words remedy) {}

    /// @param description     `error_description` as received
    /// @param error           OAuth's `error`, such as `invalid_client`
    /// @param loginOrigin     for the link to the number's page
    /// @param clockDifference this machine's clock minus the service's
    static RollcallException of(String description, @Nullable String error, String loginOrigin,
            Duration clockDifference, @Nullable Throwable cause) {
        return of(description, error, loginOrigin, clockDifference, false, cause);
    }

    /// @param application the token is for an application: there is no person in front of a browser
    static RollcallException of(String description, @Nullable String error, String loginOrigin,
            Duration clockDifference, boolean application) {
        return of(description, error, loginOrigin, clockDifference, application, null);
    }

    private static RollcallException of(String description, @Nullable String error, String loginOrigin,
            Duration clockDifference, boolean application, @Nullable Throwable cause) {
        int number = number(description);
        var details = new LinkedHashMap<String, String>();
        if (error != null) {
            details.put("error", error);
        }
        Matcher correlation = CORRELATION.matcher(description);
        if (correlation.find()) {
            details.put("correlationId", String.valueOf(correlation.group(1)));
        }
        Meaning forApplication = application ? forApplication(number) : null;
        Meaning meaning = forApplication == null ? meaning(number) : forApplication;
        if (number > 0) {
            details.put("aadsts", Integer.toString(number));
            details.put("link", loginOrigin + "/error?code=" + number);
        }
        boolean clock = clockDifference.abs().compareTo(CLOCK_TOLERANCE) > 0
                && (number == 700024 || number == 700027 || number == 700023);
        if (clock) {
            meaning = new Meaning("clock",
                    Words.of("directory.entra.clock", clockDifference.abs().toMinutes(),
                            clockDifference.isNegative()
                                    ? Words.of("directory.entra.clock.part2")
                                    : Words.of("directory.entra.clock.part2.else")),
                    Words.of("directory.entra.clock.remedy"));
        }
        if (meaning == null) {
            meaning = new Meaning("refused", number > 0
                    ? Words.of("directory.entra.refused")
                    : Words.of("directory.entra.refused.else",
                            error == null ? Words.of("directory.entra.refused.else.part") : error),
                    number > 0
                            ? Words.of("directory.entra.refused.remedy", details.get("link"))
                            : Words.of("directory.entra.refused.remedy.else"));
        }
        ErrorKind kind = switch (number) {
            case 90055 -> ErrorKind.THROTTLED;
            case 90033 -> ErrorKind.OFFLINE;
            default -> ErrorKind.REFUSED;
        };
        Words message = number > 0 ? Words.of("directory.aadErrors.of", meaning.message, number) : meaning.message;
        var refusal = new RollcallException(kind, "entra." + meaning.code, message, meaning.remedy, details, cause);
        return number == EXPIRED_SECRET
                ? refusal.onCommandLine(Words.of("directory.aadErrors.of.remedy.cli"))
                : refusal;
    }

    /// The AADSTS number in a text; 0 if there is none.
    static int number(String description) {
        Matcher match = NUMBER.matcher(description);
        if (!match.find()) {
            return 0;
        }
        String digits = String.valueOf(match.group(1));
        return digits.length() > 9 ? 0 : Integer.parseInt(digits);
    }

    /// The error of an application where a person would be sent to a browser.
    private static @Nullable Meaning forApplication(int number) {
        return switch (number) {
            case 53003 -> new Meaning("policy.blocked", Words.of("directory.entra.policy.blocked"),
                    Words.of("directory.entra.policy.blocked.remedy"));
            case 530035 -> new Meaning("policy.defaults", Words.of("directory.entra.policy.defaults"),
                    Words.of("directory.entra.policy.defaults.remedy"));
            default -> null;
        };
    }

    private static @Nullable Meaning meaning(int number) {
        return switch (number) {
            case 7000215 -> new Meaning("secret.wrong", Words.of("directory.entra.secret.wrong"),
                    Words.of("directory.entra.secret.wrong.remedy"));
            case EXPIRED_SECRET -> new Meaning("secret.expired", Words.of("directory.entra.secret.expired"),
                    Words.of("directory.entra.secret.expired.remedy"));
            case 7000218 -> new Meaning("client.confidential", Words.of("directory.entra.client.confidential"),
                    Words.of("directory.entra.client.confidential.remedy"));
            case 700025 -> new Meaning("client.public", Words.of("directory.entra.client.public"),
                    Words.of("directory.entra.client.public.remedy"));
            case 700027, 700022, 700021, 700030 -> new Meaning("certificate.unknown",
                    Words.of("directory.entra.certificate.unknown"),
                    Words.of("directory.entra.certificate.unknown.remedy"));
            case 700023, 700024 -> new Meaning("certificate.time", Words.of("directory.entra.certificate.time"),
                    Words.of("directory.entra.certificate.time.remedy"));
            case 700016, 70001 -> new Meaning("client.unknown", Words.of("directory.entra.client.unknown"),
                    Words.of("directory.entra.client.unknown.remedy"));
            case 7000112, 7000113 -> new Meaning("client.disabled", Words.of("directory.entra.client.disabled"),
                    Words.of("directory.entra.client.disabled.remedy"));
            case 7000229 ->
                new Meaning("client.no-principal", Words.of("directory.entra.client.no-principal"),
                        Words.of("directory.entra.client.no-principal.remedy"));
            case 500011 -> new Meaning("resource.unknown", Words.of("directory.entra.resource.unknown"),
                    Words.of("directory.entra.resource.unknown.remedy"));
            case 500014 -> new Meaning("resource.disabled",
                    Words.of("directory.entra.resource.disabled"),
                    Words.of("directory.entra.resource.disabled.remedy"));
            case 5000224 ->
                new Meaning("tenant.blocked", Words.of("directory.entra.tenant.blocked"),
                        Words.of("directory.entra.tenant.blocked.remedy"));
            case 900023 ->
                new Meaning("tenant.unreadable", Words.of("directory.entra.tenant.unreadable"),
                        Words.of("directory.entra.tenant.unreadable.remedy"));
            case 900382, 900432 -> new Meaning("cloud.other",
                    Words.of("directory.entra.cloud.other"),
                    Words.of("directory.entra.cloud.other.remedy"));
            case 7000114 -> new Meaning("client.on-behalf",
                    Words.of("directory.entra.client.on-behalf"),
                    Words.of("directory.entra.client.on-behalf.remedy"));
            case 90033 -> new Meaning("unavailable", Words.of("directory.entra.unavailable.aadErrors"),
                    Words.of("directory.entra.unavailable.remedy"));
            case 90002 -> new Meaning("tenant.unknown", Words.of("directory.entra.tenant.unknown"),
                    Words.of("directory.entra.tenant.unknown.remedy"));
            case 50059, 50128, 90019, 90038, 900144, 9001023, 50194 -> new Meaning("tenant.unclear",
                    Words.of("directory.entra.tenant.unclear"), Words.of("directory.entra.tenant.unclear.remedy"));
            case 65001, 65002, 90094 -> new Meaning("consent.missing",
                    Words.of("directory.entra.consent.missing"),
                    Words.of("directory.entra.consent.missing.remedy"));
            case 65004 -> new Meaning("consent.declined", Words.of("directory.entra.consent.declined"),
                    Words.of("directory.entra.consent.declined.remedy"));
            case 650056, 650057 -> new Meaning("permission.unregistered",
                    Words.of("directory.entra.permission.unregistered"),
                    Words.of("directory.entra.permission.unregistered.remedy"));
            case 70011, 28002, 70003 -> new Meaning("scope", Words.of("directory.entra.scope"),
                    Words.of("directory.entra.scope.remedy"));
            case 50034 -> new Meaning("user.unknown", Words.of("directory.entra.user.unknown"),
                    Words.of("directory.entra.user.unknown.remedy"));
            case 50053 -> new Meaning("user.locked", Words.of("directory.entra.user.locked"),
                    Words.of("directory.entra.user.locked.remedy"));
            case 50055, 50144 -> new Meaning("password.expired", Words.of("directory.entra.password.expired"),
                    Words.of("directory.entra.password.expired.remedy"));
            case 50056 -> new Meaning("password.none", Words.of("directory.entra.password.none"),
                    Words.of("directory.entra.password.none.remedy"));
            case 50057 -> new Meaning("user.disabled", Words.of("directory.entra.user.disabled"),
                    Words.of("directory.entra.user.disabled.remedy"));
            case 50072, 50074, 50076, 50079 -> new Meaning("mfa", Words.of("directory.entra.mfa"),
                    Words.of("directory.entra.mfa.remedy"));
            case 50158 -> new Meaning("mfa.external", Words.of("directory.entra.mfa.external"),
                    Words.of("directory.entra.mfa.external.remedy"));
            case 530035 -> new Meaning("policy.defaults", Words.of("directory.entra.policy.defaults.aadErrors"),
                    Words.of("directory.entra.policy.defaults.aadErrors.remedy"));
            case 50097, 53000, 53001, 530032 -> new Meaning("policy.device",
                    Words.of("directory.entra.policy.device"),
                    Words.of("directory.entra.policy.device.remedy"));
            case 53003 -> new Meaning("policy.blocked", Words.of("directory.entra.policy.blocked.aadErrors"),
                    Words.of("directory.entra.policy.blocked.aadErrors.remedy"));
            case 50105 -> new Meaning("user.unassigned", Words.of("directory.entra.user.unassigned"),
                    Words.of("directory.entra.user.unassigned.remedy"));
            case 50126 -> new Meaning("password.wrong", Words.of("directory.entra.password.wrong"),
                    Words.of("directory.entra.password.wrong.remedy"));
            case 50173, 70008, 700082, 70043 -> new Meaning("session.ended", Words.of("directory.entra.session.ended"),
                    Words.of("directory.entra.session.ended.remedy"));
            case 50020, 50014 -> new Meaning("user.foreign", Words.of("directory.entra.user.foreign"),
                    Words.of("directory.entra.user.foreign.remedy"));
            case 50196 ->
                new Meaning("loop", Words.of("directory.entra.loop"), Words.of("directory.entra.loop.remedy"));
            case 50011, 500113, 500112 -> new Meaning("redirect", Words.of("directory.entra.redirect"),
                    Words.of("directory.entra.redirect.remedy"));
            case 70016 -> new Meaning("code.pending", Words.of("directory.entra.code.pending"),
                    Words.of("directory.entra.code.pending.remedy"));
            case 70018, 70019, 70020 -> new Meaning("code.expired", Words.of("directory.entra.code.expired"),
                    Words.of("directory.entra.code.expired.remedy"));
            case 54005, 501481, 70000 -> new Meaning("code.spent", Words.of("directory.entra.code.spent"),
                    Words.of("directory.entra.code.spent.remedy"));
            case 90055 -> new Meaning("throttled", Words.of("directory.entra.throttled.aadErrors"),
                    Words.of("directory.entra.throttled.remedy"));
            case 90072 -> new Meaning("user.not-guest", Words.of("directory.entra.user.not-guest"),
                    Words.of("directory.entra.user.not-guest.remedy"));
            default -> number >= 80001 && number <= 80014
                    ? new Meaning("agent", Words.of("directory.entra.agent"),
                            Words.of("directory.entra.agent.remedy"))
                    : null;
        };
    }
}
