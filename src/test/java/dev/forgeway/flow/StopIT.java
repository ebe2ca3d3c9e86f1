package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.simulator.GitHubWebhooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clean stop (SIGTERM) under load loses nothing, does nothing twice, and says what it waited for. */
class StopIT {

    private static final int PULL_REQUESTS = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final World world = new World();

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void finishesWhatRunsAndLeavesTheRestOnItsQueues() throws IOException {
        Path log = folder.resolve("stop-it.log");
        world.copr.faults().delay(Duration.ofMillis(400));
        Map<String, String> settings = new HashMap<>(world.settings());
        settings.put("forgeway.handle.concurrency.[copr-build]", "1");
        try (ForgewayProcess forgeway = ForgewayProcess.prepared(settings, log)) {
            Api api = new Api(forgeway.port());
            GitHubWebhooks webhooks = world.github.webhooks(api.webhooks(), World.SECRET);
            forgeway.start();
            forgeway.awaitReady();
            api.allow("github.com/stop", "approved-manually");
            api.post("/api/pauses", World.ADMIN_TOKEN, "{\"kind\":\"handler\",\"name\":\"help\",\"by\":\"ada\"}");
            List<PullRequestStory> stories = new ArrayList<>();
            List<DeliveryStory> promised = new ArrayList<>();
            for (int number = 1; number <= PULL_REQUESTS; number++) {
                String repository = "stop/repo" + number;
                world.github.addRepository(repository, false);
                PullRequestStory story = new PullRequestStory(world, api, webhooks, repository, number)
                        .brings(PullRequestStory.config("fedora-rawhide"));
                stories.add(story);
                promised.add(story.opens());
            }
            await(() -> !world.copr.builds().isEmpty());

            assertThat(forgeway.terminate()).as("the end of SIGTERM").isEqualTo(143);
            assertThat(Files.readString(log))
                    .containsPattern("Stopping: waits for .*handle-copr-build \\(\\d+\\)")
                    .containsPattern("Stopped after \\d+ ms; nothing was left");
            assertThat(world.copr.builds()).as("stopped in the middle").hasSizeLessThan(PULL_REQUESTS);

            world.copr.faults().clear();
            forgeway.start();
            forgeway.awaitReady();
            promised.forEach(DeliveryStory::jobEventuallyWaits);
            assertThat(world.copr.builds()).as("each once").hasSize(PULL_REQUESTS);
            assertThat(promised)
                    .allSatisfy(story -> assertThat(story.told()
                                    .path("jobs")
                                    .path(0)
                                    .path("attempts")
                                    .asInt())
                            .isEqualTo(1));
            assertThat(api.get("/api/pauses").json()).as("still paused").hasSize(1);
        }
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(condition);
    }
}
