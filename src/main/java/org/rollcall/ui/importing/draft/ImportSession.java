package org.rollcall.ui.importing.draft;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.ui.common.WindowContext;

/// What every step of one wizard is made of: the window, the services, who is signed in, the draft, and the
/// way to files.
public record ImportSession(WindowContext window, ImportServices services, Actor actor, ImportDraft draft,
        FilePicker files) {
    /// The draft is finished: nothing is kept of it. Not for the FX thread.
    public void forgetDraft() {
        services.drafts().remove(actor, draft.id());
        if (actor.may(Permission.MANAGE_TENANTS)) {
            services.draftCredentials().forget(actor, draft.id());
        }
    }
}
