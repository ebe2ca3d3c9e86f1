package dev.forgeway.forge;

import dev.forgeway.error.TransientException;
import dev.forgeway.metrics.StepLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets questions that wait at the same moment share a request. A lane has one request under way at a time; what is asked
 * meanwhile goes together in the next one, so that a question alone never waits and a crowd costs few requests. When one
 * request follows the other without a pause, they are spaced: a request that is not full waits until its lane has an
 * allowance again, of {@value #BURST} requests at once and one more every 600 ms. A lane is what may share: one
 * account, asked for the same things.
 *
 * @param <L> the lane
 * @param <Q> a question
 * @param <A> its answer
 */
public final class SharedRequests<L, Q, A> {

    private static final int BURST = 6;
    private static final long NANOS_FOR_ONE_MORE = 600_000_000;

    /** One question on its way; the sender answers it or says why there is no answer. */
    public static final class Asked<Q, A> {

        private final Q question;
        private final CompletableFuture<A> answer = new CompletableFuture<>();
        /** True when the asker has to send the request, false when it was answered. */
        private final CompletableFuture<Boolean> turn = new CompletableFuture<>();

        Asked(Q question) {
            this.question = question;
        }

        public Q question() {
            return question;
        }

        public void answer(A found) {
            answer.complete(found);
        }

        public void fail(RuntimeException why) {
            answer.completeExceptionally(why);
        }
    }

    private static final class Lane<Q, A> {
        private final Deque<Asked<Q, A>> waiting = new ArrayDeque<>();
        private boolean busy;
        private int most;
        /** When the allowance will be, or was, whole again ({@link System#nanoTime}). */
        private long wholeAt = System.nanoTime();

        private Lane(int most) {
            this.most = most;
        }

        private @Nullable Asked<Q, A> waitingFor(Q question) {
            return waiting.stream()
                    .filter(asked -> asked.question.equals(question))
                    .findFirst()
                    .orElse(null);
        }

        /** How long a request that is not full has to wait. */
        private long nanosToWait() {
            return wholeAt - System.nanoTime() - (BURST - 1) * NANOS_FOR_ONE_MORE;
        }

        /** Full requests, and those after a failure, go without an allowance; one that comes after many waits no longer for that. */
        private void spend() {
            long now = System.nanoTime();
            wholeAt = Math.min(Math.max(wholeAt, now), now + (BURST - 1) * NANOS_FOR_ONE_MORE) + NANOS_FOR_ONE_MORE;
        }
    }

    private final String forge;
    private final String operation;
    private final int most;
    private final BiConsumer<L, List<Asked<Q, A>>> sender;
    private final Map<L, Lane<Q, A>> lanes = new ConcurrentHashMap<>();

    /**
     * @param forge the wire name of who is asked, for the step log
     * @param operation what for
     * @param most so many questions go in one request at most
     * @param sender asks all questions in one request, and answers or fails each; what it throws fails the rest
     */
    public SharedRequests(String forge, String operation, int most, BiConsumer<L, List<Asked<Q, A>>> sender) {
        this.forge = forge;
        this.operation = operation;
        this.most = most;
        this.sender = sender;
    }

    /**
     * The answer to a question that was not sent before it was asked: who asks the same as somebody who still waits, waits
     * for the same answer.
     *
     * @throws RuntimeException what the sender failed the question with
     */
    public A ask(L key, Q question) {
        Lane<Q, A> lane = lane(key);
        Instant at = Instant.now();
        boolean isNew;
        Asked<Q, A> mine;
        synchronized (lane) {
            Asked<Q, A> same = lane.waitingFor(question);
            isNew = same == null;
            mine = same == null ? new Asked<>(question) : same;
            if (isNew) {
                lane.waiting.add(mine);
                lane.notifyAll();
            }
            if (!lane.busy) {
                lane.busy = true;
                mine.turn.complete(true);
            }
        }
        if (isNew && mine.turn.join()) {
            send(key, lane);
            return answer(mine);
        }
        try {
            return answer(mine);
        } finally {
            StepLog.call(forge, operation, at, Duration.between(at, Instant.now()), "shared");
        }
    }

    /** How many questions wait for the request that is under way. */
    int waiting(L key) {
        Lane<Q, A> lane = lane(key);
        synchronized (lane) {
            return lane.waiting.size();
        }
    }

    private Lane<Q, A> lane(L key) {
        return lanes.computeIfAbsent(key, added -> new Lane<>(most));
    }

    private void send(L key, Lane<Q, A> lane) {
        List<Asked<Q, A>> batch = take(lane);
        boolean failed = true;
        try {
            sender.accept(key, batch);
            failed = false;
        } catch (RuntimeException e) {
            batch.forEach(asked -> asked.fail(e));
        } finally {
            batch.forEach(asked -> asked.fail(new TransientException(forge + " left a question without an answer")));
            next(lane, batch, failed);
        }
    }

    private static <Q, A> List<Asked<Q, A>> take(Lane<Q, A> lane) {
        List<Asked<Q, A>> batch = new ArrayList<>();
        synchronized (lane) {
            awaitAllowance(lane);
            while (!lane.waiting.isEmpty() && batch.size() < lane.most) {
                batch.add(lane.waiting.remove());
            }
        }
        return batch;
    }

    private static <Q, A> void awaitAllowance(Lane<Q, A> lane) {
        try {
            for (long nanos = lane.nanosToWait();
                    nanos > 0 && lane.waiting.size() < lane.most;
                    nanos = lane.nanosToWait()) {
                lane.wait(nanos / 1_000_000 + 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the request itself will say what that means
        }
        lane.spend();
    }

    /**
     * Hands the lane over to the first that waits. After a failure of the whole request the next one is half as large,
     * so that one question that nobody can answer does not take the others with it for ever.
     */
    private void next(Lane<Q, A> lane, List<Asked<Q, A>> batch, boolean failed) {
        synchronized (lane) {
            lane.most = failed ? Math.max(1, batch.size() / 2) : Math.min(most, lane.most * 2);
            Asked<Q, A> first = lane.waiting.peek();
            lane.busy = first != null;
            if (first != null) {
                first.turn.complete(true);
            }
        }
        batch.forEach(asked -> asked.turn.complete(false));
    }

    private static <Q, A> A answer(Asked<Q, A> mine) {
        try {
            return mine.answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
