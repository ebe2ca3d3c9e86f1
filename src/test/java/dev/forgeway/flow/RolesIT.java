package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forgeway.deploy.BrokerInstance;
import dev.forgeway.simulator.Call;
import dev.forgeway.simulator.GitHubWebhooks;
import dev.forgeway.simulator.WebhookDelivery;
import dev.forgeway.testing.Ports;
import dev.forgeway.testing.PostgresProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Four processes share a stand-alone broker, with an account of the least privilege each, and a PostgreSQL; every role is
 * in two of them. Under load one process of each role is killed, and the broker, and PostgreSQL, and all are started again:
 * what was answered 202 comes to its end, nothing is done twice that a person would notice, and periodic work is done in one
 * process at a time.
 */
class RolesIT {

    private static final int ROUNDS = Integer.getInteger("forgeway.roles.rounds", 1);
    /** Pull requests of each kind that come in at least between two kills. */
    private static final int LOAD = Integer.getInteger("forgeway.roles.load", 6);

    /**
     * The jar of an earlier version, which all processes run first. Those that are killed are the version under test from then
     * on, beside the others, so that both work together.
     */
    private static final @Nullable String EARLIER = System.getProperty("forgeway.roles.earlier");

    /** Of what the stories set, this is new since the last release, which refuses to start with what it does not know. */
    private static final String NEW_SETTINGS = "forgeway.schedule.lost-messages.";

    /** So many builds that are asked for and not submitted keep all processes busy. */
    private static final int BACKLOG = 40;

    /** GitHub's limits are for each installation of the App, and one alone would be the bottleneck. */
    private static final int NAMESPACES = 50;

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration TURN = Duration.ofSeconds(2);
    private static final String HOOKS = "GET /api/v4/projects/{project}/hooks";

    /** Two that cover all roles, and two that cover them otherwise. */
    private static final List<List<String>> ROLES = List.of(
            List.of("ingest", "decide", "admin"),
            List.of("ingest", "handle", "schedule"),
            List.of("decide", "report", "admin"),
            List.of("handle", "report", "schedule"));

    private final World world = new World();
    private final List<Promise> promises = new CopyOnWriteArrayList<>();
    private final AtomicInteger repositories = new AtomicInteger();
    private final AtomicBoolean pouring = new AtomicBoolean(true);
    private final List<ForgewayProcess> processes = new ArrayList<>();
    private final List<GitHubWebhooks> entrances = new ArrayList<>();
    private final int brokerPort = Ports.unused();
    private PostgresProcess postgres;
    private BrokerInstance broker;
    private Api api;
    private CompletableFuture<Void> load = new CompletableFuture<>();

    /** What was answered 202 for a pull request, and how many builds and answers it asked for. */
    private record Promise(PullRequestStory story, String id, int builds, int comments) {}

