package org.rollcall.ui.groups;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.GroupRow;
import org.rollcall.domain.MemberRow;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Page;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SearchKeys;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserSort;
import org.rollcall.groups.GroupService;
import org.rollcall.roles.RuleService.RuleUse;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.RunningJob;
import org.rollcall.ui.common.ScreenState;
import org.rollcall.ui.common.UiTasks;

/// The nested groups, which one is open, and who is in it. Knows no scene.
public final class GroupsViewModel {
    static final int PAGE = 200;

    /// Which members show.
    enum Shown {
        EVERYONE,
        DIRECT,
        GROUPS
    }

    private final UiTasks tasks;
    private final GroupsServices services;
    private final Actor actor;
    private final ReadOnlyObjectWrapper<GroupForest> forest = new ReadOnlyObjectWrapper<>(new GroupForest(List.of()));
    private final ReadOnlyObjectWrapper<ScreenState> state = new ReadOnlyObjectWrapper<>(
            ScreenState.loading(Messages.get("groups.reading")));
    private final ReadOnlyObjectWrapper<@Nullable GroupDetail> detail = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<ScreenState> memberState = new ReadOnlyObjectWrapper<>(ScreenState.ready());
    private final ObservableList<MemberLine> members = FXCollections.observableArrayList();
    private final ObjectProperty<Shown> shown = new SimpleObjectProperty<>(Shown.EVERYONE);
    private final StringProperty memberSearch = new SimpleStringProperty("");
    private final StringProperty search = new SimpleStringProperty("");
    private final ObjectProperty<@Nullable Instant> asOf = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<List<String>> untold = new ReadOnlyObjectWrapper<>(List.of());
    private final BooleanProperty more = new SimpleBooleanProperty();
    private final ReadOnlyStringWrapper countWords = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<@Nullable List<GroupRow>> found = new ReadOnlyObjectWrapper<>();
    private final Map<Long, StringProperty> people = new HashMap<>();
    private final Runnable importGroups;
    private @Nullable String next;
    private @Nullable GroupRow open;
    private @Nullable RunningJob reading;
    private @Nullable RunningJob readingMembers;

    private record Lines(List<MemberLine> lines, @Nullable String next, List<String> untold) {}

    /// @param importGroups opens the import
    public GroupsViewModel(UiTasks tasks, GroupsServices services, Actor actor, Runnable importGroups) {
        this.tasks = tasks;
        this.services = services;
        this.actor = actor;
        this.importGroups = importGroups;
        shown.addListener(_ -> readMembers(false));
        memberSearch.addListener(_ -> readMembers(false));
        search.addListener(_ -> find());
        asOf.addListener(_ -> {
            untold.set(List.of());
            var still = open;
            if (still != null) {
                open(still);
            }
        });
    }

