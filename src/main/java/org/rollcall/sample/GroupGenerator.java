package org.rollcall.sample;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Invents the groups of an organisation and who is in them: the named ones of [GroupPlan], then as many project and site
/// groups as wanted. Members are kept as sorted arrays of ints.
final class GroupGenerator {
    private static final int OTHERS = 3;
    private static final Instant FIRST = Instant.parse("2017-05-02T07:30:00Z");

    private final long seed;
    private final int people;
    private final PeopleGenerator generator;
    private final ObjectIds ids;
    private final SampleDomain domain;
    private final List<SampleObject> groups = new ArrayList<>();
    private final List<IntSet> members = new ArrayList<>();

    GroupGenerator(long seed, int people, PeopleGenerator generator, ObjectIds ids, SampleDomain domain) {
        this.seed = seed;
        this.people = people;
        this.generator = generator;
        this.ids = ids;
        this.domain = domain;
    }

    /// Makes the groups.
    ///
    /// @param memberships how many direct memberships there should be in all; 0 for as many as there happen to be
    void generate(int count, long memberships) {
        List<GroupPlan> plans = GroupPlan.first(count);
        for (int i = 0; i < plans.size(); i++) {
            groups.add(planned(i, plans.get(i)));
            members.add(new IntSet());
        }
        nest(plans);
        select(plans);
        for (int i = plans.size(); i < count; i++) {
            groups.add(project(i));
            members.add(new IntSet());
            if (percent(i, 1) < 30) {
                hangIntoEarlier(i, plans.size());
            }
            if (memberships == 0) {
                addSome(i, 3 + (int) Math.floorMod(hash(i, 2), 40L) * (percent(i, 3) < 10 ? 5 : 1));
            }
        }
        if (memberships > 0) {
            fill(plans.size() < count ? plans.size() : 0, memberships);
        }
    }

    List<SampleObject> groups() {
        return groups;
    }

    /// Sorted members of each group.
    List<int[]> members() {
        return members.stream().map(IntSet::toArray).collect(java.util.stream.Collectors.toCollection(ArrayList::new));
    }

    private void nest(List<GroupPlan> plans) {
        Map<String, Integer> byName = new HashMap<>();
        for (int i = 0; i < plans.size(); i++) {
            byName.putIfAbsent(plans.get(i).name(), i);
        }
        for (int i = 0; i < plans.size(); i++) {
            for (String parent : plans.get(i).parents()) {
                Integer at = byName.get(parent);
                if (at != null) {
                    members.get(at).add(ObjectKind.GROUP.ref(i));
                }
            }
        }
    }

    private record Range(int from, int to, IntSet members) {}

    private void select(List<GroupPlan> plans) {
        var ranges = new HashMap<String, List<Range>>();
        for (int i = 0; i < plans.size(); i++) {
            IntSet into = members.get(i);
            for (String selector : plans.get(i).who()) {
                int colon = selector.indexOf(':');
                String what = colon < 0 ? selector : selector.substring(0, colon);
                String figure = selector.substring(colon + 1);
                switch (what) {
                    case "first" -> {
                        for (int p = 0; p < Math.min(people, Integer.parseInt(figure)); p++) {
                            into.add(p);
                        }
                    }
                    case "person" -> {
                        if (Integer.parseInt(figure) < people) {
                            into.add(Integer.parseInt(figure));
                        }
                    }
                    case "devices" -> {
                        into.add(ObjectKind.DEVICE.ref(0));
                        into.add(ObjectKind.SERVICE_PRINCIPAL.ref(0));
                        into.add(ObjectKind.CONTACT.ref(0));
                    }
                    case "guests" -> ranges.computeIfAbsent(what, _ -> new ArrayList<>()).add(new Range(0, 100, into));
                    default -> {
                        int dash = figure.indexOf('-');
                        ranges.computeIfAbsent(what, _ -> new ArrayList<>())
                                .add(new Range(Integer.parseInt(figure.substring(0, dash)),
                                        Integer.parseInt(figure.substring(dash + 1)), into));
                    }
                }
            }
        }
        for (int p = 0; p < people; p++) {
            if (generator.isGuest(p)) {
                add(ranges.get("guests"), 0, p);
            } else {
                int slice = generator.slice(p);
                add(ranges.get(generator.department(p)), slice, p);
                add(ranges.get("*"), slice, p);
            }
        }
    }