    @BeforeEach
    void start() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "roles");
        System.out.println("RolesIT: forgeway.roles.rounds=" + ROUNDS + ", load=" + LOAD + ", logs in " + folder);
        world.copr.step(Duration.ofMillis(150));
        beSlow();
        postgres = new PostgresProcess(folder.resolve("postgres"));
        broker = BrokerInstance.create(folder.resolve("broker"));
        for (int i = 0; i < ROLES.size(); i++) {
            broker.account(account(i), ROLES.get(i));
        }
        broker.startAlone(brokerPort);
        for (int i = 0; i < ROLES.size(); i++) {
            Path log = folder.resolve(account(i) + ".log");
            ForgewayProcess process = EARLIER == null
                    ? ForgewayProcess.prepared(settings(i, folder), log)
                    : ForgewayProcess.ofJar(Path.of(EARLIER), settings(i, folder), log);
            process.start();
            processes.add(process);
        }
        processes.forEach(ForgewayProcess::awaitReady);
        api = new Api(processes.get(2).port());
        new Api(processes.get(0).port()).allow("github.com", "approved-manually");
        for (int i : List.of(0, 1)) {
            entrances.add(world.github.webhooks(new Api(processes.get(i).port()).webhooks(), World.SECRET));
        }
    }

    @AfterEach
    void stop() throws IOException {
        pouring.set(false);
        processes.forEach(ForgewayProcess::close);
        broker.close();
        postgres.close();
        world.close();
    }

    @Test
    void losesAndDoublesNothingWhenOneOfEachRoleIsKilled() throws IOException {
        load = CompletableFuture.runAsync(this::pour);
        for (int round = 0; round < ROUNDS; round++) {
            int first = round % 2;
            afterMoreLoad(() -> restart(first, 3 - first));
            afterMoreLoad(this::restartBroker);
            afterMoreLoad(this::restartDatabase);
        }
        afterMoreLoad(() -> pouring.set(false));
        load.join();

        System.out.println("RolesIT: " + promises.size() + " deliveries were accepted");
        promises.forEach(this::isKept);
        nothingIsLeft();
        assertThat(world.copr.builds()).hasSize(promised());
        promises.forEach(promise -> promise.story().isShownOnce(promise.builds(), promise.comments()));
        workedInOneProcessAtATime();
        assertThat(api.queues())
                .as("what an account with the role admin may ask the broker")
                .isNotEmpty();
    }

    /** Sends pull requests and comments to both entrances in turn, so that there is always a backlog, but a small one. */
    private void pour() {
        while (pouring.get()) {
            patiently("builds").until(() -> promised() - world.copr.builds().size() < BACKLOG || !pouring.get());
            buildOnPush();
            buildsOfOneEvent();
            buildOnCommand();
            help();
        }
    }

    private int promised() {
        return promises.stream().mapToInt(Promise::builds).sum();
    }

    private void buildOnPush() {
        PullRequestStory story = pullRequest(PullRequestStory.config("fedora-rawhide", "epel-10"));
        promise(story, 1, 0, entrances.get(0).pullRequest("opened", story.repository(), story.number()));
    }

    private void buildsOfOneEvent() {
        PullRequestStory story = pullRequest(PullRequestStory.configOfJobs(3, "fedora-rawhide", "epel-10"));
        promise(story, 3, 0, entrances.get(0).pullRequest("opened", story.repository(), story.number()));
    }

    private void buildOnCommand() {
        PullRequestStory story = pullRequest(PullRequestStory.config("fedora-rawhide", "epel-10"));
        promise(
                story,
                1,
                0,
                entrances.get(0).comment(story.repository(), story.number(), PullRequestStory.AUTHOR, "/packit build"));
    }

    private void help() {
        PullRequestStory story = pullRequest(PullRequestStory.config("fedora-rawhide", "epel-10"));
        promise(story, 0, 1, entrances.get(0).comment(story.repository(), story.number(), "ada", "/packit help"));
    }

    private PullRequestStory pullRequest(String config) {
        int number = repositories.incrementAndGet();
        String repository = "roles" + number % NAMESPACES + "/repo" + number;
        world.github.addRepository(repository, false);
        return new PullRequestStory(world, api, entrances.get(0), repository, number).brings(config);
    }

    /** What is not accepted by one entrance is sent to the other, as a person does who presses "Redeliver". */
    private void promise(PullRequestStory story, int builds, int comments, WebhookDelivery delivery) {
        AtomicInteger attempts = new AtomicInteger(story.number());
        String id = patiently(delivery.toString())
                .until(
                        () -> accepted(entrances.get(attempts.getAndIncrement() % 2), delivery),
                        found -> !found.isEmpty());
        promises.add(new Promise(story, id, builds, comments));
    }

    private String accepted(GitHubWebhooks entrance, WebhookDelivery delivery) {
        try {
            WebhookDelivery.Answer answer = entrance.send(delivery);
            return answer.status() == 503
                    ? ""
                    : DeliveryStory.accepted(api, answer).id();
        } catch (UncheckedIOException e) {
            return "";
        }
    }

    private void afterMoreLoad(Runnable what) {
        int enough = promises.size() + 4 * LOAD;
        patiently("load").until(() -> promises.size() >= enough || load.isDone());
        if (load.isDone()) {
            load.join();
        }
        what.run();
    }

    private void restart(int... which) {
        for (int i : which) {
            processes.get(i).kill();
            processes.get(i).upgrade();
        }
        for (int i : which) {
            processes.get(i).start();
        }
        for (int i : which) {
            processes.get(i).awaitReady();
        }
    }

    private void restartBroker() {
        broker.kill();
        try {
            broker.startAlone(brokerPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        processes.forEach(ForgewayProcess::awaitReady);
    }

    /** What comes in meanwhile is accepted, and waits. */
    private void restartDatabase() {
        postgres.kill();
        buildOnPush();
        help();
        postgres.startAgain();
        processes.forEach(ForgewayProcess::awaitReady);
    }

    private void isKept(Promise promise) {
        patiently("story of " + promise.id()).untilAsserted(() -> new DeliveryStory(api, promise.id()).isOver());
    }

    private void nothingIsLeft() {
        patiently("empty queues").untilAsserted(() -> {
            assertThat(broker.waiting(brokerPort)).isEmpty();
            assertThat(world.bus.waiting()).isZero();
        });
    }

    /** Each look at webhooks takes longer than the time between two, so that two processes that look would meet. */
    private void workedInOneProcessAtATime() {
        List<Call> looks = world.gitlab.calls(HOOKS);
        assertThat(looks).hasSizeGreaterThan(1);
        for (int i = 1; i < looks.size(); i++) {
            Call before = looks.get(i - 1);
            Instant end = before.at().plus(before.took());
            assertThat(looks.get(i).at()).as("the look behind " + before).isAfterOrEqualTo(end);
        }
    }

    private void beSlow() {
        world.github.faults().delay(Duration.ofMillis(20));
        world.copr.faults().delay(Duration.ofMillis(20));
        world.gitlab.faults().delay(HOOKS, TURN);
    }

    private Map<String, String> settings(int process, Path folder) {
        Map<String, String> settings = new LinkedHashMap<>(world.settings());
        if (EARLIER != null) {
            settings.keySet().removeIf(key -> key.startsWith(NEW_SETTINGS));
        }
        settings.put("forgeway.roles", String.join(",", ROLES.get(process)));
        settings.put("forgeway.data-dir", folder.resolve(account(process)).toString());
        settings.putAll(BrokerInstance.settings(brokerPort, account(process)));
        settings.put("spring.datasource.url", postgres.url());
        // as few as a process of the chart has
        settings.put("spring.datasource.hikari.maximum-pool-size", "10");
        settings.put("forgeway.service.answer-timeout", "4s");
        settings.put("forgeway.report.claim-lease", "8s");
        settings.put("forgeway.report.progress-interval", "2s");
        settings.put("forgeway.schedule.missed-deliveries.interval", "1s");
        return settings;
    }

    private static String account(int process) {
        return "process-" + String.join("-", ROLES.get(process));
    }

    private static ConditionFactory patiently(String what) {
        return await(what).atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(100));
    }
}
