package org.rollcall.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.sync.plan.PeopleLimit;
import org.rollcall.sync.plan.RunLimits;
import org.rollcall.text.Words;

/// The input of a preview, stored with it until it is applied.
record PreviewBasis(@Nullable Draft draft, @Nullable PeopleLimit maxRemovals,
        @Nullable Integer maxAdministrators, @Nullable PeopleLimit maxLostRoles) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    static PreviewBasis of(ImportRequest request) {
        return new PreviewBasis(request.draft(), request.maxRemovals(), request.maxAdministrators(),
                request.maxLostRoles());
    }

    RunLimits limits() {
        return new RunLimits(maxRemovals, maxAdministrators, maxLostRoles);
    }

    String toJson() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a draft is plain records", e);
        }
    }

    static PreviewBasis fromJson(String json) {
        try {
            return MAPPER.readValue(json, PreviewBasis.class);
        } catch (JsonProcessingException e) {
            throw new RollcallException(ErrorKind.CONFLICT, "preview.unreadable",
                    Words.of("sync.preview.unreadable"), Words.of("sync.preview.unreadable.remedy"));
        }
    }
}
