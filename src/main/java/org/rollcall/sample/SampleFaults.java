package org.rollcall.sample;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/// How the sample tenant misbehaves. Thread-safe; faults can be set and cleared while it runs.
///
/// A specification is a comma-separated list of `name[:rate|@number][;parameter=value]...`:
/// - `throttle` fires always, `throttle:0.05` in 5 % of the requests it applies to, `throttle@3` at the third of them.
/// - `seed=7` as an element of its own seeds the rates: the same seed and requests give the same faults.
/// - Parameters for all: `max=N` (fires N times at most), `path=TEXT` (only requests whose path contains it).
///
/// | name | what happens |
/// |---|---|
/// | `throttle` | 429, `Retry-After: 0`; parameter `after` sets another value |
/// | `throttle-bare` | 429 without `Retry-After` |
/// | `throttle-fraction` | 429, `Retry-After: 0.3` |
/// | `throttle-list` | 429, `Retry-After: 0,1` |
/// | `unavailable` | 503; parameter `after` adds `Retry-After` |
/// | `gateway-timeout` | 504 with an HTML page |
/// | `slow` | the answer comes late; parameter `ms` (300) |
/// | `reset` | the connection is closed without an answer |
/// | `truncate` | half of the announced bytes come, then the connection is closed |
/// | `malformed` | complete by HTTP, but the JSON breaks off |
/// | `not-json` | 200 with an HTML page, as a captive portal sends |
/// | `token-expired` | 401 InvalidAuthenticationToken |
/// | `no-permission` | 403 Authorization_RequestDenied |
/// | `delta-expired-410` | a delta link gets 410 with `Location` |
/// | `delta-expired-400` | a delta link gets 400 syncStateNotFound |
/// | `delta-bad-token` | a delta link gets 400 Request_BadRequest |
/// | `page-token` | a next link gets 400 Directory_ExpiredPageToken |
/// | `page-token-lost` | a next link gets 400 DirectoryPageTokenNotFoundException |
/// | `batch-throttle` | a request within a batch gets 429; parameter `after` (0) |
/// | `batch-missing` | a request within a batch gets no response |
/// | `duplicates` | a page holds some objects twice |
/// | `reorder` | a page's objects are shuffled |
/// | `endless` | a page's next link leads to itself; with `mode=new` to new pages with nothing in them |
/// | `empty-pages` | an empty page with a next link comes before the page; parameter `count`: so many of them |
/// | `id-only` | members come with type and id only |
/// | `not-found` | a request within a batch gets 404 Request_ResourceNotFound though the object is there |
/// | `short-list` | a page of the list of people or groups lacks its last objects and ends the list |
/// | `edge-both-ways` | a page of changes of groups tells a membership as come and as gone |
/// | `partial-entry` | changes tell of a new person `accountEnabled` only, of a new group its members only |
/// | `mfa-refused` | the MFA report gets 403 Authentication_RequestFromNonPremiumTenantOrB2CTenant |
/// | `mfa-undecided` | the MFA report has null or a text in place of `isMfaRegistered` |
/// | `duplicate-names` | a page has its list in two halves under one name |
/// | `error-in-answer` | 200 with a shorter list, an `error` beside it, and no next link |
/// | `long-value` | somebody's display name is far too long; parameter `length` (1000000) |
/// | `wrong-id` | an object's id is no GUID |
/// | `no-enabled` | nobody's `accountEnabled` is told |
/// | `derived-types` | people among members are of a type derived from user |
/// | `fine-times` | times with seven digits of the second, at the end of a year |
/// | `deep` | an answer that nests without end |
/// | `endless-objects` | a page without end; parameter `objects` (1000000) |
/// | `drip` | an answer comes byte by byte; parameter `ms` (2000) between two |
/// | `token-error` | the login service answers 200 with `temporarily_unavailable` |
/// | `token-empty` | the login service answers 200 with nothing in it |
/// | `token-unavailable` | the login service answers 400 `temporarily_unavailable` (AADSTS90033) |
/// | `token-endless` | the login service's answer has no end; parameter `objects` (1000000) |
/// | `token-drip` | the login service's answer comes byte by byte; parameter `ms` (2000) |
public final class SampleFaults {
    /// A kind of misbehaviour.
    enum Fault {
        THROTTLE,
        THROTTLE_BARE,
        THROTTLE_FRACTION,
        THROTTLE_LIST,
        UNAVAILABLE,
        GATEWAY_TIMEOUT,
        SLOW,
        RESET,
        TRUNCATE,
        MALFORMED,
        NOT_JSON,
        TOKEN_EXPIRED,
        NO_PERMISSION,
        DELTA_EXPIRED_410,
        DELTA_EXPIRED_400,
        DELTA_BAD_TOKEN,
        PAGE_TOKEN,
        PAGE_TOKEN_LOST,
        BATCH_THROTTLE,
        BATCH_MISSING,
        DUPLICATES,
        REORDER,
        ENDLESS,
        EMPTY_PAGES,
        ID_ONLY,
        NOT_FOUND,
        SHORT_LIST,
        EDGE_BOTH_WAYS,
        PARTIAL_ENTRY,
        MFA_REFUSED,
        MFA_UNDECIDED,
        DUPLICATE_NAMES,
        ERROR_IN_ANSWER,
        LONG_VALUE,
        WRONG_ID,
        NO_ENABLED,
        DERIVED_TYPES,
        FINE_TIMES,
        DEEP,
        ENDLESS_OBJECTS,
        DRIP,
        TOKEN_ERROR,
        TOKEN_EMPTY,
        TOKEN_UNAVAILABLE,
        TOKEN_ENDLESS,
        TOKEN_DRIP;

        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// One element of a specification.
    ///
    /// @param rate 0 to 1; ignored if `number` is given
    /// @param number the one request it fires at, from 1; 0 for none
    record Setting(Fault fault, double rate, int number, int max, String path, Map<String, String> parameters,
            AtomicInteger seen, AtomicInteger fired) {
        String parameter(String name, String otherwise) {
            return parameters.getOrDefault(name, otherwise);
        }

        /// Whether it fires at this request, which counts as seen.
        private boolean fires(long seed) {
            int count = seen.incrementAndGet();
            boolean hit = number > 0
                    ? count == number
                    : (ObjectIds.mix(seed ^ fault.ordinal() * 0x632BE59BD9B4E019L ^ count) >>> 11) * 0x1.0p-53 < rate;
            if (!hit) {
                return false;
            }
            return fired.getAndUpdate(f -> f < max ? f + 1 : f) < max;
        }
    }

