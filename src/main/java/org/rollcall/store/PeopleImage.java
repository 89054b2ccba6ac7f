package org.rollcall.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.MfaState;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.SearchKeys;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserSort;
import org.rollcall.domain.UserStatus;

/// What people are searched, filtered and ordered by, as it was at one moment: about 90 bytes a person. A person's place
/// in `ids` is their number.
///
/// @param ids     ascending
/// @param byName  numbers in the order of names, then ids; who is gone is not among them
/// @param texts   search keys, of those in `newer` outdated ones
/// @param newer   search keys of people who came or changed later, by number
/// @param kinds   what a person is, packed as [#kind] says
/// @param roles   role ids by their number in `kinds`; the first stands for no role
/// @param tenants tenant ids by their number in `kinds`; the first stands for local accounts
record PeopleImage(long[] ids, int[] byName, List<SearchText> texts, Map<Integer, String> newer,
        List<SearchText> newerTexts, int[] kinds, long[] roles, long[] tenants) {
    private static final int STATUS = 0;
    private static final int MFA = 2;
    private static final int SOURCE = 4;
    private static final int GUEST = 6;
    private static final int EXCLUDED = 7;
    private static final int ROLE = 8;
    private static final int TENANT = 20;
    private static final int ROLES = 1 << 12;
    private static final int TENANTS = 1 << 11;

    private static final int ANY_ROLE = 3 << SOURCE | ROLES - 1 << ROLE;
    private static final String[] MFA_NAMES = Arrays.stream(MfaState.values()).map(Enum::name).toArray(String[]::new);

    /// One person as the database has them.
    ///
    /// @param tenantId 0: a local account
    /// @param roleId   0: no role
    /// @param source   null: no role
    record Person(long id, String searchKey, String status, String mfa, boolean guest, boolean excluded, long tenantId,
            long roleId, @Nullable String source) {}

    /// What a person is, in the bits of one number.
    static int kind(Person person, Numbers roles, Numbers tenants) {
        return UserStatus.valueOf(person.status()).ordinal() << STATUS
                | MfaState.valueOf(person.mfa()).ordinal() << MFA
                | (person.guest() ? 1 << GUEST : 0) | (person.excluded() ? 1 << EXCLUDED : 0)
                | tenants.of(person.tenantId(), TENANTS) << TENANT
                | role(person.roleId(), person.source(), roles);
    }

    static int role(long roleId, @Nullable String source, Numbers roles) {
        return (source == null ? 0 : RoleSource.valueOf(source).ordinal() + 1) << SOURCE
                | roles.of(roleId, ROLES) << ROLE;
    }

    /// Small numbers in place of ids.
    static final class Numbers {
        private final List<Long> ids = new ArrayList<>();
        private final Map<Long, Integer> known = new HashMap<>();

        Numbers(long... ids) {
            for (long id : ids) {
                of(id, Integer.MAX_VALUE);
            }
        }

        int of(long id, int limit) {
            return known.computeIfAbsent(id, key -> {
                if (ids.size() + 1 >= limit) {
                    throw new IllegalStateException("more roles or tenants than are indexed");
                }
                ids.add(key);
                return ids.size() - 1;
            });
        }

        long[] toArray() {
            return ids.stream().mapToLong(Long::longValue).toArray();
        }
    }

    /// Names by id for orders that go by them, as the database compares them.
    interface Names {
        Map<Long, String> roles();

        Map<Long, String> tenants();
    }

    /// Whether [#find] answers this.
    static boolean answers(UserFilter filter, UserSort sort) {
        return filter.group() == null && filter.department() == null && filter.signIn() == null && switch (sort.by()) {
            case NAME, ROLE, SOURCE, STATUS, MFA, TENANT -> true;
            case USERNAME, MAIL, DEPARTMENT, CHANGED -> false;
        };
    }

    /// The ids of all who fit, in order.
    long[] find(UserFilter filter, UserSort sort, Names names) {
        BitSet found = words(filter.search());
        Kinds wanted = new Kinds(filter);
        int[] order = sort.by() == UserSort.By.NAME ? byName : byKind(sort, names);
        var result = new long[found == null ? order.length : Math.min(order.length, found.cardinality())];
        int size = 0;
        for (int i = 0; i < order.length; i++) {
            int number = order[sort.descending() ? order.length - 1 - i : i];
            if ((found == null || found.get(number)) && wanted.fit(number)) {
                result[size++] = ids[number];
            }
        }
        return size == result.length ? result : Arrays.copyOf(result, size);
    }

    /// @return null: everybody
    private @Nullable BitSet words(String search) {
        List<String> words = split(search);
        if (words.isEmpty()) {
            return null;
        }
        var found = new BitSet(ids.length);
        for (SearchText text : texts) {
            text.find(words, found);
        }
        newer.keySet().forEach(found::clear);
        for (SearchText text : newerTexts) {
            text.find(words, found);
        }
        return found;
    }

    private static List<String> split(String text) {
        var words = new ArrayList<String>();
        for (String word : text.strip().split("\\s+", -1)) {
            if (!word.isEmpty()) {
                words.add(SearchKeys.fold(word));
            }
        }
        // The longest word is the rarest, as a rule; the others are looked for only where it is.
        words.sort(Comparator.comparingInt(String::length).reversed());
        return words;
    }

    /// The numbers of all who are there, by the value of a column and then by id.
    private int[] byKind(UserSort sort, Names names) {
        String[] values = switch (sort.by()) {
            case STATUS -> Arrays.stream(UserStatus.values()).map(Enum::name).toArray(String[]::new);
            case MFA -> MFA_NAMES;
            case SOURCE -> {
                var sources = new ArrayList<>(List.of(""));
                Arrays.stream(RoleSource.values()).map(Enum::name).forEach(sources::add);
                yield sources.toArray(String[]::new);
            }
            case ROLE -> named(roles, names.roles());
            case TENANT -> named(tenants, names.tenants());
            case NAME, USERNAME, MAIL, DEPARTMENT, CHANGED -> throw new IllegalArgumentException(sort.toString());
        };
        int[] rank = ranks(values);
        int[] starts = new int[values.length + 1];
        var there = new BitSet(ids.length);
        for (int number : byName) {
            there.set(number);
            starts[rank[value(sort.by(), kinds[number])] + 1]++;
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        int[] order = new int[byName.length];
        for (int number = there.nextSetBit(0); number >= 0; number = there.nextSetBit(number + 1)) {
            order[starts[rank[value(sort.by(), kinds[number])]]++] = number;
        }
        return order;
    }

    private static String[] named(long[] ids, Map<Long, String> names) {
        return Arrays.stream(ids).mapToObj(id -> names.getOrDefault(id, "")).toArray(String[]::new);
    }

    /// The place of each value among all; equal ones share a place.
    private static int[] ranks(String[] values) {
        String[] sorted = Arrays.stream(values).distinct().sorted().toArray(String[]::new);
        return Arrays.stream(values).mapToInt(value -> Arrays.binarySearch(sorted, value)).toArray();
    }

    private static int value(UserSort.By by, int kind) {
        return switch (by) {
            case STATUS -> kind >> STATUS & 3;
            case MFA -> kind >> MFA & 3;
            case SOURCE -> kind >> SOURCE & 3;
            case ROLE -> kind >> ROLE & (ROLES - 1);
            case TENANT -> kind >>> TENANT & (TENANTS - 1);
            case NAME, USERNAME, MAIL, DEPARTMENT, CHANGED -> throw new IllegalArgumentException(by.name());
        };
    }

    /// A filter's chips over kinds.
    private final class Kinds {
        private final boolean all;
        private final UserFilter filter;
        private final int statuses;
        private final int mfas;
        private final int sources;
        private final @Nullable BitSet someRoles;
        private final @Nullable BitSet someTenants;

        Kinds(UserFilter filter) {
            this.filter = filter;
            all = filter.withSearch("").isEveryone();
            statuses = bits(filter.statuses(), 0);
            mfas = bits(filter.mfa(), 0);
            sources = bits(filter.sources(), 1);
            someRoles = filter.roleIds().isEmpty() ? null : places(roles, filter.roleIds());
            someTenants = filter.tenantIds().isEmpty() ? null : places(tenants, filter.tenantIds());
        }

        private static int bits(Iterable<? extends Enum<?>> values, int shift) {
            int bits = 0;
            for (Enum<?> value : values) {
                bits |= 1 << value.ordinal() + shift;
            }
            return bits == 0 ? -1 : bits;
        }

        private static BitSet places(long[] ids, java.util.Set<Long> wanted) {
            var places = new BitSet();
            for (int i = 0; i < ids.length; i++) {
                places.set(i, wanted.contains(ids[i]));
            }
            return places;
        }

        boolean fit(int number) {
            return all || fits(kinds[number]);
        }

        private boolean fits(int kind) {
            return (statuses >> (kind >> STATUS & 3) & 1) != 0
                    && (mfas >> (kind >> MFA & 3) & 1) != 0
                    && (sources >> (kind >> SOURCE & 3) & 1) != 0
                    && (someRoles == null || someRoles.get(value(UserSort.By.ROLE, kind)))
                    && (someTenants == null || someTenants.get(value(UserSort.By.TENANT, kind)))
                    && (filter.guests() == null || filter.guests() == ((kind >> GUEST & 1) != 0))
                    && (filter.excluded() == null || filter.excluded() == ((kind >> EXCLUDED & 1) != 0));
        }
    }

    /// The same with these people as they are now.
    ///
    /// @param ordered the ids of everybody by name, where people may have come anew or be called otherwise; else null
    /// @return null: only reading everybody again will do
    @Nullable
    PeopleImage with(List<Person> people, long @Nullable [] ordered, int newerAtMost) {
        var added = people.stream().map(Person::id).filter(id -> number(id) < 0).sorted().toList();
        if (!added.isEmpty() && (ordered == null || ids.length > 0 && added.getFirst() < ids[ids.length - 1])) {
            return null;
        }
        long[] all = Arrays.copyOf(ids, ids.length + added.size());
        for (int i = 0; i < added.size(); i++) {
            all[ids.length + i] = added.get(i);
        }
        var roleNumbers = new Numbers(roles);
        var tenantNumbers = new Numbers(tenants);
        int[] kind = Arrays.copyOf(kinds, all.length);
        var keys = new HashMap<>(newer);
        for (Person person : people) {
            int number = Arrays.binarySearch(all, person.id());
            kind[number] = kind(person, roleNumbers, tenantNumbers);
            if (ordered != null) {
                keys.put(number, person.searchKey());
            }
        }
        if (keys.size() > newerAtMost) {
            return null;
        }
        int[] order = byName;
        List<SearchText> keyTexts = newerTexts;
        if (ordered != null) {
            order = order(all, ordered);
            var builder = new SearchText.Builder();
            keys.forEach(builder::add);
            keyTexts = builder.build();
        }
        return new PeopleImage(all, order, texts, Collections.unmodifiableMap(keys), keyTexts, kind,
                roleNumbers.toArray(), tenantNumbers.toArray());
    }

    /// Somebody's role as the database has it.
    record HeldRole(long userId, long roleId, String source) {}

    /// The same with these people's roles as they are now.
    ///
    /// @return null: only reading everybody again will do
    @Nullable
    PeopleImage withRoles(List<HeldRole> held) {
        var numbers = new Numbers(roles);
        int[] kind = kinds.clone();
        for (HeldRole each : held) {
            int number = number(each.userId());
            if (number < 0) {
                return null;
            }
            kind[number] = kind[number] & ~ANY_ROLE | role(each.roleId(), each.source(), numbers);
        }
        return new PeopleImage(ids, byName, texts, newer, newerTexts, kind, numbers.toArray(), tenants);
    }

    /// Ids in their order as numbers; who is not among `ids` came later than this image.
    static int[] order(long[] ids, long[] ordered) {
        int[] order = new int[ordered.length];
        int size = 0;
        for (long id : ordered) {
            int number = Arrays.binarySearch(ids, id);
            if (number >= 0) {
                order[size++] = number;
            }
        }
        return Arrays.copyOf(order, size);
    }

    private int number(long id) {
        return Arrays.binarySearch(ids, id);
    }
}
