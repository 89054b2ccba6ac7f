package org.rollcall;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;

import org.rollcall.app.RollcallWindow;
import org.rollcall.cli.CommandLineApp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The files that packages are made from, which no compiler reads: they agree with each other, and those that only Windows or a
/// release uses are well formed. `packaging/linux/verify.sh` proves the packages themselves.
class PackagingTest {
    private static final Path PACKAGING = Path.of("packaging");
    private static final Path IMAGE = PACKAGING.resolve("image");
    private static final Path SCRIPT = PACKAGING.resolve("bin/rollcall");
    private static final Path BATCH = PACKAGING.resolve("bin/rollcall.cmd");
    private static final Path LINUX = PACKAGING.resolve("linux/build.sh");
    private static final Path WINDOWS = PACKAGING.resolve("windows/build.ps1");

    /// What only one way to start needs: a folder without a runtime of its own keeps JavaFX on the module path and makes its own
    /// archives; jpackage's launchers cannot choose by command; systemd and Windows's console are of one system only.
    private static final Set<String> BY_COMMAND = Set.of("-XX:TieredStopAtLevel=1",
            "-XX:Tier4InvocationThreshold=100000",
            "-XX:Tier4MinInvocationThreshold=12000", "-XX:Tier4CompileThreshold=300000",
            "-XX:Tier4BackEdgeThreshold=800000", "-XX:CompileCommand=quiet",
            "-XX:CompileCommand=CompileThresholdScaling,com.sun.crypto.provider.*::*,0.05");
    private static final Set<String> SCRIPT_ONLY = union(BY_COMMAND, "-XX:+AutoCreateSharedArchive",
            "-XX:SharedArchiveFile");
    private static final Set<String> BATCH_ONLY = union(BY_COMMAND, "-Dstdout.encoding=UTF-8",
            "-Dstderr.encoding=UTF-8");
    private static final Set<String> PACKAGE_ONLY = Set.of("-XX:AOTCache", "-XX:-UsePerfData");

    private static Set<String> union(Set<String> some, String... others) {
        var all = new TreeSet<>(some);
        all.addAll(List.of(others));
        return all;
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }

    /// The options in a file in the form that jpackage, jlink and java read: words, quoted or not, and comments.
    private static List<String> arguments(Path file) throws IOException {
        var found = new ArrayList<String>();
        for (String line : Files.readAllLines(file)) {
            String word = line.strip();
            if (!word.isEmpty() && !word.startsWith("#")) {
                boolean quoted = word.startsWith("\"");
                assertEquals(quoted, word.endsWith("\""), file + ": " + line);
                assertTrue(quoted || !word.contains(" "), file + " has a blank outside of quotes: " + line);
                found.add(quoted ? word.substring(1, word.length() - 1) : word);
            }
        }
        return found;
    }

    private static String valueOf(String option, List<String> arguments) {
        assertTrue(arguments.contains(option), option);
        return arguments.get(arguments.indexOf(option) + 1);
    }

    private static Set<String> command() throws IOException {
        return words(valueOf("--java-options", arguments(IMAGE.resolve("jpackage.args"))));
    }

    private static Set<String> window() throws IOException {
        return words(desktop().getProperty("java-options"));
    }

    private static Properties desktop() throws IOException {
        var properties = new Properties();
        properties.load(new StringReader(read(IMAGE.resolve("desktop.properties"))));
        return properties;
    }

    private static Set<String> words(String options) {
        return new TreeSet<>(Arrays.asList(options.split(" ")));
    }

    /// Options of the virtual machine in a script, without the folders that they name.
    private static Set<String> options(String script) {
        var found = new TreeSet<String>();
        Pattern.compile(
                "(?<![\\w$-])(-XX:[+-]?\\w+(=[\\w,.*:]+)?|-Xlog:[\\w=,*:]+|-D[\\w.-]+=[\\w-]+|--[a-z-]+-(access)=[\\w.,-]+)")
                .matcher(script.replaceAll("(?m)^\\s*(#|rem ).*$", ""))
                .results().forEach(each -> found.add(each.group()));
        found.removeIf(each -> each.equals("-XX:SharedArchiveFile=") || each.matches("-XX:\\+?\\w*Heap|-XX:.*GC\\*"));
        return found;
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        var rest = new TreeSet<>(all);
        rest.removeIf(each -> some.contains(each) || some.contains(each.replaceFirst("=.*", "")));
        return rest;
    }

