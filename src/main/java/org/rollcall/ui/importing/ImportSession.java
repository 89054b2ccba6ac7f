package org.rollcall.ui.importing;

import org.rollcall.domain.Actor;
import org.rollcall.ui.common.WindowContext;

/// What every step of one wizard is made of: the window, the services, who is signed in, the draft, and the
/// way to files.
record ImportSession(WindowContext window, ImportServices services, Actor actor, ImportDraft draft,
        FilePicker files) {}
