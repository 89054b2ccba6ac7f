package org.rollcall.source.entra;

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

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.LinkExpiredException;
import org.rollcall.text.Words;

/// The meaning of Graph's errors. Codes are compared case-insensitively, since Graph itself spells them in several ways.
/// Source: Graph's error, delta, paging and throttling pages.
final class GraphErrors {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern BEFORE = Pattern.compile("^(?:https?://[^/]*)?(?:/v1\\.0|/beta)?");
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Set<String> PAGE_CODES = Set.of("directory_expiredpagetoken",
            "directorypagetokennotfoundexception");
    private static final Set<String> RESYNC_CODES = Set.of("syncstatenotfound", "resyncrequired",
            "resyncchangesapplydifferences", "resyncchangesuploaddifferences");

    /// The kind of address that was called, which affects the meaning of an error.
    enum Calling {
        /// A generated address.
        FRESH,
        /// The link of a list's next page.
        LIST_LINK,
        /// A link of a delta enumeration.
        DELTA_LINK
    }

    /// A refusal.
    ///
    /// @param code empty if the body contains none
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
                // HTML of a gateway: only the status is useful.
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

    /// @param url the address that was called; empty: several
    /// @return a [TransientFault] if a retry may help, else a [RollcallException]
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
            // A token may expire during a read: a new one is tried once.
            case 401 ->
                new TransientFault(Words.of("directory.graphErrors.theTokenHasRunOut").english(), Duration.ZERO, 2,
                        refused("graph.token-refused", Words.of("directory.graph.token-refused", words(refusal)),
                                Words.of("directory.graph.token-refused.remedy"), refusal));
            case 403 -> forbidden(refusal, resource(url));
            case 404 -> refused("graph.not-found", Words.of("directory.graph.not-found", words(refusal)),
                    Words.of("directory.graph.not-found.remedy"), refusal);
            case 407 -> new RollcallException(ErrorKind.OFFLINE, "proxy.refused",
                    Words.of("directory.proxy.refused"),
                    Words.of("directory.proxy.refused.remedy"), refusal.details(), null)
                    .onCommandLine(Words.of("directory.proxy.refused.remedy.cli"));
            default -> refused("graph.refused", Words.of("directory.graph.refused", words(refusal)),
                    Words.of("directory.graph.refused.remedy"), refusal);
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
        // Links are called as received, so any error about one concerns the link: malformed tokens are reported as plain bad
        // requests. A 404 without one of the codes is something else.
        boolean lost = status == 410 || status == 400 || RESYNC_CODES.contains(code);
        return lost ? LinkExpiredException.Link.DELTA : null;
    }

    private static TransientFault transientFault(Refusal refusal) {
        boolean throttled = refusal.status == 429;
        Duration asked = refusal.retryAfter;
        RollcallException outcome = throttled
                ? new RollcallException(ErrorKind.THROTTLED, "graph.throttled",
                        Words.of("directory.graph.throttled",
                                asked == null
                                        ? Words.verbatim("")
                                        : Words.of("directory.graph.throttled.part.else",
                                                Math.max(1, asked.toSeconds()))),
                        Words.of("directory.graph.throttled.remedy"), refusal.details(), null)
                : new RollcallException(ErrorKind.OFFLINE, "graph.unavailable",
                        Words.of("directory.graph.unavailable", refusal.status),
                        Words.of("directory.graph.unavailable.remedy"), refusal.details(), null);
        return new TransientFault(
                throttled
                        ? Words.of("directory.graphErrors.entraAsksForAPause").english()
                        : Words.of("directory.graphErrors.microsoftGraphHasAFault").english(),
                asked,
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
                Words.of("directory.graph.redirect", refusal.status),
                Words.of("directory.graph.redirect.remedy"), refusal);
    }

    private static RollcallException forbidden(Refusal refusal, String resource) {
        if (refusal.hasCode("Authentication_RequestFromNonPremiumTenantOrB2CTenant")) {
            return refused("graph.no-licence", Words.of("directory.graph.no-licence"),
                    Words.of("directory.graph.no-licence.remedy"), refusal);
        }
        return refused("graph.permission", Words.of("directory.graph.permission.graphErrors",
                resource.isEmpty()
                        ? Words.verbatim("")
                        : Words.of("directory.graph.permission.graphErrors.part1.else", resource),
                words(refusal)),
                Words.of("directory.graph.permission.graphErrors.remedy", permission(resource)), refusal);
    }

    /// The resource that was called, without host, version, query and ids: `/groups/{id}/members`.
    private static String resource(String url) {
        return ID.matcher(BEFORE.matcher(url).replaceFirst("").replaceFirst("\\?.*", "")).replaceAll("{id}");
    }

    /// Source: the permission tables of Graph's pages on these resources.
    private static String permission(String resource) {
        if (resource.startsWith("/organization")) {
            return Words.of("directory.graphErrors.organizationReadAllApplicationPermission").english();
        }
        if (resource.startsWith("/reports")) {
            return Words.of("directory.graphErrors.auditlogReadAllApplicationPermission").english();
        }
        return Words.of("directory.graphErrors.userReadAllAndGroupmember").english();
    }

    private static String words(Refusal refusal) {
        return refusal.code.isEmpty() ? " (" + refusal.status + ")" : " (" + refusal.status + " " + refusal.code + ")";
    }

    private static RollcallException refused(String code, Words message, Words remedy, Refusal refusal) {
        return new RollcallException(ErrorKind.REFUSED, code, message, remedy, refusal.details(), null);
    }
}