    /// Otherwise `rollcall --lang de` would be taken for a command, and the window be started as one.
    @Test
    void scriptsKnowWhichOptionsHaveAValue() throws IOException {
        String root = read(Path.of("src/main/java/org/rollcall/cli/Root.java")).replace("CommandLineApp.LANGUAGE",
                '"' + CommandLineApp.LANGUAGE + '"');
        List<String> valued = Pattern.compile("@Option\\(names = \"(--[a-z-]+)\", paramLabel").matcher(root).results()
                .map(each -> each.group(1)).toList();
        assertTrue(valued.containsAll(List.of("--home", "--user", "--sign-in", "--lang")), valued.toString());
        String script = read(SCRIPT);
        String batch = read(BATCH);
        for (String each : valued) {
            assertTrue(Pattern.compile("(?m)^ {8}(--[a-z-]+ \\| )*" + each + "( \\| --[a-z-]+)*\\)").matcher(script)
                    .find(), each + " in the script");
            assertTrue(batch.contains("if \"%BEFORE%\"==\"" + each + "\" goto :next"), each + " in the batch file");
        }
    }

    @Test
    void launchersScriptAndBatchFileAgreeOnTheOptions() throws IOException {
        Set<String> both = new TreeSet<>(command());
        both.addAll(window());
        // A service is started by the script or the batch file, or by a package's launcher for commands.
        both.add("-XX:-ShrinkHeapInSteps");
        assertEquals(without(both, PACKAGE_ONLY), without(options(read(SCRIPT)), union(SCRIPT_ONLY, PACKAGE_ONLY)));
        // Only the service asks for native access without a window, which Windows does not have.
        Set<String> batch = without(options(read(BATCH)), BATCH_ONLY);
        assertEquals(without(both, union(PACKAGE_ONLY, Set.of("--enable-native-access"))),
                without(batch, Set.of("--enable-native-access")));
        assertTrue(batch.contains("--enable-native-access=javafx.graphics,ALL-UNNAMED"), batch.toString());
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        var both = new HashSet<>(some);
        both.addAll(others);
        return both;
    }

    @Test
    void scriptAndBatchFileKnowTheSameCommandsThatWorkForLong() throws IOException {
        var script = Pattern.compile("(?m)^ +(demo [a-z| ]+)\\) classes=directory").matcher(read(SCRIPT));
        assertTrue(script.find());
        Set<String> slow = new TreeSet<>(Arrays.asList(script.group(1).split(" \\| ")));
        slow.add("service");
        assertEquals(slow, batchCommands("set \"QUICK=\""));
        script = Pattern.compile("(?m)^ +([a-z| ]+)\\)\\n.*\\n +classes=\\$command").matcher(read(SCRIPT));
        assertTrue(script.find());
        assertEquals(Set.of(script.group(1).split(" \\| ")), batchCommands("set \"QUICK=%OFTEN%\""));
    }

    private static Set<String> batchCommands(String what) throws IOException {
        var batch = Pattern.compile("(?m)for %%C in \\(([a-z ]+)\\) do .* " + Pattern.quote(what) + "$")
                .matcher(read(BATCH));
        assertTrue(batch.find(), what);
        return words(batch.group(1));
    }

    @Test
    void bothBuildsMakeTheSameImage() throws IOException {
        String linux = read(LINUX);
        String windows = read(WINDOWS);
        for (String part : List.of("@packaging/image/modules.args", "@packaging/image/jpackage.args",
                "packaging/image/PackageJars.java", "packaging/image/Launchers.java", "'base', 'graphics', 'controls'",
                "-XX:AOTMode=record", "-XX:AOTMode=create")) {
            assertTrue(linux.contains(part.replaceAll("[',]", "")), "build.sh lacks " + part);
            assertTrue(windows.contains(part), "build.ps1 lacks " + part);
        }
        // Nothing that says what the image is stands in one of the scripts only.
        for (String option : List.of("--add-modules", "--java-options", "--main-class", "--add-launcher",
                "--strip-debug")) {
            assertFalse(linux.contains(option), option);
            assertFalse(windows.contains(option), option);
        }
        assertEquals(List.of("--win-console", "--icon", "icons/icon.ico"),
                arguments(PACKAGING.resolve("windows/jpackage.args")));
    }

