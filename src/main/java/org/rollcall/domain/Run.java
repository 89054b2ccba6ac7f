package org.rollcall.domain;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.rollcall.text.Words;

/// One run: an import, a preview or an undo, without its changes.
///
/// @param profileId   null while the import is not stored yet, and after it was deleted
/// @param counts      changes by kind; every kind is there
/// @param admins      null until the run has been planned
/// @param requests    to the directory, retries included
/// @param baseRevision the revision of the directory that the plan was based on
public record Run(long id, @Nullable Long tenantId, String tenantName, @Nullable Long profileId, String profileName,
        RunKind kind, Trigger trigger, String startedBy, RunState state, Instant startedAt, @Nullable Instant endedAt,
        boolean complete, List<StreamEvidence> evidence, Map<ChangeKind, Long> counts, List<Guard> guards,
        @Nullable Admins admins, long requests, @Nullable Long baseRevision, @Nullable Failure error,
        @Nullable Long undoOf) {
    public Run {
        evidence = List.copyOf(evidence);
        guards = List.copyOf(guards);
        var all = new EnumMap<ChangeKind, Long>(ChangeKind.class);
        for (ChangeKind each : ChangeKind.values()) {
            all.put(each, counts.getOrDefault(each, 0L));
        }
        counts = Collections.unmodifiableMap(all);
    }

    public long count(ChangeKind changeKind) {
        return counts.getOrDefault(changeKind, 0L);
    }

    /// Whether a doubtful answer was resolved by keeping known data, which needs attention.
    public boolean needsAttention() {
        return evidence.stream().flatMap(stream -> stream.notes().stream()).anyMatch(ReadNote::attention);
    }

    /// The result of one guard; empty: it was not evaluated, as in runs of earlier versions.
    public Optional<Guard> guard(String name) {
        return guards.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /// Whether a guard stops the change set.
    public boolean guardStopped() {
        return guards.stream().anyMatch(Guard::stopped);
    }

    /// Enabled administrators, local ones included.
    public record Admins(int before, int after) {}

    /// Why a run ended without its changes.
    ///
    /// @param remedy        what to do, in the window
    /// @param commandRemedy what to do at the command line; runs of older versions have the same text for both
    public record Failure(ErrorKind kind, String code, String message, String remedy, String commandRemedy,
            Map<String, String> details) {
        public Failure {
            commandRemedy = Objects.requireNonNullElse(commandRemedy, remedy);
            details = Map.copyOf(details);
        }

        public Failure(ErrorKind kind, String code, String message, String remedy, Map<String, String> details) {
            this(kind, code, message, remedy, remedy, details);
        }

        public static Failure of(RollcallException e) {
            return new Failure(e.kind(), e.code(), e.message(), e.remedy(), e.commandRemedy(), e.details());
        }

        public RollcallException toException() {
            return new RollcallException(kind, code, Words.recalled(message), Words.recalled(remedy), details, null)
                    .onCommandLine(Words.recalled(commandRemedy));
        }
    }
}
