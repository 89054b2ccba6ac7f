package org.rollcall.sync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.rollcall.directory.CallControl;
import org.rollcall.directory.DirectoryReader;
import org.rollcall.directory.DirectoryReader.AnswerSink;
import org.rollcall.directory.DirectoryReader.Question;
import org.rollcall.directory.GroupEntry;
import org.rollcall.directory.MemberEntry;
import org.rollcall.directory.UserEntry;
import org.rollcall.domain.MemberType;
import org.rollcall.task.JobContext;

/// Reads [TenantPicture]s: all of a tenant that is not too big; of a very big one the groups, and branches when opened.
public final class TenantPictures {
    private static final long MOST_PEOPLE = 20_000;
    private static final long MOST_GROUPS = 500;
    private static final int BATCH = 20;

    private TenantPictures() {}

    public static TenantPicture read(DirectoryReader reader, CallControl control, JobContext job) {
        var counts = reader.counts(control);
        boolean whole = counts.users() <= MOST_PEOPLE && counts.groups() <= MOST_GROUPS;
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
        var picture = new TenantPicture(counts, whole, groups, people);
        if (whole) {
            readMembers(picture, groups.stream().map(GroupEntry::id).toList(), reader, control);
        }
        return picture;
    }

    /// Reads the direct members of groups into a picture.
    public static void readMembers(TenantPicture picture, Collection<UUID> groups, DirectoryReader reader,
            CallControl control) {
        var sink = new Sink();
        var waiting = new ArrayList<Question>(groups.stream().map(id -> new Question.Members(id, null)).toList());
        while (!waiting.isEmpty()) {
            var asked = List.copyOf(waiting.subList(0, Math.min(BATCH, waiting.size())));
            waiting.subList(0, asked.size()).clear();
            sink.further.clear();
            reader.batch(asked, sink, control);
            waiting.addAll(sink.further);
        }
        for (UUID id : groups) {
            picture.put(id, sink.members.getOrDefault(id, new TenantPicture.Members(new HashSet<>(), new HashSet<>())));
        }
    }

    private static final class Sink implements AnswerSink {
        private final Map<UUID, TenantPicture.Members> members = new HashMap<>();
        private final List<Question> further = new ArrayList<>();

        @Override
        public void user(Question question, UserEntry user) {}

        @Override
        public void group(Question question, GroupEntry group) {}

        @Override
        public void member(Question question, MemberEntry member) {
            if (question instanceof Question.Members asked) {
                var of = members.computeIfAbsent(asked.group(),
                        _ -> new TenantPicture.Members(new HashSet<>(), new HashSet<>()));
                if (member.type() == MemberType.USER) {
                    of.people().add(member.id());
                } else if (member.type() == MemberType.GROUP) {
                    of.groups().add(member.id());
                }
            }
        }

        @Override
        public void ended(Question question, @Nullable String next) {
            if (next != null && question instanceof Question.Members asked) {
                further.add(new Question.Members(asked.group(), next));
            }
        }

        @Override
        public void missing(Question question) {}
    }
}
