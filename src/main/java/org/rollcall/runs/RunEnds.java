package org.rollcall.runs;

import java.time.Clock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rollcall.domain.Run;
import org.rollcall.domain.RunState;
import org.rollcall.store.Stores;

/// Ends runs that were not applied.
public record RunEnds(Stores stores, Clock clock) {
    private static final Logger LOG = LoggerFactory.getLogger(RunEnds.class);

    /// The change set is kept if a guard stopped the run, since somebody will want to look at it.
    public void end(RunDraft run, RunState state, Run.@Nullable Failure error) {
        run.ended(state, run.run().profileId(), clock.instant(), error);
        try {
            stores.runs().update(run.run());
            if (state != RunState.STOPPED) {
                stores.changes().delete(run.id());
            }
        } catch (RuntimeException e) {
            // The disk may be full; the next start then marks the run as interrupted.
            LOG.warn("The end of run {} could not be noted", run.id(), e);
        }
    }

    /// Deletes it as if it had never started.
    public void discard(RunDraft run) {
        try {
            stores.runs().delete(run.id());
        } catch (RuntimeException e) {
            LOG.warn("The failed run {} could not be removed", run.id(), e);
        }
    }
}
