package org.rollcall.sync;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Change.PersonChange;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Run;
import org.rollcall.store.PlanBaseStore;
import org.rollcall.store.SettledPlanStore;
import org.rollcall.store.SettledPlanStore.Outcome;
import org.rollcall.store.SettledPlanStore.SettledPlan;
import org.rollcall.store.Stores;
import org.rollcall.store.Touched;
import org.rollcall.sync.plan.DirtySources;
import org.rollcall.sync.plan.PlanInput;
import org.rollcall.sync.plan.PlanRule;
import org.rollcall.sync.plan.PlanSources;
import org.rollcall.sync.plan.RunLimits;

/// Reuses the result of the last plan. A plan is a pure function, so equal input has an equal result. Mirror and directory are
/// compared by version counters, which every change increments in its own transaction; the remaining input is compared by
/// value. If anything differs, the import is planned again, incrementally where possible: [#dirty] selects the people who were
/// changed since or had changes in the last plan. All others keep their result as long as the basis, which decides about
/// everybody, is the same.
final class SettledPlans {
    /// The maximum number of people with changes in a plan from which the next one can be made incrementally.
    static final int MOST_UNSETTLED = 20_000;
    /// Writes maps in a canonical order.
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    private final Stores stores;
    private final SettledPlanStore plans;
    private final PlanBaseStore bases;

    SettledPlans(Stores stores) {
        this.stores = stores;
        this.plans = new SettledPlanStore(stores.database());
        this.bases = new PlanBaseStore(stores.database());
    }

    /// The part of the input of a plan that concerns everybody.
    ///
    /// @param program  the version of the program, since another one may plan differently
    /// @param names    names and ids of tenants, roles and the tenant's imports, which changes and reasons refer to
    private record Basis(@Nullable String program, long tenant, long mirror, long profile, ProfileConfig config,
            List<PlanRule> rules, String defaultRole, List<Long> sameMapping, boolean keepsByHand,
            List<String> keepsRoles, List<List<Object>> names) {}

    /// The input of such a plan.
    ///
    /// @param changes  of the mirror, see [org.rollcall.store.MirrorStore#changes]
    /// @param revision of the directory
    private record Everything(String basis, long changes, long revision, RunLimits limits,
            PlanInput.Administrators administrators) {}

    /// Fingerprints of the input of a plan.
    ///
    /// @param basis of the part that concerns everybody: while it is the same, a plan can only differ for people who were
    ///              changed in the mirror or in the directory
    /// @param whole of everything
    record Fingerprint(String basis, String whole) {}

    /// The fingerprints of a plan made now.
    ///
    /// @param input everything except the sources
    /// @param revision of the directory, read before anything else
    Fingerprint fingerprint(ImportTarget target, long mirrorId, PlanInput input, long revision) {
        String basis = basis(target, mirrorId);
        return new Fingerprint(basis, digest(new Everything(basis, stores.mirrors().changes(mirrorId), revision,
                input.limits(), input.administrators())));
    }

    private String basis(ImportTarget target, long mirrorId) {
        long tenantId = target.tenant().id();
        List<List<Object>> names = new ArrayList<>();
        stores.tenants().all().forEach(each -> names.add(List.of("tenant", each.id(), each.name())));
        stores.profiles().ofTenant(tenantId).forEach(each -> names.add(List.of("import", each.id(), each.name())));
        stores.roles().list().forEach(each -> names.add(List.of("role", each.id(), each.name())));
        return digest(new Basis(SettledPlans.class.getPackage().getImplementationVersion(), tenantId, mirrorId,
                target.profileId(), target.config(), target.rules(), target.defaultRole(),
                sorted(target.sameMapping()), target.kept().byHand(), sorted(target.kept().roles()), names));
    }

    /// The sources of an incremental plan.
    ///
    /// @return empty: a full plan is needed
    Optional<PlanSources> dirty(ImportTarget target, PlanInput input, StoredSources sources, Fingerprint fingerprint) {
        if (target.profile().isEmpty() || !input.complete()) {
            return Optional.empty();
        }
        return bases.of(target.profileId()).filter(each -> each.basis().equals(fingerprint.basis())).flatMap(base -> {
            Touched touched = bases.since(base);
            var people = new HashSet<>(base.unsettled());
            people.addAll(touched.people());
            return DirtySources.of(input, sources, people, touched.above(), touched.below());
        });
    }

