package org.rollcall.ui.importing.draft;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Cloud;
import org.rollcall.domain.Profile;
import org.rollcall.domain.ProfileConfig.Policies;
import org.rollcall.domain.Ref;
import org.rollcall.domain.UserField;
import org.rollcall.sync.Draft.RuleDraft;

/// The answers of a draft as they are kept between two starts. Secrets and passwords are not among them.
record DraftAnswers(String step, ImportDraft.Way way, Cloud cloud, String tenant, String clientId,
        ImportDraft.CredentialKind credentialKind, String authorityUrl, String graphUrl, String caPem, String proxyUrl,
        String proxyUser, List<Integer> portalSteps, String tenantName, String organization, String credentialWords,
        String connectedWith, ImportDraft.ScopeMode scopeMode, List<Ref> groups, boolean nested, List<Ref> people,
        boolean guests,
        boolean disabled, boolean mfaRegistered, List<Ref> excludedGroups, List<Ref> excludedPeople,
        UserField username, Map<UserField, UserField> sources, String defaultRole, List<RuleDraft> rules,
        Map<UUID, String> rolesByHand, boolean scheduled, long everyMinutes, String profile, Policies policies) {
    @SuppressWarnings("NullAway") // drafts of earlier versions lack them
    DraftAnswers {
        rolesByHand = rolesByHand == null ? Map.of() : rolesByHand;
        proxyUser = proxyUser == null ? "" : proxyUser;
        profile = profile == null ? Profile.DEFAULT_NAME : profile;
        policies = policies == null ? Policies.standard() : policies;
    }

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    String json() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("answers are plain values", e);
        }
    }

    /// @return null if they were written by another version and make no sense any more
    static @Nullable DraftAnswers read(String json) {
        try {
            return MAPPER.readValue(json, DraftAnswers.class);
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
