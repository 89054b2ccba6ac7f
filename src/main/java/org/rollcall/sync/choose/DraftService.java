package org.rollcall.sync.choose;

import java.util.Optional;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.store.SettingStore;

/// Keeps the answers of an import that somebody is still setting up, so that the next start can go on from there. Their
/// form is the business of who asks for them; secrets have no place in them.
public final class DraftService {
    private static final String NEWEST = "import.draft";

    private final SettingStore settings;

    public DraftService(SettingStore settings) {
        this.settings = settings;
    }

    /// A draft with its id.
    public record SavedDraft(String id, String answers) {}

    /// The draft that was saved last and not finished.
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

    /// It is finished, or nobody wants it any more.
    public void remove(Actor actor, String id) {
        actor.require(Permission.IMPORT);
        settings.remove(key(id));
        settings.get(NEWEST).filter(id::equals).ifPresent(_ -> settings.remove(NEWEST));
    }

    private static String key(String id) {
        return NEWEST + "." + id;
    }
}
