package org.rollcall.runs.undo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Change;
import org.rollcall.domain.Change.GroupChange;
import org.rollcall.domain.Change.PersonChange;
import org.rollcall.domain.Change.Reason;
import org.rollcall.domain.ChangeFilter;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.DirectoryField;
import org.rollcall.domain.GroupField;
import org.rollcall.domain.ReasonCode;
import org.rollcall.domain.Role;
import org.rollcall.domain.RunChange;
import org.rollcall.domain.UserField;
import org.rollcall.runs.undo.UndoneMembers.Gone;
import org.rollcall.store.ChangeStore;
import org.rollcall.store.PresentObjects;
import org.rollcall.sync.plan.PersonFields;

/// Compares the changes of a run with the present state and creates the change set that reverts it: people, then groups, then
/// memberships. Writes nothing. Present values come from the directory, so the change set can itself be undone.
public final class UndoPlan {
    static final Map<String, UserField> USER_FIELDS = byGraphName(UserField.values());
    static final Map<String, GroupField> GROUP_FIELDS = byGraphName(GroupField.values());
    private static final int BATCH = 500;
    private static final Set<ChangeKind> OF_PEOPLE = EnumSet.of(ChangeKind.CREATE, ChangeKind.UPDATE,
            ChangeKind.RENAME, ChangeKind.DEACTIVATE, ChangeKind.REACTIVATE, ChangeKind.REMOVE, ChangeKind.ROLE_GRANT,
            ChangeKind.ROLE_CHANGE, ChangeKind.SKIP);
    private static final Set<ChangeKind> OF_GROUPS = EnumSet.of(ChangeKind.GROUP_CREATE, ChangeKind.GROUP_UPDATE,
            ChangeKind.GROUP_REMOVE, ChangeKind.SKIP);
    /// Changes by which somebody gets a user name back.
    private static final Set<ChangeKind> NAMING = EnumSet.of(ChangeKind.RENAME, ChangeKind.REMOVE);

    private final UndoInput input;
    private final ChangeStore changes;
    private final PresentObjects present;
    private final Runnable checkCancelled;
    private final Map<ChangeKind, Long> counts = new EnumMap<>(ChangeKind.class);
    private final Gone gone = new Gone();
    private final Set<String> given = new TreeSet<>();
    private final Set<String> taken = new TreeSet<>();
    private final Map<String, Long> over = new TreeMap<>();
    private int administrators;
    private boolean lifts;

    /// @param checkCancelled called periodically; throws if cancelled
    public UndoPlan(UndoInput input, ChangeStore changes, PresentObjects present, Runnable checkCancelled) {
        this.input = input;
        this.changes = changes;
        this.present = present;
        this.checkCancelled = checkCancelled;
    }

    /// A summary of the plan.
    ///
    /// @param administrators the change in the number of enabled administrators
    /// @param given          roles that people get
    /// @param taken          roles that people lose
    /// @param over           one person of each role whose account changes, by role: their directory ids
    /// @param lifts          a manual decision about an account is reverted
    public record Outcome(Map<ChangeKind, Long> counts, int administrators, Set<String> given, Set<String> taken,
            Map<String, Long> over, boolean lifts) {
        public Outcome {
            counts = Map.copyOf(counts);
            given = Set.copyOf(given);
            taken = Set.copyOf(taken);
            over = Map.copyOf(over);
        }

        /// What was changed since and stays.
        public long leftAlone() {
            return counts.getOrDefault(ChangeKind.CONFLICT, 0L);
        }
    }

    public Outcome run(Consumer<Change> sink) {
        Consumer<Change> counting = change -> {
            counts.merge(change.kind(), 1L, Long::sum);
            sink.accept(change);
        };
        Set<UUID> blocked = blocked();
        people(blocked, (id, undone) -> {
            undone.changes().forEach(change -> {
                powers((PersonChange) change, undone);
                counting.accept(change);
            });
            presence(id, undone.wasThere(), undone.isThere());
            if (undone.isKept()) {
                gone.kept().add(id);
            }
            administrators += (undone.isAdministrator() ? 1 : 0) - (undone.wasAdministrator() ? 1 : 0);
            lifts |= undone.lifts();
        });
        var groups = new HashMap<UUID, Boolean>();
        this.<GroupChange, PresentObjects.Group, UndoneGroup>walk(OF_GROUPS, GroupChange.class, this::groups,
                (rows, group) -> UndoneGroup.of(input, rows, group), (id, undone) -> {
                    undone.changes().forEach(counting);
                    presence(id, undone.wasThere(), undone.isThere());
                    if (undone.wasThere() != undone.isThere()) {
                        groups.put(id, undone.isThere());
                    }
                });
        new UndoneMembers(input, changes, present, new Reason(ReasonCode.TAKEN_BACK, Map.of("run", input.runId())),
                counting, gone, groups).run(checkCancelled);
        return new Outcome(counts, administrators, given, taken, over, lifts);
    }