    @Test
    void launchersNameWhatThereIs() throws IOException, ClassNotFoundException {
        List<String> image = arguments(IMAGE.resolve("jpackage.args"));
        Class.forName(valueOf("--main-class", image));
        assertEquals("rollcall", valueOf("--name", image));
        String[] second = valueOf("--add-launcher", image).split("=");
        assertTrue(Files.isRegularFile(Path.of(second[1])), second[1]);
        // Both stand in one folder, where letter case does not tell files apart.
        assertFalse(second[0].toLowerCase(Locale.ROOT).equals("rollcall"));
        assertEquals("false", desktop().getProperty("win-console"));
        assertEquals("true", desktop().getProperty("win-menu"));
        List<String> modules = arguments(IMAGE.resolve("modules.args"));
        for (String module : valueOf("--add-modules", modules).split(",")) {
            assertTrue(ModuleLayer.boot().findModule(module).isPresent() || module.startsWith("javafx.")
                    || java.lang.module.ModuleFinder.ofSystem().find(module).isPresent(), module);
        }
        List<String> installer = arguments(PACKAGING.resolve("windows/msi.args"));
        assertEquals("6d1f8a52-3c0b-4f0e-9a57-2b8f4e1c7d93", valueOf("--win-upgrade-uuid", installer),
                "another upgrade id makes a second Rollcall beside the first");
        assertTrue(Files.isRegularFile(Path.of(valueOf("--license-file", installer))));
        assertTrue(Files.isRegularFile(Path.of("icons/icon.ico")));
        assertTrue(read(PACKAGING.resolve("linux/org.rollcall.Rollcall.desktop"))
                .contains("StartupWMClass=" + RollcallWindow.class.getName()));
    }

