package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.GitHubWebhooks;
import dev.forgeway.simulator.WebhookDelivery;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Forgeway is killed again and again in the middle of its stories. In the end every delivery that was answered 202 has
 * come to its end, and nothing was done twice that a person would notice.
 */
class KillIT {

    private static final int ROUNDS = Integer.getInteger("forgeway.kill.rounds", 8);
    private static final long SEED = Long.getLong("forgeway.kill.seed", System.nanoTime());
    private static final int LATEST_KILL_MILLIS = 2500;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final World world = new World();
    private final Random random = new Random(SEED);
    private final List<Promise> promises = new ArrayList<>();
    private ForgewayProcess forgeway;
    private Api api;
    private GitHubWebhooks webhooks;
    private int repositories;

    /** What was answered 202 for a pull request: the ids of its deliveries, and how many builds and answers it asked for. */
    private record Promise(PullRequestStory story, List<String> ids, int builds, int comments) {}

    @BeforeEach
    void start() {
        System.out.println("KillIT: forgeway.kill.seed=" + SEED + ", rounds=" + ROUNDS);
        world.copr.step(Duration.ofMillis(150));
        world.github.faults().delay(Duration.ofMillis(60));
        world.copr.faults().delay(Duration.ofMillis(60));
        Map<String, String> settings = new LinkedHashMap<>(world.settings());
        settings.put("forgeway.report.claim-lease", "3s");
        forgeway = ForgewayProcess.ofClasses(settings, Path.of("target", "kill-it.log"));
        api = new Api(forgeway.port());
        webhooks = world.github.webhooks(api.webhooks(), World.SECRET);
        forgeway.start();
        forgeway.awaitReady();
        api.allow("github.com/kill", "approved-manually");
    }

    @AfterEach
    void stop() {
        forgeway.close();
        world.close();
    }

    @Test
    void completesEveryStoryThatItPromised() {
        for (int round = 0; round < ROUNDS; round++) {
            buildOnPush();
            buildOnCommand();
            help();
            if (round % 4 == 0) {
                killAfterAtMost(LATEST_KILL_MILLIS);
            } else {
                killWhile(round % 4);
            }
        }
        promises.forEach(this::isKept);
    }

    private void buildOnPush() {
        PullRequestStory story = pullRequest();
        promise(story, 1, 0, webhooks.pullRequest("opened", story.repository(), story.number()));
    }

    private void buildOnCommand() {
        PullRequestStory story = pullRequest();
        promise(story, 1, 0, webhooks.comment(story.repository(), story.number(), "ada", "/packit build"));
    }

    private void help() {
        PullRequestStory story = pullRequest();
        promise(story, 0, 1, webhooks.comment(story.repository(), story.number(), "ada", "/packit help"));
    }

    /** A delivery that is not answered is nobody's promise: GitHub shows it as failed. */
    private void promise(PullRequestStory story, int builds, int comments, WebhookDelivery delivery) {
        try {
            WebhookDelivery.Answer answer = webhooks.send(delivery);
            assertThat(answer.status()).as(answer.body()).isEqualTo(202);
            String id = DeliveryStory.accepted(api, answer).id();
            promises.add(new Promise(story, List.of(id), builds, comments));
        } catch (UncheckedIOException e) {
            throw new AssertionError("Forgeway was up and did not answer", e);
        }
    }

    private PullRequestStory pullRequest() {
        String repository = "kill/repo" + ++repositories;
        world.github.addRepository(repository, false);
        return new PullRequestStory(world, api, webhooks, repository, repositories)
                .brings(PullRequestStory.config("fedora-rawhide", "epel-10"));
    }

    private void killAfterAtMost(int millis) {
        long end = System.nanoTime() + Duration.ofMillis(random.nextInt(millis)).toNanos();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> System.nanoTime() >= end);
        restart();
    }

    /** Kills while a call is under way that must not be made twice: it is done, but its answer never comes. */
    private void killWhile(int kind) {
        String call = switch (kind) {
            case 1 -> "POST /api_3/build/create/custom";
            case 2 -> "POST /repos/{o}/{r}/check-runs";
            default -> "POST /repos/{o}/{r}/issues/{n}/comments";
        };
        var simulator = kind == 1 ? world.copr : world.github;
        int before = performed(call);
        simulator.faults().dropAfter(call, 1);
        BooleanSupplier happened = () -> performed(call) > before;
        await(call).atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(happened::getAsBoolean);
        restart();
    }

    private int performed(String call) {
        return switch (call.substring(call.lastIndexOf('/') + 1)) {
            case "custom" -> world.copr.builds().size();
            case "check-runs" ->
                promises.stream()
                        .mapToInt(promise -> promise.story().checkRuns().size())
                        .sum();
            default ->
                promises.stream()
                        .mapToInt(promise -> promise.story().comments().size())
                        .sum();
        };
    }

    private void restart() {
        forgeway.kill();
        world.heal();
        world.github.faults().delay(Duration.ofMillis(60));
        world.copr.faults().delay(Duration.ofMillis(60));
        forgeway.start();
        forgeway.awaitReady();
    }

    private void isKept(Promise promise) {
        for (String id : promise.ids()) {
            await("story of " + id)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .untilAsserted(() -> isOver(api.delivery(id).json()));
        }
        PullRequestStory story = promise.story();
        assertThat(story.builds()).as("builds of " + story.repository()).hasSize(promise.builds());
        assertThat(story.comments().stream().filter(comment -> comment.body().contains("forgeway:")))
                .as("answers in " + story.repository())
                .hasSize(promise.comments());
        await("checks of " + story.repository())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(story.checkRuns())
                        .as("checks of " + story.repository())
                        .hasSize(promise.builds() * 2)
                        .allMatch(run -> "success".equals(run.conclusion())));
    }

    private static void isOver(JsonNode story) {
        assertThat(story.path("outcome").asText()).as(story.toPrettyString()).isEqualTo("dispatched");
        assertThat(story.path("jobs"))
                .isNotEmpty()
                .allSatisfy(job -> assertThat(job.path("outcome").asText())
                        .as(story.toPrettyString())
                        .isEqualTo("succeeded"));
    }
}
