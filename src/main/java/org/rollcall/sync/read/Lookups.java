package org.rollcall.sync.read;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.DirectoryReader.Question;
import org.rollcall.source.LinkExpiredException;
import org.rollcall.source.MemberEntry;
import org.rollcall.store.ReadProgressStore.Todo;
import org.rollcall.text.Words;

/// Answers all pending lookups, twenty questions a request and a few requests at a time, until none is left; answers may add
/// new ones.
///
/// A single "not found" is no proof: the object itself is requested again after a pause. Only if it is still not found, it is
/// gone. If it exists and the question about it still finds nothing, the directory contradicts itself and the read fails.
final class Lookups {
    private static final int QUESTIONS = 20;
    private static final int LANES = 3;
    private static final int RESTARTS = 5;
    private static final List<Question> COUNTS = List.of(new Question.PeopleCount(), new Question.GroupCount());

    private final ReadSession session;
    private final AnswerRows answerRows;
    private final Map<Asking, EndlessGuard> guards = new HashMap<>();
    /// Questions answered with "not found", until they are repeated.
    private final Set<Asking> doubtful = new LinkedHashSet<>();
    private Round round = Round.FIRST;
    /// The stream of the evidence for all lookups; null: that of each question.
    private @Nullable String countedAs;
    private int restarts;
    /// Receives the numbers of people and groups; null: not wanted.
    private @Nullable Consumer<Answers> counts;

    /// The current kind of questions, which decides what "not found" means.
    private enum Round {
        FIRST,
        /// The objects of doubtful questions, or objects that no list contained.
        OBJECTS,
        /// Repeated doubtful questions about objects that exist.
        AGAIN
    }

    /// @param counts receives the total counts, if the batch requested them
    private record Outcome(List<Question> questions, @Nullable Consumer<Answers> counts, @Nullable Answers answers,
            @Nullable Throwable failure) {}

    Lookups(ReadSession session) {
        this.session = session;
        this.answerRows = new AnswerRows(session);
    }

    /// Adds the counts of people and groups to the last questions of the next [#drain], which costs no extra request where
    /// their batch has room.
    ///
    /// @param taker receives the answer, unless there is no room; null: no longer wanted
    void countAlong(@Nullable Consumer<Answers> taker) {
        counts = taker;
    }

    void drain() {
        session.database.transaction(() -> session.progress.preferAllMembers(session.mirrorId));
        while (true) {
            Deque<Question> queue = load();
            if (!queue.isEmpty()) {
                session.changed = true;
                ask(queue);
            } else if (!doubtful.isEmpty()) {
                secondLook();
            } else {
                return;
            }
        }
    }

    /// Requests people and groups that were expected and not seen: those that answer are stored, those that do not are gone.
    ///
    /// @return those that answered
    List<UUID> confirm(List<UUID> people, List<UUID> groups) {
        var queue = new ArrayDeque<Question>();
        people.forEach(id -> queue.add(new Question.User(id)));
        groups.forEach(id -> queue.add(new Question.Group(id)));
        in(Round.OBJECTS, queue);
        var found = new ArrayList<>(people);
        found.addAll(groups);
        found.removeAll(session.missing);
        return found;
    }

    /// Reads the members of these groups once more; an object in either answer is a member.
    void membersAgain(List<UUID> groups) {
        session.database.transaction(() -> session.progress.add(session.mirrorId, Todo.MEMBERS_OF, groups));
        countedAs = Streams.ASKED_AGAIN;
        try {
            drain();
        } finally {
            countedAs = null;
        }
    }

    private void secondLook() {
        session.pause();
        var asked = List.copyOf(doubtful);
        doubtful.clear();
        // They start over: a link received before "not found" may come again.
        asked.forEach(guards::remove);
        var objects = new LinkedHashSet<Asking>();
        asked.forEach(asking -> objects.add(asking.object()));
        in(Round.OBJECTS, questions(objects));
        var again = asked.stream()
                .filter(asking -> !asking.equals(asking.object()) && !session.missing.contains(asking.id())).toList();
        in(Round.AGAIN, questions(again));
        session.database.transaction(() -> asked.forEach(asking -> session.note(Streams.ASKED_AGAIN, asking.id(),
                Words.of("sync.lookups.wasAnsweredWithNotThere", asking.words()).english(),
                session.missing.contains(asking.id())
                        ? Words.of("sync.lookups.stillNotThereItIs").english()
                        : Words.of("sync.lookups.itIsThere").english())));
    }

