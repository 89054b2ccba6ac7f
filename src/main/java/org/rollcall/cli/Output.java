package org.rollcall.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

import org.rollcall.domain.RollcallException;
import org.rollcall.files.Utf8;
import org.rollcall.text.Words;

/// Answers and errors in the form that was asked for.
final class Output {
    private final Terminal terminal;
    private final boolean json;

    Output(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    boolean json() {
        return json;
    }

    /// The one document of a call; without `--json` the lines instead.
    void answer(Doc document, List<String> lines) {
        if (json) {
            document(document);
        } else {
            lines(lines);
        }
        terminal.out().flush();
    }

    private void document(Doc document) {
        // Straight into the stream: lists in it may be read as they are written.
        var writer = Utf8.writer(terminal.out());
        try {
            try (JsonOut out = JsonOut.indented(writer)) {
                out.value(document);
            }
            writer.write(System.lineSeparator());
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Lines for people, ahead of others.
    void lines(List<String> lines) {
        lines.forEach(line -> terminal.out().println(Text.line(line)));
    }

    void answer(Doc document, String line) {
        answer(document, List.of(line));
    }

    /// Something to know that is not the answer.
    void note(String line) {
        terminal.err().println(Text.clean(line));
        terminal.err().flush();
    }

    /// Something to know that is not the answer, on a line of its own that scripts may read.
    void notice(Doc document, String line) {
        terminal.err().println(json ? compact(document) : Text.clean(line));
        terminal.err().flush();
    }

    /// One of many answers of a call that goes on, each on a line of its own that is there at once.
    synchronized void event(Doc document, String line) {
        terminal.out().println(json ? compact(document) : Text.line(line));
        terminal.out().flush();
    }

    /// The last line of standard error.
    void error(RollcallException e) {
        error(e.kind().name(), e.words(), e.commandRemedyWords(), e.details());
    }

    void error(String kind, Words message, Words remedy, Map<String, String> details) {
        terminal.out().flush();
        if (json) {
            terminal.err().println(
                    compact(new Doc().put("error", new Doc().put("kind", kind).put("message", message.english())
                            .put("remedy", remedy.english()).put("details", details))));
        } else {
            terminal.err().println("rollcall: " + Text.clean(message.shown()) + "; " + Text.clean(remedy.shown()));
        }
        terminal.err().flush();
    }

    private static String compact(Doc document) {
        var writer = new StringWriter();
        try (JsonOut out = JsonOut.compact(writer)) {
            out.value(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return writer.toString();
    }
}
