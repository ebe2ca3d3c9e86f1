package dev.forgeway.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.forge.SharedRequests.Asked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedRequestsTest {

    private final ExecutorService askers = Executors.newCachedThreadPool();
    private final List<List<Integer>> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch firstMayEnd = new CountDownLatch(1);
    private volatile boolean broken;
    private final SharedRequests<String, Integer, String> shared = new SharedRequests<>("test", "ask", 50, this::send);

    private void send(String lane, List<Asked<Integer, String>> batch) {
        requests.add(batch.stream().map(Asked::question).toList());
        if (batch.get(0).question() == 0) {
            awaitQuietly(firstMayEnd);
        }
        if (broken) {
            throw new TransientException("502");
        }
        for (Asked<Integer, String> asked : batch) {
            if (asked.question() == 13) {
                asked.fail(new UserErrorException("unlucky"));
            } else {
                asked.answer(lane + asked.question());
            }
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private CompletableFuture<String> ask(String lane, int question) {
        return CompletableFuture.supplyAsync(() -> shared.ask(lane, question), askers);
    }

    /** Many questions while the request with question 0 is under way. */
    private List<CompletableFuture<String>> crowd(int from, int to) {
        var first = ask("a", 0);
        await().until(() -> requests.size() == 1);
        List<CompletableFuture<String>> answers = new ArrayList<>(List.of(first));
        IntStream.rangeClosed(from, to).forEach(question -> answers.add(ask("a", question)));
        await().until(() -> shared.waiting("a") == to - from + 1);
        return answers;
    }

    @AfterEach
    void stop() {
        firstMayEnd.countDown();
        askers.shutdownNow();
    }

    @Test
    void asksAQuestionAloneAtOnce() {
        assertThat(shared.ask("a", 1)).isEqualTo("a1");
        assertThat(shared.ask("a", 2)).isEqualTo("a2");
        assertThat(requests).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void asksWhatCameMeanwhileInTheNextRequests() {
        var answers = crowd(100, 219);
        firstMayEnd.countDown();

        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(answer.get(20, TimeUnit.SECONDS)).startsWith("a"));
        assertThat(answers.get(120).join()).isEqualTo("a219");
        assertThat(requests).extracting(List::size).containsExactly(1, 50, 50, 20);
    }

    @Test
    void asksOnceForAllWhoWaitWithTheSameQuestion() throws Exception {
        var first = asks(0);
        var others = List.of(asks(7), asks(7), asks(8), asks(7));
        var unlucky = List.of(asks(13), asks(13));
        assertThat(shared.waiting("a")).isEqualTo(3);

        firstMayEnd.countDown();

        assertThat(first.get()).isEqualTo("a0");
        for (int i = 0; i < others.size(); i++) {
            assertThat(others.get(i).get()).isEqualTo(i == 2 ? "a8" : "a7");
        }
        unlucky.forEach(one -> assertThatThrownBy(one::get).hasCauseInstanceOf(UserErrorException.class));
        assertThat(requests).containsExactly(List.of(0), List.of(7, 8, 13));
    }

    @Test
    void asksAgainWhenTheSameQuestionWasSentBefore() throws Exception {
        var first = asks(0);
        var second = asks(0);

        firstMayEnd.countDown();

        assertThat(first.get()).isEqualTo(second.get());
        assertThat(requests).containsExactly(List.of(0), List.of(0));
    }

    /** Somebody who waits now, for their turn or for an answer. */
    private FutureTask<String> asks(int question) {
        var task = new FutureTask<>(() -> shared.ask("a", question));
        Thread asker = new Thread(task);
        asker.start();
        await().until(() -> asker.getState() == Thread.State.WAITING || asker.getState() == Thread.State.TIMED_WAITING);
        return task;
    }

    @Test
    void spacesRequestsThatFollowEachOtherWithoutAPause() {
        long start = System.nanoTime();
        for (int question = 1; question <= 6; question++) {
            assertThat(shared.ask("a", question)).isEqualTo("a" + question);
        }

        var answers =
                IntStream.range(20, 40).mapToObj(question -> ask("a", question)).toList();

        answers.forEach(CompletableFuture::join);

        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        assertThat(requests)
                .as("six at once, and one more in each 600 ms")
                .hasSizeLessThanOrEqualTo(6 + (int) (millis / 600) + 1)
                .extracting(List::size)
                .startsWith(1, 1, 1, 1, 1, 1);
    }

    @Test
    void letsAnotherAccountPass() {
        crowd(100, 101);

        assertThat(shared.ask("b", 5)).isEqualTo("b5");
    }

    @Test
    void failsOneQuestionAlone() {
        var answers = crowd(12, 14);
        firstMayEnd.countDown();

        assertThat(answers.get(1).join()).isEqualTo("a12");
        assertThat(answers.get(3).join()).isEqualTo("a14");
        assertThatThrownBy(answers.get(2)::join).hasCauseInstanceOf(UserErrorException.class);
    }

    @Test
    void asksLessAtOnceAfterARequestThatFailed() {
        broken = true;
        var answers = crowd(100, 149);
        firstMayEnd.countDown();
        answers.forEach(answer -> assertThatThrownBy(answer::join).hasCauseInstanceOf(TransientException.class));
        broken = false;

        assertThat(requests.stream().mapToInt(List::size).sum()).isEqualTo(51);
        assertThat(requests.get(1)).as("after a failure of one").hasSize(1);
        assertThat(shared.ask("a", 1)).isEqualTo("a1");
    }

    @Test
    void owesNothingForManyRequestsThatFailed() {
        broken = true;
        for (int question = 100; question < 125; question++) {
            assertThat(ask("a", question)).failsWithin(Duration.ofSeconds(20));
        }
        broken = false;
        assertThat(shared.ask("a", 1)).isEqualTo("a1");

        assertThat(ask("a", 2)).succeedsWithin(Duration.ofSeconds(5)).isEqualTo("a2");
    }
}
