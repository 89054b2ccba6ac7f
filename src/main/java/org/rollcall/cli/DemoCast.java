package org.rollcall.cli;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.rollcall.domain.Guests;
import org.rollcall.sample.ObjectKind;
import org.rollcall.sample.SampleDirectory;
import org.rollcall.sample.SampleObject;

/// Who and what plays a part in the demonstration, chosen from whatever organisation the seed made.
///
/// @param first    the group of the first rule
/// @param second   the group of the second rule
/// @param promoted becomes an administrator by hand
/// @param leaver   is deleted
/// @param renamed  gets another name
/// @param moved    changes from the first group to the second
record DemoCast(SampleObject first, SampleObject second, SampleObject promoted, SampleObject leaver,
        SampleObject renamed,
        SampleObject moved) {

    static DemoCast choose(SampleDirectory directory) {
        List<SampleObject> groups = directory.groups().stream()
                .filter(group -> !(group.get("groupTypes") instanceof List<?> types
                        && types.contains("DynamicMembership")))
                .filter(group -> !"HiddenMembership".equals(group.text("visibility")))
                .filter(group -> ordinary(directory, group.id()).size() >= 3)
                .sorted(Comparator.comparingInt((SampleObject group) -> directory.effectiveMembers(group.id()).size())
                        .thenComparing(SampleObject::id))
                .toList();
        if (groups.isEmpty()) {
            throw org.rollcall.domain.RollcallException.input("demo.size",
                    "this sample tenant is too small to show much",
                    "choose more --users and --groups");
        }
        SampleObject first = groups.get(Math.min(groups.size() - 1, groups.size() / 3));
        SampleObject second = groups.stream().filter(group -> !group.id().equals(first.id()))
                .skip(Math.max(0, groups.size() / 2 - 1)).findFirst().orElse(first);
        var taken = new HashSet<String>();
        SampleObject moved = pick(ordinary(directory, first.id()), taken);
        List<SampleObject> everybody = directory.users().stream().filter(DemoCast::isOrdinary).toList();
        return new DemoCast(first, second, pick(everybody, taken), pick(everybody, taken), pick(everybody, taken),
                moved);
    }

    private static SampleObject pick(List<SampleObject> people, Set<String> taken) {
        return people.stream().filter(each -> taken.add(each.id())).findFirst().orElse(people.getFirst());
    }

    private static List<SampleObject> ordinary(SampleDirectory directory, String group) {
        return directory.directMembers(group).stream()
                .filter(each -> each.kind() == ObjectKind.USER && isOrdinary(each)).toList();
    }

    private static boolean isOrdinary(SampleObject person) {
        return person.flag("accountEnabled") && !Guests.isGuest(person.text("userType"))
                && person.displayName().chars().allMatch(c -> c < 0x250);
    }
}
