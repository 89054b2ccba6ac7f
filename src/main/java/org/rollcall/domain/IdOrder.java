package org.rollcall.domain;

import java.util.Comparator;
import java.util.UUID;

/// The order of object ids: by unsigned bytes, as H2 and PostgreSQL sort `uuid`; [UUID#compareTo] differs.
public final class IdOrder {
    public static final Comparator<UUID> ASCENDING = IdOrder::compare;

    private IdOrder() {}

    public static int compare(UUID a, UUID b) {
        int byHigh = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return byHigh != 0
                ? byHigh
                : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    }
}
