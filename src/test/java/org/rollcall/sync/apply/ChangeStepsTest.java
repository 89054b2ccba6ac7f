package org.rollcall.sync.apply;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.Change;
import org.rollcall.domain.Change.PersonChange;
import org.rollcall.domain.Change.Reason;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.IdOrder;
import org.rollcall.domain.ReasonCode;
import org.rollcall.domain.RunKind;
import org.rollcall.domain.SearchKeys;
import org.rollcall.domain.Trigger;
import org.rollcall.store.ChangeStore;
import org.rollcall.store.RunStore;
import org.rollcall.store.TestDirectory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ChangeStepsTest {
    private static final int PEOPLE = 12_345;

    @TempDir
    Path folder;

    private static PersonChange change(ChangeKind kind, UUID id, String name) {
        return new PersonChange(kind, id, name, Map.of(), Map.of(), Reason.of(ReasonCode.NEW_IN_ENTRA));
    }

    @Test
    void peopleToInsertComeByNameInLargeChunksAndEachOnce() {
        var random = new Random(7);
        var names = new ArrayList<String>();
        for (int i = 0; i < PEOPLE; i++) {
            names.add((char) ('A' + random.nextInt(26)) + "ngström " + random.nextInt(1000));
        }
        List<UUID> ids = names.stream().map(_ -> new UUID(random.nextLong(), random.nextLong()))
                .sorted(IdOrder.ASCENDING).toList();
        var all = new ArrayList<Change>();
        for (int i = 0; i < PEOPLE; i++) {
            all.add(change(ChangeKind.CREATE, ids.get(i), names.get(i)));
        }
        all.add(change(ChangeKind.SKIP, UUID.randomUUID(), "Somebody who is skipped"));
        try (var directory = new TestDirectory(folder)) {
            long run = new RunStore(directory.database).start(directory.tenant("Contoso"), null, "default",
                    RunKind.IMPORT, Trigger.MANUAL, "maren", Instant.EPOCH, null).id();
            var changes = new ChangeStore(directory.database);
            changes.append(run, 0, all);
            var parts = new ArrayList<List<PersonChange>>();
            var told = new ArrayList<Long>();
            new ChangeSteps(changes, run, (_, inStage, _) -> told.add(inStage)).peopleByName(ApplyStage.PEOPLE,
                    part -> parts.add(List.copyOf(part)), ChangeKind.CREATE);

            List<PersonChange> people = parts.stream().flatMap(List::stream).toList();
            assertEquals(PEOPLE, people.size());
            assertEquals(new HashSet<>(ids), new HashSet<>(people.stream().map(PersonChange::objectId).toList()));
            List<String> keys = people.stream().map(person -> SearchKeys.sort(person.name())).toList();
            long backwards = 0;
            for (int i = 1; i < keys.size(); i++) {
                backwards += keys.get(i - 1).compareTo(keys.get(i)) > 0 ? 1 : 0;
            }
            assertEquals(1, backwards, "two chunks, each in order");
            assertTrue(parts.stream().allMatch(part -> part.size() <= 2_000), "written in small batches");
            assertEquals((long) PEOPLE, told.getLast());
            assertEquals(parts.size(), told.size(), "progress after each of them");
        }
    }
}
