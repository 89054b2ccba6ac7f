package org.rollcall.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The packaged program, run as an administrator would, with a limit on its heap.
final class RollcallProcess {
    private final Path program;
    private final Path home;
    private final String heap;

    /// @param program `target/rollcall/bin/rollcall`
    /// @param heap    `256m`
    RollcallProcess(Path program, Path home, String heap) {
        this.program = program;
        this.home = home;
        this.heap = heap;
    }

    /// @param output what it printed on standard output
    /// @param peakKib largest resident size that was seen, in KiB, everything of the process included
    /// @param processor time on all processors, as seen last before its end
    record Outcome(int exit, String output, String errors, Duration took, Duration processor, long peakKib) {
        Outcome expect(int code) {
            if (exit != code) {
                throw new IllegalStateException("exit code " + exit + " instead of " + code + "\n" + errors + output);
            }
            return this;
        }
    }

    Outcome run(String... arguments) {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        try {
            Path out = Files.createTempFile("rollcall-bench", ".out");
            Path err = Files.createTempFile("rollcall-bench", ".err");
            var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().putAll(Map.of("ROLLCALL_HOME", home.toString(), "ROLLCALL_PASSWORD",
                    "bench horse battery staple", "JAVA_TOOL_OPTIONS",
                    "-Xmx" + heap + " " + System.getProperty("bench.jvm", "")));
            long begin = System.nanoTime();
            Process process = builder.start();
            long peak = 0;
            Duration processor = Duration.ZERO;
            while (!process.waitFor(Duration.ofMillis(200))) {
                peak = Math.max(peak, residentKib(process.pid()));
                processor = process.info().totalCpuDuration().orElse(processor);
            }
            var took = Duration.ofNanos(System.nanoTime() - begin);
            var outcome = new Outcome(process.exitValue(), Files.readString(out), Files.readString(err), took,
                    processor,
                    peak);
            Files.delete(out);
            Files.delete(err);
            return outcome;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static long residentKib(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status"), StandardCharsets.UTF_8).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElse(0);
        } catch (IOException e) {
            return 0; // gone, or no /proc here
        }
    }
}
