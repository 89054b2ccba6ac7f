package org.rollcall.sync;

import java.util.Objects;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.sync.plan.Kept;
import org.rollcall.text.Words;

/// What a run that a guard stopped was planned from, kept with it until somebody applies or drops its change set.
///
/// @param draft   the configuration that it brings with it; null: the import's own
/// @param mirror  id
/// @param changes of the mirror, see [org.rollcall.store.MirrorStore#changes]
/// @param byHand  as [Kept] says, of whoever ran it
/// @param roles   as [Kept] says, of whoever ran it
record StoppedBasis(@Nullable Draft draft, long mirror, long changes, boolean byHand, Set<String> roles) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    /// @return null: it was not planned to the end
    static @Nullable StoppedBasis of(ImportRun run, ImportTarget target) {
        SettledPlans.Candidate plan = run.settled();
        return plan == null
                ? null
                : new StoppedBasis(target.draft(), plan.mirrorId(), plan.changes(), target.kept().byHand(),
                        target.kept().roles());
    }

    /// Whether the change set spares everybody whom this keeps.
    boolean spares(Kept kept) {
        return (byHand || !kept.byHand()) && roles.containsAll(kept.roles());
    }

    String toJson() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a draft is plain records", e);
        }
    }

    static StoppedBasis fromJson(String json) {
        try {
            return Objects.requireNonNull(MAPPER.readValue(json, StoppedBasis.class));
        } catch (JsonProcessingException e) {
            throw new RollcallException(ErrorKind.CONFLICT, "stopped.unreadable",
                    Words.of("sync.stopped.unreadable"), Words.of("sync.stopped.unreadable.remedy"));
        }
    }
}
