package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.deploy.BrokerInstance;
import dev.forgeway.simulator.GitHubWebhooks;
import dev.forgeway.simulator.WebhookDelivery;
import dev.forgeway.testing.InstalledPostgres;
import dev.forgeway.testing.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Copies are made of the broker and of the database while work goes on, as docs/operations.md says, the broker's well before the
 * database's. Then everything is lost, and begins again with the copies on empty disks, and with what senders send again: what was
 * answered 202 comes to its end, and nothing is done twice that a person would notice.
 */
class RestoreIT {

    /** Pull requests of each kind that come in at least between two copies. */
    private static final int LOAD = Integer.getInteger("forgeway.restore.load", 8);

    /** So many builds that are asked for and not submitted keep the process busy. */
    private static final int BACKLOG = 30;

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final World world = new World();
    private final List<Promise> promises = new CopyOnWriteArrayList<>();
    private final AtomicInteger repositories = new AtomicInteger();
    private final AtomicBoolean pouring = new AtomicBoolean(true);
    private final int brokerPort = Ports.unused();
    private final int databasePort = Ports.unused();
    private Path folder;
    private InstalledPostgres database;
    private BrokerInstance broker;
    private ForgewayProcess forgeway;
    private Api api;
    private GitHubWebhooks webhooks;

    /** What was sent for a pull request, how many builds and answers it asked for, and its id, which the last one may have none of. */
    private record Promise(PullRequestStory story, WebhookDelivery delivery, String id, int builds, int comments) {}

    @BeforeEach
    void start() throws IOException, InterruptedException {
        folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "restore");
        System.out.println("RestoreIT: forgeway.restore.load=" + LOAD + ", logs in " + folder);
        world.copr.step(Duration.ofMillis(150));
        world.copr.faults().delay(Duration.ofMillis(100));
        world.github.faults().delay(Duration.ofMillis(50));
        database = new InstalledPostgres(folder.resolve("database"), databasePort);
        broker = BrokerInstance.create(folder.resolve("broker"));
        broker.startAlone(brokerPort);
        forgeway = ForgewayProcess.prepared(settings(), folder.resolve("forgeway.log"));
        forgeway.start();
        forgeway.awaitReady();
        api = new Api(forgeway.port());
        api.allow("github.com", "approved-manually");
        webhooks = world.github.webhooks(api.webhooks(), World.SECRET);
    }

    @AfterEach
    void stop() {
        pouring.set(false);
        forgeway.close();
        broker.close();
        database.close();
        world.close();
    }

    @Test
    void losesAndDoublesNothingWhenAnOlderBrokerAndTheDatabaseAreRestored() throws IOException {
        CompletableFuture<Void> load = CompletableFuture.runAsync(this::pour);
        afterMoreLoad(load);
        int copied = promises.size();
        broker.kill();
        broker.copyData(folder.resolve("broker-copy"));
        broker.startAlone(brokerPort);
        afterMoreLoad(load);
        // it works on what came in when the disk of the broker is gone
        forgeway.kill();
        broker.kill();
        pouring.set(false);
        load.join();
        Path dump = folder.resolve("forgeway.dump");
        database.dump(dump);
        database.close();

        database = new InstalledPostgres(folder.resolve("database-restored"), databasePort);
        database.restore(dump);
        broker.replaceData(folder.resolve("broker-copy"));
        broker.startAlone(brokerPort);
        forgeway.start();
        forgeway.awaitReady();
        List<Promise> again =
                promises.stream().skip(copied).map(this::redelivered).toList();

        System.out.println("RestoreIT: " + promises.size() + " deliveries were accepted, " + again.size()
                + " of them after the copy of the broker");
        promises.stream().limit(copied).forEach(this::isKept);
        again.forEach(this::isKept);
        patiently("empty queues")
                .untilAsserted(() -> assertThat(broker.waiting(brokerPort)).isEmpty());
        assertThat(world.copr.builds())
                .hasSize(promises.stream().mapToInt(Promise::builds).sum());
        promises.forEach(promise -> promise.story().isShownOnce(promise.builds(), promise.comments()));
        assertThat(promises.stream().filter(this::tellsOfALoss))
                .as("what only the database knew")
                .isNotEmpty();
    }

    /** Sends pull requests and comments, so that there is always a backlog, but a small one. */
    private void pour() {
        while (pouring.get()) {
            patiently("builds").until(() -> promised() - world.copr.builds().size() < BACKLOG || !pouring.get());
            promise(PullRequestStory.config("fedora-rawhide", "epel-10"), "", 1, 0);
            promise(PullRequestStory.configOfJobs(3, "fedora-rawhide", "epel-10"), "", 3, 0);
            promise(PullRequestStory.config("fedora-rawhide", "epel-10"), "/packit build", 1, 0);
            promise(PullRequestStory.config("fedora-rawhide", "epel-10"), "/packit help", 0, 1);
        }
    }

    private int promised() {
        return promises.stream().mapToInt(Promise::builds).sum();
    }

    private void promise(String config, String comment, int builds, int comments) {
        int number = repositories.incrementAndGet();
        String repository = "restore" + number % BACKLOG + "/repo" + number;
        world.github.addRepository(repository, false);
        PullRequestStory story = new PullRequestStory(world, api, webhooks, repository, number).brings(config);
        WebhookDelivery delivery = comment.isEmpty()
                ? webhooks.pullRequest("opened", repository, number)
                : webhooks.comment(repository, number, PullRequestStory.AUTHOR, comment);
        String id = patiently(delivery.toString())
                .until(() -> accepted(delivery), found -> !found.isEmpty() || !pouring.get());
        promises.add(new Promise(story, delivery, id, builds, comments));
    }

    private String accepted(WebhookDelivery delivery) {
        try {
            WebhookDelivery.Answer answer = webhooks.send(delivery);
            return answer.status() == 503
                    ? ""
                    : DeliveryStory.accepted(api, answer).id();
        } catch (UncheckedIOException e) {
            return "";
        }
    }

    /** As a person does who presses "Redeliver" for all that was sent since the copy of the broker. */
    private Promise redelivered(Promise lost) {
        String id =
                patiently(lost.delivery().toString()).until(() -> accepted(lost.delivery()), found -> !found.isEmpty());
        return new Promise(lost.story(), lost.delivery(), id, lost.builds(), lost.comments());
    }

    private void afterMoreLoad(CompletableFuture<Void> load) {
        int enough = promises.size() + 4 * LOAD;
        patiently("load").until(() -> promises.size() >= enough || load.isDone());
        assertThat(load).isNotDone();
    }

    private void isKept(Promise promise) {
        patiently("story of " + promise.id()).untilAsserted(() -> new DeliveryStory(api, promise.id()).isOver());
    }

    private boolean tellsOfALoss(Promise promise) {
        List<String> routes = new ArrayList<>();
        for (JsonNode step : new DeliveryStory(api, promise.id()).told().path("steps")) {
            routes.add(step.path("route").asText());
        }
        return routes.contains("schedule-lost-messages");
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>(world.settings());
        settings.put("forgeway.data-dir", folder.resolve("data").toString());
        settings.putAll(BrokerInstance.settings(brokerPort, "forgeway"));
        settings.put("spring.datasource.url", database.url());
        settings.put("forgeway.report.claim-lease", "8s");
        settings.put("forgeway.report.progress-interval", "2s");
        return settings;
    }

    private static ConditionFactory patiently(String what) {
        return await(what).atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(100));
    }
}
