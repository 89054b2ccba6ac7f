package org.rollcall.ui.importing;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.ui.common.WindowContext;

/// What every step of one wizard is made of: the window, the services, who is signed in, the draft, and the
/// way to files.
record ImportSession(WindowContext window, ImportServices services, Actor actor, ImportDraft draft,
        FilePicker files) {
    /// The draft is finished: nothing is kept of it. Not for the FX thread.
    void forgetDraft() {
        services.drafts().remove(actor, draft.id());
        if (actor.may(Permission.MANAGE_TENANTS)) {
            services.draftCredentials().forget(actor, draft.id());
        }
    }
}
