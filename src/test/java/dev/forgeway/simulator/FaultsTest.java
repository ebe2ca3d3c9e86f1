package dev.forgeway.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultsTest {

    private static final String REPOSITORY = "packit/hello-world";
    private static final String COMMENTS = "/repos/packit/hello-world/issues/1/comments";

    private final GitHubSimulator gitHub = new GitHubSimulator();
    private final Http caller = new Http(gitHub, "token ghp_person");

    @BeforeEach
    void letIn() {
        gitHub.personalToken("ghp_person").addRepository(REPOSITORY, false).addIssue(REPOSITORY, 1, "Broken");
    }

    @AfterEach
    void close() {
        gitHub.close();
    }

    @Test
    void performsTheCallButDropsTheConnection() throws Exception {
        gitHub.faults().dropAfter("POST /repos/{owner}/{repo}/issues/{number}/comments", 1);
        assertThatThrownBy(() -> caller.post(COMMENTS, "{\"body\":\"once\"}")).isInstanceOf(IOException.class);
        assertThat(gitHub.comments(REPOSITORY, 1))
                .extracting(IssueComment::body)
                .containsExactly("once");
        Call call = gitHub.calls("POST " + COMMENTS).get(0);
        assertThat(call.answered()).isFalse();
        assertThat(call.status()).isEqualTo(201);
        assertThat(caller.post(COMMENTS, "{\"body\":\"twice\"}").status()).isEqualTo(201);
    }

    @Test
    void dropsTheConnectionWithoutPerforming() {
        gitHub.faults().dropBefore("POST", 1);
        assertThatThrownBy(() -> caller.post(COMMENTS, "{\"body\":\"never\"}")).isInstanceOf(IOException.class);
        assertThat(gitHub.comments(REPOSITORY, 1)).isEmpty();
    }

    @Test
    void answersTheNextCallsAsTold() throws Exception {
        gitHub.faults()
                .answer("GET /repos/packit", 2, Response.json(500, Map.of("message", "Server Error")))
                .answer("GET /repos/{owner}/{repo}", 1, Response.html(200, "<html>Unicorn!</html>"))
                .answer(
                        "GET",
                        1,
                        Response.json(403, Map.of("message", "Slow down")).with("retry-after", "60"));
        assertThat(caller.get("/repos/" + REPOSITORY).status()).isEqualTo(500);
        assertThat(caller.get("/repos/" + REPOSITORY).status()).isEqualTo(500);
        assertThat(caller.get("/repos/" + REPOSITORY).body()).contains("Unicorn");
        assertThat(caller.get("/repos/" + REPOSITORY).header("retry-after")).isEqualTo("60");
        assertThat(caller.get("/repos/" + REPOSITORY).status()).isEqualTo(200);
    }

    @Test
    void failsTheSameCallsForTheSameSeed() throws Exception {
        List<Integer> first = statuses();
        assertThat(first).contains(200, 502);
        assertThat(statuses()).isEqualTo(first);
    }

    private List<Integer> statuses() throws Exception {
        gitHub.faults().failRandomly(0.5, 42, Response.html(502, "Bad Gateway"));
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            statuses.add(caller.get("/repos/" + REPOSITORY).status());
        }
        gitHub.faults().clear();
        return statuses;
    }

    @Test
    void refusesConnectionsUntilItListensAgain() throws Exception {
        int port = gitHub.port();
        assertThat(caller.get("/repos/" + REPOSITORY).status()).isEqualTo(200);
        gitHub.stopListening();
        assertThatThrownBy(() -> caller.get("/repos/" + REPOSITORY)).isInstanceOf(IOException.class);
        gitHub.startListening();
        assertThat(gitHub.port()).isEqualTo(port);
        assertThat(caller.get("/repos/" + REPOSITORY).status()).isEqualTo(200);
    }

    @Test
    void hangsUntilCleared() {
        gitHub.faults().hang("POST", 1);
        CompletableFuture<Integer> hanging = CompletableFuture.supplyAsync(() -> {
            try {
                return caller.post(COMMENTS, "{\"body\":\"never\"}").status();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> gitHub.calls("POST").size() == 1);
        assertThat(hanging).isNotDone();
        gitHub.faults().clear();
        assertThat(hanging).succeedsWithin(Duration.ofSeconds(2)).isEqualTo(503);
        assertThat(gitHub.comments(REPOSITORY, 1)).isEmpty();
    }

    @Test
    void delaysManyCallsAtOnceAndRemembersThemWithoutSecrets() {
        gitHub.faults().delay(Duration.ofMillis(150));
        long start = System.nanoTime();
        CompletableFuture<?>[] calls = new CompletableFuture<?>[20];
        for (int i = 0; i < calls.length; i++) {
            calls[i] = CompletableFuture.runAsync(
                    () -> {
                        try {
                            assertThat(caller.get("/repos/" + REPOSITORY).status())
                                    .isEqualTo(200);
                        } catch (IOException | InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    task -> new Thread(task).start());
        }
        CompletableFuture.allOf(calls).join();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        Duration oneAfterAnother = gitHub.calls("GET /repos/packit/hello-world").stream()
                .map(Call::took)
                .reduce(Duration.ZERO, Duration::plus);
        assertThat(took).isBetween(Duration.ofMillis(150), oneAfterAnother);
        assertThat(gitHub.calls("GET /repos/packit/hello-world")).hasSize(20).allSatisfy(call -> {
            assertThat(call.headers()).containsEntry("authorization", "token");
            assertThat(call.took()).isGreaterThanOrEqualTo(Duration.ofMillis(140));
        });
    }
}
