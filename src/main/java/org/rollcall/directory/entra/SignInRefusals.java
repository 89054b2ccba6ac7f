package org.rollcall.directory.entra;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.rollcall.directory.SignInRefusedException;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SignInOutcome;

/// What the login service's refusals mean for a person who signs in to Rollcall. Numbers that say nothing about the person
/// keep the words of [AadErrors]. Source: Entra's reference of AADSTS error codes.
final class SignInRefusals {
    /// The ways, as far as they change what a refusal means.
    enum Way {
        BROWSER,
        DEVICE_CODE,
        PASSWORD
    }

    private record Meaning(SignInOutcome outcome, String message, String remedy, @Nullable String command) {
        Meaning(SignInOutcome outcome, String message, String remedy) {
            this(outcome, message, remedy, null);
        }
    }

    private static final String BROWSER = "sign in with Microsoft in the browser instead";
    private static final String BROWSER_COMMAND = "sign in with: --sign-in browser";

    private SignInRefusals() {}

    /// @param failure as [TokenWait] and [TokenHttp] tell it
    /// @return the refusal; INPUT stays as it is: no attempt was made
    static RollcallException of(RollcallException failure, Way way) {
        if (failure instanceof SignInRefusedException || failure.kind() == ErrorKind.INPUT) {
            return failure;
        }
        String number = failure.details().get("aadsts");
        String code = number == null ? null : "AADSTS" + number;
        Meaning meaning = number == null ? meaning(failure) : meaning(Integer.parseInt(number), way);
        if (meaning != null) {
            // The number would tell an unknown name from a wrong password; the audit log has it.
            boolean plain = code == null || meaning.message.equals(WRONG.message);
            String message = plain ? meaning.message : meaning.message + " (" + code + ")";
            return refused(meaning.outcome, code, message, meaning.remedy, meaning.command, failure);
        }
        boolean unreachable = failure.kind() == ErrorKind.OFFLINE || failure.kind() == ErrorKind.THROTTLED;
        return refused(unreachable ? SignInOutcome.UNREACHABLE : SignInOutcome.REFUSED, code, failure.message(),
                failure.remedy(), failure.commandRemedy(), failure);
    }

    /// What the browser brought back instead of a code.
    ///
    /// @param error       OAuth's `error`
    /// @param loginOrigin for the link to the number's page
    static RollcallException ofBrowser(String error, String description, String loginOrigin) {
        if (AadErrors.number(description) == 0
                && (error.equals("temporarily_unavailable") || error.equals("server_error"))) {
            return refused(SignInOutcome.UNREACHABLE, null, "Entra's login service does not work", "try again later",
                    null, null);
        }
        String plain = error.length() > 40 ? error.substring(0, 40) : error;
        return of(AadErrors.of(description, plain, loginOrigin, Duration.ZERO, null),
                Way.BROWSER);
    }

    /// People whose organization proves their passwords itself.
    static SignInRefusedException federated() {
        return refused(SignInOutcome.REFUSED, null,
                "your organization proves passwords with a server of its own, which a password typed here does not reach",
                BROWSER, BROWSER_COMMAND, null);
    }

    static SignInRefusedException wrongPassword(@Nullable String code) {
        return refused(SignInOutcome.WRONG_PASSWORD, code, WRONG.message, WRONG.remedy, null, null);
    }

    private static SignInRefusedException refused(SignInOutcome outcome, @Nullable String code, String message,
            String remedy, @Nullable String command, @Nullable Throwable cause) {
        var refusal = new SignInRefusedException(outcome, code, message, remedy, cause);
        if (command != null) {
            refusal.onCommandLine(command);
        }
        return refusal;
    }

    private static final Meaning WRONG = new Meaning(SignInOutcome.WRONG_PASSWORD, "user name or password is wrong",
            "try again");

    private static Meaning declined() {
        return new Meaning(SignInOutcome.CANCELLED, "the sign-in was declined", "sign in again and accept");
    }

