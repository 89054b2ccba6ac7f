package org.rollcall.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.Change;
import org.rollcall.domain.ChangeFilter;
import org.rollcall.domain.GroupField;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Membership;
import org.rollcall.domain.MfaState;
import org.rollcall.domain.Mirror;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.ProfileConfig.Filters;
import org.rollcall.domain.ProfileConfig.Mapping;
import org.rollcall.domain.ProfileConfig.Policies;
import org.rollcall.domain.ProfileConfig.Scope;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleRule;
import org.rollcall.domain.RunKind;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.Trigger;
import org.rollcall.domain.UserField;
import org.rollcall.people.PeopleEdits;
import org.rollcall.roles.RoleServices;
import org.rollcall.store.Database;
import org.rollcall.store.MirrorRows;
import org.rollcall.store.PersonStore;
import org.rollcall.store.Stores;
import org.rollcall.store.TestDirectory;

/// What may happen to a tenant and to those who were imported from it, at random from a seed: few people with few names, groups
/// in groups, imports with overlapping scopes, edits by hand.
class ImportStory {
    static final int PEOPLE = 12;
    static final int GROUPS = 6;
    static final List<String> PROFILES = List.of("default", "other", "third");

    final ImportWorld world;
    final Database database;
    final Stores stores;
    final RoleServices roles;
    final PeopleEdits peopleEdits;
    final PersonStore people;
    final MirrorRows rows;
    final long seed;
    final Random random;
    final Tenant tenant;
    final List<Long> locals = new ArrayList<>();

    ImportStory(ImportWorld world, long seed) {
        this.world = world;
        this.database = world.database;
        this.stores = world.stores;
        this.roles = world.roles;
        this.peopleEdits = world.peopleEdits;
        this.people = world.people;
        this.rows = world.rows;
        this.seed = seed;
        this.random = new Random(seed);
        this.tenant = new TestDirectory(database).tenant("Contoso " + seed);
    }

    ImportRun run(ImportTarget target, RunKind kind) {
        var run = new ImportRun(stores.runs().start(tenant, target.profile().map(each -> each.id()).orElse(null),
                target.profileName(), kind, Trigger.MANUAL, "test", world.clock.instant(), null));
        run.read(true, List.of(), 0);
        return run;
    }

    List<Change> changes(ImportRun run) {
        var all = new ArrayList<Change>();
        stores.changes().all(run.id(), ChangeFilter.everything()).forEachRemaining(row -> all.add(row.change()));
        return all;
    }

    Mirror emptyMirror(ImportTarget target) {
        var scope = target.readScope();
        return stores.mirrors().open(tenant.id(), scope.key(), scope.canonical());
    }

    /// The import's, read anew if it is the first time.
    Mirror mirror(ImportTarget target) {
        Mirror mirror = emptyMirror(target);
        if (mirror.generation() == 0) {
            readAll(mirror.id());
        }
        return stores.mirrors().get(mirror.id());
    }

    void readAll(long mirror) {
        int generation = stores.mirrors().nextGeneration(mirror);
        var users = new HashMap<UUID, Attributes<UserField>>();
        var groups = new HashMap<UUID, Attributes<GroupField>>();
        for (int i = 0; i < PEOPLE; i++) {
            if (random.nextInt(5) > 0) {
                users.put(person(i), attributes());
            }
        }
        for (int i = 0; i < GROUPS; i++) {
            if (random.nextInt(5) > 0) {
                groups.put(group(i), groupAttributes());
            }
        }
        rows.putUsers(mirror, generation, users);
        rows.putGroups(mirror, generation, groups);
        rows.putEdges(mirror, generation, edges(2 * GROUPS, groups.keySet()));
        rows.sweep(mirror, generation);
        stores.mirrors().markFullyRead(mirror);
    }

    /// What happens in Entra and is read.
    void happenInEntra() {
        happen(17);
    }

    /// What people do by hand, which no import undoes.
    void byHand() {
        switch (random.nextInt(8)) {
            case 0, 1 -> roles.assignments().setRole(world.actor, some(), any(List.of(Role.OPERATOR, Role.USER)));
            case 2 -> roles.assignments().clear(world.actor, some());
            case 3 -> peopleEdits.accounts().deactivate(world.actor, some());
            case 4 -> peopleEdits.accounts().activate(world.actor, some());
            case 5 -> peopleEdits.accounts().exclude(world.actor, some());
            case 6 -> peopleEdits.accounts().include(world.actor, some());
            default -> {
                locals.add(people.insertLocal(name(), null, null));
                stores.settings().raiseDirectoryRevision();
            }
        }
    }

