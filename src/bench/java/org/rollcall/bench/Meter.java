package org.rollcall.bench;

import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.List;

import com.sun.management.OperatingSystemMXBean;

/// Measures wall time and the processor time of the whole process beside it: where others use the machine too, the two
/// lie far apart, and the truth for a quiet machine between them.
final class Meter {
    private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
            .getOperatingSystemMXBean();

    private Meter() {}

    /// A moment, in nanoseconds of both clocks.
    record Reading(long wall, long processor) {}

    /// What something took, in nanoseconds; processor time counts every thread, collecting garbage and compiling too.
    record Spent(long wall, long processor) {}

    static Reading read() {
        return new Reading(System.nanoTime(), SYSTEM.getProcessCpuTime());
    }

    static Spent since(Reading begin) {
        Reading end = read();
        return new Spent(end.wall() - begin.wall(), end.processor() - begin.processor());
    }

    static Spent of(Runnable work) {
        Reading begin = read();
        work.run();
        return since(begin);
    }

    /// The time within which 95 of 100 were done, each clock for itself.
    static Spent percentile(List<Spent> all) {
        return new Spent(percentile(all, Comparator.comparingLong(Spent::wall)).wall(),
                percentile(all, Comparator.comparingLong(Spent::processor)).processor());
    }

    private static Spent percentile(List<Spent> all, Comparator<Spent> by) {
        var sorted = all.stream().sorted(by).toList();
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * 95 / 100));
    }
}
