package org.rollcall.sync.choose;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.rollcall.connect.JobControl;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.ProfileConfig.Filters;
import org.rollcall.domain.ProfileConfig.Mapping;
import org.rollcall.domain.ProfileConfig.Policies;
import org.rollcall.domain.ProfileConfig.Scope;
import org.rollcall.domain.Ref;
import org.rollcall.domain.UserField;
import org.rollcall.sample.ObjectKind;
import org.rollcall.sample.RequestLog;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;
import org.rollcall.source.CallControl;
import org.rollcall.source.Connection;
import org.rollcall.source.DirectoryReader;
import org.rollcall.source.entra.EntraConnector;
import org.rollcall.sync.choose.TenantPicture.Chosen;
import org.rollcall.sync.choose.TenantPicture.Precision;
import org.rollcall.sync.choose.TenantPictures.Limits;
import org.rollcall.task.JobContext;

import static org.junit.jupiter.api.Assertions.*;

/// A small sample tenant is taken for one too big to be read whole; its numbers are compared with its own truth.
@SuppressWarnings("NullAway") // fields are set before all tests and before each
class BigTenantCountsTest {
    private static SampleTenant tenant;
    private final CallControl control = new JobControl(JobContext.silent(), true);
    private DirectoryReader reader;

    @BeforeAll
    static void startTenant() {
        tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(400).withGroups(40));
    }

    @AfterAll
    static void closeTenant() {
        tenant.close();
    }

    @BeforeEach
    void open() {
        reader = new EntraConnector(Clock.systemUTC()).open(new Connection(tenant.tenantId(), tenant.clientId(),
                tenant.origin(), tenant.origin(), tenant.caPem(), null,
                new Connection.Credential.Secret(tenant.clientSecret())));
    }

    @AfterEach
    void close() {
        reader.close();
    }

    private TenantPicture big(long comparable) {
        return TenantPictures.read(new Limits(0, 0, comparable), reader, control, JobContext.silent());
    }

    private static List<SampleObject> groups() {
        return tenant.directory().groups().stream()
                .filter(group -> !"HiddenMembership".equals(group.text("visibility"))).toList();
    }

    private static Set<UUID> people(UUID group, boolean nested) {
        var members = nested
                ? tenant.directory().effectiveMembers(group.toString())
                : tenant.directory().directMembers(group.toString());
        return members.stream().filter(member -> member.kind() == ObjectKind.USER)
                .map(member -> UUID.fromString(member.id())).collect(Collectors.toSet());
    }

    private static Ref ref(SampleObject group) {
        return new Ref(UUID.fromString(group.id()), group.displayName());
    }

    /// Groups with many people, the largest first.
    private static List<Ref> large() {
        return groups().stream().map(BigTenantCountsTest::ref)
                .sorted(Comparator.comparingInt((Ref group) -> -people(group.id(), true).size())).toList();
    }

    private static ProfileConfig config(Scope scope, Filters filters) {
        return new ProfileConfig(scope, filters, new Mapping(UserField.USER_PRINCIPAL_NAME, java.util.Map.of()),
                Policies.standard());
    }

    private static ProfileConfig of(boolean nested, Ref... groups) {
        return config(Scope.ofGroups(List.of(groups), nested), Filters.none());
    }

    private Chosen counted(TenantPicture picture, ProfileConfig config) {
        while (TenantPictures.count(picture, config, reader, control)) {
            assertTrue(picture.chosen(config).count() >= 0, "the first answer tells a number");
        }
        assertTrue(picture.knows(config));
        return picture.chosen(config);
    }

    @Test
    void oneGroupIsCountedByTwoRequests() {
        var picture = big(1_000);
        for (Ref group : large().subList(0, 5)) {
            for (boolean nested : List.of(true, false)) {
                var fresh = of(nested, group);
                long before = reader.requests();
                var chosen = counted(picture, fresh);
                assertEquals(people(group.id(), nested).size(), chosen.count());
                assertTrue(chosen.exact());
                // Counts and, with nesting, groups below are known by the second time.
                assertEquals(nested ? 2 : 1, reader.requests() - before);
            }
        }
    }

    @Test
    void anotherTickAsksForItsGroupOnly() {
        var picture = big(1_000);
        Ref first = large().get(0);
        Ref second = apartFrom(first);
        counted(picture, of(true, first));
        tenant.log().setRecording(true);
        int seen = tenant.log().entries(RequestLog.Part.GRAPH).size();
        var both = counted(picture, of(true, first, second));
        var entries = tenant.log().entries(RequestLog.Part.GRAPH);
        tenant.log().setRecording(false);
        var asked = entries.subList(seen, entries.size()).stream()
                .map(entry -> new String(Objects.requireNonNull(entry.exchange()).requestBody(),
                        StandardCharsets.UTF_8))
                .toList();
        assertEquals(2, asked.size());
        asked.forEach(body -> {
            assertTrue(body.contains(second.id().toString()), body);
            assertFalse(body.contains(first.id().toString()), body);
        });
        var people = new HashSet<>(people(first.id(), true));
        people.addAll(people(second.id(), true));
        assertEquals(people.size(), both.count());
        assertTrue(both.exact());
        long before = reader.requests();
        assertEquals(people(first.id(), true).size(), counted(picture, of(true, first)).count());
        assertEquals(before, reader.requests(), "what was asked is known");
    }

    /// The largest group that is neither above nor below.
    private static Ref apartFrom(Ref group) {
        return large().stream().filter(other -> !other.equals(group) && !below(other).contains(group.id())
                && !below(group).contains(other.id())).findFirst().orElseThrow();
    }

    /// Groups below, by the tenant's own word.
    private static Set<UUID> below(Ref group) {
        var below = new HashSet<UUID>();
        var open = new ArrayDeque<>(List.of(group.id()));
        while (!open.isEmpty()) {
            tenant.directory().directMembers(open.remove().toString()).stream()
                    .filter(member -> member.kind() == ObjectKind.GROUP).map(member -> UUID.fromString(member.id()))
                    .filter(below::add).forEach(open::add);
        }
        return below;
    }

    @Test
    void aboveTheLimitTheSumIsAnUpperBound() {
        Ref first = large().get(0);
        Ref second = apartFrom(first);
        int sum = people(first.id(), true).size() + people(second.id(), true).size();
        var picture = big(sum - 1);
        var chosen = counted(picture, of(true, first, second));
        assertEquals(Math.min(sum, tenant.directory().userCount()), chosen.count());
        assertFalse(chosen.exact());
        assertEquals(-1, chosen.guests());
        assertEquals(-1, chosen.inScope(), "an upper bound is no fact");
        var alone = counted(big(1), of(true, first));
        assertEquals(people(first.id(), true).size(), alone.count());
        assertTrue(alone.exact(), "one group without filters needs no comparing");
        var filters = new Filters(false, true, true, List.of(), List.of());
        var withoutGuests = counted(big(1), config(Scope.ofGroups(List.of(first), true), filters));
        assertEquals(Precision.AT_MOST, withoutGuests.precision());
        assertEquals(people(first.id(), true).size(), withoutGuests.inScope());
    }

    /// Whatever is chosen and left out: the same numbers as of a tenant that is read whole.
    @Test
    void numbersAreThoseOfASmallTenant() {
        var whole = TenantPictures.read(Limits.STANDARD, reader, control, JobContext.silent());
        var picture = big(100_000);
        var random = new Random(7);
        var all = groups().stream().map(BigTenantCountsTest::ref).toList();
        var users = tenant.directory().users().stream().map(BigTenantCountsTest::ref).toList();
        int excluded = 0;
        for (int i = 0; i < 60; i++) {
            var filters = new Filters(random.nextBoolean(), random.nextBoolean(), true,
                    some(all, random.nextInt(3), random), some(users, random.nextInt(20), random));
            var config = config(Scope.ofGroups(some(all, 1 + random.nextInt(5), random), random.nextBoolean()),
                    filters);
            var expected = whole.chosen(config);
            var chosen = counted(picture, config);
            assertEquals(new Chosen(Set.of(), expected.count(), expected.groups(), expected.inScope(),
                    expected.guests(), expected.disabled(), expected.excluded(), Precision.EXACT), chosen,
                    config.toString());
            excluded += expected.excluded() > 0 ? 1 : 0;
        }
        assertTrue(excluded > 5, "some of the choices leave somebody out");
    }

    @Test
    void whoHasMfaIsTheOnlyThingUnknown() {
        var whole = TenantPictures.read(Limits.STANDARD, reader, control, JobContext.silent());
        var picture = big(100_000);
        var filters = new Filters(true, true, false, List.of(), List.of());
        var groups = Scope.ofGroups(large().subList(0, 3), true);
        var somebody = ref(tenant.directory().users().iterator().next());
        for (Scope scope : List.of(Scope.everyone(), Scope.ofPeople(List.of(somebody)), groups)) {
            assertEquals(Precision.BUT_FOR_MFA, whole.chosen(config(scope, filters)).precision());
            assertEquals(Precision.BUT_FOR_MFA, counted(picture, config(scope, filters)).precision());
        }
        var more = new Filters(false, true, false, List.of(), List.of());
        assertEquals(Precision.AT_MOST, counted(picture, config(Scope.everyone(), more)).precision());
        assertEquals(Precision.AT_MOST, counted(big(1), config(groups, filters)).precision());
    }

    /// A group that is both chosen and left out is read once.
    @Test
    void nothingIsAskedTwiceAtOnce() {
        var picture = big(1_000);
        Ref group = large().getFirst();
        var config = config(Scope.ofGroups(List.of(group), true),
                new Filters(true, true, true, List.of(group), List.of()));
        assertEquals(List.of(group.id()), picture.unasked(config).counts());
        TenantPictures.count(picture, config, reader, control);
        var unasked = picture.unasked(config);
        assertEquals(List.of(new GroupPeople.Of(group.id(), true)), unasked.people());
        assertEquals(List.of(group.id()), unasked.below());
        assertEquals(0, counted(picture, config).count());
    }

    private static List<Ref> some(List<Ref> of, int count, Random random) {
        var some = new ArrayList<Ref>();
        for (int i = 0; i < count; i++) {
            some.add(of.get(random.nextInt(of.size())));
        }
        return some.stream().distinct().toList();
    }

    @Test
    void rowsAreCountedByTensAndOnce() {
        var picture = big(1_000);
        var rows = groups().stream().map(BigTenantCountsTest::ref).map(Ref::id).limit(15).toList();
        long before = reader.requests();
        TenantPictures.count(picture, rows, reader, control);
        assertEquals(2, reader.requests() - before);
        for (UUID id : rows) {
            assertEquals(people(id, false).size(), picture.direct(id));
            assertEquals(people(id, true).size(), picture.nested(id));
        }
        TenantPictures.count(picture, rows, reader, control);
        assertEquals(2, reader.requests() - before);
    }

    @Test
    void oldestPeopleAreForgottenFirst() {
        var known = new GroupPeople(5);
        var groups = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        for (UUID group : groups) {
            var two = GroupPeople.People.none();
            two.all().addAll(List.of(UUID.randomUUID(), UUID.randomUUID()));
            known.put(new GroupPeople.Of(group, true), two);
        }
        assertNull(known.people(new GroupPeople.Of(groups.get(0), true)));
        assertNotNull(known.people(new GroupPeople.Of(groups.get(1), true)));
        assertNotNull(known.people(new GroupPeople.Of(groups.get(2), true)));
    }
}