    String happen() {
        return happen(28);
    }

    private String happen(int kinds) {
        List<Mirror> mirrors = mirrors();
        switch (random.nextInt(kinds)) {
            case 0, 1, 2, 3 -> mirrors.forEach(mirror -> rows.putUsers(mirror.id(), mirror.generation(),
                    Map.of(person(), attributes())));
            case 4 -> mirrors.forEach(mirror -> rows.removeUsers(mirror.id(), List.of(person())));
            case 5 -> mirrors.forEach(mirror -> rows.pruneUsers(mirror.id(), List.of(person())));
            case 6 -> mirrors.forEach(mirror -> rows.putMfa(mirror.id(), Map.of(person(),
                    random.nextBoolean() ? MfaState.REGISTERED : MfaState.NOT_REGISTERED)));
            case 7, 8 -> mirrors.forEach(mirror -> rows.putGroups(mirror.id(), mirror.generation(),
                    Map.of(group(), groupAttributes())));
            case 9 -> mirrors.forEach(mirror -> rows.removeGroups(mirror.id(), List.of(group())));
            case 10 -> mirrors.forEach(mirror -> rows.pruneGroups(mirror.id(), List.of(group())));
            case 11, 12, 13 -> mirrors.forEach(mirror -> rows.putEdges(mirror.id(), mirror.generation(),
                    edges(1 + random.nextInt(2), allGroups())));
            case 14, 15 -> mirrors.forEach(mirror -> {
                var all = new ArrayList<Membership>();
                stores.mirrors().forEachEdge(mirror.id(), all::add);
                if (!all.isEmpty()) {
                    Membership edge = any(all);
                    rows.removeEdges(mirror.id(), List.of(new Membership(edge.group(), edge.member(),
                            MemberType.UNKNOWN)));
                }
            });
            case 16 -> {
                if (random.nextInt(4) == 0) {
                    readAll(any(mirrors).id());
                }
            }
            case 17 -> roles.assignments().setRole(world.actor, some(), any(List.of(Role.OPERATOR, Role.USER)));
            case 18 -> roles.assignments().clear(world.actor, some());
            case 19 -> {
                if (random.nextBoolean()) {
                    peopleEdits.accounts().deactivate(world.actor, some());
                } else {
                    peopleEdits.accounts().activate(world.actor, some());
                }
            }
            case 20 -> {
                if (random.nextBoolean()) {
                    peopleEdits.accounts().exclude(world.actor, some());
                } else {
                    peopleEdits.accounts().include(world.actor, some());
                }
            }
            case 21 -> {
                if (random.nextInt(3) == 0) {
                    roles.rules().add(world.actor, any(profiles()), new Ref(group(), "group"), random.nextBoolean(),
                            any(List.of(Role.OPERATOR, Role.ADMINISTRATOR)), 0);
                }
            }
            case 22 -> {
                List<RoleRule> present = stores.rules().ofProfile(any(profiles()));
                if (!present.isEmpty() && random.nextInt(3) == 0) {
                    roles.rules().remove(world.actor, any(present).id());
                }
            }
            case 23 -> {
                locals.add(people.insertLocal(name(), null, null));
                stores.settings().raiseDirectoryRevision();
            }
            case 24 -> {
                if (!locals.isEmpty()) {
                    people.deleteLocal(locals.removeLast());
                    stores.settings().raiseDirectoryRevision();
                }
            }
            case 25 -> {
                var offers = peopleEdits.links().offers(world.actor);
                if (offers.isEmpty()) {
                    peopleEdits.purges().purge(world.actor, Duration.ZERO);
                } else {
                    var offer = any(offers);
                    peopleEdits.links().link(world.actor, offer.present().id(), offer.former().id());
                }
            }
            default -> {
                return "nothing";
            }
        }
        return "event";
    }

    /// Of which things happen: all, or one that hears of it before the others.
    List<Mirror> mirrors() {
        var all = new ArrayList<Mirror>();
        for (long id : new TestDirectory(database).mirrors(tenant)) {
            all.add(stores.mirrors().get(id));
        }
        return random.nextBoolean() ? all : List.of(any(all));
    }

