import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Writes what picocli knows of the commands as manual pages and as completion for bash, zsh and fish:
/// `java -cp rollcall.jar CommandPages.java VERSION SHARE`.
public final class CommandPages {
    private static final String PROGRAM = "rollcall";

    private final String version;

    private CommandPages(String version) {
        this.version = version;
    }

    public static void main(String[] args) throws Exception {
        Path share = Path.of(args[1]);
        CommandLine root = root();
        var pages = new CommandPages(args[0]);
        Path man = Files.createDirectories(share.resolve("man/man1"));
        Files.writeString(man.resolve(PROGRAM + ".1"), pages.page(root));
        for (var each : shown(root)) {
            Files.writeString(man.resolve(PROGRAM + "-" + each.getCommandName() + ".1"), pages.page(each));
        }
        write(share.resolve("bash-completion/completions/" + PROGRAM), AutoComplete.bash(PROGRAM, root));
        write(share.resolve("zsh/vendor-completions/_" + PROGRAM), zsh(root));
        write(share.resolve("fish/vendor_completions.d/" + PROGRAM + ".fish"), fish(root));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /// The command line's own model. Its class is nobody's business but the command line's, hence by reflection.
    private static CommandLine root() throws ReflectiveOperationException {
        Constructor<?> made = Class.forName("org.rollcall.cli.Root").getDeclaredConstructors()[0];
        made.setAccessible(true);
        return new CommandLine(made.newInstance((Object) null)).setUsageHelpWidth(100);
    }

    private static List<CommandLine> shown(CommandLine command) {
        return command.getSubcommands().values().stream().filter(each -> !each.getCommandSpec().usageMessage().hidden())
                .toList();
    }

    // Manual pages, in the language of man(7).

    private String page(CommandLine command) {
        var out = new StringBuilder();
        String title = command.getCommandSpec().qualifiedName("-");
        out.append(".TH ").append(quoted(title.toUpperCase(java.util.Locale.ROOT))).append(" 1 \"\" ")
                .append(quoted("Rollcall " + version)).append(" \"Rollcall\"\n");
        out.append(".SH NAME\n").append(roff(title)).append(" \\- ").append(roff(firstSentence(command))).append('\n');
        out.append(".SH SYNOPSIS\n");
        synopsis(out, command);
        out.append(".SH DESCRIPTION\n").append(roff(description(command))).append('\n');
        body(out, command, true);
        if (command.getParent() == null) {
            out.append(".SH COMMANDS\n");
            for (var each : shown(command)) {
                out.append(".TP\n.B ").append(roff(each.getCommandName())).append('\n')
                        .append(roff(description(each))).append(" See\n.BR ")
                        .append(roff(PROGRAM + "-" + each.getCommandName())).append(" (1).\n");
            }
            out.append(".SH FILES\n.TP\n.I ~/.local/share/rollcall\nThe data folder, unless\n.B \\-\\-home\nor\n"
                    + ".B ROLLCALL_HOME\nnames another.\n.TP\n.I /var/lib/rollcall\nThe data folder of the system's service.\n");
            out.append(".SH ENVIRONMENT\n.TP\n.B ROLLCALL_HOME\nThe data folder.\n.TP\n.B ROLLCALL_PASSWORD\n"
                    + "The password of who signs in.\n.TP\n.B JAVA_TOOL_OPTIONS\nOptions of the Java virtual machine, such as"
                    + " \\-Xmx4g.\n");
            out.append(".SH EXIT STATUS\n").append(roff(String.join(" ", command.getCommandSpec().usageMessage().footer()))
                    .replace("Exit codes: ", "")).append('\n');
        } else {
            out.append(".SH COMMANDS\n".repeat(command.getSubcommands().isEmpty() ? 0 : 1));
            commands(out, command);
            out.append(".SH SEE ALSO\n.BR rollcall (1)\n");
        }
        return out.toString();
    }

    private void commands(StringBuilder out, CommandLine command) {
        for (var each : shown(command)) {
            out.append(".SS ").append(roff(each.getCommandSpec().qualifiedName(" "))).append('\n');
            synopsis(out, each);
            out.append(".PP\n").append(roff(description(each))).append('\n');
            body(out, each, false);
            commands(out, each);
        }
    }

    private static void synopsis(StringBuilder out, CommandLine command) {
        var help = new Help(command.getCommandSpec(), Help.defaultColorScheme(Help.Ansi.OFF));
        out.append(roff(help.synopsis(0).strip().replaceAll("\\s+", " "))).append('\n');
    }

    private static void body(StringBuilder out, CommandLine command, boolean section) {
        List<ArgSpec> all = new ArrayList<>();
        command.getCommandSpec().positionalParameters().stream().filter(each -> !each.hidden()).forEach(all::add);
        own(command).forEach(all::add);
        if (all.isEmpty()) {
            return;
        }
        if (section) {
            out.append(".SH OPTIONS\n");
        }
        for (var each : all) {
            String label = each instanceof OptionSpec option
                    ? String.join(", ", option.names()) + (option.arity().max() == 0 ? "" : " " + option.paramLabel())
                    : ((PositionalParamSpec) each).paramLabel();
            out.append(".TP\n.B ").append(roff(label)).append('\n')
                    .append(roff(String.join(" ", each.description()))).append('\n');
        }
    }

    /// Options that are not those of the program as a whole.
    private static List<OptionSpec> own(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .filter(each -> !each.hidden() && (command.getParent() == null || !each.inherited())).toList();
    }

    private static String description(CommandLine command) {
        return Arrays.stream(command.getCommandSpec().usageMessage().description())
                .map(each -> each.replace("%n", " ").replace("%%", "%")).collect(Collectors.joining(" "));
    }

    private static String firstSentence(CommandLine command) {
        String text = description(command).replaceFirst("(?s)[.:;] .*", "").replaceFirst("\\.$", "");
        return text.isEmpty() ? command.getCommandName() : text;
    }

    private static String quoted(String text) {
        return "\"" + roff(text).replace("\"", "\\(dq") + "\"";
    }

    private static String roff(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-").replaceAll("(?m)^([.'])", "\\\\&$1").replace("%n", " ");
    }

    // Completion.

    /// `_arguments` with a function for each command.
    private static String zsh(CommandLine root) {
        var out = new StringBuilder("#compdef " + PROGRAM + "\n# Made from the command line's own description.\n\n");
        zsh(out, root, "_" + PROGRAM);
        return out.append("_").append(PROGRAM).append(" \"$@\"\n").toString();
    }

    private static void zsh(StringBuilder out, CommandLine command, String function) {
        for (var each : shown(command)) {
            zsh(out, each, function + "_" + each.getCommandName());
        }
        out.append(function).append("() {\n    local curcontext=\"$curcontext\" state line\n    typeset -A opt_args\n    _arguments -C");
        for (var option : command.getCommandSpec().options()) {
            for (String name : option.hidden() ? new String[0] : option.names()) {
                out.append(" \\\n        '").append(option.isMultiValue() ? "*" : "").append(name);
                if (option.arity().max() > 0 && name.startsWith("--")) {
                    out.append("=");
                }
                out.append('[').append(zshText(option)).append(']');
                if (option.arity().max() > 0) {
                    out.append(':').append(plain(option.paramLabel())).append(':')
                            .append(values(option, " ").isEmpty() ? files(option, "_files", "_files -/") : "("
                                    + values(option, " ") + ")");
                }
                out.append('\'');
            }
        }
        if (shown(command).isEmpty()) {
            out.append(" \\\n        '*: :_files'\n}\n\n");
            return;
        }
        out.append(" \\\n        '1: :->command' '*:: :->rest'\n    case $state in\n    command)\n        local -a commands=(");
        for (var each : shown(command)) {
            out.append("\n            '").append(each.getCommandName()).append(':')
                    .append(plain(firstSentence(each))).append('\'');
        }
        out.append("\n        )\n        _describe command commands\n        ;;\n    rest)\n        case $line[1] in\n");
        for (var each : shown(command)) {
            out.append("        ").append(each.getCommandName()).append(") ").append(function).append('_')
                    .append(each.getCommandName()).append(" ;;\n");
        }
        out.append("        esac\n        ;;\n    esac\n}\n\n");
    }

    private static String fish(CommandLine root) {
        var out = new StringBuilder("# Made from the command line's own description.\ncomplete -c " + PROGRAM + " -f\n");
        fish(out, root, "", "__fish_use_subcommand");
        return out.toString();
    }

    /// @param path      the commands before this one
    /// @param condition when this command's own commands are offered
    private static void fish(StringBuilder out, CommandLine command, String path, String condition) {
        List<CommandLine> below = shown(command);
        for (var each : below) {
            out.append("complete -c ").append(PROGRAM).append(" -n '").append(condition).append("' -a ")
                    .append(each.getCommandName()).append(" -d '").append(plain(firstSentence(each))).append("'\n");
        }
        for (var option : command.getCommandSpec().options()) {
            if (option.hidden() || command.getParent() != null && option.inherited()) {
                continue;
            }
            out.append("complete -c ").append(PROGRAM);
            if (!path.isEmpty()) {
                out.append(" -n '").append(path).append('\'');
            }
            for (String name : option.names()) {
                out.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
            }
            if (option.arity().max() > 0) {
                out.append(values(option, " ").isEmpty() ? files(option, " -r -F", " -r -a '(__fish_complete_directories)'")
                        : " -x -a '" + values(option, " ") + "'");
            }
            out.append(" -d '").append(plain(String.join(" ", option.description()))).append("'\n");
        }
        for (var each : below) {
            String seen = (path.isEmpty() ? "" : path + "; and ") + "__fish_seen_subcommand_from " + each.getCommandName();
            String names = shown(each).stream().map(CommandLine::getCommandName).collect(Collectors.joining(" "));
            fish(out, each, seen, seen + "; and not __fish_seen_subcommand_from " + names);
        }
    }

    private static String files(OptionSpec option, String anyFile, String folder) {
        return option.paramLabel().contains("DIR") ? folder : anyFile;
    }

    private static String values(OptionSpec option, String between) {
        Iterable<String> candidates = option.completionCandidates();
        return candidates == null ? "" : String.join(between, candidates).toLowerCase(java.util.Locale.ROOT);
    }

    private static String zshText(OptionSpec option) {
        return plain(String.join(" ", option.description())).replace("[", "(").replace("]", ")").replace(":", "\\:");
    }

    /// A short text without anything that means something between single quotes.
    private static String plain(String text) {
        return text.replace("%n", " ").replace("%%", "%").replaceAll("\\$\\{[^}]*}", "").replaceAll("['\\\\`]", "");
    }
}