    private static void add(@org.jspecify.annotations.Nullable List<Range> ranges, int slice, int person) {
        if (ranges != null) {
            for (Range range : ranges) {
                if (slice >= range.from && slice < range.to) {
                    range.members.add(person);
                }
            }
        }
    }

    private void hangIntoEarlier(int group, int planned) {
        if (group == planned) {
            return;
        }
        int parent = planned + (int) Math.floorMod(hash(group, 4), (long) (group - planned));
        if (!groups.get(parent).flag("mailEnabled")) {
            members.get(parent).add(ObjectKind.GROUP.ref(group));
        }
    }

    /// Adds that many people, spread evenly: a step without common factor with their number meets nobody twice.
    private void addSome(int group, int count) {
        if (people == 0) {
            return;
        }
        int step = 1 + (int) Math.floorMod(hash(group, 5), (long) people);
        while (PeopleGenerator.gcd(step, people) != 1) {
            step++;
        }
        long at = Math.floorMod(hash(group, 6), (long) people);
        IntSet into = members.get(group);
        int[] found = new int[Math.min(people, count)];
        int size = 0;
        for (int i = 0; i < people && size < found.length; i++) {
            if (!into.contains((int) at)) {
                found[size++] = (int) at;
            }
            at = (at + step) % people;
        }
        into.addAll(Arrays.copyOf(found, size));
    }

    private void fill(int from, long memberships) {
        long left = memberships - members.stream().mapToLong(IntSet::size).sum();
        for (int i = from; i < groups.size() && left > 0; i++) {
            long fair = left / (groups.size() - i);
            boolean last = i == groups.size() - 1;
            int wanted = (int) Math.min(people, last ? left : Math.max(1, fair * (50 + percent(i, 7)) / 100));
            int before = members.get(i).size();
            addSome(i, (int) Math.min(wanted, left));
            left -= members.get(i).size() - before;
        }
        // Small organisations: whatever did not fit goes where there is room.
        for (int i = groups.size() - 1; i >= 0 && left > 0; i--) {
            int before = members.get(i).size();
            addSome(i, (int) Math.min(people, left));
            left -= members.get(i).size() - before;
        }
    }

    private SampleObject planned(int index, GroupPlan plan) {
        String nickname = PeopleNames.plain(plan.name().replace(' ', '-'));
        SampleObject group = base(index, plan.name(), nickname.isEmpty() ? "group" + index : nickname);
        boolean unified = plan.is("m365");
        boolean mail = unified || plan.is("mailsecurity") || plan.is("distribution");
        var types = new ArrayList<String>();
        if (unified) {
            types.add("Unified");
        }
        if (plan.is("dynamic")) {
            types.add("DynamicMembership");
            group.set("membershipRule", plan.who().contains("guests")
                    ? "user.userType -eq \"Guest\""
                    : "user.department -eq \"" + plan.name() + "\"").set("membershipRuleProcessingState", "On");
        }
        return finish(group, index, types, mail, !unified && !plan.is("distribution"))
                .set("visibility", plan.is("hidden") ? "HiddenMembership" : unified ? "Private" : null)
                .set("isAssignableToRole", plan.is("role") ? Boolean.TRUE : null)
                .set("onPremisesSyncEnabled", plan.is("synced") ? Boolean.TRUE : null);
    }

