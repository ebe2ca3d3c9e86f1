package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forgeway.simulator.Faults;
import dev.forgeway.simulator.GitHubWebhooks;
import dev.forgeway.simulator.HttpSimulator;
import dev.forgeway.simulator.WebhookDelivery;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Forgeway is killed again and again in the middle of its stories. In the end every delivery that was answered 202 has
 * come to its end, and nothing was done twice that a person would notice. Each start serves the deliveries that the kill
 * before it interrupted and those of the next round.
 */
class KillIT {

    private static final int ROUNDS = Integer.getInteger("forgeway.kill.rounds", Moment.values().length);
    private static final long SEED = Long.getLong("forgeway.kill.seed", System.nanoTime());
    private static final int LATEST_KILL_MILLIS = 1500;
    private static final int LATEST_KILL_OF_A_REQUEST_MILLIS = 30;
    private static final String BUILD_CALL = "POST /api_3/build/create/custom";
    private static final String CHECK_CALL = "POST /repos/{o}/{r}/check-runs";
    private static final String COMMENT_CALL = "POST /repos/{o}/{r}/issues/{n}/comments";
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

    /** When Forgeway dies. */
    private enum Moment {
        SOME_TIME_LATER,
        BUILD_SUBMITTED,
        RIGHT_AFTER_ACCEPTING,
        CHECK_SHOWN,
        WHILE_RECEIVING,
        COMMENT_WRITTEN,
        DECIDED
    }

    @BeforeEach
    void start() {
        System.out.println("KillIT: forgeway.kill.seed=" + SEED + ", rounds=" + ROUNDS);
        world.copr.step(Duration.ofMillis(150));
        world.github.faults().delay(Duration.ofMillis(60));
        world.copr.faults().delay(Duration.ofMillis(60));
        Map<String, String> settings = new LinkedHashMap<>(world.settings());
        settings.put("forgeway.service.answer-timeout", "4s");
        settings.put("forgeway.report.claim-lease", "8s");
        forgeway = ForgewayProcess.prepared(settings, Path.of("target", "kill-it.log"));
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
        Moment[] moments = Moment.values();
        for (int round = 0; round < ROUNDS; round++) {
            play(moments[round % moments.length]);
        }
        promises.forEach(this::isKept);
        assertThat(world.copr.builds())
                .hasSize(promises.stream().mapToInt(Promise::builds).sum());
    }

    private void play(Moment moment) {
        switch (moment) {
            case SOME_TIME_LATER -> {
                sendAll();
                pass(LATEST_KILL_MILLIS);
                restart();
            }
            case RIGHT_AFTER_ACCEPTING -> {
                sendAll();
                restart();
            }
            case WHILE_RECEIVING -> killWhileReceiving();
            case BUILD_SUBMITTED -> killBeforeTheAnswer(world.copr, BUILD_CALL, this::builds);
            case CHECK_SHOWN -> killBeforeTheAnswer(world.github, CHECK_CALL, this::checkRuns);
            case DECIDED -> killBetweenRowsAndMessages();
            case COMMENT_WRITTEN -> killBeforeTheAnswer(world.github, COMMENT_CALL, this::answers);
        }
    }

    private void sendAll() {
        buildOnPush();
        buildsOfOneEvent();
        buildOnCommand();
        help();
    }

    /** Several jobs of one event: each is to be on its queue exactly once. */
    private void buildsOfOneEvent() {
        PullRequestStory story = pullRequest().brings(PullRequestStory.configOfJobs(3, "fedora-rawhide", "epel-10"));
        story.coprProjects(3)
                .forEach(project ->
                        world.copr.addProject(World.OWNER, project, "fedora-rawhide-x86_64", "epel-10-x86_64"));
        promise(story, 3, 0, webhooks.pullRequest("opened", story.repository(), story.number()));
    }