    /// What a failure without a number means.
    private static @Nullable Meaning meaning(RollcallException failure) {
        // OAuth's own word, or msal4j's: the answer was JSON, so what it could not read is the token within.
        String error = failure.details().getOrDefault("error", "");
        if (error.equals("access_denied")) {
            return declined();
        }
        return switch (error.equals("invalid_json") ? "entra.answer" : failure.code()) {
            case "entra.consent.declined" -> declined();
            case "entra.code.expired" -> new Meaning(SignInOutcome.CODE_EXPIRED, "the code has expired",
                    "start again and take the new code");
            // A page that is not the login service's: whatever answered, the directory was not reached.
            case "entra.not-json", "directory.foreign-link" -> new Meaning(SignInOutcome.UNREACHABLE,
                    "something else answered in place of Entra's login service",
                    "check the authority URL, and for a proxy or a sign-in page of the network in between");
            // msal4j could not read a token that Entra is said to have issued.
            case "entra.answer" -> new Meaning(SignInOutcome.INVALID_TOKEN,
                    "Entra's answer does not prove who signed in", "try again, and check the authority URL");
            default -> null;
        };
    }

    private static @Nullable Meaning meaning(int number, Way way) {
        return switch (number) {
            case 50126 -> WRONG;
            // Worded as a wrong password: the answer must not tell who has an account.
            case 50034 -> new Meaning(SignInOutcome.UNKNOWN_USER, WRONG.message, WRONG.remedy);
            case 50053 -> new Meaning(SignInOutcome.LOCKED, "the account is locked after too many attempts",
                    "wait a while, or have it unlocked; further attempts make it longer");
            case 50055, 50144 -> new Meaning(SignInOutcome.PASSWORD_EXPIRED, "the password has expired",
                    "change it at Microsoft first, then sign in again");
            case 50057 -> new Meaning(SignInOutcome.DISABLED_IN_DIRECTORY, "the account is disabled in Entra",
                    "have it enabled there");
            case 50072, 50079 -> new Meaning(SignInOutcome.MFA_REQUIRED,
                    "your organization asks you to set up a second factor",
                    way == Way.PASSWORD ? BROWSER : "set it up at Microsoft, then sign in again",
                    way == Way.PASSWORD ? BROWSER_COMMAND : null);
            // 50158 is the second factor of another provider.
            case 50074, 50076, 50158 -> new Meaning(SignInOutcome.MFA_REQUIRED,
                    "your organization asks for a second factor",
                    way == Way.PASSWORD ? BROWSER : "sign in again and confirm it",
                    way == Way.PASSWORD ? BROWSER_COMMAND : null);
            case 65001, 90094 -> new Meaning(SignInOutcome.CONSENT_REQUIRED,
                    "your organization has not consented to Rollcall signing people in",
                    "have an administrator grant admin consent to the application in Entra");
            case 65004 -> declined();
            case 53003 -> way == Way.DEVICE_CODE
                    ? new Meaning(SignInOutcome.CODE_BLOCKED, "your organization does not allow sign-in with a code",
                            BROWSER, BROWSER_COMMAND)
                    : blocked(way);
            case 50097, 50131, 53000, 53001, 53002, 53004, 530032, 530034, 530035 -> blocked(way);
            case 7000218 -> new Meaning(SignInOutcome.PUBLIC_CLIENT_OFF,
                    "the application does not allow people to sign in with a code or a password",
                    "have \"Allow public client flows\" switched on under Authentication in the portal");
            case 70018, 70019, 70020 -> new Meaning(SignInOutcome.CODE_EXPIRED, "the code has expired",
                    "start again and take the new code");
            default -> null;
        };
    }

    private static Meaning blocked(Way way) {
        return new Meaning(SignInOutcome.CONDITIONAL_ACCESS,
                "a policy of your organization does not allow this sign-in",
                way == Way.BROWSER
                        ? "use a device that your organization manages, or ask its administrators"
                        : BROWSER + ", on a device that your organization manages",
                way == Way.BROWSER ? null : BROWSER_COMMAND);
    }
}