    private SampleObject project(int index) {
        int adjectives = PeopleNames.ADJECTIVES.size();
        int nouns = PeopleNames.NOUNS.size();
        int pair = (int) ((long) index * 1_009 % (adjectives * nouns));
        int round = index / (adjectives * nouns);
        String name = "Project " + PeopleNames.ADJECTIVES.get(pair % adjectives) + " "
                + PeopleNames.NOUNS.get(pair / adjectives) + (round == 0 ? "" : " " + (round + 1));
        int kind = percent(index, 8);
        boolean unified = kind < 35;
        boolean mailSecurity = kind >= 35 && kind < 40;
        boolean distribution = kind >= 40 && kind < 48;
        SampleObject group = base(index, name, PeopleNames.plain(name.replace(' ', '-')));
        return finish(group, index, unified ? List.of("Unified") : List.of(), unified || mailSecurity || distribution,
                !unified && !distribution).set("visibility", unified ? kind % 2 == 0 ? "Public" : "Private" : null);
    }

    private SampleObject base(int index, String name, String nickname) {
        int ref = ObjectKind.GROUP.ref(index);
        return new SampleObject(ref, ids.id(ref)).set("displayName", name).set("mailNickname", nickname)
                .set("description", percent(index, 9) < 60 ? name + " of " + domain.organization() : null)
                .set("createdDateTime", FIRST.plusSeconds(86_400L * (index % 3_000) + index * 37L));
    }

    private SampleObject finish(SampleObject group, int index, List<String> types, boolean mail, boolean security) {
        String address = group.text("mailNickname") + (mail && percent(index, 10) < 2 ? ".list" : "") + "@"
                + domain.name();
        return group.set("groupTypes", List.copyOf(types)).set("mailEnabled", mail).set("securityEnabled", security)
                .set("mail", mail ? address : null)
                .set("proxyAddresses", mail ? List.of("SMTP:" + address) : List.of())
                .set("renewedDateTime", group.get("createdDateTime"));
    }

    /// Objects that are neither people nor groups; they are members of "Automation Accounts".
    static List<SampleObject> others(ObjectIds ids) {
        var others = new ArrayList<SampleObject>(OTHERS);
        Map<ObjectKind, String> names = Map.of(ObjectKind.DEVICE, "BUILD-AGENT-01", ObjectKind.SERVICE_PRINCIPAL,
                "Deployment Pipeline", ObjectKind.CONTACT, "Northwind Dispatch");
        names.forEach((kind, name) -> {
            int ref = kind.ref(0);
            others.add(new SampleObject(ref, ids.id(ref)).set("displayName", name));
        });
        return others;
    }

    private int percent(int index, int salt) {
        return Math.floorMod(hash(index, salt), 100);
    }

    private long hash(int index, int salt) {
        return ObjectIds.mix(ObjectIds.mix(~seed + salt * 0x632BE59BD9B4E019L) ^ index);
    }

    /// A growing set of ints, cheap where they are added in ascending order.
    private static final class IntSet {
        private int[] sorted = new int[4];
        private int size;

        boolean add(int value) {
            int at = size == 0 || sorted[size - 1] < value ? -size - 1 : Arrays.binarySearch(sorted, 0, size, value);
            if (at >= 0) {
                return false;
            }
            int place = -at - 1;
            if (size == sorted.length) {
                sorted = Arrays.copyOf(sorted, size * 2);
            }
            System.arraycopy(sorted, place, sorted, place + 1, size - place);
            sorted[place] = value;
            size++;
            return true;
        }

        boolean contains(int value) {
            return Arrays.binarySearch(sorted, 0, size, value) >= 0;
        }

        /// Adds values that are different and not there yet.
        void addAll(int[] values) {
            sorted = Arrays.copyOf(sorted, Math.max(4, size + values.length));
            System.arraycopy(values, 0, sorted, size, values.length);
            size += values.length;
            Arrays.sort(sorted, 0, size);
        }

        int size() {
            return size;
        }

        int[] toArray() {
            return Arrays.copyOf(sorted, size);
        }
    }
}
