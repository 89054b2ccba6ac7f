package org.rollcall.bench;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Collectors;

import org.rollcall.sample.SampleDirectory;
import org.rollcall.sample.SampleObject;

/// Changes of a sample tenant between two runs; other people each time.
final class CostChanges {
    /// The first ones are odd.
    private static final int ORDINARY = 100;

    private final SampleDirectory directory;
    private final List<String> people;
    private final List<String> groups;
    /// A group that lies in `above`, and another place for it.
    private final String nested;
    private final String above;
    private final String elsewhere;
    private final String ruleGroup;
    private int next = ORDINARY;

    CostChanges(SampleDirectory directory) {
        this.directory = directory;
        people = directory.users().stream().map(SampleObject::id).toList();
        groups = directory.groups().stream().map(SampleObject::id).toList();
        Set<String> all = Set.copyOf(groups);
        String found = "";
        String parent = "";
        for (String group : groups) {
            var child = directory.directMembers(group).stream().map(SampleObject::id).filter(all::contains).findFirst();
            if (child.isPresent() && !child.get().equals(group)) {
                found = child.get();
                parent = group;
                break;
            }
        }
        if (found.isEmpty()) {
            throw new NoSuchElementException("no group lies in another one");
        }
        nested = found;
        above = parent;
        ruleGroup = groups.stream().filter(group -> !Set.of(nested, above).contains(group)).findFirst().orElseThrow();
        Set<String> holders = directory.groupsOf(nested);
        elsewhere = groups.reversed().stream()
                .filter(group -> !holders.contains(group) && !group.equals(nested) && !group.equals(ruleGroup)
                        && !directory.groupsOf(group).contains(nested))
                .findFirst().orElseThrow();
    }

    /// Whose people get a role by rule.
    String ruleGroup() {
        return ruleGroup;
    }

    /// Two hired, two left, two renamed, two moved to another group, a nested group hung elsewhere, a rule's group joined.
    ///
    /// @param time 0 for the first time
    void ten(int time) {
        for (int i = 0; i < 2; i++) {
            directory.hire(Map.of("displayName", "New Person " + time + " " + i));
            directory.leave(people.get(next++));
            directory.rename(people.get(next++), "renamed." + time + "." + i + "@contoso.example",
                    "Renamed " + time + i);
        }
        move(2);
        directory.move(nested, time % 2 == 0 ? above : elsewhere, time % 2 == 0 ? elsewhere : above);
        Set<String> in = members(ruleGroup);
        while (in.contains(people.get(next))) {
            next++;
        }
        directory.addMember(ruleGroup, people.get(next++));
    }

    private void move(int count) {
        int moved = 0;
        var alive = new HashSet<>(people);
        for (int i = groups.size() / 2; moved < count; i++) {
            String from = groups.get(i);
            String to = groups.get(i + 1);
            Set<String> there = members(to);
            var mover = members(from).stream().filter(id -> alive.contains(id) && !there.contains(id)).sorted()
                    .findFirst();
            if (mover.isPresent()) {
                directory.move(mover.get(), from, to);
                moved++;
            }
        }
    }

    private Set<String> members(String group) {
        return directory.directMembers(group).stream().map(SampleObject::id).collect(Collectors.toSet());
    }

    /// Gives people another job title.
    void many(int count, int time) {
        for (String id : people.subList(people.size() - count, people.size())) {
            directory.update(id, "jobTitle", "Job " + time);
        }
    }
}
