package org.rollcall.ui.common;

import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import org.rollcall.task.CancelToken;

/// A job as the window sees it. Its properties change on the FX thread only, at most ten times a second.
public final class RunningJob {
    private final String title;
    private final CancelToken token = new CancelToken();
    private final ReadOnlyStringWrapper words;
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(-1);
    private String stage = "";
    private long done;
    private long total = -1;

    RunningJob(String title) {
        this.title = title;
        this.words = new ReadOnlyStringWrapper(title);
    }

    /// What it does, in words: "Synchronizing Fabrikam".
    public String title() {
        return title;
    }

    /// Title, stage and count: "Synchronizing Fabrikam: reading groups, 19 of 28".
    public ReadOnlyStringProperty wordsProperty() {
        return words.getReadOnlyProperty();
    }

    /// 0 to 1, or -1 while nobody knows.
    public ReadOnlyDoubleProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /// Asks it to stop; it ends soon, not at once.
    public void cancel() {
        token.cancel();
    }

    public boolean isCancelled() {
        return token.isCancelled();
    }

    CancelToken token() {
        return token;
    }

    void show(String newStage, long newDone, long newTotal) {
        stage = newStage;
        done = newDone;
        total = newTotal;
        progress.set(total > 0 ? Math.min(1, (double) done / total) : -1);
        var text = stage.isEmpty() ? title : Messages.get("common.job.stage", title, lowerFirst(stage));
        words.set(total > 0 ? Messages.get("common.job.count", text, done, total) : text);
    }

    private static String lowerFirst(String text) {
        return Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }
}
