package org.rollcall.people;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Edge;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.GroupPath;
import org.rollcall.domain.GroupRow;
import org.rollcall.domain.Listing;
import org.rollcall.domain.MemberRow;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserSort;
import org.rollcall.groups.GroupService;
import org.rollcall.store.Database;
import org.rollcall.store.PastDirectory;
import org.rollcall.store.PastReader;
import org.rollcall.store.PastReader.Untold;
import org.rollcall.text.Words;

/// Queries people and groups as they were at a moment, with the permissions of present queries.
///
/// A moment in the future or before the first run is refused. Names of people, groups and roles are resolved as they are now;
/// people with no such name any more are found by their names at that moment.
public final class PastService {
    private static final int ATTEMPTS = 20;

    private final PastReader reader;
    private final PeopleService people;
    private final AuditService audit;
    private final Clock clock;
    private @Nullable Kept kept;

    public PastService(Database database, PeopleService people, AuditService audit, Clock clock) {
        this.reader = new PastReader(database);
        this.people = people;
        this.audit = audit;
        this.clock = clock;
    }

    private record Kept(Instant moment, PastDirectory directory) {}

    /// @param untold what is missing in the answer because it was deleted permanently, as display text; empty: nothing
    public record Answer<T>(T value, List<String> untold) {
        public Answer {
            untold = List.copyOf(untold);
        }
    }

    /// One person at that moment.
    ///
    /// @param groups  all their groups, with the shortest path
    /// @param changed their last change before; null: unknown
    public record PersonThen(UserRow row, List<GroupPath> groups, @Nullable Instant changed) {}

    /// The members of a group at that moment.
    ///
    /// @param group     at that moment
    /// @param effective the people, through all nesting, by id; empty unless requested
    public record MembersThen(GroupRow group, List<MemberRow> direct, List<UserRow> effective) {
        public MembersThen {
            direct = List.copyOf(direct);
            effective = List.copyOf(effective);
        }
    }

    /// One page of matching people.
    ///
    /// @throws RollcallException INPUT: the moment, or `after`; NOT_ALLOWED
    public Answer<Listing<UserRow>> list(Actor actor, Instant moment, UserFilter filter, UserSort sort,
            @Nullable String after,
            int limit) {
        actor.require(Permission.VIEW_DIRECTORY);
        return answer(moment, directory -> directory.list(filter, sort, after, limit));
    }

    /// The ids of all matching people, in order.
    public Answer<long[]> ids(Actor actor, Instant moment, UserFilter filter, UserSort sort) {
        actor.require(Permission.VIEW_DIRECTORY);
        return answer(moment, directory -> directory.ids(filter, sort));
    }

    /// In the order of `ids`; those that did not exist then are left out.
    public List<UserRow> byIds(Actor actor, Instant moment, Collection<Long> ids) {
        actor.require(Permission.VIEW_DIRECTORY);
        return answer(moment, directory -> directory.byIds(ids)).value();
    }

    /// The person with this user name, UPN, id or object id.
    ///
    /// @throws RollcallException INPUT: nobody or several match, or they did not exist then; NOT_ALLOWED
    public Answer<PersonThen> find(Actor actor, Instant moment, String text) {
        UserRow now;
        try {
            now = people.find(actor, text);
        } catch (RollcallException e) {
            if (!e.code().equals("user.unknown")) {
                throw e;
            }
            Answer<List<UserRow>> gone = answer(moment, directory -> directory.findChanged(text.strip()));
            if (gone.value().size() != 1) {
                throw e;
            }
            return person(moment, gone.value().getFirst().id(), text);
        }
        return person(moment, now.id(), now.shownName());
    }

    /// The same by id. Everybody may query themselves.
    public Answer<PersonThen> byId(Actor actor, Instant moment, long id) {
        actor.require(Long.valueOf(id).equals(actor.userId())
                ? Permission.VIEW_OWN_PROFILE
                : Permission.VIEW_DIRECTORY);
        return person(moment, id, Words.of("roles.pastService.thePersonWithTheId", id).english());
    }

    /// Checks whether a moment can be queried.
    ///
    /// @throws RollcallException INPUT: it is in the future, or before the first run; NOT_ALLOWED
    public void check(Actor actor, Instant moment) {
        actor.require(Permission.VIEW_DIRECTORY);
        requireTold(moment);
    }

    private Answer<PersonThen> person(Instant moment, long id, String name) {
        return answer(moment, directory -> {
            UserRow row = directory.byIds(List.of(id)).stream().findFirst().orElseThrow(() -> RollcallException
                    .input("past.not-there", Words.of("roles.past.not-there", name, seconds(moment)),
                            Words.of("roles.past.not-there.remedy")));
            List<GroupPath> groups = row.tenantId() == null || row.objectId() == null
                    ? List.of()
                    : directory.pathsTo(row.tenantId(), row.objectId());
            return new PersonThen(row, groups, directory.hasChanged(id) ? null : row.changedAt());
        });
    }

