package org.rollcall.sync.read;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.DirectoryReader.Counts;
import org.rollcall.store.MirrorStore;
import org.rollcall.text.Words;

/// Checks before a full read counts as complete: lists that end normally may still be short. Known objects that were not seen
/// are requested by id, and at least as many people and groups must have been received as the directory counts.
final class FullReadCheck {
    private final ReadSession session;
    private final MirrorStore mirrors;
    private final Lookups lookups;
    private @Nullable Counts counted;

    FullReadCheck(ReadSession session, MirrorStore mirrors, Lookups lookups) {
        this.session = session;
        this.mirrors = mirrors;
        this.lookups = lookups;
    }

    /// Requests the counts within the batches of the lists, where these have room.
    void countAlong() {
        counted = null;
        if (session.scope.all()) {
            lookups.countAlong(answers -> {
                if (answers.uncounted != null) {
                    noteUncounted(answers.uncounted);
                }
                counted = new Counts(Objects.requireNonNullElse(answers.peopleCount, 0L),
                        Objects.requireNonNullElse(answers.groupCount, 0L));
            });
        }
    }

    /// Requests the counts unless they are known. Must run before changes are followed, since these report everybody who is
    /// added or removed after the count.
    void count() {
        lookups.countAlong(null);
        if (session.scope.all()) {
            session.toldGone.clear();
            if (counted == null) {
                counted = counts();
            }
        }
    }

    /// Whether the lists contained fewer objects than the directory counted, allowing for changes since.
    boolean isShort() {
        String gap = gap();
        if (gap != null) {
            session.note(Streams.ASKED_AGAIN, null, Words.of("sync.fullReadCheck.theListsWereShorterThan").english(),
                    Words.of("sync.fullReadCheck.readAgain", gap).english());
        }
        return gap != null;
    }

    /// @throws RollcallException REFUSED: the lists are short again
    void requireWhole() {
        String gap = gap();
        if (gap != null) {
            throw new RollcallException(ErrorKind.REFUSED, "directory.short-list",
                    Words.of("sync.directory.short-list", gap), Words.of("sync.directory.short-list.remedy"),
                    Map.of(), null);
        }
    }

    /// In words; null: there is none.
    private @Nullable String gap() {
        Counts all = counted;
        if (all == null) {
            return null;
        }
        long users = mirrors.countUsersOf(session.mirrorId, session.generation);
        long groups = mirrors.countGroupsOf(session.mirrorId, session.generation);
        var left = new HashSet<>(session.toldGone);
        left.addAll(session.missing);
        // Somebody who left in between was counted and is not here. Whether it is a person or a group makes little difference.
        return users + left.size() < all.users() || groups + left.size() < all.groups()
                ? Words.of("sync.fullReadCheck.peopleOfGroupsOf", users, all.users(), groups, all.groups()).english()
                : null;
    }

    private Counts counts() {
        var requests = new LongAdder();
        requests.increment();
        try {
            Counts counts = session.await(
                    session.fetch(() -> session.reader.counts(session.calls.counting(requests))));
            session.countAskedAgain(1, 0, requests.sum());
            return counts;
        } catch (RollcallException e) {
            if (e.kind() != ErrorKind.REFUSED) {
                throw e;
            }
            session.countAskedAgain(0, 0, requests.sum());
            noteUncounted(e);
            return new Counts(0, 0);
        }
    }

    /// Not every cloud counts. The lists are trusted there.
    private void noteUncounted(RollcallException why) {
        session.note(Streams.ASKED_AGAIN, null, Words.of("sync.fullReadCheck.howManyPeopleAndGroups").english(),
                why.message());
    }

    /// Reads members again whose list ended with a full page, as a list does whose link to the next page is missing. A group
    /// may really have that many members, so the second answer is trusted.
    void readOnAfterFullPages() {
        var groups = List.copyOf(session.endedOnFullPage);
        if (groups.isEmpty()) {
            return;
        }
        groups.forEach(id -> session.note(Streams.ASKED_AGAIN, id,
                Words.of("sync.fullReadCheck.theMembersOfGroupWhose", id).english(),
                Words.of("sync.fullReadCheck.readAgain2").english()));
        lookups.membersAgain(groups);
        session.endedOnFullPage.clear();
    }

    /// Requests people, groups and memberships that were known before and were not seen.
    void confirmMissing() {
        List<UUID> people = session.rows.unseenUsers(session.mirrorId, session.generation);
        List<UUID> groups = session.rows.unseenGroups(session.mirrorId, session.generation);
        if (!people.isEmpty() || !groups.isEmpty()) {
            session.calls.stage(Words.of("sync.fullReadCheck.askingForThoseWhoAre").english());
            List<UUID> found = lookups.confirm(people, groups);
            found.forEach(id -> session.note(Streams.ASKED_AGAIN, id,
                    Words.of("sync.fullReadCheck.wasKnownAndNotIn", id).english(),
                    Words.of("sync.fullReadCheck.itIsThereAndStays").english()));
            int gone = people.size() + groups.size() - found.size();
            if (gone > 0) {
                session.note(Streams.ASKED_AGAIN, null,
                        Words.of("sync.fullReadCheck.peopleAndGroupsThatWere").english(),
                        Words.of("sync.fullReadCheck.areGone", gone).english());
            }
            lookups.drain();
        }
        session.database.transaction(() -> keepHiddenMembers(session));
        List<UUID> thinner = session.rows.groupsWithUnseenMembers(session.mirrorId, session.generation);
        if (!thinner.isEmpty()) {
            lookups.membersAgain(thinner);
        }
        session.database.transaction(() -> session.rows.sweepEdges(session.mirrorId, session.generation));
    }

    /// The app may not read them: the known memberships stay.
    static void keepHiddenMembers(ReadSession session) {
        if (!session.seesHiddenMembers) {
            session.rows.touchMembersOf(session.mirrorId, session.generation,
                    session.rows.hiddenGroups(session.mirrorId));
        }
    }
}
