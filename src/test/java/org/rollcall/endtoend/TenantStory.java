package org.rollcall.endtoend;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

import org.rollcall.sample.ObjectKind;
import org.rollcall.sample.SampleDirectory;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;

/// What happens in an organisation, at random: the same seed tells the same story.
final class TenantStory {
    private final SampleDirectory directory;
    private final String domain;
    private final Random random;
    private final List<String> bin = new ArrayList<>();
    private int number;

    TenantStory(SampleTenant tenant, long seed) {
        this.directory = tenant.directory();
        this.domain = tenant.domain();
        this.random = new Random(seed);
    }

    void steps(int count) {
        for (int i = 0; i < count; i++) {
            step();
        }
    }

    /// One thing happens.
    void step() {
        for (int attempt = 0; attempt < 50; attempt++) {
            try {
                happen(random.nextInt(18));
                return;
            } catch (IllegalArgumentException e) {
                // Entra would refuse that: a member already, a name that is taken. Something else happens.
                continue;
            }
        }
        throw new IllegalStateException("nothing can happen any more");
    }

    private void happen(int what) {
        number++;
        switch (what) {
            case 0, 1 -> directory.addMember(group(), hire());
            case 2 -> leave(true);
            case 3 -> leave(false);
            case 4 -> directory.restore(binned());
            case 5 -> directory.purge(binned());
            case 6 -> directory.rename(person(), "renamed" + number + "@" + domain, "Renamed " + number);
            case 7 -> {
                String id = person();
                directory.setEnabled(id, !directory.user(id).orElseThrow().flag("accountEnabled"));
            }
            case 8 -> directory.update(person(), random.nextBoolean() ? "department" : "jobTitle",
                    random.nextInt(4) == 0 ? null : "Changed " + number);
            case 9, 10 -> directory.addMember(group(), person());
            case 11 -> directory.removeMember(parent(ObjectKind.USER), member);
            case 12 -> directory.move(movedFrom(ObjectKind.USER), from, group());
            case 13 -> {
                SampleObject made = directory.createGroup(Map.of("displayName", "Made " + number));
                directory.addMember(made.id(), person());
                directory.addMember(group(), made.id());
            }
            case 14 -> {
                String id = group();
                directory.deleteGroup(id);
                bin.add(id);
            }
            case 15 -> directory.renameGroup(group(), "Renamed group " + number);
            case 16 -> directory.move(movedFrom(ObjectKind.GROUP), from, group());
            default -> directory.addMember(group(), group());
        }
    }

    private String member = "";
    private String from = "";

    private String parent(ObjectKind kind) {
        String group = group();
        member = pick(directory.directMembers(group).stream().filter(each -> each.kind() == kind).toList());
        return group;
    }

    private String movedFrom(ObjectKind kind) {
        from = parent(kind);
        return member;
    }

    private String hire() {
        return directory.hire(Map.of("displayName", "Hired Nr" + number)).id();
    }

    private void leave(boolean softly) {
        String id = person();
        directory.leave(id);
        if (softly) {
            bin.add(id);
        } else {
            directory.setPurgeSilent(random.nextBoolean());
            directory.purge(id);
        }
        if (directory.userCount() < 20) {
            hire();
        }
    }

    private String binned() {
        if (bin.isEmpty()) {
            throw new IllegalArgumentException("the bin is empty");
        }
        return bin.remove(random.nextInt(bin.size()));
    }

    private String person() {
        return pick(directory.users());
    }

    /// Not one that hides its members: what happens there is not to be seen.
    private String group() {
        var open = directory.groups().stream()
                .filter(each -> !Objects.equals(each.text("visibility"), "HiddenMembership")).toList();
        if (open.size() < 4) {
            return directory.createGroup(Map.of("displayName", "Founded " + number)).id();
        }
        return pick(open);
    }

    private String pick(List<SampleObject> objects) {
        if (objects.isEmpty()) {
            throw new IllegalArgumentException("nobody there");
        }
        return objects.get(random.nextInt(objects.size())).id();
    }
}
