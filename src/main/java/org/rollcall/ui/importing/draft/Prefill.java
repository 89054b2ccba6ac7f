package org.rollcall.ui.importing.draft;

import java.util.Objects;

import org.rollcall.domain.Cloud;
import org.rollcall.domain.Tenant;
import org.rollcall.sample.SampleTenant;

/// Answers that are known before the wizard opens.
///
/// @param caPem certificates trusted besides the platform's, PEM; empty for none
public record Prefill(Cloud cloud, String tenant, String clientId, String secret, String authorityUrl, String graphUrl,
        String caPem) {

    /// Everything that leads to the built-in sample tenant.
    public static Prefill of(SampleTenant sample) {
        return new Prefill(Cloud.CUSTOM, sample.tenantId(), sample.clientId(), sample.clientSecret(), sample.origin(),
                sample.origin(), sample.caPem());
    }

    /// A tenant that is connected already, to be connected again: its secret or certificate is the only answer missing.
    public static Prefill again(Tenant tenant) {
        return new Prefill(tenant.cloud(), tenant.directoryId(), tenant.clientId(), "",
                Objects.requireNonNullElse(tenant.authorityUrl(), ""),
                Objects.requireNonNullElse(tenant.graphUrl(), ""), Objects.requireNonNullElse(tenant.caPem(), ""));
    }

    public ImportDraft draft() {
        var draft = new ImportDraft();
        draft.cloudProperty().set(cloud);
        draft.tenantProperty().set(tenant);
        draft.clientIdProperty().set(clientId);
        draft.secretProperty().set(secret);
        draft.authorityUrlProperty().set(authorityUrl);
        draft.graphUrlProperty().set(graphUrl);
        draft.caPemProperty().set(caPem);
        return draft;
    }
}
