package org.rollcall.sync.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.DirectoryReader.AnswerSink;
import org.rollcall.source.DirectoryReader.Question;
import org.rollcall.source.GroupEntry;
import org.rollcall.source.MemberEntry;
import org.rollcall.source.UserEntry;

/// The answers of one batch, kept in memory until they are stored in one transaction.
final class Answers implements AnswerSink {
    final List<UserEntry> users = new ArrayList<>();
    final List<GroupEntry> groups = new ArrayList<>();
    /// Objects of which an enumeration returned only the id: a request for the object itself may return more.
    final Set<UUID> usersByIdOnly = new LinkedHashSet<>();
    final Set<UUID> groupsByIdOnly = new LinkedHashSet<>();
    final Map<Question, List<MemberEntry>> members = new LinkedHashMap<>();
    /// Questions that were answered to the end of a page, with the link to the next page.
    final Map<Question, @Nullable String> ended = new LinkedHashMap<>();
    final Set<Question> missing = new LinkedHashSet<>();
    /// The ids that lists of people or groups below a group contained, by that group.
    final Map<UUID, Set<UUID>> listedBelow = new HashMap<>();
    /// The number of objects for each question, and the sum of their hashed ids.
    final Map<Question, Content> contents = new LinkedHashMap<>();
    /// Number of requests.
    long requests;
    /// The total counts; null: not requested or not answered.
    @Nullable
    Long peopleCount;
    @Nullable
    Long groupCount;
    /// Why the directory does not count.
    @Nullable
    RollcallException uncounted;

    record Content(int objects, long sum) {
        Content plus(long mixed) {
            return new Content(objects + 1, sum + mixed);
        }
    }

    @Override
    public void user(Question question, UserEntry user) {
        users.add(user);
        listed(question, user.id());
        if (user.onlyId() && !(question instanceof Question.User)) {
            usersByIdOnly.add(user.id());
        }
        count(question, EndlessGuard.mix(user.id()));
    }

    @Override
    public void group(Question question, GroupEntry group) {
        groups.add(group);
        listed(question, group.id());
        if (group.onlyId() && !(question instanceof Question.Group)) {
            groupsByIdOnly.add(group.id());
        }
        count(question, EndlessGuard.mix(group.id()));
    }

    private void listed(Question question, UUID id) {
        UUID group = switch (question) {
            case Question.PeopleBelow below -> below.group();
            case Question.DirectPeople people -> people.group();
            case Question.GroupsBelow below -> below.group();
            default -> null;
        };
        if (group != null) {
            listedBelow.computeIfAbsent(group, key -> new HashSet<>()).add(id);
        }
    }

    @Override
    public void member(Question question, MemberEntry member) {
        members.computeIfAbsent(question, key -> new ArrayList<>()).add(member);
        count(question, EndlessGuard.mix(member.id()));
    }

    @Override
    public void ended(Question question, @Nullable String next) {
        ended.put(question, next);
    }

    @Override
    public void missing(Question question) {
        missing.add(question);
    }

    @Override
    public void counted(Question question, long count) {
        if (question instanceof Question.PeopleCount) {
            peopleCount = count;
        } else {
            groupCount = count;
        }
    }

    @Override
    public void uncounted(Question question, RollcallException why) {
        if (why.kind() != ErrorKind.REFUSED) {
            throw why;
        }
        uncounted = why;
    }

    private void count(Question question, long mixed) {
        contents.merge(question, new Content(1, mixed), (old, one) -> old.plus(mixed));
    }

    Content content(Question question) {
        return contents.getOrDefault(question, new Content(0, 0));
    }
}