    @Test
    void descriptionsAreWellFormed() throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        var metainfo = factory.newDocumentBuilder()
                .parse(PACKAGING.resolve("linux/org.rollcall.Rollcall.metainfo.xml").toFile());
        assertEquals("org.rollcall.Rollcall", metainfo.getElementsByTagName("id").item(0).getTextContent());
        for (Path each : files(PACKAGING.resolve("windows"), ".wxs", ".wxi", ".xml")) {
            factory.newDocumentBuilder().parse(each.toFile());
        }
    }

    @Test
    void batchFilesJumpOnlyToLabelsThatAreThere() throws IOException {
        for (Path file : files(PACKAGING, ".cmd")) {
            var labels = new HashSet<String>();
            var jumps = new HashSet<String>();
            for (String line : Files.readAllLines(file)) {
                String code = line.strip();
                if (code.startsWith("rem ")) {
                    continue;
                }
                if (code.startsWith(":")) {
                    assertTrue(labels.add(code.substring(1)), file + " has twice " + code);
                    continue;
                }
                Pattern.compile("(?:goto|call) :(\\w+)").matcher(code).results()
                        .forEach(each -> jumps.add(each.group(1)));
                assertEquals(0, code.chars().filter(sign -> sign == '"').count() % 2
                        - (code.contains("%JAVA_TOOL_OPTIONS:\"=%") || code.contains("%VERSION:\"=%") ? 1 : 0),
                        file + " leaves a quotation mark open: " + line);
                String outside = code.replaceAll("\"[^\"]*\"", "");
                assertEquals(outside.chars().filter(sign -> sign == '(').count(),
                        outside.chars().filter(sign -> sign == ')').count(), file + ": " + line);
            }
            assertEquals(labels, union(jumps, labels), file.toString());
            assertTrue(labels.containsAll(jumps), file + " jumps to " + jumps + ", has " + labels);
        }
        assertTrue(read(Path.of(".gitattributes")).contains("*.cmd text eol=crlf"));
    }

    @Test
    void powerShellIsWellFormed() throws IOException {
        for (Path file : files(PACKAGING, ".ps1")) {
            new PowerShell(file, read(file)).check();
        }
    }

    @Test
    void releaseUsesActionsOfOneCommitOnly() throws IOException {
        for (Path file : files(Path.of(".github"), ".yml", ".yaml")) {
            String text = read(file);
            assertFalse(text.contains("\t"), file.toString());
            for (String line : text.split("\n")) {
                if (line.contains("uses:")) {
                    assertTrue(line.matches(".*uses: [\\w.-]+/[\\w./-]+@[0-9a-f]{40} # v[\\d.]+"), line);
                }
            }
            for (var named : Pattern.compile("packaging[/\\\\][\\w./\\\\-]+").matcher(text).results().toList()) {
                assertTrue(Files.exists(Path.of(named.group().replace('\\', '/'))), named.group());
            }
        }
    }

    private static List<Path> files(Path folder, String... ends) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(each -> Arrays.stream(ends).anyMatch(each.toString()::endsWith)).sorted().toList();
        }
    }

    /// As much of PowerShell's grammar as a slip of the keyboard breaks: strings, comments, brackets, and variables that nobody sets.
    private static final class PowerShell {
        private static final Set<String> GIVEN = Set.of("_", "env", "true", "false", "null", "psscriptroot",
                "lastexitcode",
                "erroractionpreference");

        private final Path file;
        private final String text;
        private final Set<String> set = new HashSet<>(GIVEN);
        private final List<String> used = new ArrayList<>();
        private int at;

        private PowerShell(Path file, String text) {
            this.file = file;
            this.text = text;
        }

        void check() {
            block('\0');
            Pattern.compile(
                    "(?i)\\$(\\w+)\\s*=[^=]|foreach \\(\\$(\\w+) in|\\$(\\w+)\\+\\+|\\[[\\w\\[\\]]+\\] \\$(\\w+)")
                    .matcher(text).results().forEach(each -> {
                        for (int i = 1; i <= each.groupCount(); i++) {
                            if (each.group(i) != null) {
                                set.add(each.group(i).toLowerCase(Locale.ROOT));
                            }
                        }
                    });
            for (String each : used) {
                assertTrue(set.contains(each.toLowerCase(Locale.ROOT)), file + " never sets $" + each);
            }
            assertTrue(text.contains("$ErrorActionPreference = 'Stop'"), file + " goes on after errors");
        }

        private AssertionError wrong(String what) {
            return new AssertionError(
                    file + ", line " + (text.substring(0, Math.min(at, text.length())).lines().count())
                            + ": " + what);
        }

        /// Reads on to the bracket that ends what the one before opened.
        private void block(char end) {
            Deque<Character> open = new ArrayDeque<>();
            while (at < text.length()) {
                char sign = text.charAt(at++);
                switch (sign) {
                    case '#' -> at = text.indexOf('\n', at) < 0 ? text.length() : text.indexOf('\n', at);
                    case '\'' -> single();
                    case '"' -> doubled();
                    case '`' -> at++;
                    case '$' -> variable();
                    case '(', '{', '[' -> open.push(sign == '(' ? ')' : sign == '{' ? '}' : ']');
                    case ')', '}', ']' -> {
                        if (open.isEmpty()) {
                            if (sign == end) {
                                return;
                            }
                            throw wrong(sign + " closes nothing");
                        }
                        char expected = open.pop();
                        if (expected != sign) {
                            throw wrong(sign + " stands where " + expected + " should");
                        }
                    }
                    default -> {
                    }
                }
            }
            if (end != '\0' || !open.isEmpty()) {
                throw wrong("a bracket is left open");
            }
        }

        private void single() {
            int close = text.indexOf('\'', at);
            if (close < 0 || text.substring(at, close).contains("\n")) {
                throw wrong("a string is left open");
            }
            at = close + 1;
        }

        private void doubled() {
            while (at < text.length()) {
                char sign = text.charAt(at++);
                if (sign == '"') {
                    return;
                } else if (sign == '`') {
                    at++;
                } else if (sign == '$') {
                    variable();
                } else if (sign == '\n') {
                    break;
                }
            }
            throw wrong("a string is left open");
        }

        private void variable() {
            if (at < text.length() && text.charAt(at) == '(') {
                at++;
                block(')');
                return;
            }
            int from = at;
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
                at++;
            }
            if (at == from) {
                throw wrong("$ names nothing");
            }
            used.add(text.substring(from, at));
        }
    }
}
