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

/// The input of the plan of a stopped run, stored with it until its change set is applied or discarded.
///
/// @param draft   its new configuration of the import; null: the stored one
/// @param mirror  id
/// @param changes of the mirror, see [org.rollcall.store.MirrorStore#changes]
/// @param byHand  see [Kept], for whoever started the run
/// @param roles   see [Kept], for whoever started the run
record StoppedBasis(@Nullable Draft draft, long mirror, long changes, boolean byHand, Set<String> roles) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    /// @return null: its plan was not completed
    static @Nullable StoppedBasis of(ImportRun run, ImportTarget target) {
        SettledPlans.Candidate plan = run.settled();
        return plan == null
                ? null
                : new StoppedBasis(target.draft(), plan.mirrorId(), plan.changes(), target.kept().byHand(),
                        target.kept().roles());
    }

    /// Whether the change set leaves everybody whom this keeps.
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
