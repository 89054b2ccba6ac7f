package org.rollcall.source.entra;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SignInOutcome;
import org.rollcall.source.SignInRefusedException;
import org.rollcall.text.Words;

/// The meaning of the login service's errors for a person who signs in to Rollcall. Numbers that do not concern the person keep
/// the words of [AadErrors]. Source: Entra's reference of AADSTS error codes.
final class SignInRefusals {
    /// The flows, as far as they change the meaning of an error.
    enum Way {
        BROWSER,
        DEVICE_CODE,
        PASSWORD
    }

    private record Meaning(SignInOutcome outcome, Words message, Words remedy, @Nullable Words command) {
        Meaning(SignInOutcome outcome, Words message, Words remedy) {
            this(outcome, message, remedy, null);
        }
    }

    private static final Words BROWSER = Words.of("directory.signInRefusals.browser");
    private static final Words BROWSER_COMMAND = Words.of("directory.signInRefusals.browser.remedy.cli");

    private SignInRefusals() {}

    /// @param failure from [TokenWait] or [TokenHttp]
    /// @return the refusal; INPUT is returned unchanged: no attempt was made
    static RollcallException of(RollcallException failure, Way way) {
        if (failure instanceof SignInRefusedException || failure.kind() == ErrorKind.INPUT) {
            return failure;
        }
        String number = failure.details().get("aadsts");
        String code = number == null ? null : "AADSTS" + number;
        Meaning meaning = number == null ? meaning(failure) : meaning(Integer.parseInt(number), way);
        if (meaning != null) {
            // The number would distinguish an unknown name from a wrong password; only the audit log has it.
            boolean plain = code == null || meaning.message.equals(WRONG.message);
            Words message = plain
                    ? meaning.message
                    : Words.of("directory.signInRefusals.of.else", meaning.message, code);
            return refused(meaning.outcome, code, message, meaning.remedy, meaning.command, failure);
        }
        boolean unreachable = failure.kind() == ErrorKind.OFFLINE || failure.kind() == ErrorKind.THROTTLED;
        return refused(unreachable ? SignInOutcome.UNREACHABLE : SignInOutcome.REFUSED, code, failure.words(),
                failure.remedyWords(), failure.commandRemedyWords(), failure);
    }

    /// The error that the browser returned instead of a code.
    ///
    /// @param error       OAuth's `error`
    /// @param loginOrigin for the link to the number's page
    static RollcallException ofBrowser(String error, String description, String loginOrigin) {
        if (AadErrors.number(description) == 0
                && (error.equals("temporarily_unavailable") || error.equals("server_error"))) {
            return refused(SignInOutcome.UNREACHABLE, null, Words.of("directory.signInRefusals.unreachable2"),
                    Words.of("directory.signInRefusals.unreachable2.remedy"),
                    null, null);
        }
        String plain = error.length() > 40 ? error.substring(0, 40) : error;
        return of(AadErrors.of(description, plain, loginOrigin, Duration.ZERO, null),
                Way.BROWSER);
    }

    /// People whose organization verifies their passwords itself.
    static SignInRefusedException federated() {
        return refused(SignInOutcome.REFUSED, null,
                Words.of("directory.signInRefusals.refused"),
                BROWSER, BROWSER_COMMAND, null);
    }

    static SignInRefusedException wrongPassword(@Nullable String code) {
        return refused(SignInOutcome.WRONG_PASSWORD, code, WRONG.message, WRONG.remedy, null, null);
    }

    private static SignInRefusedException refused(SignInOutcome outcome, @Nullable String code, Words message,
            Words remedy, @Nullable Words command, @Nullable Throwable cause) {
        var refusal = new SignInRefusedException(outcome, code, message, remedy, cause);
        if (command != null) {
            refusal.onCommandLine(command);
        }
        return refusal;
    }

    private static final Meaning WRONG = new Meaning(SignInOutcome.WRONG_PASSWORD,
            Words.of("directory.signInRefusals.wrongPassword"),
            Words.of("directory.signInRefusals.wrongPassword.remedy"));

    private static Meaning declined() {
        return new Meaning(SignInOutcome.CANCELLED, Words.of("directory.signInRefusals.cancelled"),
                Words.of("directory.signInRefusals.cancelled.remedy"));
    }

