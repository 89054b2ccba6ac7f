package org.rollcall.sync.read;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Membership;
import org.rollcall.source.DirectoryReader.Question;
import org.rollcall.source.GroupEntry;
import org.rollcall.source.MemberEntry;
import org.rollcall.store.ReadProgressStore;
import org.rollcall.store.ReadProgressStore.Stream;
import org.rollcall.store.ReadProgressStore.Todo;

/// Stores the answers of a batch and the questions that follow from them, within the caller's transaction.
final class AnswerRows {
    private final ReadSession session;
    private final ListReading entries;

    AnswerRows(ReadSession session) {
        this.session = session;
        this.entries = new ListReading(session);
    }

    /// Where an enumeration of `asking` was interrupted. Several kinds may run within one group; the place of one of them is
    /// kept, and the others start over after a kill.
    static @Nullable String place(Asking asking, @Nullable String kept) {
        String mark = mark(asking);
        return asking.keepsPlace() && kept != null && kept.startsWith(mark) ? kept.substring(mark.length()) : null;
    }

    private static String mark(Asking asking) {
        return asking.kind() + " ";
    }

    /// @param stream the stream of the evidence to count under; null: that of each question
    void store(List<Question> questions, Answers answers, @Nullable String stream) {
        long mirror = session.mirrorId;
        ReadProgressStore progress = session.progress;
        var newUsers = new LinkedHashSet<>(answers.usersByIdOnly);
        newUsers.removeAll(session.rows.users(mirror, newUsers).keySet());
        progress.add(mirror, Todo.USER, newUsers);
        var newGroups = new LinkedHashSet<>(answers.groupsByIdOnly);
        newGroups.removeAll(session.rows.groups(mirror, newGroups).keySet());
        progress.add(mirror, Todo.GROUP, newGroups);
        entries.storeUsers(answers.users);
        entries.storeGroups(answers.groups);
        askForMembersOfNew(answers.groups);
        storeMembers(answers.members);
        answers.listedBelow.forEach((group, ids) -> session.listedBelow
                .computeIfAbsent(group, key -> new HashSet<>()).addAll(ids));
        var done = new LinkedHashSet<UUID>();
        var answered = new EnumMap<Todo, Set<UUID>>(Todo.class);
        answers.ended.forEach((question, next) -> {
            var asking = Asking.of(question);
            if (next == null) {
                answered.computeIfAbsent(asking.kind(), _ -> new LinkedHashSet<>()).add(asking.id());
                if (asking.kind() == Todo.MEMBERS_OF) {
                    done.add(asking.id());
                    if (answers.content(question).objects() >= session.reader.membersInAPage()) {
                        session.endedOnFullPage.add(asking.id());
                    }
                }
            } else if (asking.keepsPlace()) {
                progress.setLink(mirror, asking.id(), mark(asking) + next);
            }
        });
        answered.forEach((kind, ids) -> progress.remove(mirror, kind, ids));
        progress.setMembersRead(mirror, session.generation, done);
        session.membersRead.addAll(done);
        if (stream == null) {
            saveCounts(questions, answers);
        } else {
            session.countAskedAgain(questions.size(),
                    questions.stream().mapToLong(question -> answers.content(question).objects()).sum(),
                    answers.requests);
        }
    }

    /// Groups that are added one by one bring no members.
    private void askForMembersOfNew(List<GroupEntry> groups) {
        var ids = new ArrayList<>(session.progress.membersUnread(session.mirrorId, session.generation,
                groups.stream().map(GroupEntry::id).distinct().toList()));
        ids.removeAll(session.membersRead);
        session.progress.add(session.mirrorId, Todo.MEMBERS_OF, ids);
    }

    private void storeMembers(Map<Question, List<MemberEntry>> members) {
        var edges = new ArrayList<Membership>();
        var holding = new LinkedHashSet<UUID>();
        members.forEach((question, entries) -> {
            switch (question) {
                case Question.Members of ->
                    entries.forEach(member -> edges.add(new Membership(of.group(), member.id(), member.type())));
                case Question.GroupsOfUser of -> holding.addAll(notKnownToHold(of.user(), entries));
                case Question.GroupsOfGroup of -> holding.addAll(notKnownToHold(of.group(), entries));
                default -> throw new IllegalStateException("no members were asked for");
            }
        });
        session.rows.putEdges(session.mirrorId, session.generation, edges);
        session.progress.addMembersOfKnown(session.mirrorId, holding);
    }

    /// Of all groups somebody is in, through nesting: those whose direct members have to be checked.
    private Set<UUID> notKnownToHold(UUID member, List<MemberEntry> groups) {
        var unknown = new LinkedHashSet<UUID>();
        groups.forEach(group -> unknown.add(group.id()));
        unknown.removeAll(session.rows.groupsWith(session.mirrorId, member));
        return unknown;
    }

    /// Confirmed: two requests answered "not found".
    void gone(Asking object) {
        long mirror = session.mirrorId;
        session.missing.add(object.id());
        if (object.kind() == Todo.USER) {
            session.rows.removeUsers(mirror, List.of(object.id()));
        } else {
            session.membersRead.remove(object.id());
            session.rows.removeGroups(mirror, List.of(object.id()));
        }
        session.progress.removeAll(mirror, List.of(object.id()));
    }

    /// The requests of a batch count for the stream of its first question.
    private void saveCounts(List<Question> questions, Answers answers) {
        var pages = new HashMap<String, Long>();
        var objects = new HashMap<String, Long>();
        for (Question question : questions) {
            String stream = Asking.of(question).stream();
            pages.merge(stream, 1L, Long::sum);
            objects.merge(stream, (long) answers.content(question).objects(), Long::sum);
        }
        String first = Asking.of(questions.getFirst()).stream();
        pages.forEach((name, count) -> {
            Stream row = session.progress.stream(session.mirrorId, name)
                    .orElseGet(() -> Stream.open(name, null, null));
            session.progress.save(session.mirrorId, new Stream(name, true, row.nextLink(), row.deltaLink(),
                    row.linkAt(), row.pages() + count, row.objects() + objects.getOrDefault(name, 0L),
                    row.requests() + (name.equals(first) ? answers.requests : 0)));
        });
    }
}
