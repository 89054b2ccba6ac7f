package org.rollcall.sync.apply;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.rollcall.domain.Change;
import org.rollcall.domain.Change.GroupChange;
import org.rollcall.domain.Change.PersonChange;
import org.rollcall.domain.ChangeFilter;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.GroupMembers;
import org.rollcall.domain.RunChange;
import org.rollcall.domain.SearchKeys;
import org.rollcall.store.ChangeStore;

/// Walks the stored changes of some kinds, chunk by chunk.
final class ChangeSteps {
    private static final int CHUNK = 2_000;
    /// People in memory at once, some 3 KiB each.
    private static final int NAMES = 10_000;
    private static final int MEMBERS = 20_000;

    private final ChangeStore changes;
    private final long runId;
    private final Applier.Progress progress;
    private final Map<ChangeKind, Long> counts;
    private final Map<ApplyStage, Long> done = new EnumMap<>(ApplyStage.class);

    ChangeSteps(ChangeStore changes, long runId, Applier.Progress progress) {
        this.changes = changes;
        this.runId = runId;
        this.progress = progress;
        this.counts = changes.counts(runId);
    }

    Set<ChangeKind> kinds() {
        return counts.keySet();
    }

    boolean changes() {
        return counts.keySet().stream().anyMatch(ChangeKind::changesDirectory);
    }

    /// What has to be done besides and is not counted.
    void besides(ApplyStage stage, Consumer<List<PersonChange>> work, ChangeKind... kinds) {
        walk(stage, 0, PersonChange.class, work, kinds);
    }

    void people(ApplyStage stage, Consumer<List<PersonChange>> work, ChangeKind... kinds) {
        walk(stage, 1, PersonChange.class, work, kinds);
    }

    /// As [#people], in chunks ordered by name, for inserting many. Changes are stored by object id, in which order each
    /// person is written to a random place in the indexes by name, and each page of these many times over. Within a chunk
    /// neighbors in these indexes come together, and the index by object id is still written within a narrow range.
    void peopleByName(ApplyStage stage, Consumer<List<PersonChange>> work, ChangeKind... kinds) {
        walk(NAMES, PersonChange.class, people -> {
            people.sort(Comparator.comparing(person -> SearchKeys.sort(person.name())));
            for (int from = 0; from < people.size(); from += CHUNK) {
                List<PersonChange> part = people.subList(from, Math.min(people.size(), from + CHUNK));
                work.accept(part);
                made(stage, part.size());
            }
        }, kinds);
    }

    void groups(ApplyStage stage, Consumer<List<GroupChange>> work, ChangeKind... kinds) {
        walk(stage, 1, GroupChange.class, work, kinds);
    }

    /// As [#besides].
    void groupsBesides(ApplyStage stage, Consumer<List<GroupChange>> work, ChangeKind... kinds) {
        walk(stage, 0, GroupChange.class, work, kinds);
    }

    void members(Consumer<List<GroupMembers>> work, ChangeKind kind) {
        if (!counts.containsKey(kind)) {
            return;
        }
        Iterator<GroupMembers> all = changes.memberships(runId, kind);
        var chunk = new ArrayList<GroupMembers>();
        int members = 0;
        while (all.hasNext()) {
            GroupMembers next = all.next();
            chunk.add(next);
            members += next.numbers().values().stream().mapToInt(numbers -> numbers.length).sum();
            if (members >= MEMBERS || !all.hasNext()) {
                work.accept(chunk);
                made(ApplyStage.MEMBERSHIPS, members);
                chunk.clear();
                members = 0;
            }
        }
    }

    private void made(ApplyStage stage, long more) {
        done.merge(stage, more, Long::sum);
        progress.made(stage, done.getOrDefault(stage, 0L),
                done.values().stream().mapToLong(Long::longValue).sum());
    }

    private <C> void walk(ApplyStage stage, int counted, Class<C> type, Consumer<List<C>> work,
            ChangeKind... kinds) {
        walk(CHUNK, type, chunk -> {
            work.accept(chunk);
            made(stage, (long) counted * chunk.size());
        }, kinds);
    }

    private <C> void walk(int size, Class<C> type, Consumer<List<C>> work, ChangeKind... kinds) {
        // Looking for kinds that are not there would go through the whole change set.
        if (Arrays.stream(kinds).noneMatch(counts::containsKey)) {
            return;
        }
        Iterator<RunChange> all = changes.all(runId, new ChangeFilter(Set.of(kinds), ""));
        var chunk = new ArrayList<C>();
        while (all.hasNext()) {
            // Skips are of people and of groups.
            Change next = all.next().change();
            if (type.isInstance(next)) {
                chunk.add(type.cast(next));
            }
            if (chunk.size() == size || !all.hasNext()) {
                work.accept(chunk);
                chunk.clear();
            }
        }
    }
}
