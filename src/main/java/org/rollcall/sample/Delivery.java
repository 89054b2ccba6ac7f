package org.rollcall.sample;

import java.time.Duration;

/// How an answer goes out: as it is, or spoiled on its way as a fault demands.
///
/// @param delay before it
/// @param each  between two bytes of one that drips
record Delivery(SampleResponse answer, Manner manner, Duration delay, Duration each) {
    /// What happens to the answer on its way.
    enum Manner {
        /// Arrives as it is.
        WHOLE,
        /// The connection is closed without an answer.
        RESET,
        /// Half of the announced bytes arrive, then the connection is closed.
        TRUNCATED,
        /// Arrives completely, but the JSON breaks off.
        MALFORMED,
        /// Arrives byte by byte.
        DRIPPED
    }

    static Delivery of(SampleResponse answer) {
        return new Delivery(answer, Manner.WHOLE, Duration.ZERO, Duration.ZERO);
    }

    static Delivery dripped(SampleResponse answer, Duration delay, Duration each) {
        return new Delivery(answer, Manner.DRIPPED, delay, each);
    }
}
