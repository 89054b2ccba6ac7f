package org.rollcall.cli;

import java.io.PrintStream;

import org.rollcall.task.CancelToken;
import org.rollcall.task.JobContext;
import org.rollcall.text.Words;

/// Shows how far a job is: on a terminal as one line that is drawn again, otherwise as a line for each stage.
final class Progress implements JobContext, AutoCloseable {
    private static final long REDRAW_NANOS = 100_000_000;
    private static final int BAR = 24;

    private final PrintStream err;
    private final boolean interactive;
    private final CancelToken token;
    private String stage = "";
    private long drawnAt;
    private int drawnWidth;

    Progress(PrintStream err, boolean interactive, CancelToken token) {
        this.err = err;
        this.interactive = interactive;
        this.token = token;
    }

    @Override
    public synchronized void progress(long done, long total) {
        long now = System.nanoTime();
        if (interactive && (done == total || now - drawnAt > REDRAW_NANOS)) {
            drawnAt = now;
            draw(bar(done, total));
        }
    }

    @Override
    public synchronized void message(String english) {
        String text = Text.recalled(english);
        if (text.equals(stage)) {
            return;
        }
        stage = text;
        if (interactive) {
            draw(Text.clean(text));
        } else {
            err.println(Text.clean(text));
            err.flush();
        }
    }

    @Override
    public CancelToken cancelToken() {
        return token;
    }

    private String bar(long done, long total) {
        if (total <= 0) {
            return Text.clean(stage) + "  " + Text.number(done);
        }
        int filled = (int) Math.min(BAR, BAR * done / total);
        return Words.of("cli.progress.of", Text.clean(stage), "#".repeat(filled), ".".repeat(BAR - filled),
                Text.number(done), Text.number(total)).shown();
    }

    private void draw(String line) {
        err.print("\r" + line + " ".repeat(Math.max(0, drawnWidth - line.length())));
        err.flush();
        drawnWidth = line.length();
    }

    /// Takes the line away again.
    @Override
    public synchronized void close() {
        if (interactive && drawnWidth > 0) {
            err.print("\r" + " ".repeat(drawnWidth) + "\r");
            err.flush();
            drawnWidth = 0;
        }
    }
}
