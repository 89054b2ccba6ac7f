package org.rollcall.directory.entra;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;

/// What the login service's numbers mean and what to do about them. Microsoft says that numbers and texts may change, so
/// any other number is shown as it is, with its link. Source: Entra's reference of AADSTS error codes.
final class AadErrors {
    private static final Pattern NUMBER = Pattern.compile("AADSTS(\\d+)");
    private static final Pattern CORRELATION = Pattern.compile("Correlation ID:\\s*([0-9a-fA-F-]{36})");
    /// Assertions live for ten minutes, so a clock may be this far off before anything fails.
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(4);

    private static final int EXPIRED_SECRET = 7000222;

    private AadErrors() {}

    /// @param code    ends the error's code: `entra.CODE`
    /// @param message what happened, without the number
    private record Meaning(String code, String message, String remedy) {}

    /// @param description     `error_description` as it came
    /// @param error           OAuth's `error`, such as `invalid_client`
    /// @param loginOrigin     for the link to the number's page
    /// @param clockDifference this machine's clock minus the service's
    static RollcallException of(String description, @Nullable String error, String loginOrigin,
            Duration clockDifference, @Nullable Throwable cause) {
        return of(description, error, loginOrigin, clockDifference, false, cause);
    }

    /// @param application an application asked for itself: nobody sits in front of a browser
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
            meaning = new Meaning("clock", "the clock of this machine is " + clockDifference.abs().toMinutes()
                    + " minutes " + (clockDifference.isNegative() ? "behind" : "ahead of") + " Entra's",
                    "set the clock of this machine and try again");
        }
        if (meaning == null) {
            meaning = new Meaning("refused", number > 0
                    ? "Entra refused the sign-in"
                    : "Entra refused the sign-in (" + (error == null ? "no reason given" : error) + ")",
                    number > 0 ? "see " + details.get("link") : "check tenant, client id and credential");
        }
        ErrorKind kind = switch (number) {
            case 90055 -> ErrorKind.THROTTLED;
            case 90033 -> ErrorKind.OFFLINE;
            default -> ErrorKind.REFUSED;
        };
        String message = number > 0 ? meaning.message + " (AADSTS" + number + ")" : meaning.message;
        var refusal = new RollcallException(kind, "entra." + meaning.code, message, meaning.remedy, details, cause);
        return number == EXPIRED_SECRET
                ? refusal.onCommandLine("make a new one under Certificates & secrets and give it with: rollcall tenant"
                        + " credential")
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

    /// What an application is told where a person would be sent to a browser.
    private static @Nullable Meaning forApplication(int number) {
        return switch (number) {
            case 53003 -> new Meaning("policy.blocked", "a Conditional Access policy blocks this application",
                    "have an administrator look for a policy for workload identities that applies to the application"
                            + " (often one that names places): the sign-in log of service principals says which");
            case 530035 -> new Meaning("policy.defaults", "the tenant's security defaults block this application",
                    "have an administrator look at the security defaults under Properties of the tenant, and at the"
                            + " sign-in log of service principals");
            default -> null;
        };
    }

    private static @Nullable Meaning meaning(int number) {
        return switch (number) {
            case 7000215 -> new Meaning("secret.wrong", "the client secret is wrong",
                    "paste the secret's value, not its id; one made a minute ago may need another minute");
            case EXPIRED_SECRET -> new Meaning("secret.expired", "the client secret has expired",
                    "make a new one under Certificates & secrets in the portal and enter it here");
            case 7000218 -> new Meaning("client.confidential", "the application asks for a secret in this sign-in",
                    "switch on \"Allow public client flows\" under Authentication in the portal");
            case 700025 -> new Meaning("client.public", "the application is a public client and takes no secret",
                    "remove the secret, or register the application as a confidential client");
            case 700027, 700022, 700021, 700030 -> new Meaning("certificate.unknown",
                    "the certificate is not registered for the application, or not valid",
                    "upload this certificate under Certificates & secrets, and check its dates");
            case 700023, 700024 -> new Meaning("certificate.time", "the certificate's proof is not valid at this time",
                    "check the clock of this machine, then the authority URL");
            case 700016, 70001 -> new Meaning("client.unknown", "the application is not known in this tenant",
                    "check client id and tenant; one made a minute ago may need another minute");
            case 7000112, 7000113 -> new Meaning("client.disabled", "the application is switched off",
                    "enable it under Enterprise applications, Properties");
            case 7000229 ->
                new Meaning("client.no-principal", "the application has no service principal in this tenant",
                        "grant admin consent once; that makes it");
            case 500011 -> new Meaning("resource.unknown", "this tenant's login service does not know that Graph",
                    "choose the cloud that the tenant lives in");
            case 500014 -> new Meaning("resource.disabled",
                    "Microsoft Graph, as that tenant has it, is switched off or its subscription has lapsed",
                    "have an administrator look at it under Enterprise applications, and at the tenant's subscriptions");
            case 5000224 ->
                new Meaning("tenant.blocked", "the tenant is blocked or not available any more",
                        "have an administrator ask Microsoft's support: a tenant that was not used for long can be brought"
                                + " back for 20 days");
            case 900023 ->
                new Meaning("tenant.unreadable", "the tenant is named by something that is neither an id nor a domain",
                        "give the tenant's id (GUID) or one of its domains");
            case 900382, 900432 -> new Meaning("cloud.other",
                    "the tenant lives in another cloud, and an application cannot cross to it",
                    "choose the cloud that the tenant lives in");
            case 7000114 -> new Meaning("client.on-behalf",
                    "the application is not allowed to ask on somebody's behalf with a token of an application",
                    "connect with a client secret or a certificate, or have a person sign in");
            case 90033 -> new Meaning("unavailable", "Entra's directory service does not work at the moment",
                    "try again later; see https://status.cloud.microsoft");
            case 90002 -> new Meaning("tenant.unknown", "the tenant is not known",
                    "check the tenant id and the cloud");
            case 50059, 50128, 90019, 90038, 900144, 9001023, 50194 -> new Meaning("tenant.unclear",
                    "Entra cannot tell which tenant is meant", "give the tenant's id (GUID)");
            case 65001, 65002, 90094 -> new Meaning("consent.missing",
                    "an administrator of the tenant has not consented to the application",
                    "grant admin consent under API permissions in the portal");
            case 65004 -> new Meaning("consent.declined", "the consent was declined", "sign in again and accept");
            case 650056, 650057 -> new Meaning("permission.unregistered",
                    "the application's registration lacks the permission",
                    "add the Microsoft Graph permission under API permissions and grant admin consent");
            case 70011, 28002, 70003 -> new Meaning("scope", "Entra does not know what was asked for",
                    "check the Graph URL; with a cloud of Microsoft's this is a fault of Rollcall");
            case 50034 -> new Meaning("user.unknown", "this person is not in the tenant",
                    "check user name and tenant; guests sign in at their own organisation");
            case 50053 -> new Meaning("user.locked", "the account is locked after too many attempts",
                    "wait, or have it unlocked; further attempts make it longer");
            case 50055, 50144 -> new Meaning("password.expired", "the password has expired",
                    "change it at Microsoft first");
            case 50056 -> new Meaning("password.none", "there is no password in this directory",
                    "sign in through the browser");
            case 50057 -> new Meaning("user.disabled", "the account is disabled", "have it enabled in Entra");
            case 50072, 50074, 50076, 50079 -> new Meaning("mfa", "a second factor is needed",
                    "sign in through the browser or with a device code");
            case 50158 -> new Meaning("mfa.external", "another service has to confirm the sign-in",
                    "sign in through the browser");
            case 530035 -> new Meaning("policy.defaults", "the tenant's security defaults block this sign-in",
                    "sign in through the browser: security defaults block codes and passwords");
            case 50097, 53000, 53001, 530032 -> new Meaning("policy.device",
                    "a policy of the tenant does not let this device sign in",
                    "use a device that the organisation manages, or the browser");
            case 53003 -> new Meaning("policy.blocked", "a Conditional Access policy blocks this sign-in",
                    "policies often block codes but not the browser. The tenant's sign-in log says which policy it was");
            case 50105 -> new Meaning("user.unassigned", "the person is not assigned to the application",
                    "assign them under Enterprise applications, or switch \"Assignment required\" off");
            case 50126 -> new Meaning("password.wrong", "user name or password is wrong", "try again");
            case 50173, 70008, 700082, 70043 -> new Meaning("session.ended", "the sign-in has expired or was revoked",
                    "sign in again");
            case 50020, 50014 -> new Meaning("user.foreign", "the account is not a member of this tenant",
                    "sign in with a member's account");
            case 50196 -> new Meaning("loop", "Entra saw the same request too often", "wait a few minutes");
            case 50011, 500113, 500112 -> new Meaning("redirect", "the application does not know the way back",
                    "add http://localhost under Mobile and desktop applications in the portal");
            case 70016 -> new Meaning("code.pending", "the code has not been confirmed yet", "confirm it");
            case 70018, 70019, 70020 -> new Meaning("code.expired", "the device code is wrong or has expired",
                    "start again");
            case 54005, 501481, 70000 -> new Meaning("code.spent", "the sign-in's code is no longer good",
                    "start again");
            case 90055 -> new Meaning("throttled", "Entra asks for a longer pause", "try again later");
            case 90072 -> new Meaning("user.not-guest", "the outside account is not in the tenant",
                    "invite it as a guest, or sign in with a member's account");
            default -> number >= 80001 && number <= 80014
                    ? new Meaning("agent", "the organisation's own sign-in agents cannot be reached",
                            "have the pass-through authentication agents checked")
                    : null;
        };
    }
}