    List<Long> profiles() {
        return stores.profiles().ofTenant(tenant.id()).stream().map(each -> each.id()).toList();
    }

    List<Long> some() {
        List<Long> ids = people.idsOf(tenant.id(), allPeople()).values().stream().sorted().toList();
        return ids.isEmpty() ? ids : List.of(any(ids));
    }

    Collection<UUID> allPeople() {
        return java.util.stream.IntStream.range(0, PEOPLE).mapToObj(this::person).toList();
    }

    Set<UUID> allGroups() {
        return java.util.stream.IntStream.range(0, GROUPS).mapToObj(this::group)
                .collect(java.util.stream.Collectors.toSet());
    }

    List<Membership> edges(int count, Set<UUID> groups) {
        var edges = new HashMap<List<UUID>, Membership>();
        for (int i = 0; i < count && !groups.isEmpty(); i++) {
            UUID group = any(groups.stream().sorted().toList());
            Membership edge = switch (random.nextInt(10)) {
                case 0, 1, 2 -> new Membership(group, group(), MemberType.GROUP);
                case 3 -> new Membership(group, random.nextBoolean() ? group() : person(), MemberType.UNKNOWN);
                case 4 -> new Membership(group, TestDirectory.uuid("device"), MemberType.DEVICE);
                default -> new Membership(group, person(), MemberType.USER);
            };
            edges.put(List.of(group, edge.member()), edge);
        }
        return List.copyOf(edges.values());
    }

    Attributes<UserField> attributes() {
        var builder = Attributes.builder(UserField.class);
        if (random.nextInt(12) == 0) {
            return builder.build();
        }
        String name = name();
        return builder.set(UserField.USER_PRINCIPAL_NAME, name).set(UserField.DISPLAY_NAME, name.toUpperCase(
                java.util.Locale.ROOT)).set(UserField.MAIL_NICKNAME, random.nextInt(5) == 0 ? null : name())
                .set(UserField.DEPARTMENT, "Department " + random.nextInt(3))
                .set(UserField.USER_TYPE, random.nextInt(6) == 0 ? "Guest" : "Member")
                .set(UserField.ACCOUNT_ENABLED, random.nextInt(5) > 0).build();
    }

    Attributes<GroupField> groupAttributes() {
        return Attributes.builder(GroupField.class)
                .set(GroupField.DISPLAY_NAME, random.nextInt(10) == 0 ? null : "Group " + random.nextInt(100))
                .build();
    }

    /// Few names for many people, and the same ones in every story.
    String name() {
        return (random.nextBoolean() ? "n" : "N") + random.nextInt(PEOPLE + PEOPLE / 2) + "@" + seed;
    }

    Draft draft() {
        boolean all = random.nextInt(3) == 0;
        var groups = new ArrayList<Ref>();
        var chosen = new ArrayList<Ref>();
        if (!all) {
            groups.add(new Ref(group(), "chosen"));
            groups.add(new Ref(group(), "chosen too"));
            if (random.nextBoolean()) {
                chosen.add(new Ref(person(), "somebody"));
            }
        }
        var filters = new Filters(random.nextInt(4) > 0, random.nextInt(4) > 0, random.nextInt(4) > 0,
                random.nextInt(3) == 0 ? List.of(new Ref(group(), "not these")) : List.of(),
                random.nextInt(3) == 0 ? List.of(new Ref(person(), "not that one")) : List.of());
        var mapping = random.nextInt(3) > 0
                ? Mapping.standard()
                : new Mapping(UserField.MAIL_NICKNAME, Map.of());
        var ruled = new ArrayList<Draft.RuleDraft>();
        for (int rule = random.nextInt(3); rule > 0; rule--) {
            ruled.add(new Draft.RuleDraft(new Ref(group(), "ruled"), random.nextInt(3) > 0,
                    random.nextBoolean() ? Role.ADMINISTRATOR : Role.AUDITOR));
        }
        return new Draft(new ProfileConfig(new Scope(all, groups, random.nextBoolean(), chosen),
                filters, mapping, Policies.standard()), Role.USER, ruled);
    }

    UUID person() {
        return person(random.nextInt(PEOPLE));
    }

    UUID person(int number) {
        return TestDirectory.uuid(seed + " person " + number);
    }

    UUID group() {
        return group(random.nextInt(GROUPS));
    }

    UUID group(int number) {
        return TestDirectory.uuid(seed + " group " + number);
    }

    <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
