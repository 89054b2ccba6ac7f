package org.rollcall.ui.users;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.AuthSettings;
import org.rollcall.domain.GroupRow;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserSort;
import org.rollcall.domain.UserStatus;
import org.rollcall.people.PastService;
import org.rollcall.roles.RoleService;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.RunningJob;
import org.rollcall.ui.common.ScreenState;
import org.rollcall.ui.common.UiTasks;

/// What Users shows: the filter and order, the people who fit, who is ticked and whose pane is open. Knows no scene.
public final class UsersViewModel {
    private final UiTasks tasks;
    private final UsersServices services;
    private final Actor actor;
    private final Runnable addPeople;
    private final ObjectProperty<UserFilter> filter = new SimpleObjectProperty<>(UserFilter.everyone());
    private final ObjectProperty<UserSort> sort = new SimpleObjectProperty<>(UserSort.BY_NAME);
    private final ReadOnlyObjectWrapper<PeopleList> people;
    private final ReadOnlyObjectWrapper<ScreenState> state = new ReadOnlyObjectWrapper<>(
            ScreenState.loading(Messages.get("users.reading")));
    private final ReadOnlyObjectWrapper<Choices> choices = new ReadOnlyObjectWrapper<>(Choices.none());
    private final ReadOnlyObjectWrapper<@Nullable GroupRow> group = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper countWords = new ReadOnlyStringWrapper("");
    private final ObjectProperty<@Nullable Instant> asOf = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<List<String>> untold = new ReadOnlyObjectWrapper<>(List.of());
    private final Ticks ticks = new Ticks();
    private @Nullable RunningJob reading;
    private boolean underWay;
    private boolean offersWanted = true;

    /// What the filters offer.
    ///
    /// @param everybody how many people there are, whatever the filter
    /// @param signIn    how people sign in
    /// @param links     how many accounts were made anew whom the person may link
    record Choices(List<Role> roles, List<Tenant> tenants, long everybody, AuthSettings signIn, int links) {
        static Choices none() {
            return new Choices(List.of(), List.of(), 0, AuthSettings.initial(), 0);
        }
    }

    private record Result(@Nullable Instant asOf, long[] ids, List<UserRow> first, Choices choices,
            List<String> untold) {}

    /// @param addPeople opens the import
    public UsersViewModel(UiTasks tasks, UsersServices services, Actor actor, Runnable addPeople) {
        this.tasks = tasks;
        this.services = services;
        this.actor = actor;
        this.addPeople = addPeople;
        this.people = new ReadOnlyObjectWrapper<>(PeopleList.empty(tasks));
        filter.addListener((_, before, now) -> {
            // A letter changes nothing about what the filters offer.
            offersWanted |= !before.withSearch("").equals(now.withSearch(""));
            read();
        });
        sort.addListener(_ -> reload());
        asOf.addListener(_ -> {
            ticks.all(false);
            reload();
        });
    }

    public ObjectProperty<UserFilter> filterProperty() {
        return filter;
    }

    public ObjectProperty<UserSort> sortProperty() {
        return sort;
    }

    /// The moment that is looked at; null: the present.
    public ObjectProperty<@Nullable Instant> asOfProperty() {
        return asOf;
    }

