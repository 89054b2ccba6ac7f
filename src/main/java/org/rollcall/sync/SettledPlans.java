package org.rollcall.sync;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Run;
import org.rollcall.store.SettledPlanStore;
import org.rollcall.store.SettledPlanStore.Outcome;
import org.rollcall.store.SettledPlanStore.SettledPlan;
import org.rollcall.sync.plan.MaxRemovals;
import org.rollcall.sync.plan.PlanInput;
import org.rollcall.sync.plan.PlanRule;

/// Saves a run from planning again what its last plan came to: nothing to change. A plan is a pure function, so the same
/// input has the same outcome. What it reads of mirror and directory is known by two counters, which every change of them
/// raises in its own transaction; the few other things are taken as they are. Whatever differs, be it only the letters in
/// which somebody wrote a group's name, means to plan.
final class SettledPlans {
    /// Maps in one order, whatever order this process gives them.
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    private final ImportStores stores;
    private final SettledPlanStore plans;

    SettledPlans(ImportStores stores) {
        this.stores = stores;
        this.plans = new SettledPlanStore(stores.database());
    }

    /// Everything that a plan of a complete read is made from.
    ///
    /// @param program  the version that plans: another one may plan otherwise
    /// @param mirror   its id and [org.rollcall.store.MirrorStore#changes]
    /// @param revision of the directory
    /// @param names    of tenants and of the tenant's imports, with their ids, as reasons speak of them
    private record Basis(@Nullable String program, long tenant, List<Long> mirror, long revision, long profile,
            ProfileConfig config, List<PlanRule> rules, String defaultRole, List<Long> sameMapping,
            boolean keepsByHand, List<String> keepsRoles, @Nullable MaxRemovals maxRemovals,
            @Nullable Integer maxAdministrators, PlanInput.Administrators administrators, List<List<Object>> names) {}

    /// What a plan that is made now would be made from.
    ///
    /// @param input all of it but the sources
    /// @param revision of the directory, looked at before anything else
    String fingerprint(ImportTarget target, long mirrorId, PlanInput input, long revision) {
        long tenantId = target.tenant().id();
        List<List<Object>> names = new ArrayList<>();
        stores.tenants().list().forEach(each -> names.add(List.of("tenant", each.id(), each.name())));
        stores.profiles().ofTenant(tenantId).forEach(each -> names.add(List.of("import", each.id(), each.name())));
        return digest(new Basis(SettledPlans.class.getPackage().getImplementationVersion(), tenantId,
                List.of(mirrorId, stores.mirrors().changes(mirrorId)), revision, input.profileId(), input.config(),
                input.rules(), input.defaultRole(), sorted(input.sameMapping()), input.kept().byHand(),
                sorted(input.kept().roles()), input.maxRemovals(), input.maxAdministrators(), input.administrators(),
                names));
    }

    /// Gives the run the changes and the outcome of the last plan if that was made from the very same.
    ///
    /// @return empty: it has to be planned
    Optional<Outcome> repeat(RunDraft run, ImportTarget target, String fingerprint) {
        if (target.profile().isEmpty()) {
            return Optional.empty();
        }
        SettledPlan plan = plans.of(target.profileId()).filter(each -> each.fingerprint().equals(fingerprint))
                .orElse(null);
        if (plan == null || plan.runId() == run.id()) {
            return Optional.empty();
        }
        long copied = stores.changes().copy(plan.runId(), run.id());
        if (copied != plan.outcome().size()) {
            stores.changes().delete(run.id());
            return Optional.empty();
        }
        return Optional.of(plan.outcome());
    }

    /// A plan as it was just made or repeated, while nobody knows yet whether it can be relied on.
    ///
    /// @param again tells the fingerprint as it is when asked
    record Candidate(String fingerprint, Outcome outcome, Supplier<String> again) {
        /// @return null: there is something to change
        static @Nullable Candidate of(String fingerprint, Run planned, Supplier<String> again) {
            boolean changes = planned.counts().entrySet().stream()
                    .anyMatch(each -> each.getKey().changesDirectory() && each.getValue() > 0);
            return changes || !planned.complete() || planned.guardStopped() || planned.admins() == null
                    ? null
                    : new Candidate(fingerprint, new Outcome(planned.counts(), planned.guards(),
                            Objects.requireNonNull(planned.admins())), again);
        }
    }

    /// Keeps the run's plan for the next one if nothing that it was made from has changed since. To be called in the
    /// transaction that ends the run.
    void keep(RunDraft run, @Nullable Long profileId) {
        Candidate candidate = run.settled();
        if (profileId != null && candidate != null && candidate.again().get().equals(candidate.fingerprint())) {
            plans.put(profileId, new SettledPlan(run.id(), candidate.fingerprint(), candidate.outcome()));
        } else {
            plans.forget(run.id());
        }
    }

    private static <T extends Comparable<T>> List<T> sorted(Set<T> values) {
        return values.stream().sorted().toList();
    }

    private static String digest(Basis basis) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest(MAPPER.writeValueAsString(basis).getBytes(StandardCharsets.UTF_8)));
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("plain records, and every Java has SHA-256", e);
        }
    }
}
