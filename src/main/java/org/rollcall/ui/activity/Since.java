package org.rollcall.ui.activity;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;

import org.rollcall.ui.common.Messages;

/// A period in days of the clock's zone, including today.
enum Since {
    TODAY(1, "activity.since.today"),
    WEEK(7, "activity.since.week"),
    MONTH(30, "activity.since.month"),
    YEAR(365, "activity.since.year");

    private final int days;
    private final String key;

    Since(int days, String key) {
        this.days = days;
        this.key = key;
    }

    String words() {
        return Messages.get(key);
    }

    Instant from(Clock clock) {
        return LocalDate.now(clock).minusDays(days - 1L).atStartOfDay(clock.getZone()).toInstant();
    }
}
