package org.rollcall.ui.common;

import java.util.Set;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import org.rollcall.task.CancelToken;

/// The state of a job for display. Its properties change on the FX thread only, at most ten times a second.
public final class RunningJob {
    /// Names that keep their capital within a sentence.
    private static final Set<String> NAMES = Set.of("Entra", "Microsoft", "Rollcall");

    private final String title;
    private final CancelToken token = new CancelToken();
    private final ReadOnlyStringWrapper words;
    private final ReadOnlyStringWrapper stageWords = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper step = new ReadOnlyStringWrapper("");
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(-1);
    private String stage = "";
    private long done;
    private long total = -1;

    RunningJob(String title) {
        this.title = title;
        this.words = new ReadOnlyStringWrapper(title);
    }

    /// The title: "Synchronizing Fabrikam".
    public String title() {
        return title;
    }

    /// Title, stage and count: "Synchronizing Fabrikam: reading groups, 19 of 28".
    public ReadOnlyStringProperty wordsProperty() {
        return words.getReadOnlyProperty();
    }

    /// The stage alone: "Reading groups". Errors begin in lower case, as messages of services do.
    public ReadOnlyStringProperty stageProperty() {
        return stageWords.getReadOnlyProperty();
    }

    /// The present step, "Step 2 of 5"; empty while unknown.
    public ReadOnlyStringProperty stepProperty() {
        return step.getReadOnlyProperty();
    }

    /// 0 to 1, or -1 while unknown.
    public ReadOnlyDoubleProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /// Requests cancellation, which takes effect soon.
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
        stage = Messages.recalled(newStage);
        done = newDone;
        total = newTotal;
        progress.set(total > 0 ? Math.min(1, (double) done / total) : -1);
        stageWords.set(stage);
        step.set(total > 0 ? Messages.get("common.job.step", Math.min(done + 1, total), total) : "");
        var text = stage.isEmpty() ? title : Messages.get("common.job.stage", title, lowerFirst(stage));
        // No count after a stage of two sentences.
        words.set(total > 0 && !stage.contains(". ") ? Messages.get("common.job.count", text, done, total) : text);
    }

    private static String lowerFirst(String text) {
        return NAMES.contains(text.split("[ ,.:]", 2)[0])
                ? text
                : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }
}
