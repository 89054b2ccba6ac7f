package org.rollcall.sample;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// A refusal of the login endpoints: an AADSTS number with the OAuth error, HTTP status and text that belong to it.
///
/// Numbers and texts follow Microsoft's error reference and public reports; Microsoft says that both may change, so
/// clients must live with any number.
public final class AadError extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'")
            .withZone(ZoneOffset.UTC);

    private record Shape(int status, String error, @Nullable String suberror, String text) {}

    private static Shape grant(String text) {
        return new Shape(400, "invalid_grant", null, text);
    }

    private static Shape grant(String suberror, String text) {
        return new Shape(400, "invalid_grant", suberror, text);
    }

    private static Shape request(String text) {
        return new Shape(400, "invalid_request", null, text);
    }

    private static Shape client(String text) {
        return new Shape(401, "invalid_client", null, text);
    }

    private static Shape of(String error, String text) {
        return new Shape(400, error, null, text);
    }

    private static final Map<Integer, Shape> SHAPES = Map.ofEntries(
            Map.entry(50011, request("The redirect URI '%s' specified in the request does not match the redirect URIs "
                    + "configured for the application '%s'. Make sure the redirect URI sent in the request matches one "
                    + "added to your application in the Azure portal.")),
            Map.entry(50020, grant("User account '%s' from identity provider 'https://sts.windows.net/' does not exist "
                    + "in tenant '%s' and cannot access the application '%s' in that tenant. The account needs to be "
                    + "added as an external user in the tenant first.")),
            Map.entry(50034, grant("The user account %s does not exist in the %s directory. To sign into this "
                    + "application, the account must be added to the directory.")),
            Map.entry(50053, grant("The account is locked, you've tried to sign in too many times with an incorrect "
                    + "user ID or password.")),
            Map.entry(50055, grant("user_password_expired", "The password is expired.")),
            Map.entry(50056,
                    grant("Invalid or null password: password does not exist in the directory for this user.")),
            Map.entry(50057, grant("The user account is disabled.")),
            Map.entry(50059, request("No tenant-identifying information found in either the request or implied by any "
                    + "provided credentials.")),
            Map.entry(50072, new Shape(400, "interaction_required", "basic_action", "User needs to enroll for "
                    + "second factor authentication (interactive).")),
            Map.entry(50074, grant("basic_action", "Strong Authentication is required.")),
            Map.entry(50097, new Shape(400, "interaction_required", "basic_action",
                    "Device authentication is required.")),
            Map.entry(50144, grant("user_password_expired", "The user's Active Directory password has expired.")),
            Map.entry(50158, new Shape(400, "interaction_required", "basic_action", "External security challenge was "
                    + "not satisfied.")),
            Map.entry(53000, new Shape(400, "interaction_required", "message_only", "Device is not in required device "
                    + "state: compliant.")),
            Map.entry(53001, new Shape(400, "interaction_required", "message_only", "Device is not in required device "
                    + "state: domain_joined.")),
            Map.entry(530032, grant("message_only", "Access has been blocked by security defaults.")),
            Map.entry(530035, grant("message_only", "Access has been blocked by security defaults.")),
            Map.entry(50076, grant("basic_action", "Due to a configuration change made by your administrator, or "
                    + "because you moved to a new location, you must use multi-factor authentication to access '%s'.")),
            Map.entry(50079, new Shape(400, "interaction_required", "basic_action", "Due to a configuration change "
                    + "made by your administrator, or because you moved to a new location, you must enroll in "
                    + "multi-factor authentication to access '%s'.")),
            Map.entry(50105, grant("Your administrator has configured the application %s ('%s') to block users unless "
                    + "they are specifically granted ('assigned') access to the application. The signed in user '%s' "
                    + "is blocked because they are not a direct member of a group with access, nor had access directly "
                    + "assigned by an administrator.")),
            Map.entry(50126, grant("Error validating credentials due to invalid username or password.")),
            Map.entry(50173, grant("bad_token", "The provided grant has expired due to it being revoked, a fresh auth "
                    + "token is needed. The user might have changed or reset their password. The grant was issued on "
                    + "'%s'.")),
            Map.entry(53003, grant("message_only", "Access has been blocked by Conditional Access policies. The access "
                    + "policy does not allow token issuance.")),
            Map.entry(54005, grant("OAuth2 Authorization code was already redeemed, please retry with a new valid code "
                    + "or use an existing refresh token.")),
            Map.entry(65001, grant("consent_required", "The user or administrator has not consented to use the "
                    + "application with ID '%s' named '%s'. Send an interactive authorization request for this user "
                    + "and resource.")),
            Map.entry(65004, of("access_denied", "User declined to consent to access the app.")),
            Map.entry(70000, grant("Provided grant is invalid or malformed.")),
            Map.entry(70003, of("unsupported_grant_type", "The app requested an unsupported grant type '%s'.")),
            Map.entry(70008, grant("The provided authorization code or refresh token has expired due to inactivity. "
                    + "Send a new interactive authorization request for this user and resource.")),
            Map.entry(70011, of("invalid_scope", "The provided value for the input parameter 'scope' is not valid. "
                    + "The scope %s is not valid.")),
            Map.entry(70016, of("authorization_pending",
                    "OAuth 2.0 device flow error. Authorization is pending. " + "Continue polling.")),
            Map.entry(70018, of("bad_verification_code",
                    "Invalid verification code due to User typing in wrong user " + "code for device code flow.")),
            Map.entry(70019, of("expired_token", "Verification code expired. Have the user retry the sign-in.")),
            Map.entry(70020, of("expired_token", "The provided value for the input parameter 'device_code' is not "
                    + "valid. This device code has expired.")),
            Map.entry(90002, request("Tenant '%s' not found. Check to make sure you have the correct tenant ID and are "
                    + "signing into the correct cloud. Check with your subscription administrator, this may happen if "
                    + "there are no active subscriptions for the tenant.")),
            Map.entry(90094, of("access_denied", "An administrator of %s has set a policy that prevents you from "
                    + "granting %s the permissions it is requesting. Contact an administrator of %s, who can grant "
                    + "permissions to this application on your behalf.")),
            Map.entry(500011,
                    of("invalid_resource", "The resource principal named %s was not found in the tenant named "
                            + "%s. This can happen if the application has not been installed by the administrator of the "
                            + "tenant or consented to by any user in the tenant. You might have sent your authentication "
                            + "request to the wrong tenant.")),
            Map.entry(500112, client("The reply address '%s' does not match the reply address '%s' provided when "
                    + "requesting Authorization code.")),
            Map.entry(500113, request("No reply address is registered for the application.")),
            Map.entry(501481, grant(
                    "The Code_Verifier does not match the code_challenge supplied in the " + "authorization request.")),
            Map.entry(700016, of("unauthorized_client", "Application with identifier '%s' was not found in the "
                    + "directory '%s'. This can happen if the application has not been installed by the administrator "
                    + "of the tenant or consented to by any user in the tenant. You may have sent your authentication "
                    + "request to the wrong tenant.")),
            Map.entry(700021, client("Client assertion application identifier doesn't match 'client_id' parameter.")),
            Map.entry(700023, client("Client assertion audience claim does not match Realm issuer.")),
            Map.entry(700024, client("Client assertion is not within its valid time range. Current time: %s, assertion "
                    + "valid from %s, expiry time of assertion %s.")),
            Map.entry(700025, client("Client is public so neither 'client_assertion' nor 'client_secret' should be "
                    + "presented.")),
            Map.entry(700027, client("%s")),
            Map.entry(700082, grant("bad_token", "The refresh token has expired due to inactivity. The token was "
                    + "issued on %s and was inactive for 90.00:00:00.")),
            Map.entry(900144, request("The request body must contain the following parameter: '%s'.")),
            Map.entry(9001023, request("The grant type is not supported over the /common or /consumers endpoints. "
                    + "Please use the /organizations or tenant-specific endpoint.")),
            Map.entry(7000112, of("unauthorized_client", "Application '%s'(%s) is disabled.")),
            Map.entry(7000215, client("Invalid client secret provided. Ensure the secret being sent in the request is "
                    + "the client secret value, not the client secret ID, for a secret added to app '%s'.")),
            Map.entry(7000218, client("The request body must contain the following parameter: 'client_assertion' or "
                    + "'client_secret'.")),
            Map.entry(7000222,
                    client("The provided client secret keys for app '%s' are expired. Visit the Azure portal "
                            + "to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate "
                            + "credentials for added security: https://aka.ms/certCreds.")),
            Map.entry(7000229, of("unauthorized_client", "The client application %s is missing service principal in "
                    + "the tenant %s.")));

    private final int number;
    private final int status;
    private final String error;
    private final @Nullable String suberror;

    private AadError(int number, int status, String error, @Nullable String suberror, String text) {
        super("AADSTS" + number + ": " + text);
        this.number = number;
        this.status = status;
        this.error = error;
        this.suberror = suberror;
    }

    /// The refusal of that number; `arguments` fill its text.
    static AadError of(int number, Object... arguments) {
        Shape shape = SHAPES.get(number);
        if (shape == null) {
            throw new IllegalArgumentException("no such error: " + number);
        }
        return new AadError(number, shape.status, shape.error, shape.suberror, shape.text.formatted(arguments));
    }

    /// The refusal of that number, its text without particulars; numbers that are not known are told like most are.
    static AadError plain(int number) {
        Shape shape = SHAPES.getOrDefault(number, grant("The sign-in was refused."));
        return new AadError(number, shape.status, shape.error, shape.suberror,
                shape.text.replace("%s", "{EUII Hidden}"));
    }

    /// The device flow's own word for a person who pressed Cancel.
    static AadError declined() {
        return new AadError(65004, 400, "authorization_declined", null, "User declined to consent to access the app.");
    }

    /// The AADSTS number.
    public int number() {
        return number;
    }

    /// The OAuth error, such as `invalid_grant`.
    public String error() {
        return error;
    }

    /// The text as it is sent: with trace id, correlation id and time, as clients find it in `error_description`.
    String description(Instant now, String traceId, String correlationId) {
        return "%s Trace ID: %s Correlation ID: %s Timestamp: %s".formatted(getMessage(), traceId, correlationId,
                STAMP.format(now));
    }

    /// The error body of the token endpoint.
    SampleResponse render(Instant now, String correlationId, String origin) {
        String trace = UUID.randomUUID().toString();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("error", error);
        body.put("error_description", description(now, trace, correlationId));
        body.putArray("error_codes").add(number);
        body.put("timestamp", STAMP.format(now));
        body.put("trace_id", trace);
        body.put("correlation_id", correlationId);
        body.put("error_uri", origin + "/error?code=" + number);
        if (suberror != null) {
            body.put("suberror", suberror);
        }
        if (number == 50076 || number == 50079 || number == 53003) {
            body.put("claims", "{\"access_token\":{\"capolids\":{\"essential\":true,\"values\":[\""
                    + UUID.nameUUIDFromBytes(new byte[]{ (byte) number }) + "\"]}}}");
        }
        return SampleResponse.json(status, body).with("x-ms-request-id", trace);
    }
}