    /** Copr knows the project, so that the first call makes the build; for a command the project has to be made first. */
    private void buildOnPush() {
        PullRequestStory story = pullRequest();
        String project = (story.repository() + "-" + story.number()).replace('/', '-');
        world.copr.addProject(World.OWNER, project, "fedora-rawhide-x86_64", "epel-10-x86_64");
        promise(story, 1, 0, webhooks.pullRequest("opened", story.repository(), story.number()));
    }

    private void buildOnCommand() {
        PullRequestStory story = pullRequest();
        promise(story, 1, 0, webhooks.comment(story.repository(), story.number(), "lbarcziova", "/packit build"));
    }

    private void help() {
        PullRequestStory story = pullRequest();
        promise(story, 0, 1, webhooks.comment(story.repository(), story.number(), "ada", "/packit help"));
    }

    /** A delivery that is not answered is nobody's promise: GitHub shows it as failed. */
    private void promise(PullRequestStory story, int builds, int comments, WebhookDelivery delivery) {
        try {
            WebhookDelivery.Answer answer = webhooks.send(delivery);
            promises.add(new Promise(story, List.of(accepted(answer)), builds, comments));
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

    private void pass(int atMostMillis) {
        long end = System.nanoTime()
                + Duration.ofMillis(random.nextInt(atMostMillis)).toNanos();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> System.nanoTime() >= end);
    }

    /** Kills while a call is under way that must not be made twice: it is done, but its answer never comes. */
    private void killBeforeTheAnswer(HttpSimulator simulator, String call, IntSupplier done) {
        int before = done.getAsInt();
        simulator.faults().holdAnswer(call, Faults.ALWAYS);
        sendAll();
        await(call).atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(() -> done.getAsInt() > before);
        restart();
    }

    /** The decision is seen in the store; its messages are committed behind that, or just not. */
    private void killBetweenRowsAndMessages() {
        sendAll();
        String id = promises.get(promises.size() - 1).ids().get(0);
        await("decision on " + id)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(1))
                .pollDelay(Duration.ZERO)
                .until(() -> api.delivery(id).json().path("outcome").asText().equals("dispatched"));
        restart();
    }

    /** Nobody can tell whether the delivery was accepted, so the person at GitHub presses "Redeliver". */
    private void killWhileReceiving() {
        PullRequestStory story = pullRequest();
        WebhookDelivery delivery = webhooks.pullRequest("opened", story.repository(), story.number());
        CompletableFuture<WebhookDelivery.Answer> first = CompletableFuture.supplyAsync(() -> webhooks.send(delivery));
        pass(LATEST_KILL_OF_A_REQUEST_MILLIS);
        restart();
        List<String> ids = new ArrayList<>(
                first.handle((answer, unanswered) -> unanswered == null ? List.of(accepted(answer)) : List.<String>of())
                        .join());
        ids.add(accepted(webhooks.send(delivery)));
        promises.add(new Promise(story, List.copyOf(ids), 1, 0));
    }

    private String accepted(WebhookDelivery.Answer answer) {
        return DeliveryStory.accepted(api, answer).id();
    }

    private int builds() {
        return world.copr.builds().size();
    }

    private int checkRuns() {
        return promises.stream()
                .mapToInt(promise -> promise.story().checkRuns().size())
                .sum();
    }

    private int answers() {
        return promises.stream()
                .mapToInt(promise -> promise.story().answers().size())
                .sum();
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
                    .untilAsserted(() -> new DeliveryStory(api, id).isOver());
        }
        PullRequestStory story = promise.story();
        assertThat(story.builds()).as("builds of " + story.repository()).hasSize(promise.builds());
        await("answers in " + story.repository())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(story.answers()).hasSize(promise.comments()));
        await("checks of " + story.repository())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(story.checkRuns())
                        .as("checks of " + story.repository())
                        .hasSize(promise.builds() * 2)
                        .allMatch(run -> "success".equals(run.conclusion())));
    }
}
