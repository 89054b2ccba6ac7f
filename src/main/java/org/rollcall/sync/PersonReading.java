package org.rollcall.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserStatus;
import org.rollcall.source.CallControl;
import org.rollcall.source.DirectoryReader;
import org.rollcall.source.DirectoryReader.Question;
import org.rollcall.source.GroupEntry;
import org.rollcall.source.MemberEntry;
import org.rollcall.source.UserEntry;
import org.rollcall.text.Words;

/// Requests one person and their groups from Entra with the permissions of an import. These allow requests for all groups of a
/// person through nesting, but not for their direct ones (Graph, "List a user's direct memberships"), so the members of
/// doubtful groups are requested.
final class PersonReading {
    private static final Duration DOUBT = Duration.ofMillis(500);
    /// Limits of groups and pages (of 999) to search for a person; the rest is left to the next import.
    private static final int MOST_GROUPS = 20;
    private static final int MOST_PAGES = 5;

    private final DirectoryReader reader;
    private final UUID id;
    private final CallControl control;

    PersonReading(DirectoryReader reader, UUID id, CallControl control) {
        this.reader = reader;
        this.id = id;
        this.control = control;
    }

    /// The state in Entra.
    ///
    /// @param entry  null: there is no such person
    /// @param groups all groups of the person, through nesting too
    /// @param direct the doubtful groups that have them as a direct member
    record Answer(@Nullable UserEntry entry, Set<UUID> groups, Set<UUID> direct, long requests) {
        UserStatus status() {
            return entry == null
                    ? UserStatus.REMOVED
                    : Boolean.FALSE.equals(entry.attributes().bool(UserField.ACCOUNT_ENABLED))
                            ? UserStatus.DISABLED
                            : UserStatus.ACTIVE;
        }
    }

    /// @param doubtful selects, from all groups, those that may or may not have the person as a direct member
    /// @throws RollcallException all errors of the directory; REFUSED: it contradicts itself
    Answer answer(UnaryOperator<Set<UUID>> doubtful) {
        Found found = person();
        if (found.isMissing()) {
            // A single "not found" is no proof.
            control.pause(DOUBT, Words.of("sync.personReading.microsoftEntraIdDoesNot").english());
            found = person();
        }
        if (found.isMissing()) {
            return new Answer(null, Set.of(), Set.of(), reader.requests());
        }
        return new Answer(Objects.requireNonNull(found.entry), found.groups,
                direct(List.copyOf(doubtful.apply(found.groups))), reader.requests());
    }

    private Found person() {
        var found = new Found(id);
        reader.batch(List.of(new Question.User(id), new Question.GroupsOfUser(id, null)), found, control);
        while (!found.next.isEmpty()) {
            var questions = List.copyOf(found.next.values());
            found.next.clear();
            reader.batch(questions, found, control);
        }
        return found;
    }

    private Set<UUID> direct(List<UUID> groups) {
        var found = new Found(id);
        List<Question> questions = new ArrayList<>(groups.stream().limit(MOST_GROUPS)
                .map(group -> new Question.Members(group, null)).toList());
        for (int page = 0; page < MOST_PAGES && !questions.isEmpty(); page++) {
            found.next.clear();
            reader.batch(questions, found, control);
            questions.clear();
            found.next.forEach((group, question) -> {
                if (!found.having.contains(group)) {
                    questions.add(question);
                }
            });
        }
        return found.having;
    }

    private static final class Found implements DirectoryReader.AnswerSink {
        private final UUID id;
        private final Set<UUID> groups = new HashSet<>();
        private final Set<UUID> having = new HashSet<>();
        /// Questions for the next pages, by the object they are about.
        private final Map<UUID, Question> next = new LinkedHashMap<>();
        private @Nullable UserEntry entry;
        private boolean contradicted;

        Found(UUID id) {
            this.id = id;
        }

        boolean isMissing() {
            if (entry != null && contradicted) {
                throw new RollcallException(ErrorKind.REFUSED, "directory.contradiction",
                        Words.of("sync.directory.contradiction"), Words.of("sync.directory.contradiction.remedy"));
            }
            return entry == null;
        }

        @Override
        public void user(Question question, UserEntry user) {
            if (user.id().equals(id)) {
                entry = user;
            }
        }

        @Override
        public void group(Question question, GroupEntry group) {
            throw new IllegalStateException("no group was asked for");
        }

        @Override
        public void member(Question question, MemberEntry member) {
            if (question instanceof Question.Members of) {
                if (member.id().equals(id)) {
                    having.add(of.group());
                }
            } else {
                groups.add(member.id());
            }
        }

        @Override
        public void ended(Question question, @Nullable String link) {
            if (link != null) {
                switch (question) {
                    case Question.Members of -> next.put(of.group(), new Question.Members(of.group(), link));
                    case Question.GroupsOfUser of -> next.put(id, new Question.GroupsOfUser(id, link));
                    default -> throw new IllegalStateException("one object has no second page");
                }
            }
        }

        @Override
        public void missing(Question question) {
            contradicted |= question instanceof Question.GroupsOfUser;
        }
    }
}
