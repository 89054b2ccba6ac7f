package org.rollcall.directory.entra;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

import org.rollcall.directory.LinkExpiredException;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;

/// What Graph's refusals mean. Codes are compared without regard to letter case, as Graph itself spells them in several
/// ways. Source: Graph's error, delta, paging and throttling pages.
final class GraphErrors {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern BEFORE = Pattern.compile("^(?:https?://[^/]*)?(?:/v1\\.0|/beta)?");
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Set<String> PAGE_CODES = Set.of("directory_expiredpagetoken",
            "directorypagetokennotfoundexception");
    private static final Set<String> RESYNC_CODES = Set.of("syncstatenotfound", "resyncrequired",
            "resyncchangesapplydifferences", "resyncchangesuploaddifferences");

    /// What was called, as far as the meaning of a refusal hangs on it.
    enum Calling {
        /// An address made here.
        FRESH,
        /// The link of a list's next page.
        LIST_LINK,
        /// A link of a delta enumeration.
        DELTA_LINK
    }

    /// A refusal.
    ///
    /// @param code empty if the body did not say
    record Refusal(int status, String code, String message, @Nullable String requestId,
            @Nullable Duration retryAfter, @Nullable String location) {

        static Refusal of(int status, @Nullable String body, @Nullable String requestId, @Nullable String retryAfter,
                @Nullable String location, Instant now) {
            JsonNode error = parse(body).path("error");
            String id = error.path("innerError").path("request-id").asText("");
            return new Refusal(status, error.path("code").asText(""), error.path("message").asText(""),
                    id.isEmpty() ? requestId : id, RetryAfter.parse(retryAfter, now), location);
        }

        private static JsonNode parse(@Nullable String body) {
            try {
                JsonNode node = body == null || body.isBlank() ? null : MAPPER.readTree(body);
                return node == null ? MAPPER.createObjectNode() : node;
            } catch (IOException e) {
                // HTML of a gateway: the status has to do.
                return MAPPER.createObjectNode();
            }
        }

        boolean hasCode(String other) {
            return code.equalsIgnoreCase(other);
        }

        private Map<String, String> details() {
            var details = new LinkedHashMap<String, String>();
            details.put("status", Integer.toString(status));
            if (!code.isEmpty()) {
                details.put("code", code);
            }
            if (requestId != null) {
                details.put("requestId", requestId);
            }
            return details;
        }
    }

    private GraphErrors() {}

    static RuntimeException of(Refusal refusal, Calling calling, GraphAddresses addresses) {
        return of(refusal, calling, addresses, "");
    }

    /// @param url what was asked for; empty: several things
    /// @return a [TransientFault] where trying again may help, else a [RollcallException]
    static RuntimeException of(Refusal refusal, Calling calling, GraphAddresses addresses, String url) {
        LinkExpiredException.Link expired = expired(refusal, calling);
        if (expired != null) {
            return new LinkExpiredException(expired, refusal.details());
        }
        int status = refusal.status;
        if (status == 429 || status == 408 || status >= 500 && status != 501 && status != 505) {
            return transientFault(refusal);
        }
        if (status >= 300 && status < 400) {
            return redirect(refusal, addresses);
        }
        return switch (status) {
            // A token may run out while a read goes on: a fresh one is tried once.
            case 401 -> new TransientFault("The token has run out", Duration.ZERO, 2,
                    refused("graph.token-refused", "Microsoft Graph refuses the token" + words(refusal),
                            "check the Graph URL and the cloud of the tenant, and the clock of this machine", refusal));
            case 403 -> forbidden(refusal, resource(url));
            case 404 -> refused("graph.not-found", "Microsoft Graph does not know what was asked for" + words(refusal),
                    "check the Graph URL; the object may have been deleted in the meantime", refusal);
            case 407 -> new RollcallException(ErrorKind.OFFLINE, "proxy.refused",
                    "the proxy wants another user name or password",
                    "check the proxy's user name and password", refusal.details(), null)
                    .onCommandLine("give them with --proxy-user and --proxy-password-file");
            default -> refused("graph.refused", "Microsoft Graph refused a request" + words(refusal),
                    "try again; if the problem persists, look up the code in Graph's documentation", refusal);
        };
    }

