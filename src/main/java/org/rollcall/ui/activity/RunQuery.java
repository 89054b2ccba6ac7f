package org.rollcall.ui.activity;

import java.time.Clock;
import java.util.ArrayList;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RunFilter;
import org.rollcall.domain.RunState;
import org.rollcall.domain.Trigger;
import org.rollcall.ui.common.Look;
import org.rollcall.ui.common.Messages;

/// The filters of runs.
record RunQuery(String text, @Nullable Since since, @Nullable RunState state,
        ActivityServices.@Nullable ImportName schedule, @Nullable Trigger trigger) {
    static RunQuery everything() {
        return new RunQuery("", null, null, null, null);
    }

    RunQuery withText(String now) {
        return new RunQuery(now, since, state, schedule, trigger);
    }

    RunQuery withSince(@Nullable Since now) {
        return new RunQuery(text, now, state, schedule, trigger);
    }

    RunQuery withState(@Nullable RunState now) {
        return new RunQuery(text, since, now, schedule, trigger);
    }

    RunQuery withSchedule(ActivityServices.@Nullable ImportName now) {
        return new RunQuery(text, since, state, now, trigger);
    }

    RunQuery withTrigger(@Nullable Trigger now) {
        return new RunQuery(text, since, state, schedule, now);
    }

    boolean isEverything() {
        return equals(everything());
    }

    RunFilter filter(Clock clock) {
        return new RunFilter(null, schedule == null ? null : schedule.profileId(), state, trigger,
                since == null ? null : since.from(clock), text.isBlank() ? null : text);
    }

    String words() {
        var words = new ArrayList<String>();
        if (!text.isBlank()) {
            words.add(Messages.get("activity.words.text", text.strip()));
        }
        if (since != null) {
            words.add(since.words());
        }
        if (state != null) {
            words.add(Look.of(state).word());
        }
        if (schedule != null) {
            words.add(schedule.name());
        }
        if (trigger != null) {
            words.add(RunWords.trigger(trigger));
        }
        return String.join(", ", words);
    }
}
