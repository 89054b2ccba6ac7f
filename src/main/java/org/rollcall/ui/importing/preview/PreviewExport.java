package org.rollcall.ui.importing.preview;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;

import org.rollcall.domain.ChangeFilter;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RunChange;
import org.rollcall.task.JobContext;
import org.rollcall.ui.common.CsvFile;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.IconButton;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.importing.draft.ImportSession;

/// What the preview shows, into a file, for somebody else to look at before it is applied.
final class PreviewExport {
    private static final int CHUNK = 500;
    private static final List<String> HEADER = List.of("change", "objectId", "name", "before", "after", "reason");

    private final ImportSession session;
    private final long run;
    private final ChangeNames names;
    private final ChangeWords words;

    PreviewExport(ImportSession session, long run, ChangeNames names, ChangeWords words) {
        this.session = session;
        this.run = run;
        this.names = names;
        this.words = words;
    }

    /// @param shown what is exported: what the table shows now
    Node button(Supplier<ChangeFilter> shown) {
        var made = new IconButton[1];
        var button = new IconButton(Icons.EXPORT, Messages.get("importing.preview.export"), () -> {
            Path target = session.files().save(made[0], Messages.get("importing.preview.export"), "preview.csv");
            if (target != null) {
                write(target, shown.get());
            }
        }).small();
        made[0] = button;
        button.setId("importing.preview.export");
        return new Disallowed(button, new ReadOnlyStringWrapper(Disallowed.reason(
                session.actor().may(Permission.EXPORT), Permission.EXPORT.words())));
    }

    private void write(Path target, ChangeFilter filter) {
        var window = session.window();
        window.tasks().start(Messages.get("importing.preview.exporting"), job -> {
            var count = new long[1];
            CsvFile.write(target, HEADER, sink -> count[0] = rows(filter, job, sink));
            return count[0];
        }, count -> window.toasts().show(Toast.done(Messages.get("importing.preview.exported", count,
                String.valueOf(target.getFileName())))),
                trouble -> window.toasts().show(Toast.failed(Messages.trouble(trouble))));
    }

    private long rows(ChangeFilter filter, JobContext job, Consumer<List<String>> sink) {
        var all = session.services().runs().exportChanges(session.actor(), run, filter);
        long count = 0;
        var chunk = new ArrayList<RunChange>();
        while (all.hasNext()) {
            job.checkCancelled();
            chunk.add(all.next());
            if (chunk.size() == CHUNK || !all.hasNext()) {
                names.learn(chunk);
                chunk.forEach(each -> sink.accept(words.cells(each)));
                count += chunk.size();
                chunk.clear();
            }
        }
        return count;
    }
}
