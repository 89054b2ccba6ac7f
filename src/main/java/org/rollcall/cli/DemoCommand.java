package org.rollcall.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import org.rollcall.domain.RollcallException;
import org.rollcall.text.Language;
import org.rollcall.text.Words;

@Command(name = "demo", description = "Show the main job against the built-in sample tenant, in the window too if there is a display. "
        + "Nothing leaves this machine.")
final class DemoCommand extends BaseCommand {
    @Option(names = "--headless", description = "On the terminal only, whether there is a display or not.")
    boolean headless;

    @Mixin
    SampleOptions sample = new SampleOptions();

    @Option(names = "--keep", paramLabel = "DIR", description = "Keep the data folder, here.")
    @Nullable
    String keep;

    @Override
    int execute() throws IOException {
        if (output().json()) {
            // Its sentences are part of the document.
            Language.begin(Language.ENGLISH, Optional::empty);
        }
        Path home = folder();
        try {
            var demo = new Demo(invocation(), output());
            List<Demo.Step> steps = demo.run(home, sample.options(), () -> window(home));
            if (keep != null) {
                output().note(
                        Words.of("cli.demoCommand.theDataFolderIsKept", home, home, Demo.ADMINISTRATOR, Demo.PASSWORD)
                                .shown());
            }
            if (output().json()) {
                output().answer(new Doc().put("home", keep == null ? null : home.toString())
                        .put("steps", steps.stream().map(step -> new Doc().put("step", step.title())
                                .put("lines", step.lines()).put("run", step.run())).toList()),
                        List.of());
            }
            return ExitCode.DONE;
        } finally {
            if (keep == null) {
                delete(home.getParent());
            }
        }
    }

    /// Shows what came in, where there is a display.
    private void window(Path home) {
        if (headless || output().json() || !display(invocation().terminal().environment())) {
            return;
        }
        output().note(Words.of("cli.demoCommand.theWindowOpensOnWhat", Demo.ADMINISTRATOR, Demo.PASSWORD).shown());
        if (!invocation().workspaces().openWindow(home)) {
            output().note(Words.of("cli.demoCommand.noWindowCouldBeOpened").shown());
        }
    }

    private static boolean display(Map<String, String> environment) {
        var system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return system.startsWith("windows") || system.startsWith("mac")
                || !environment.getOrDefault("DISPLAY", "").isEmpty();
    }

    private Path folder() throws IOException {
        if (keep == null) {
            return Files.createTempDirectory("rollcall-demo").resolve("data");
        }
        try {
            return Path.of(keep).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw RollcallException.input("folder.invalid", Words.of("cli.folder.invalid", keep),
                    Words.of("cli.folder.invalid.demoCommand.remedy"));
        }
    }

    private static void delete(@Nullable Path folder) throws IOException {
        if (folder == null) {
            return;
        }
        try (var inside = Files.walk(folder)) {
            for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
