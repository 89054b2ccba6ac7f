package org.rollcall.sync.read;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import org.rollcall.directory.DirectoryReader.Question;
import org.rollcall.directory.LinkExpiredException;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.store.ReadProgressStore.Todo;

/// Asks for whatever is noted as still to be asked for, twenty questions a request and a few requests at a time, until
/// nothing is left; answers may bring new questions.
final class Lookups {
    private static final int QUESTIONS = 20;
    private static final int LANES = 3;
    private static final int RESTARTS = 5;

    private final ReadSession session;
    private final AnswerRows answerRows;
    private final Map<Asking, EndlessGuard> guards = new HashMap<>();
    private int restarts;

    private record Outcome(List<Question> questions, @Nullable Answers answers, @Nullable Throwable failure) {}

    Lookups(ReadSession session) {
        this.session = session;
        this.answerRows = new AnswerRows(session);
    }

    void drain() {
        session.database.transaction(() -> session.progress.preferAllMembers(session.mirrorId));
        for (Deque<Question> queue = load(); !queue.isEmpty(); queue = load()) {
            session.changed = true;
            ask(queue);
        }
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
                if (kind != Todo.MEMBERS_OF || !unseen.contains(id)) {
                    var asking = new Asking(kind, id);
                    queue.add(asking.question(AnswerRows.place(asking, places.get(id))));
                }
            }
        });
        return queue;
    }

    /// Members that the app may not see are not asked for: the answer would be an empty list without a word about it.
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
                hidden.forEach(id -> session.progress.remove(session.mirrorId, Todo.MEMBERS_OF, id));
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
                session.fetch(() -> outcomes.add(call(batch)));
                underWay++;
            }
            Outcome outcome = await(outcomes);
            underWay--;
            Answers answers = outcome.answers();
            if (answers == null) {
                startAnew(outcome, queue);
            } else {
                store(outcome.questions(), answers, queue);
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

    private Outcome call(List<Question> questions) {
        try {
            var requests = new LongAdder();
            requests.increment();
            var answers = new Answers();
            session.reader.batch(questions, answers, session.calls.counting(requests));
            answers.requests = requests.sum();
            return new Outcome(questions, answers, null);
        } catch (RuntimeException | Error e) {
            return new Outcome(questions, null, e);
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

    /// A page link in the batch is lost: those enumerations begin again.
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
                    "the directory left questions without an answer", "try again later");
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
        session.database.transaction(() -> answerRows.store(questions, answers));
        session.calls.count(answers.users.size() + answers.groups.size()
                + answers.members.values().stream().mapToInt(List::size).sum());
        // Long enumerations go on at once; the others fill the rest of the batch.
        followUps.reversed().forEach(queue::addFirst);
    }

    private void check(Asking asking, String next, Answers.Content content) {
        try {
            guards.computeIfAbsent(asking, key -> new EndlessGuard()).page(next, content.objects(), content.sum());
        } catch (RollcallException e) {
            if (asking.keepsPlace()) {
                session.database.transaction(() -> session.progress.setLink(session.mirrorId, asking.id(), null));
            }
            throw e;
        }
    }
}
