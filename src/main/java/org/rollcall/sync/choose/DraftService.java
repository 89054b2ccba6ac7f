package org.rollcall.sync.choose;

import java.util.Optional;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.store.SettingStore;

/// Stores drafts of imports that are being set up, so that they can be continued after a restart. Their format is decided by
/// the caller; they never contain secrets.
public final class DraftService {
    private static final String NEWEST = "import.draft";

    private final SettingStore settings;

    public DraftService(SettingStore settings) {
        this.settings = settings;
    }

    /// A draft with its id.
    public record SavedDraft(String id, String answers) {}

    /// The draft that was saved last and not completed.
    public Optional<SavedDraft> newest(Actor actor) {
        actor.require(Permission.IMPORT);
        return settings.get(NEWEST)
                .flatMap(id -> settings.get(key(id)).map(answers -> new SavedDraft(id, answers)));
    }

    public void save(Actor actor, SavedDraft draft) {
        actor.require(Permission.IMPORT);
        settings.put(key(draft.id()), draft.answers());
        settings.put(NEWEST, draft.id());
    }

    /// Deletes it after completion or cancellation.
    public void remove(Actor actor, String id) {
        actor.require(Permission.IMPORT);
        settings.remove(key(id));
        settings.get(NEWEST).filter(id::equals).ifPresent(_ -> settings.remove(NEWEST));
    }

    private static String key(String id) {
        return NEWEST + "." + id;
    }
}