    private Map<UUID, PresentObjects.Group> groups(List<UUID> ids) {
        return present.groups(input.tenantId(), input.profile(), ids);
    }

    private Set<UUID> blocked() {
        if (input.kinds().stream().noneMatch(NAMING::contains)) {
            return Set.of();
        }
        var names = new TakenNames();
        people(Set.of(), names::add);
        return names.blocked(present, input.tenantId());
    }

    private void presence(UUID id, boolean before, boolean after) {
        if (before && !after) {
            gone.leaving().add(id);
        } else if (after && !before) {
            gone.arriving().add(id);
        }
    }

    private void powers(PersonChange change, UndonePerson undone) {
        PresentObjects.Person now = undone.now();
        switch (change.kind()) {
            case ROLE_GRANT, ROLE_CHANGE, SKIP -> {
                if (change.after().containsKey(PersonFields.ROLE)) {
                    note(change.after().get(PersonFields.ROLE), given);
                    note(change.before().get(PersonFields.ROLE), taken);
                }
            }
            case CREATE -> {
                if (!Role.USER.equals(change.after().get(PersonFields.ROLE))) {
                    note(change.after().get(PersonFields.ROLE), given);
                }
            }
            case REMOVE, DEACTIVATE, REACTIVATE -> {
                if (now != null && now.stored().role() != null) {
                    over.putIfAbsent(now.stored().role(), now.id());
                }
            }
            default -> {
            }
        }
    }

    private static void note(@Nullable Object role, Set<String> roles) {
        if (role != null) {
            roles.add(String.valueOf(role));
        }
    }

    private void people(Set<UUID> blocked, BiConsumer<UUID, UndonePerson> sink) {
        this.<PersonChange, PresentObjects.Person, UndonePerson>walk(OF_PEOPLE, PersonChange.class,
                ids -> present.people(input.tenantId(), input.profile(), ids),
                (rows, person) -> UndonePerson.of(input, rows, person, blocked.contains(rows.getFirst().objectId())),
                sink);
    }

    /// Processes the run's changes object by object.
    ///
    /// @param asked queries the present state
    private <C extends Change, P, R> void walk(Set<ChangeKind> kinds, Class<C> type,
            Function<List<UUID>, Map<UUID, P>> asked, Undoing<C, P, R> undoing, BiConsumer<UUID, R> sink) {
        var filter = EnumSet.copyOf(kinds);
        filter.retainAll(input.kinds());
        if (filter.isEmpty()) {
            return;
        }
        Iterator<RunChange> all = changes.all(input.runId(), new ChangeFilter(filter, ""));
        var waiting = new LinkedHashMap<UUID, List<C>>();
        while (all.hasNext()) {
            Change next = all.next().change();
            if (!type.isInstance(next) || !tells(next)) {
                continue;
            }
            if (waiting.size() >= BATCH && !waiting.containsKey(next.objectId())) {
                flush(waiting, asked, undoing, sink);
            }
            waiting.computeIfAbsent(next.objectId(), _ -> new ArrayList<>()).add(type.cast(next));
        }
        flush(waiting, asked, undoing, sink);
    }

    /// The undo of the run's changes of one person.
    private interface Undoing<C, P, R> {
        R of(List<C> rows, @Nullable P now);
    }

    private <C, P, R> void flush(Map<UUID, List<C>> waiting, Function<List<UUID>, Map<UUID, P>> asked,
            Undoing<C, P, R> undoing, BiConsumer<UUID, R> sink) {
        checkCancelled.run();
        Map<UUID, P> now = asked.apply(List.copyOf(waiting.keySet()));
        waiting.forEach((id, rows) -> sink.accept(id, undoing.of(rows, now.get(id))));
        waiting.clear();
    }

    /// Most skips changed nothing.
    private static boolean tells(Change change) {
        return change.kind() != ChangeKind.SKIP || Inverse.claim(change) != null
                || change instanceof PersonChange person && person.after().containsKey(PersonFields.ROLE);
    }

    private static <F extends DirectoryField> Map<String, F> byGraphName(F[] fields) {
        return Arrays.stream(fields).collect(Collectors.toUnmodifiableMap(DirectoryField::graphName, field -> field));
    }
}