    /// What was there at that moment and cannot be told any more.
    ReadOnlyObjectProperty<List<String>> untoldProperty() {
        return untold.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<PeopleList> peopleProperty() {
        return people.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Choices> choicesProperty() {
        return choices.getReadOnlyProperty();
    }

    /// The group that the filter names, for its chip.
    ReadOnlyObjectProperty<@Nullable GroupRow> groupProperty() {
        return group.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<ScreenState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty countWordsProperty() {
        return countWords.getReadOnlyProperty();
    }

    Ticks ticks() {
        return ticks;
    }

    Actor actor() {
        return actor;
    }

    void addPeople() {
        addPeople.run();
    }

    /// Why the person may not; empty if they may.
    String reason(Permission permission) {
        return Disallowed.reason(actor.may(permission), permission.words());
    }

    /// Only the people in a group, directly or through nesting; null for all.
    void showGroup(@Nullable GroupRow wanted) {
        group.set(wanted);
        filter.set(filter.get().withGroup(
                wanted == null ? null : new UserFilter.InGroup(wanted.tenantId(), wanted.objectId(), true)));
    }

    /// The group with that object id, once it has been looked up.
    void showGroup(long tenantId, UUID objectId) {
        tasks.quietly(
                _ -> Optional.ofNullable(
                        services.groups().byObjectIds(actor, tenantId, List.of(objectId)).get(objectId)),
                found -> found.ifPresent(this::showGroup), _ -> {});
    }

    void showRole(String name) {
        choices.get().roles().stream().filter(role -> role.name().equalsIgnoreCase(name)).findFirst()
                .ifPresentOrElse(role -> filter.set(UserFilter.everyone().withRoles(java.util.Set.of(role.id()))),
                        () -> tasks.quietly(_ -> services.roles().roles().find(actor, name),
                                role -> filter.set(UserFilter.everyone().withRoles(java.util.Set.of(role.id()))),
                                _ -> {}));
    }

    /// Only people in that state, and of that tenant.
    ///
    /// @param tenant an id, `local` or `imported`; null for all
    /// @param signIn `no` or `yes`; null for all
    private void show(@Nullable String tenant, @Nullable String status, @Nullable String signIn) {
        tasks.quietly(_ -> services.tenants().get(), tenants -> {
            Set<Long> ids = new HashSet<>();
            if ("local".equals(tenant)) {
                ids.add(UserFilter.LOCAL);
            } else if (tenant != null) {
                tenants.stream().map(Tenant::id)
                        .filter(id -> tenant.equals("imported") || tenant.equals(String.valueOf(id)))
                        .forEach(ids::add);
            }
            group.set(null);
            filter.set(UserFilter.everyone().withTenants(ids).withStatuses(statuses(status))
                    .withSignIn(signIn == null ? null : signIn.equals("yes")));
        }, _ -> {});
    }

    private static Set<UserStatus> statuses(@Nullable String wanted) {
        return Arrays.stream(UserStatus.values()).filter(each -> each.name().equals(wanted))
                .collect(Collectors.toSet());
    }

    void clearFilters() {
        group.set(null);
        filter.set(UserFilter.everyone());
    }

    /// Groups whose names hold these words, for the filter.
    void findGroups(String words, java.util.function.Consumer<List<GroupRow>> found) {
        tasks.quietly(_ -> services.groups().list(actor, null, words, false, null, 50).rows(), found, _ -> {});
    }

    /// Whether people are being read whom nobody sees yet.
    boolean isReading() {
        return underWay;
    }

    /// Reads again; what showed before stays until then.
    public void reload() {
        offersWanted = true;
        read();
    }

    /// Reads, and says when people are there for the first time.
    void readAhead(Runnable ready) {
        people.addListener(new ChangeListener<>() {
            @Override
            public void changed(ObservableValue<? extends PeopleList> property, PeopleList before, PeopleList now) {
                property.removeListener(this);
                ready.run();
            }
        });
        reload();
    }

    private void read() {
        var before = reading;
        if (before != null) {
            before.cancel();
        }
        if (people.get().isEmpty()) {
            state.set(ScreenState.loading(choices.get().everybody() == 0
                    ? Messages.get("users.reading")
                    : Messages.get("users.reading.count", choices.get().everybody())));
        }
        var wanted = filter.get();
        var order = sort.get();
        var known = offersWanted ? null : choices.get();
        var moment = asOf.get();
        underWay = true;
        reading = tasks.quietly(job -> {
            var then = moment == null
                    ? new PastService.Answer<>(services.people().ids(actor, wanted, order), List.of())
                    : services.past().ids(actor, moment, wanted, order);
            var ids = then.value();
            job.checkCancelled();
            var first = Arrays.stream(ids).limit(PeopleList.PAGE).boxed().toList();
            var offered = known == null ? offered() : known;
            return new Result(moment, ids, byIds(moment, first), offered, then.untold());
        }, this::show, trouble -> {
            underWay = false;
            state.set(new ScreenState.Failed(Messages.get("users.failed"), trouble, this::reload));
        });
    }

    /// On a worker.
    List<UserRow> byIds(@Nullable Instant moment, List<Long> ids) {
        return moment == null ? services.people().byIds(actor, ids) : services.past().byIds(actor, moment, ids);
    }

    /// On a worker.
    private Choices offered() {
        return new Choices(services.roles().roles().list(actor).stream().map(RoleService.RoleUse::role).toList(),
                services.tenants().get(),
                services.people().countByStatus(actor).values().stream().mapToLong(Long::longValue).sum(),
                services.authentication().settings(),
                actor.may(Permission.CHANGE_ROLES) ? services.edits().links().count(actor) : 0);
    }

    private void show(Result result) {
        underWay = false;
        offersWanted = false;
        choices.set(result.choices());
        ticks.over(result.ids());
        untold.set(result.untold());
        people.set(new PeopleList(tasks, ids -> byIds(result.asOf(), ids), result.ids(), result.first()));
        long everybody = result.choices().everybody();
        countWords.set(result.asOf() != null
                ? Messages.get("users.count", result.ids().length)
                : filter.get().isEveryone()
                        ? Messages.get("users.count", everybody)
                        : Messages.get("users.count.of", result.ids().length, everybody));
        if (result.ids().length > 0) {
            state.set(ScreenState.ready());
        } else if (filter.get().isEveryone() && result.asOf() == null) {
            state.set(new ScreenState.Empty(Messages.get("users.empty"), Messages.get("users.empty.sentence"),
                    new ScreenState.Action(Messages.get("users.empty.action"), addPeople)));
        } else {
            state.set(new ScreenState.NoMatch(Messages.get("users.noMatch"),
                    FilterWords.of(filter.get(), choices.get(), group.get()), this::clearFilters));
        }
    }

    /// What keys such as `user`, `group` with `tenant`, `role`, `status` and `asof` of a link ask for.
    void open(Map<String, String> arguments) {
        var moment = arguments.get("asof");
        if (moment != null) {
            asOf.set(Instant.parse(moment));
        } else if (!arguments.isEmpty()) {
            asOf.set(null);
        }
        var wantedGroup = arguments.get("group");
        var tenant = arguments.get("tenant");
        var role = arguments.get("role");
        if (wantedGroup != null && tenant != null) {
            filter.set(UserFilter.everyone());
            showGroup(Long.parseLong(tenant), UUID.fromString(wantedGroup));
        } else if (role != null) {
            showRole(role);
        } else if (tenant != null || arguments.containsKey("status") || arguments.containsKey("signin")) {
            show(tenant, arguments.get("status"), arguments.get("signin"));
        } else {
            reload();
        }
    }
}