    private static Deque<Question> questions(Collection<Asking> askings) {
        var queue = new ArrayDeque<Question>();
        askings.forEach(asking -> queue.add(asking.question(null)));
        return queue;
    }

    private void in(Round what, Deque<Question> queue) {
        round = what;
        String before = countedAs;
        countedAs = Streams.ASKED_AGAIN;
        try {
            ask(queue);
        } finally {
            round = Round.FIRST;
            countedAs = before;
        }
    }

    private void contradiction(Asking asking) {
        session.note(Streams.ASKED_AGAIN, asking.id(),
                Words.of("sync.lookups.wasAnsweredWithNotThere", asking.words()).english(),
                Words.of("sync.lookups.notThereAgainThoughThe", asking.object().words()).english());
        throw new RollcallException(ErrorKind.REFUSED, "directory.contradiction",
                Words.of("sync.directory.contradiction.lookups", asking.object().words(), asking.words()),
                Words.of("sync.directory.contradiction.lookups.remedy"), Map.of("object", asking.id().toString()),
                null);
    }

    private Deque<Question> load() {
        Map<Todo, List<UUID>> todos = session.progress.todos(session.mirrorId);
        if (todos.isEmpty()) {
            return new ArrayDeque<>();
        }
        Set<UUID> unseen = skipHidden(todos.getOrDefault(Todo.MEMBERS_OF, List.of()));
        Map<UUID, String> places = session.progress.links(session.mirrorId);
        var queue = new ArrayDeque<Question>();
        todos.forEach((kind, ids) -> {
            for (UUID id : ids) {
                var asking = new Asking(kind, id);
                if (!doubtful.contains(asking) && (kind != Todo.MEMBERS_OF || !unseen.contains(id))) {
                    queue.add(asking.question(AnswerRows.place(asking, places.get(id))));
                }
            }
        });
        return queue;
    }

    /// Members that the app may not read are not requested: the answer would be an empty list without any hint.
    private Set<UUID> skipHidden(List<UUID> groups) {
        if (session.seesHiddenMembers || groups.isEmpty()) {
            return Set.of();
        }
        var hidden = new HashSet<>(groups);
        hidden.retainAll(session.rows.hiddenGroups(session.mirrorId));
        if (!hidden.isEmpty()) {
            session.database.transaction(() -> {
                session.rows.touchMembersOf(session.mirrorId, session.generation, hidden);
                session.progress.setMembersRead(session.mirrorId, session.generation, hidden);
                session.progress.remove(session.mirrorId, Todo.MEMBERS_OF, hidden);
            });
        }
        return hidden;
    }

    private void ask(Deque<Question> queue) {
        var outcomes = new LinkedBlockingQueue<Outcome>();
        int underWay = 0;
        while (!queue.isEmpty() || underWay > 0) {
            session.calls.checkCancelled();
            while (underWay < LANES && !queue.isEmpty()) {
                List<Question> batch = next(queue);
                Consumer<Answers> taker = queue.isEmpty() && batch.size() + COUNTS.size() <= QUESTIONS ? counts : null;
                if (taker != null) {
                    counts = null;
                }
                session.fetch(() -> outcomes.add(call(batch, taker)));
                underWay++;
            }
            Outcome outcome = await(outcomes);
            underWay--;
            Answers answers = outcome.answers();
            if (answers == null) {
                startAnew(outcome, queue);
            } else {
                store(outcome.questions(), answers, queue);
                if (outcome.counts() != null) {
                    outcome.counts().accept(answers);
                }
            }
        }
    }

    private static List<Question> next(Deque<Question> queue) {
        var batch = new ArrayList<Question>();
        int weight = 0;
        while (!queue.isEmpty()) {
            weight += Asking.of(queue.getFirst()).weight();
            if (weight > QUESTIONS) {
                break;
            }
            batch.add(queue.removeFirst());
        }
        return batch;
    }