    private static final String HTML = "<!DOCTYPE html><html><head><title>%s</title></head><body><h1>%s</h1></body></html>";

    private volatile List<Setting> settings = List.of();
    private volatile long seed = 1;
    private volatile String spec = "";

    SampleFaults() {}

    /// The names that a specification may use.
    public static List<String> names() {
        return Arrays.stream(Fault.values()).map(Fault::text).toList();
    }

    /// Replaces all faults; an empty text clears them.
    ///
    /// @throws IllegalArgumentException if the text is no specification
    public void set(String specification) {
        var parsed = new ArrayList<Setting>();
        long newSeed = 1;
        for (String element : specification.split(",", -1)) {
            if (element.strip().startsWith("seed=")) {
                newSeed = Long.parseLong(element.strip().substring("seed=".length()));
            } else if (!element.isBlank()) {
                parsed.add(parse(element.strip()));
            }
        }
        seed = newSeed;
        settings = List.copyOf(parsed);
        spec = specification;
    }

    /// Behaves well from now on.
    public void clear() {
        set("");
    }

    /// The specification in force.
    public String specification() {
        return spec;
    }

    /// How often each fault fired since it was set, by name.
    public Map<String, Integer> fired() {
        var map = new java.util.TreeMap<String, Integer>();
        settings.forEach(s -> map.merge(s.fault.text(), s.fired.get(), Integer::sum));
        return map;
    }