    private static LinkExpiredException.@Nullable Link expired(Refusal refusal, Calling calling) {
        int status = refusal.status;
        if (calling == Calling.FRESH || status != 400 && status != 404 && status != 410) {
            return null;
        }
        String code = refusal.code.toLowerCase(Locale.ROOT);
        if (calling == Calling.LIST_LINK || PAGE_CODES.contains(code)) {
            return LinkExpiredException.Link.PAGE;
        }
        // Links are called as they were given, so whatever Graph dislikes about one is the link: malformed tokens come
        // as plain bad requests. A 404 without one of the codes is something else.
        boolean lost = status == 410 || status == 400 || RESYNC_CODES.contains(code);
        return lost ? LinkExpiredException.Link.DELTA : null;
    }

    private static TransientFault transientFault(Refusal refusal) {
        boolean throttled = refusal.status == 429;
        Duration asked = refusal.retryAfter;
        RollcallException outcome = throttled
                ? new RollcallException(ErrorKind.THROTTLED, "graph.throttled",
                        "Microsoft Graph asks for a longer pause"
                                + (asked == null ? "" : " (" + Math.max(1, asked.toSeconds()) + " s)"),
                        "try again later; another program may use the same application", refusal.details(), null)
                : new RollcallException(ErrorKind.OFFLINE, "graph.unavailable",
                        "Microsoft Graph does not work at the moment (" + refusal.status + ")",
                        "try again later; see https://status.cloud.microsoft", refusal.details(), null);
        return new TransientFault(throttled ? "Entra asks for a pause" : "Microsoft Graph has a fault", asked,
                TransientFault.UNTIL_PATIENCE_ENDS, outcome);
    }

    private static RollcallException redirect(Refusal refusal, GraphAddresses addresses) {
        String location = refusal.location;
        if (location != null && location.startsWith("http")) {
            try {
                addresses.own(location);
            } catch (RollcallException foreign) {
                return foreign;
            }
        }
        return refused("graph.redirect",
                "Microsoft Graph sends elsewhere (" + refusal.status + "), which is not followed",
                "check the Graph URL of the tenant", refusal);
    }

    private static RollcallException forbidden(Refusal refusal, String resource) {
        if (refusal.hasCode("Authentication_RequestFromNonPremiumTenantOrB2CTenant")) {
            return refused("graph.no-licence", "the tenant has no licence for this report (Entra ID P1 or P2)",
                    "nothing has to be done: MFA states stay unknown", refusal);
        }
        return refused("graph.permission", "the application lacks a Microsoft Graph permission"
                + (resource.isEmpty() ? "" : " for " + resource) + words(refusal),
                "add " + permission(resource) + " and grant admin consent", refusal);
    }

    /// What was asked for, without host, version, query and ids: `/groups/{id}/members`.
    private static String resource(String url) {
        return ID.matcher(BEFORE.matcher(url).replaceFirst("").replaceFirst("\\?.*", "")).replaceAll("{id}");
    }

    /// Source: the permission tables of Graph's pages on these resources.
    private static String permission(String resource) {
        if (resource.startsWith("/organization")) {
            return "Organization.Read.All (application permission)";
        }
        if (resource.startsWith("/reports")) {
            return "AuditLog.Read.All (application permission)";
        }
        return "User.Read.All and GroupMember.Read.All (application permissions)";
    }

    private static String words(Refusal refusal) {
        return refusal.code.isEmpty() ? " (" + refusal.status + ")" : " (" + refusal.status + " " + refusal.code + ")";
    }

    private static RollcallException refused(String code, String message, String remedy, Refusal refusal) {
        return new RollcallException(ErrorKind.REFUSED, code, message, remedy, refusal.details(), null);
    }
}
