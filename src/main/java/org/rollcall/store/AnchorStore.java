package org.rollcall.store;

import java.util.Base64;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/// Where the end of the audit chain is written outside of the data folder, and how that goes.
public final class AnchorStore {
    private static final String PLACE = "audit.anchor";
    private static final String WRITTEN = "audit.anchor.written";
    private static final String FAILURE = "audit.anchor.failure";

    private final Database database;
    private final SettingStore settings;

    public AnchorStore(Database database) {
        this.database = database;
        this.settings = new SettingStore(database);
    }

    /// The path of a file, or an address; empty: there is none.
    public Optional<String> place() {
        return settings.get(PLACE);
    }

    /// What signs messages to a webhook, sealed; empty: nothing.
    public Optional<byte[]> sealedKey() {
        return settings.get(SealedValues.ANCHOR_KEY).map(Base64.getDecoder()::decode);
    }

    /// The number of the event that was written there last, 0 before the first.
    public long written() {
        return settings.get(WRITTEN).map(Long::parseLong).orElse(0L);
    }

    /// Why it could not be written the last time, with what to do; empty: it could.
    public Optional<String> failure() {
        return settings.get(FAILURE);
    }

    /// @param sealedKey what signs messages, bound to [SealedValues#ANCHOR_KEY]; null: nothing
    public void set(String place, byte @Nullable [] sealedKey, long written) {
        database.transaction(() -> {
            settings.put(PLACE, place);
            settings.put(WRITTEN, Long.toString(written));
            settings.remove(FAILURE);
            if (sealedKey == null) {
                settings.remove(SealedValues.ANCHOR_KEY);
            } else {
                settings.put(SealedValues.ANCHOR_KEY, Base64.getEncoder().encodeToString(sealedKey));
            }
        });
    }

    /// Does nothing where another place was set meanwhile: writing takes its time.
    public void written(String place, long seq) {
        database.transaction(() -> {
            if (isSet(place)) {
                settings.put(WRITTEN, Long.toString(seq));
                settings.remove(FAILURE);
            }
        });
    }

    /// As [#written(String, long)], where another place was set meanwhile.
    public void failed(String place, String why) {
        database.transaction(() -> {
            if (isSet(place)) {
                settings.put(FAILURE, why);
            }
        });
    }

    private boolean isSet(String place) {
        return place().filter(place::equals).isPresent();
    }

    public void remove() {
        database.transaction(() -> {
            settings.remove(PLACE);
            settings.remove(WRITTEN);
            settings.remove(FAILURE);
            settings.remove(SealedValues.ANCHOR_KEY);
        });
    }
}