    ReadOnlyObjectProperty<GroupForest> forestProperty() {
        return forest.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<ScreenState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable GroupDetail> detailProperty() {
        return detail.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<ScreenState> memberStateProperty() {
        return memberState.getReadOnlyProperty();
    }

    ObservableList<MemberLine> members() {
        return members;
    }

    ObjectProperty<Shown> shownProperty() {
        return shown;
    }

    StringProperty memberSearchProperty() {
        return memberSearch;
    }

    StringProperty searchProperty() {
        return search;
    }

    /// Groups whose names fit the search; null while nothing is searched for.
    ReadOnlyObjectProperty<@Nullable List<GroupRow>> foundProperty() {
        return found.getReadOnlyProperty();
    }

    /// The moment of which the members are shown; null: the present.
    ObjectProperty<@Nullable Instant> asOfProperty() {
        return asOf;
    }

    /// What was there then and is not shown, since it was deleted for good.
    ReadOnlyObjectProperty<List<String>> untoldProperty() {
        return untold.getReadOnlyProperty();
    }

    BooleanProperty moreProperty() {
        return more;
    }

    public ReadOnlyStringProperty countWordsProperty() {
        return countWords.getReadOnlyProperty();
    }

    GroupsServices services() {
        return services;
    }

    Actor actor() {
        return actor;
    }

    /// Reads again; what showed before stays until then.
    public void reload() {
        var before = reading;
        if (before != null) {
            before.cancel();
        }
        reading = tasks.quietly(_ -> GroupForest.read(services, actor), this::show, trouble -> state
                .set(new ScreenState.Failed(Messages.get("groups.failed"), trouble, this::reload)));
    }

    private void show(GroupForest now) {
        people.clear();
        forest.set(now);
        countWords.set(now.count() == 0 ? "" : Messages.get("groups.count", now.count(), now.tenants().size()));
        state.set(now.count() == 0
                ? new ScreenState.Empty(Messages.get("groups.empty"), Messages.get("groups.empty.sentence"),
                        new ScreenState.Action(Messages.get("groups.empty.action"), importGroups))
                : ScreenState.ready());
        var still = open;
        if (still != null) {
            open(still);
        } else {
            now.tenants().stream().flatMap(each -> each.roots().stream()).findFirst().ifPresent(this::open);
        }
    }

    private void find() {
        var words = search.get().strip();
        if (words.isEmpty()) {
            found.set(null);
            return;
        }
        tasks.quietly(_ -> services.groups().list(actor, null, words, false, null, PAGE).rows(), rows -> {
            if (words.equals(search.get().strip())) {
                found.set(rows);
            }
        }, _ -> found.set(List.of()));
    }

    /// How many people are in a group through all nesting, in words; counted when first asked for.
    StringProperty peopleIn(GroupRow group) {
        return people.computeIfAbsent(group.id(), _ -> {
            var words = new SimpleStringProperty("");
            tasks.quietly(_ -> services.groups().countEffectiveMembers(actor, group),
                    count -> words.set(Messages.get("groups.number", count)), _ -> {});
            return words;
        });
    }

    void open(GroupRow group) {
        open = group;
        tasks.quietly(_ -> read(group), read -> {
            if (group.equals(open)) {
                detail.set(read);
                readMembers(false);
            }
        }, trouble -> memberState.set(new ScreenState.Failed(trouble.words().shown(), trouble, () -> open(group))));
    }

    /// By its id here, or by tenant and object id.
    void open(Map<String, String> arguments) {
        var group = arguments.get("group");
        var tenant = arguments.get("tenant");
        if (group != null) {
            tasks.quietly(_ -> services.groups().find(actor, tenant == null ? null : Long.valueOf(tenant), group),
                    this::open, _ -> {});
        }
    }

    private GroupDetail read(GroupRow group) {
        var tenant = forest.get().of(group.tenantId());
        var parents = new ArrayList<GroupDetail.Parent>();
        var below = tenant == null ? Map.<UUID, @Nullable UUID>of() : tenant.below(group.objectId());
        for (var parent : services.groups().parents(actor, group)) {
            parents.add(new GroupDetail.Parent(parent, below.containsKey(parent.objectId())));
        }
        var above = services.groups().above(actor, group).stream().map(path -> path.group().objectId()).toList();
        var profiles = services.profiles().apply(group.tenantId());
        var rules = new ArrayList<RuleUse>();
        for (var profile : profiles) {
            for (var use : services.roles().rules().list(actor, profile.id())) {
                var id = use.rule().group().id();
                if (below.containsKey(id) || id.equals(group.objectId())
                        || (use.rule().nested() && above.contains(id))) {
                    rules.add(use);
                }
            }
        }
        var moment = asOf.get();
        if (moment != null) {
            return new GroupDetail(group, parents, rules, profiles, below.keySet(),
                    countThen(moment, GroupService.effective(group)), countThen(moment, directly(group)),
                    groupsThen(moment, group).size());
        }
        var ids = List.of(group.objectId());
        return new GroupDetail(group, parents, rules, profiles, below.keySet(),
                services.groups().countEffectiveMembers(actor, group),
                services.groups().directCounts(actor, group.tenantId(), ids, MemberType.USER)
                        .getOrDefault(group.objectId(), 0L),
                services.groups().directCounts(actor, group.tenantId(), ids, MemberType.GROUP)
                        .getOrDefault(group.objectId(), 0L));
    }

    private static UserFilter directly(GroupRow group) {
        return GroupService.effective(group)
                .withGroup(new UserFilter.InGroup(group.tenantId(), group.objectId(), false));
    }

    private long countThen(Instant moment, UserFilter filter) {
        return services.past().ids(actor, moment, filter, UserSort.BY_NAME).value().length;
    }

    /// None of a group that was not there.
    private List<MemberRow> groupsThen(Instant moment, GroupRow group) {
        try {
            return services.past().members(actor, moment, group, false).value().direct().stream()
                    .filter(member -> member.type() == MemberType.GROUP && !member.removed()).toList();
        } catch (RollcallException e) {
            if (e.code().equals("past.not-there")) {
                return List.of();
            }
            throw e;
        }
    }

    void readMore() {
        readMembers(true);
    }

    private void readMembers(boolean more) {
        var now = detail.get();
        if (now == null) {
            return;
        }
        var before = readingMembers;
        if (before != null) {
            before.cancel();
        }
        if (!more) {
            next = null;
        }
        var group = now.group();
        var which = shown.get();
        var words = memberSearch.get();
        var after = next;
        var nested = forest.get();
        var moment = asOf.get();
        readingMembers = tasks.quietly(_ -> moment == null
                ? lines(nested, group, which, words, after)
                : linesThen(moment, group, which, words, after), read -> {
                    next = read.next();
                    untold.set(read.untold());
                    this.more.set(next != null);
                    if (more) {
                        members.addAll(read.lines());
                    } else {
                        members.setAll(read.lines());
                    }
                    memberState.set(stateOf(group, which, words));
                }, trouble -> memberState.set(
                        new ScreenState.Failed(Messages.get("groups.members.failed"), trouble,
                                () -> readMembers(false))));
    }

    private ScreenState stateOf(GroupRow group, Shown which, String words) {
        if (!members.isEmpty()) {
            return ScreenState.ready();
        }
        if (!words.isBlank()) {
            return new ScreenState.NoMatch(Messages.get("groups.members.noMatch"), words.strip(),
                    () -> memberSearch.set(""));
        }
        return group.hasHiddenMembers()
                ? new ScreenState.Empty(Messages.get("groups.members.hidden"),
                        Messages.get("groups.members.hidden.sentence"), null)
                : new ScreenState.Empty(Messages.get(which == Shown.GROUPS
                        ? "groups.members.noGroup"
                        : "groups.members.nobody"), "", null);
    }

    private Lines lines(GroupForest nested, GroupRow group, Shown which, String words, @Nullable String after) {
        var tenant = nested.of(group.tenantId());
        if (which == Shown.GROUPS) {
            var inside = tenant == null ? List.<GroupRow>of() : tenant.in(group.objectId());
            return new Lines(inside.stream()
                    .filter(row -> SearchKeys.fold(row.shownName()).contains(SearchKeys.fold(words.strip())))
                    .map(row -> new MemberLine(null, row, Messages.get("groups.direct"))).toList(), null, List.of());
        }
        UserFilter filter = which == Shown.EVERYONE
                ? GroupService.effective(group)
                : directly(group);
        Page<UserRow> page = services.people().list(actor, filter.withSearch(words), UserSort.BY_NAME, after, PAGE);
        if (which == Shown.DIRECT || tenant == null) {
            return new Lines(page.rows().stream()
                    .map(row -> new MemberLine(row, null, Messages.get("groups.direct"))).toList(), page.next(),
                    List.of());
        }
        var from = tenant.below(group.objectId());
        var ids = page.rows().stream().map(UserRow::objectId).filter(Objects::nonNull).toList();
        var holders = services.groups().holders(actor, group.tenantId(), from.keySet(), ids);
        return new Lines(page.rows().stream()
                .map(row -> new MemberLine(row, null, through(tenant, from, holders, row))).toList(), page.next(),
                List.of());
    }

    /// As of a moment. By which groups somebody was in it is not looked up: the tree is of the present.
    private Lines linesThen(Instant moment, GroupRow group, Shown which, String words, @Nullable String after) {
        // Refuses a group that was not there.
        var then = services.past().members(actor, moment, group, false);
        if (which == Shown.GROUPS) {
            var rows = services.groups().byObjectIds(actor, group.tenantId(), groupsThen(moment, group).stream()
                    .map(MemberRow::objectId).toList());
            return new Lines(rows.values().stream()
                    .filter(row -> SearchKeys.fold(row.shownName()).contains(SearchKeys.fold(words.strip())))
                    .sorted(Comparator.comparing(row -> SearchKeys.sort(row.shownName())))
                    .map(row -> new MemberLine(null, row, Messages.get("groups.direct"))).toList(), null,
                    then.untold());
        }
        boolean direct = which == Shown.DIRECT;
        var page = services.past().list(actor, moment,
                (direct ? directly(group) : GroupService.effective(group)).withSearch(words), UserSort.BY_NAME, after,
                PAGE);
        return new Lines(page.value().page().rows().stream()
                .map(row -> new MemberLine(row, null, direct ? Messages.get("groups.direct") : "")).toList(),
                page.value().page().next(), page.untold());
    }

    /// The shortest way from the group down to the one with the person in it, without the group itself.
    private static String through(GroupForest.TenantGroups tenant, Map<UUID, @Nullable UUID> from,
            Map<UUID, List<UUID>> holders, UserRow person) {
        var held = person.objectId() == null ? List.<UUID>of() : holders.getOrDefault(person.objectId(), List.of());
        List<String> shortest = null;
        for (UUID holder : held) {
            var way = new ArrayList<String>();
            for (UUID step = holder; step != null && from.get(step) != null; step = from.get(step)) {
                var row = tenant.rows().get(step);
                way.addFirst(row == null ? step.toString() : row.shownName());
            }
            if (shortest == null || way.size() < shortest.size()) {
                shortest = way;
            }
        }
        return shortest == null || shortest.isEmpty()
                ? Messages.get("groups.direct")
                : String.join(" › ", shortest);
    }

    /// Hands over every effective member, for an export.
    void forEachMember(GroupRow group, Consumer<UserRow> sink) {
        var moment = asOf.get();
        if (moment == null) {
            services.groups().exportMembers(actor, group, sink);
        } else {
            services.past().exportPeople(actor, moment, GroupService.effective(group), sink);
        }
    }
}
