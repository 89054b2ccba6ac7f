package org.rollcall.ui.importing.draft;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;

import org.jspecify.annotations.Nullable;

import org.rollcall.connect.JobControl;
import org.rollcall.domain.GroupField;
import org.rollcall.domain.Ref;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserField;
import org.rollcall.source.DirectoryReader;
import org.rollcall.sync.choose.TenantPicture;
import org.rollcall.sync.choose.TenantPictures;
import org.rollcall.task.Job;
import org.rollcall.task.JobContext;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.RunningJob;
import org.rollcall.ui.common.ScreenState;
import org.rollcall.ui.common.Toast;

/// What Choose and Map show of the tenant, read once for each connection. Lives on the FX thread.
public final class TenantFacts {
    private final ImportSession session;
    private final ObjectProperty<@Nullable TenantPicture> picture = new SimpleObjectProperty<>();
    private final ObjectProperty<ScreenState> state = new SimpleObjectProperty<>(ScreenState.ready());
    private long revision = -1;

    public TenantFacts(ImportSession session) {
        this.session = session;
    }

    public ObjectProperty<@Nullable TenantPicture> pictureProperty() {
        return picture;
    }

    public ObjectProperty<ScreenState> stateProperty() {
        return state;
    }

    /// Reads the tenant, unless it is known already.
    public void load() {
        long now = session.draft().connectionRevisionProperty().get();
        if (revision == now || session.draft().tenantNameProperty().get().isEmpty()) {
            return;
        }
        revision = now;
        picture.set(null);
        state.set(new ScreenState.Loading(Messages.get("importing.choose.reading")));
        ask(reader -> context -> TenantPictures.read(session.services().limits(), reader,
                new JobControl(context, true), context), read -> {
                    if (revision == now) {
                        picture.set(read);
                        state.set(new ScreenState.Ready());
                    }
                }, trouble -> {
                    revision = -1;
                    state.set(new ScreenState.Failed(Messages.get("importing.choose.failed"), trouble, this::load));
                });
    }

    /// Reads a branch of a very big tenant.
    public void open(UUID group, Runnable done) {
        TenantPicture now = picture.get();
        if (now != null) {
            ask(reader -> context -> {
                TenantPictures.readMembers(now, List.of(group), reader, new JobControl(context, true));
                return true;
            }, _ -> done.run(), trouble -> session.window().toasts().show(Toast.failed(trouble.words().shown(),
                    Messages.get("common.retry"), () -> open(group, done))));
        }
    }

    public List<Ref> searchPeople(String text, JobContext context) {
        try (DirectoryReader reader = open()) {
            return reader.searchUsers(text, 50, new JobControl(context, true)).stream()
                    .map(each -> new Ref(each.id(), name(each.attributes().text(UserField.DISPLAY_NAME),
                            each.attributes().textOrEmpty(UserField.USER_PRINCIPAL_NAME))))
                    .toList();
        }
    }

    public List<Ref> searchGroups(String text, JobContext context) {
        try (DirectoryReader reader = open()) {
            return reader.searchGroups(text, 50, new JobControl(context, true)).stream()
                    .map(each -> new Ref(each.id(), each.attributes().textOrEmpty(GroupField.DISPLAY_NAME))).toList();
        }
    }

    private static String name(@Nullable String shown, String otherwise) {
        return shown == null || shown.isBlank() ? otherwise : shown;
    }

    private DirectoryReader open() {
        var tenants = session.services().tenants();
        return tenants.open(tenants.byName(session.draft().tenantNameProperty().get()));
    }

    /// Asks the tenant on a job's thread.
    public <T> RunningJob ask(Function<DirectoryReader, Job<T>> work, Consumer<T> done,
            Consumer<RollcallException> failed) {
        return session.window().tasks().<T>quietly(context -> {
            try (DirectoryReader reader = open()) {
                return work.apply(reader).run(context);
            }
        }, done, failed);
    }
}
