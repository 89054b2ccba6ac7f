package org.rollcall.ui.importing.connect;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;

import org.jspecify.annotations.Nullable;

import org.rollcall.connect.NewTenant;
import org.rollcall.domain.RollcallException;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.RunningJob;
import org.rollcall.ui.common.wizard.WizardFoot;
import org.rollcall.ui.importing.draft.ImportSession;

/// One of the ways to connect a tenant, as a page of the Connect step.
abstract class ConnectWay {
    protected final ImportSession session;
    protected final ReadOnlyStringWrapper blocked = new ReadOnlyStringWrapper("");
    protected final ReadOnlyObjectWrapper<WizardFoot> foot = new ReadOnlyObjectWrapper<>(WizardFoot.usual());
    protected final ReadOnlyObjectWrapper<@Nullable RollcallException> trouble = new ReadOnlyObjectWrapper<>();
    private @Nullable RunningJob asking;
    private @Nullable Runnable retry;

    ConnectWay(ImportSession session) {
        this.session = session;
    }

    abstract Node node();

    abstract String sentence();

    /// Next was pressed.
    abstract void next(Runnable goOn);

    /// Brings what is said in the foot up to date.
    abstract void update();

    ReadOnlyStringProperty blockedProperty() {
        return blocked.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<WizardFoot> footProperty() {
        return foot.getReadOnlyProperty();
    }

    /// What went wrong last; null for nothing.
    ReadOnlyObjectWrapper<@Nullable RollcallException> troubleProperty() {
        return trouble;
    }

    /// Says what went wrong.
    ///
    /// @param again does once more what failed; null where that is no use
    protected void fail(RollcallException e, @Nullable Runnable again) {
        retry = again;
        trouble.set(e);
    }

    /// Does once more what failed last; null where that is no use.
    @Nullable
    Runnable retry() {
        return retry;
    }

    boolean isAsking() {
        return asking != null;
    }

    /// Asks Entra with that credential, stores the tenant, and goes on.
    protected void connect(NewTenant wanted, Runnable goOn) {
        trouble.set(null);
        foot.set(WizardFoot.running(Messages.get("importing.connect.stop"), ""));
        blocked.set(Messages.get("importing.connect.asking"));
        var ended = new boolean[1];
        var job = session.window().tasks().quietly(
                context -> {
                    var connected = session.services().tenants().connect(session.actor(), wanted, context);
                    session.services().draftCredentials().forget(session.actor(), session.draft().id());
                    return connected;
                }, connected -> {
                    ended[0] = true;
                    asking = null;
                    session.draft().connected(connected.tenant(), connected.report().credentialKind(),
                            connected.report());
                    update();
                    goOn.run();
                }, e -> {
                    ended[0] = true;
                    asking = null;
                    update();
                    fail(e, () -> next(goOn));
                });
        // Where jobs run on the calling thread it is over by now.
        asking = ended[0] ? null : job;
    }

    /// The foot's cancel button was pressed while something runs.
    void cancelled() {
        var job = asking;
        if (job != null) {
            job.cancel();
            asking = null;
            update();
        }
    }

    /// Another way or step came to the front.
    void left() {
        cancelled();
    }
}