    /// The meaning of a failure without a number.
    private static @Nullable Meaning meaning(RollcallException failure) {
        // OAuth's own code, or msal4j's: the answer was JSON, so the unreadable part is the token.
        String error = failure.details().getOrDefault("error", "");
        if (error.equals("access_denied")) {
            return declined();
        }
        return switch (error.equals("invalid_json") ? "entra.answer" : failure.code()) {
            case "entra.consent.declined" -> declined();
            case "entra.code.expired" ->
                new Meaning(SignInOutcome.CODE_EXPIRED, Words.of("directory.signInRefusals.codeExpired"),
                        Words.of("directory.signInRefusals.codeExpired.remedy"));
            // A page of something other than the login service: the directory was not reached.
            case "entra.not-json", "directory.foreign-link" -> new Meaning(SignInOutcome.UNREACHABLE,
                    Words.of("directory.signInRefusals.unreachable"),
                    Words.of("directory.signInRefusals.unreachable.remedy"));
            // msal4j could not parse the issued token.
            case "entra.answer" -> new Meaning(SignInOutcome.INVALID_TOKEN,
                    Words.of("directory.signInRefusals.invalidToken"),
                    Words.of("directory.signInRefusals.invalidToken.remedy"));
            default -> null;
        };
    }

    private static @Nullable Meaning meaning(int number, Way way) {
        return switch (number) {
            case 50126 -> WRONG;
            // Worded as a wrong password: the answer must not reveal who has an account.
            case 50034 -> new Meaning(SignInOutcome.UNKNOWN_USER, WRONG.message, WRONG.remedy);
            case 50053 -> new Meaning(SignInOutcome.LOCKED, Words.of("directory.signInRefusals.locked"),
                    Words.of("directory.signInRefusals.locked.remedy"));
            case 50055, 50144 ->
                new Meaning(SignInOutcome.PASSWORD_EXPIRED, Words.of("directory.signInRefusals.passwordExpired"),
                        Words.of("directory.signInRefusals.passwordExpired.remedy"));
            case 50057 -> new Meaning(SignInOutcome.DISABLED_IN_DIRECTORY,
                    Words.of("directory.signInRefusals.disabledInDirectory"),
                    Words.of("directory.signInRefusals.disabledInDirectory.remedy"));
            case 50072, 50079 -> new Meaning(SignInOutcome.MFA_REQUIRED,
                    Words.of("directory.signInRefusals.mfaRequired"),
                    way == Way.PASSWORD ? BROWSER : Words.of("directory.signInRefusals.mfaRequired.remedy.else"),
                    way == Way.PASSWORD ? BROWSER_COMMAND : null);
            // 50158 is the second factor of another provider.
            case 50074, 50076, 50158 -> new Meaning(SignInOutcome.MFA_REQUIRED,
                    Words.of("directory.signInRefusals.mfaRequired2"),
                    way == Way.PASSWORD ? BROWSER : Words.of("directory.signInRefusals.mfaRequired2.remedy.else"),
                    way == Way.PASSWORD ? BROWSER_COMMAND : null);
            case 65001, 90094 -> new Meaning(SignInOutcome.CONSENT_REQUIRED,
                    Words.of("directory.signInRefusals.consentRequired"),
                    Words.of("directory.signInRefusals.consentRequired.remedy"));
            case 65004 -> declined();
            case 53003 -> way == Way.DEVICE_CODE
                    ? new Meaning(SignInOutcome.CODE_BLOCKED, Words.of("directory.signInRefusals.codeBlocked"),
                            BROWSER, BROWSER_COMMAND)
                    : blocked(way);
            case 50097, 50131, 53000, 53001, 53002, 53004, 530032, 530034, 530035 -> blocked(way);
            case 7000218 -> new Meaning(SignInOutcome.PUBLIC_CLIENT_OFF,
                    Words.of("directory.signInRefusals.publicClientOff"),
                    Words.of("directory.signInRefusals.publicClientOff.remedy"));
            case 70018, 70019, 70020 ->
                new Meaning(SignInOutcome.CODE_EXPIRED, Words.of("directory.signInRefusals.codeExpired"),
                        Words.of("directory.signInRefusals.codeExpired.remedy"));
            default -> null;
        };
    }

    private static Meaning blocked(Way way) {
        return new Meaning(SignInOutcome.CONDITIONAL_ACCESS,
                Words.of("directory.signInRefusals.conditionalAccess"),
                way == Way.BROWSER
                        ? Words.of("directory.signInRefusals.conditionalAccess.remedy")
                        : Words.of("directory.signInRefusals.conditionalAccess.remedy.else", BROWSER),
                way == Way.BROWSER ? null : BROWSER_COMMAND);
    }
}
