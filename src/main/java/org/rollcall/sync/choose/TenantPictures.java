package org.rollcall.sync.choose;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.MemberType;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.source.CallControl;
import org.rollcall.source.DirectoryReader;
import org.rollcall.source.DirectoryReader.AnswerSink;
import org.rollcall.source.DirectoryReader.Question;
import org.rollcall.source.GroupEntry;
import org.rollcall.source.MemberEntry;
import org.rollcall.source.UserEntry;
import org.rollcall.task.JobContext;

/// Reads [TenantPicture]s: completely, or for a very large tenant the groups first, then branches when opened and counts on
/// demand.
public final class TenantPictures {
    private static final int BATCH = 20;

    private TenantPictures() {}

    /// Limits of reading before an import.
    ///
    /// @param people     of a tenant that is read completely
    /// @param groups     as `people`
    /// @param comparable the limit of people in chosen groups of a larger tenant whose ids are read to find overlaps
    public record Limits(long people, long groups, long comparable) {
        public static final Limits STANDARD = new Limits(20_000, 500, 20_000);
    }

    public static TenantPicture read(Limits limits, DirectoryReader reader, CallControl control, JobContext job) {
        var counts = reader.counts(control);
        boolean whole = counts.users() <= limits.people() && counts.groups() <= limits.groups();
        var groups = new ArrayList<GroupEntry>();
        String next = null;
        do {
            next = reader.groups(next, groups::add, control).next();
            job.progress(groups.size(), counts.groups());
        } while (next != null);
        var people = new ArrayList<UserEntry>();
        if (whole) {
            do {
                next = reader.users(next, people::add, control).next();
                job.progress(people.size(), counts.users());
            } while (next != null);
        }
        var picture = new TenantPicture(counts, whole, limits.comparable(), groups, people);
        if (whole) {
            readMembers(picture, groups.stream().map(GroupEntry::id).toList(), reader, control);
        }
        return picture;
    }

    /// Reads the direct members of groups into a picture.
    public static void readMembers(TenantPicture picture, Collection<UUID> groups, DirectoryReader reader,
            CallControl control) {
        var sink = new Sink();
        ask(groups.stream().map(id -> new Question.Members(id, null)).toList(), sink, reader, control);
        for (UUID id : groups) {
            picture.put(id, sink.members.getOrDefault(id, none()));
        }
    }

    private static void ask(List<? extends Question> questions, Sink sink, DirectoryReader reader,
            CallControl control) {
        var waiting = new ArrayDeque<Question>(questions);
        while (!waiting.isEmpty()) {
            var asked = new ArrayList<Question>();
            while (asked.size() < BATCH && !waiting.isEmpty()) {
                asked.add(waiting.remove());
            }
            reader.batch(asked, sink, control);
            waiting.addAll(sink.further);
            sink.further.clear();
        }
    }

    /// Requests unknown counts of groups of a very large tenant.
    public static void count(TenantPicture picture, Collection<UUID> groups, DirectoryReader reader,
            CallControl control) {
        var uncounted = picture.asked().uncounted(groups);
        if (!picture.whole() && !uncounted.isEmpty()) {
            picture.asked().put(reader.memberCounts(uncounted, control));
        }
    }

    /// Asks the next question of [TenantPicture#chosen] about a very large tenant. Called until it returns false; each call
    /// improves the count.
    ///
    /// @return whether there was a question
    public static boolean count(TenantPicture picture, ProfileConfig config, DirectoryReader reader,
            CallControl control) {
        var unasked = picture.unasked(config);
        if (unasked.isEmpty()) {
            return false;
        }
        if (!unasked.counts().isEmpty()) {
            count(picture, unasked.counts(), reader, control);
            return true;
        }
        var questions = new ArrayList<Question>();
        unasked.below().forEach(id -> questions.add(new Question.GroupIdsBelow(id, null)));
        unasked.people().forEach(of -> questions.add(new Question.PeopleIn(of.group(), of.nested(), null)));
        var sink = new Sink();
        sink.done = question -> {
            switch (question) {
                case Question.GroupIdsBelow(UUID group, _) -> picture.asked().putBelow(group,
                        sink.members.getOrDefault(group, none()).groups());
                case Question.PeopleIn(UUID group, boolean nested, _) -> {
                    var of = new GroupPeople.Of(group, nested);
                    picture.asked().put(of, sink.people.getOrDefault(of, GroupPeople.People.none()));
                }
                default -> {
                }
            }
        };
        ask(questions, sink, reader, control);
        return true;
    }

    private static TenantPicture.Members none() {
        return new TenantPicture.Members(new HashSet<>(), new HashSet<>());
    }

    private static final class Sink implements AnswerSink {
        private final Map<UUID, TenantPicture.Members> members = new HashMap<>();
        private final Map<GroupPeople.Of, GroupPeople.People> people = new HashMap<>();
        private final List<Question> further = new ArrayList<>();
        private Consumer<Question> done = _ -> {};

        @Override
        public void user(Question question, UserEntry user) {
            if (question instanceof Question.PeopleIn asked) {
                var of = people.computeIfAbsent(new GroupPeople.Of(asked.group(), asked.nested()),
                        _ -> GroupPeople.People.none());
                of.all().add(user.id());
                if (TenantPicture.isGuest(user.attributes())) {
                    of.guests().add(user.id());
                }
                if (TenantPicture.isDisabled(user.attributes())) {
                    of.disabled().add(user.id());
                }
            }
        }

        @Override
        public void group(Question question, GroupEntry group) {}

        @Override
        public void member(Question question, MemberEntry member) {
            UUID group = switch (question) {
                case Question.Members asked -> asked.group();
                case Question.GroupIdsBelow asked -> asked.group();
                default -> null;
            };
            if (group == null) {
                return;
            }
            var of = members.computeIfAbsent(group, _ -> none());
            if (member.type() == MemberType.USER) {
                of.people().add(member.id());
            } else if (member.type() == MemberType.GROUP) {
                of.groups().add(member.id());
            }
        }

        @Override
        public void ended(Question question, @Nullable String next) {
            if (next == null) {
                done.accept(question);
                return;
            }
            switch (question) {
                case Question.Members asked -> further.add(new Question.Members(asked.group(), next));
                case Question.GroupIdsBelow asked -> further.add(new Question.GroupIdsBelow(asked.group(), next));
                case Question.PeopleIn asked ->
                    further.add(new Question.PeopleIn(asked.group(), asked.nested(), next));
                default -> {
                }
            }
        }

        @Override
        public void missing(Question question) {
            done.accept(question);
        }
    }
}