    private Outcome call(List<Question> questions, @Nullable Consumer<Answers> taker) {
        try {
            var requests = new LongAdder();
            requests.increment();
            var answers = new Answers();
            var asked = new ArrayList<>(questions);
            if (taker != null) {
                asked.addAll(COUNTS);
            }
            session.reader.batch(asked, answers, session.calls.counting(requests));
            answers.requests = requests.sum();
            return new Outcome(questions, taker, answers, null);
        } catch (RuntimeException | Error e) {
            return new Outcome(questions, taker, null, e);
        }
    }

    private Outcome await(LinkedBlockingQueue<Outcome> outcomes) {
        try {
            Outcome outcome = outcomes.poll(100, TimeUnit.MILLISECONDS);
            while (outcome == null) {
                session.calls.checkCancelled();
                outcome = outcomes.poll(100, TimeUnit.MILLISECONDS);
            }
            return outcome;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            session.calls.stop();
            throw new java.util.concurrent.CancellationException("interrupted");
        }
    }

    /// The batch contains a lost page link: those enumerations start over.
    private void startAnew(Outcome outcome, Deque<Question> queue) {
        if (!(outcome.failure() instanceof LinkExpiredException lost)) {
            throw ReadSession.rethrow(outcome.failure());
        }
        if (restarts++ >= RESTARTS) {
            throw lost;
        }
        for (Question question : outcome.questions()) {
            var asking = Asking.of(question);
            guards.remove(asking);
            queue.addFirst(asking.question(null));
        }
    }

    private void store(List<Question> questions, Answers answers, Deque<Question> queue) {
        if (answers.ended.isEmpty() && answers.missing.isEmpty()) {
            throw new RollcallException(ErrorKind.REFUSED, "directory.no-answer",
                    Words.of("sync.directory.no-answer"), Words.of("sync.directory.no-answer.remedy"));
        }
        var followUps = new ArrayList<Question>();
        answers.ended.forEach((question, next) -> {
            var asking = Asking.of(question);
            if (next == null) {
                guards.remove(asking);
            } else {
                check(asking, next, answers.content(question));
                followUps.add(asking.question(next));
            }
        });
        int objects = answers.users.size() + answers.groups.size()
                + answers.members.values().stream().mapToInt(List::size).sum();
        if (session.isMuch(objects)) {
            session.rows.numberMembers(session.mirrorId, answers.members.entrySet().stream()
                    .filter(each -> each.getKey() instanceof Question.Members)
                    .flatMap(each -> each.getValue().stream()).map(MemberEntry::id).distinct().toList());
        }
        session.storing(objects, () -> {
            answerRows.store(questions, answers, countedAs);
            answers.missing.stream().map(Asking::of).filter(this::isGone)
                    .forEach(asking -> answerRows.gone(asking.object()));
        });
        switch (round) {
            case FIRST -> answers.missing.stream().map(Asking::of).filter(asking -> !isGone(asking))
                    .forEach(doubtful::add);
            case OBJECTS -> {
                // Gone, which has been stored.
            }
            case AGAIN -> answers.missing.stream().findFirst()
                    .ifPresent(question -> contradiction(Asking.of(question)));
        }
        session.calls.count(objects);
        // Long enumerations continue at once; the others fill the rest of the batch.
        followUps.reversed().forEach(queue::addFirst);
    }

    /// Whether a single "not found" is sufficient.
    private boolean isGone(Asking asking) {
        return round == Round.OBJECTS || round == Round.FIRST && session.knownGone.contains(asking.id());
    }

    private void check(Asking asking, String next, Answers.Content content) {
        try {
            guards.computeIfAbsent(asking, key -> new EndlessGuard()).page(next, content.objects(), content.sum());
        } catch (RollcallException e) {
            if (asking.keepsPlace() && guards.get(asking) instanceof EndlessGuard guard && guard.inCircle()) {
                session.database.transaction(() -> session.progress.setLink(session.mirrorId, asking.id(), null));
            }
            throw e;
        }
    }
}