    /// Copies the changes and the outcome of the last plan into the run if their input is the same.
    ///
    /// @return empty: a new plan is needed
    Optional<Outcome> repeat(ImportRun run, ImportTarget target, Fingerprint fingerprint) {
        if (target.profile().isEmpty()) {
            return Optional.empty();
        }
        SettledPlan plan = plans.of(target.profileId()).filter(each -> each.fingerprint().equals(fingerprint.whole()))
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

    /// A plan that was just made or repeated and may become the base of the next one.
    ///
    /// @param changes   of the mirror, before planning
    /// @param unsettled people with changes, skips or conflicts; null: it was repeated
    /// @param again     computes the current fingerprint
    record Candidate(Fingerprint fingerprint, long mirrorId, long changes, @Nullable Unsettled unsettled,
            Run planned, Supplier<Fingerprint> again) {
        /// @return null: there is something to change
        @Nullable
        Outcome outcome() {
            boolean changesSomething = planned.counts().entrySet().stream()
                    .anyMatch(each -> each.getKey().changesDirectory() && each.getValue() > 0);
            return changesSomething || !planned.complete() || planned.guardStopped() || planned.admins() == null
                    ? null
                    : new Outcome(planned.counts(), planned.guards(), Objects.requireNonNull(planned.admins()));
        }
    }

    /// Stores the run's plan for the next one if its input is still the same. Called in the transaction that ends the run.
    void keep(ImportRun run, @Nullable Long profileId) {
        Candidate candidate = run.settled();
        Outcome outcome = candidate == null ? null : candidate.outcome();
        if (profileId != null && candidate != null && outcome != null
                && candidate.again().get().whole().equals(candidate.fingerprint().whole())) {
            plans.put(profileId, new SettledPlan(run.id(), candidate.fingerprint().whole(), outcome));
        } else {
            plans.forget(run.id());
        }
    }

    /// People with changes, skips or conflicts in a plan.
    static final class Unsettled {
        private final Set<UUID> all = new HashSet<>();
        private final Set<UUID> toldOnly = new HashSet<>();

        void add(PersonChange change) {
            add(all, change);
            if (!change.kind().changesDirectory()) {
                add(toldOnly, change);
            }
        }

        private static void add(Set<UUID> people, PersonChange change) {
            if (people.size() <= MOST_UNSETTLED) {
                people.add(change.objectId());
            }
        }
    }

    /// Stores the input of a preview's plan. Called in the transaction that ends the preview, if the directory is unchanged
    /// since planning began.
    void keepBase(ImportRun run, ImportTarget target) {
        Candidate candidate = run.settled();
        if (candidate != null && target.profile().isPresent() && isBase(candidate)) {
            Set<UUID> people = Objects.requireNonNull(candidate.unsettled()).all;
            if (people.size() > MOST_UNSETTLED) {
                bases.forget(target.profileId());
            } else {
                bases.put(target.profileId(), target.tenant().id(), candidate.mirrorId(),
                        candidate.fingerprint().basis(), people);
            }
        }
    }

    /// The same for a plan that was applied, in the transaction that applies it: only its skips and conflicts remain.
    ///
    /// @param stored the import as it is now
    void keepAppliedBase(ImportRun run, ImportTarget stored) {
        Candidate candidate = run.settled();
        if (candidate != null && isBase(candidate)) {
            Set<UUID> people = Objects.requireNonNull(candidate.unsettled()).toldOnly;
            if (people.size() > MOST_UNSETTLED) {
                bases.forget(stored.profileId());
            } else {
                bases.putApplied(stored.profileId(), stored.tenant().id(), candidate.mirrorId(),
                        basis(stored, candidate.mirrorId()), people);
            }
        }
    }

    private boolean isBase(Candidate candidate) {
        return candidate.planned().complete() && candidate.unsettled() != null
                && candidate.changes() == stores.mirrors().changes(candidate.mirrorId());
    }

    private static <T extends Comparable<T>> List<T> sorted(Set<T> values) {
        return values.stream().sorted().toList();
    }

    private static String digest(Record facts) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest(MAPPER.writeValueAsString(facts).getBytes(StandardCharsets.UTF_8)));
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("plain records, and every Java has SHA-256", e);
        }
    }
}
