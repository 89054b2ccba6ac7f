package org.rollcall.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A command in a process of its own, with the processor time that the shell tells of it afterwards: exact also for one that
/// takes less than a second. Needs a POSIX shell.
final class MeasuredProcess {
    private static final Pattern TIME = Pattern.compile("(\\d+)m([\\d.]+)s");

    private MeasuredProcess() {}

    /// In milliseconds.
    ///
    /// @param processor of the process and all that it started, collecting garbage and compiling included
    record Spent(double wall, double processor) {
        static final Spent NONE = new Spent(0, 0);

        Spent less(Spent other) {
            return new Spent(wall - other.wall, processor - other.processor);
        }

        /// Of an odd number the middle one, each clock for itself.
        static Spent median(List<Spent> all) {
            return new Spent(middle(all, Comparator.comparingDouble(Spent::wall)).wall,
                    middle(all, Comparator.comparingDouble(Spent::processor)).processor);
        }

        private static Spent middle(List<Spent> all, Comparator<Spent> by) {
            return all.stream().sorted(by).toList().get(all.size() / 2);
        }
    }

    /// Runs it to its end; what it prints is thrown away unless it fails.
    ///
    /// @param exits the codes that are no failure
    static Spent run(List<String> command, Map<String, String> environment, Set<Integer> exits) {
        try {
            Path out = Files.createTempFile("rollcall-bench", ".out");
            Path err = Files.createTempFile("rollcall-bench", ".err");
            Path times = Files.createTempFile("rollcall-bench", ".times");
            try {
                var shell = new ArrayList<>(
                        List.of("sh", "-c", "\"$@\"; code=$?; times >\"$TIMES\"; exit $code", "sh"));
                shell.addAll(command);
                var builder = new ProcessBuilder(shell).redirectOutput(out.toFile()).redirectError(err.toFile());
                builder.environment().putAll(environment);
                builder.environment().put("TIMES", times.toString());
                long begin = System.nanoTime();
                int exit = builder.start().waitFor();
                double wall = (System.nanoTime() - begin) / 1e6;
                if (!exits.contains(exit)) {
                    throw new IllegalStateException(command + " ended with " + exit + "\n" + Files.readString(err)
                            + Files.readString(out));
                }
                return new Spent(wall, processor(Files.readAllLines(times).getLast()));
            } finally {
                for (Path file : List.of(out, err, times)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// @param line `0m1.230000s 0m0.120000s`: the user's and the system's share
    private static double processor(String line) {
        return TIME.matcher(line).results()
                .mapToDouble((MatchResult each) -> Double.parseDouble(each.group(1)) * 60_000
                        + Double.parseDouble(each.group(2)) * 1_000)
                .sum();
    }
}
