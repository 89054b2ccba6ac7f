package org.rollcall.sample;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/// Throttling by resource units, as the identity service does it: so many units per application in ten seconds, by the
/// tenant's size; reports by number of requests. Source: "Microsoft Graph service-specific throttling limits", 2026-02-06.
public final class ThrottleMeter {
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final int REPORTS = 5;

    private static final class Window {
        private Instant start = Instant.EPOCH;
        private int used;
    }

    private final Map<String, Window> windows = new HashMap<>();
    private final Clock clock;
    private int quota;
    private boolean enabled;

    ThrottleMeter(Clock clock, int people) {
        this.clock = clock;
        quota = people < 50 ? 3_500 : people <= 500 ? 5_000 : 8_000;
    }

    /// Refuses what exceeds the limits from now on, or no longer. Off at first.
    public synchronized void setEnabled(boolean on) {
        enabled = on;
    }

    /// Sets the resource units per application and ten seconds, instead of those of the tenant's size.
    public synchronized void setQuota(int units) {
        quota = units;
    }

    /// What a request costs. Source: the table of the page named above.
    static int cost(GraphCall call) {
        String last = call.path().isEmpty() ? "" : call.path().getLast().toLowerCase(Locale.ROOT);
        boolean select = call.query("$select") != null;
        int cost;
        if (last.equals("getbyids")) {
            return select ? 2 : 5;
        } else if (call.segment(2).equals("transitiveMembers")) {
            cost = 5;
        } else if (call.segment(2).equals("members")) {
            cost = 3;
        } else if (last.startsWith("check")) {
            cost = 4;
        } else if (last.startsWith("getmember") || call.segment(0).equals("users") && call.segment(1).isEmpty()
                || call.segment(0).equals("me") || call.segment(2).endsWith("emberOf")
                || call.segment(0).equals("applications") || call.segment(0).equals("oauth2PermissionGrants")) {
            cost = 2;
        } else if (call.segment(0).equals("subscribedSkus")) {
            cost = 3;
        } else {
            cost = 1;
        }
        cost -= select ? 1 : 0;
        String top = call.query("$top");
        cost -= top != null && (top.length() == 1 || top.length() == 2 && top.startsWith("1")) ? 1 : 0;
        return Math.max(1, cost);
    }

    /// Counts a request.
    ///
    /// @return the share of the quota in use, if it is worth telling: above 80 percent
    /// @throws GraphFault 429 above the limit
    @Nullable
    Double charge(GraphCall call, int units) {
        boolean report = call.segment(0).equals("reports") || call.segment(2).equals("authentication");
        String app = call.caller().appId();
        synchronized (this) {
            if (!enabled) {
                return null;
            }
            int limit = report ? REPORTS : quota;
            Instant now = clock.instant();
            Window window = windows.computeIfAbsent(report + app, _ -> new Window());
            if (!now.isBefore(window.start.plus(WINDOW))) {
                window.start = now;
                window.used = 0;
            }
            int amount = report ? 1 : units;
            if (window.used + amount > limit) {
                long wait = Math.max(1, Duration.between(now, window.start.plus(WINDOW)).toSeconds() + 1);
                throw SampleFaults.throttled(Long.toString(wait))
                        .with("x-ms-throttle-scope",
                                "Tenant_Application/ReadWrite/" + app + "/" + call.caller().tenantId())
                        .with("x-ms-throttle-information", "ResourceUnitLimitExceeded");
            }
            window.used += amount;
            double share = (double) window.used / limit;
            return share > 0.8 ? share : null;
        }
    }
}
