package org.rollcall.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// Where a call comes from and where its words go; tests make their own.
///
/// @param out         documents and answers, nothing else
/// @param err         progress, messages, errors
/// @param environment the variables of the process
/// @param prompt      asks a person for a password; null: nobody is there
/// @param interactive `err` is a terminal, so a bar may be drawn
public record Terminal(PrintStream out, PrintStream err, Map<String, String> environment, @Nullable Prompt prompt,
        boolean interactive) {

    /// Asks for something that must not be seen.
    @FunctionalInterface
    public interface Prompt {
        /// @return null at the end of input
        char @Nullable [] ask(String question);
    }

    /// The terminal of this process. UTF-8 whatever the platform's own encoding: documents are for machines.
    public static Terminal ofProcess() {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            return new Terminal(utf8(FileDescriptor.out), utf8(FileDescriptor.err), System.getenv(), null, false);
        }
        return new Terminal(utf8(FileDescriptor.out), utf8(FileDescriptor.err), System.getenv(),
                question -> console.readPassword("%s", question), !"dumb".equals(System.getenv("TERM")));
    }

    /// @throws RollcallException INPUT: it was not in the encoding of the locale, and what was meant is lost
    @Nullable
    String variable(String name) {
        String value = environment.get(name);
        if (value != null && value.indexOf('\uFFFD') >= 0) {
            throw RollcallException.input("variable.garbled", Words.of("cli.variable.garbled", name),
                    Words.of("cli.variable.garbled.remedy"));
        }
        return value == null || value.isEmpty() ? null : value;
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new java.io.BufferedOutputStream(new FileOutputStream(descriptor), 8192), false,
                StandardCharsets.UTF_8);
    }
}