    private static Setting parse(String element) {
        String[] parts = element.split(";", -1);
        String head = parts[0].strip();
        int mark = head.indexOf(':') >= 0 ? head.indexOf(':') : head.indexOf('@');
        String name = mark < 0 ? head : head.substring(0, mark);
        Fault fault = Arrays.stream(Fault.values()).filter(f -> f.text().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no such fault: " + name + " (one of " + String.join(", ", names()) + ")"));
        double rate = 1;
        int number = 0;
        try {
            if (mark >= 0 && head.charAt(mark) == ':') {
                rate = Double.parseDouble(head.substring(mark + 1));
            } else if (mark >= 0) {
                number = Integer.parseInt(head.substring(mark + 1));
            }
            if (!(rate >= 0 && rate <= 1) || number < 0 || (mark >= 0 && head.charAt(mark) == '@' && number == 0)) {
                throw new IllegalArgumentException("not a rate from 0 to 1 or a number from 1: " + element);
            }
            var parameters = new HashMap<String, String>();
            for (String part : Arrays.asList(parts).subList(1, parts.length)) {
                int eq = part.indexOf('=');
                if (eq < 1) {
                    throw new IllegalArgumentException("not name=value: " + part);
                }
                parameters.put(part.substring(0, eq).strip(), part.substring(eq + 1).strip());
            }
            return new Setting(fault, rate, number,
                    Integer.parseInt(parameters.getOrDefault("max", String.valueOf(Integer.MAX_VALUE))),
                    parameters.getOrDefault("path", ""), parameters, new AtomicInteger(), new AtomicInteger());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a number: " + element, e);
        }
    }

    /// Whether a fault fires now; asking counts as a request that it applies to.
    Optional<Setting> fires(Fault fault, String path) {
        for (Setting setting : settings) {
            if (setting.fault == fault && path.contains(setting.path) && setting.fires(seed)) {
                return Optional.of(setting);
            }
        }
        return Optional.empty();
    }

    /// A refusal instead of an answer, if one of these faults fires.
    @Nullable
    SampleResponse refusal(String path) {
        for (Setting s : settings) {
            if (!path.contains(s.path)) {
                continue;
            }
            switch (s.fault) {
                case THROTTLE, THROTTLE_BARE, THROTTLE_FRACTION, THROTTLE_LIST -> {
                    if (s.fires(seed)) {
                        throw throttled(retryAfter(s));
                    }
                }
                case UNAVAILABLE -> {
                    if (s.fires(seed)) {
                        GraphFault fault = new GraphFault(503, "ServiceNotAvailable",
                                "The service is temporarily unavailable.");
                        String after = s.parameters.get("after");
                        throw after == null ? fault : fault.with("Retry-After", after);
                    }
                }
                case GATEWAY_TIMEOUT -> {
                    if (s.fires(seed)) {
                        return SampleResponse.text(504, "text/html", HTML.formatted("504", "Gateway Timeout"));
                    }
                }
                case NOT_JSON -> {
                    if (s.fires(seed)) {
                        return SampleResponse.text(200, "text/html",
                                HTML.formatted("Welcome", "Please sign in to WiFi"));
                    }
                }
                case TOKEN_EXPIRED -> {
                    if (s.fires(seed)) {
                        throw new GraphFault(401, "InvalidAuthenticationToken",
                                "Lifetime validation failed, the token is expired.")
                                .with("WWW-Authenticate", "Bearer realm=\"\", authorization_uri="
                                        + "\"https://login.microsoftonline.com/common/oauth2/authorize\", "
                                        + "client_id=\"00000003-0000-0000-c000-000000000000\"");
                    }
                }
                case NO_PERMISSION -> {
                    if (s.fires(seed)) {
                        throw GraphPermissions.denied();
                    }
                }
                default -> {
                    // The others spoil a page or the way there.
                }
            }
        }
        return null;
    }

    private static @Nullable String retryAfter(Setting setting) {
        return switch (setting.fault) {
            case THROTTLE_BARE -> null;
            case THROTTLE_FRACTION -> setting.parameter("after", "0.3");
            case THROTTLE_LIST -> setting.parameter("after", "0,1").replace('/', ',');
            default -> setting.parameter("after", "0");
        };
    }

    static GraphFault throttled(@Nullable String retryAfter) {
        var fault = new GraphFault(429, "TooManyRequests", "Too many requests. Please try again later.");
        return retryAfter == null ? fault : fault.with("Retry-After", retryAfter);
    }

    /// What happens to an answer on its way.
    Delivery deliver(SampleResponse answer, String path) {
        Duration delay = fires(Fault.SLOW, path).map(s -> Duration.ofMillis(Long.parseLong(s.parameter("ms", "300"))))
                .orElse(Duration.ZERO);
        Delivery.Manner manner = Delivery.Manner.WHOLE;
        if (fires(Fault.RESET, path).isPresent()) {
            manner = Delivery.Manner.RESET;
        } else if (fires(Fault.TRUNCATE, path).isPresent()) {
            manner = Delivery.Manner.TRUNCATED;
        } else if (fires(Fault.MALFORMED, path).isPresent()) {
            manner = Delivery.Manner.MALFORMED;
        }
        return manner == Delivery.Manner.WHOLE
                ? dripped(Fault.DRIP, path).map(each -> Delivery.dripped(answer, delay, each))
                        .orElseGet(() -> new Delivery(answer, Delivery.Manner.WHOLE, delay, Duration.ZERO))
                : new Delivery(answer, manner, delay, Duration.ZERO);
    }

    /// What happens to an answer of the login service on its way.
    Delivery deliverLogin(SampleResponse answer, String path) {
        return dripped(Fault.TOKEN_DRIP, path).map(each -> Delivery.dripped(answer, Duration.ZERO, each))
                .orElseGet(() -> Delivery.of(answer));
    }

    private Optional<Duration> dripped(Fault fault, String path) {
        return fires(fault, path).map(s -> Duration.ofMillis(Long.parseLong(s.parameter("ms", "2000"))));
    }
}