    /// The members of a group.
    ///
    /// @param effective whether the people through all nesting are included
    /// @throws RollcallException INPUT: the moment, or the group did not exist then; NOT_ALLOWED
    public Answer<MembersThen> members(Actor actor, Instant moment, GroupRow now, boolean effective) {
        actor.require(Permission.VIEW_DIRECTORY);
        return answer(moment, directory -> {
            GroupRow group = directory.group(now).orElseThrow(() -> RollcallException.input("past.not-there",
                    Words.of("roles.past.not-there.pastService", now.shownName(), seconds(moment)),
                    Words.of("roles.past.not-there.pastService.remedy")));
            var all = new ArrayList<UserRow>();
            if (effective) {
                directory.forEach(GroupService.effective(now), all::add);
            }
            return new MembersThen(group, directory.directMembers(now.tenantId(), now.objectId()), all);
        });
    }

    /// Passes on all matching people, by id, for an export.
    ///
    /// @return what is missing
    public List<String> exportPeople(Actor actor, Instant moment, UserFilter filter, Consumer<UserRow> sink) {
        return export(actor, moment, "export.users", directory -> directory.forEach(filter, sink));
    }

    /// The same for groups.
    public List<String> exportGroups(Actor actor, Instant moment, boolean removed, Consumer<GroupRow> sink) {
        return export(actor, moment, "export.groups", directory -> directory.forEachGroup(removed, sink));
    }

    /// The same for direct memberships.
    public List<String> exportMemberships(Actor actor, Instant moment, Consumer<Edge> sink) {
        return export(actor, moment, "export.memberships", directory -> directory.forEachEdge(sink));
    }

    private List<String> export(Actor actor, Instant moment, String action, Consumer<PastDirectory> work) {
        actor.require(Permission.EXPORT);
        actor.require(Permission.VIEW_DIRECTORY);
        requireTold(moment);
        audit.recordLook(actor, action, null, null, null, Map.of("asOf", moment.toString()));
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                work.accept(directory(moment));
                return words(reader.untold(moment));
            } catch (PastDirectory.MovedException e) {
                // Before the first row, so that concurrent changes are reverted too.
                forget();
            }
        }
        throw busy();
    }

    /// Nothing that the answer was read from may have changed meanwhile.
    private <T> Answer<T> answer(Instant moment, Function<PastDirectory, T> ask) {
        requireTold(moment);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                PastDirectory directory = directory(moment);
                T value = ask.apply(directory);
                if (directory.isCurrent()) {
                    return new Answer<>(value, words(reader.untold(moment)));
                }
            } catch (PastDirectory.MovedException e) {
                // As below.
            }
            forget();
        }
        throw busy();
    }

    private static RollcallException busy() {
        return new RollcallException(ErrorKind.CONFLICT, "past.moving",
                Words.of("roles.past.moving"), Words.of("roles.past.moving.remedy"));
    }

    private synchronized PastDirectory directory(Instant moment) {
        Kept last = kept;
        if (last != null && last.moment().equals(moment) && last.directory().isCurrent()) {
            return last.directory();
        }
        PastDirectory made = reader.at(moment);
        kept = new Kept(moment, made);
        return made;
    }

    private synchronized void forget() {
        kept = null;
    }

    /// @throws RollcallException INPUT: the moment is in the future, or before the first run
    private void requireTold(Instant moment) {
        if (moment.isAfter(clock.instant())) {
            throw RollcallException.input("past.future", Words.of("roles.past.future", seconds(moment)),
                    Words.of("roles.past.future.remedy"));
        }
        Instant first = reader.firstRun().orElseThrow(() -> RollcallException.input("past.no-run",
                Words.of("roles.past.no-run"), Words.of("roles.past.no-run.remedy")));
        if (moment.isBefore(first)) {
            throw RollcallException.input("past.too-early",
                    Words.of("roles.past.too-early", seconds(moment), seconds(first)),
                    Words.of("roles.past.too-early.remedy"));
        }
    }

    private static Instant seconds(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS);
    }

    /// The time of the first applied run, before which nothing can be queried. Null: there was none.
    public @Nullable Instant earliest(Actor actor) {
        actor.require(Permission.VIEW_DIRECTORY);
        return reader.firstRun().orElse(null);
    }

    private static List<String> words(Untold untold) {
        var words = new ArrayList<String>();
        if (untold.people() > 0) {
            words.add(untold.people() == 1
                    ? Words.of("roles.pastService.1PersonWhoHasBeen").english()
                    : Words.of("roles.pastService.peopleWhoHaveBeenPurged", untold.people()).english());
        }
        if (untold.localAccounts() > 0) {
            words.add(untold.localAccounts() == 1
                    ? Words.of("roles.pastService.1LocalAccountThatHas").english()
                    : Words.of("roles.pastService.localAccountsThatHaveBeen", untold.localAccounts()).english());
        }
        untold.tenants().forEach(name -> words
                .add(Words.of("roles.pastService.theTenantWhichHasBeen", name).english()));
        return words;
    }
}
