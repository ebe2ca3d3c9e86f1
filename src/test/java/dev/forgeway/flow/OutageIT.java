package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.deploy.BrokerInstance;
import dev.forgeway.flow.Alerts.Look;
import dev.forgeway.simulator.GitHubWebhooks;
import dev.forgeway.simulator.WebhookDelivery;
import dev.forgeway.testing.Ports;
import dev.forgeway.testing.PostgresProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A stand-alone broker or a PostgreSQL is gone for ten minutes, a forge for an hour, by the clock of the wall and with the intervals
 * that operators have: the page and an alert tell it, nothing is lost or done twice, and it heals by itself. What {@link
 * FailuresFlowTest} plays in short, at its full length.
 */
class OutageIT {

    private static final Duration SHORT = Duration.ofMinutes(Long.getLong("forgeway.outage.short", 10));
    private static final Duration LONG = Duration.ofMinutes(Long.getLong("forgeway.outage.long", 60));

    /** So many pull requests are opened during an outage. */
    private static final int OPENED = 6;

    /** Longer than the time between two attempts, or two looks at what is missing. */
    private static final Duration PATIENCE = Duration.ofMinutes(25);

    /** What stories do faster than operators. */
    private static final Set<String> HASTE = Set.of(
            "forgeway.ingest.bus-pause",
            "forgeway.report.progress-interval",
            "forgeway.schedule.interval",
            "forgeway.schedule.lost-messages.after",
            "forgeway.schedule.lost-messages.interval",
            "forgeway.schedule.missed-deliveries.interval",
            "forgeway.service.answer-timeout");

    private final World world = new World();
    private final AtomicInteger repositories = new AtomicInteger();
    private final int brokerPort = Ports.unused();
    private PostgresProcess database;
    private BrokerInstance broker;
    private ForgewayProcess forgeway;
    private Api api;
    private Alerts alerts;
    private GitHubWebhooks webhooks;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "outage");
        System.out.println("OutageIT: away for " + SHORT + " and " + LONG + ", logs in " + folder);
        world.copr.step(Duration.ofMillis(150));
        database = new PostgresProcess(folder.resolve("database"));
        broker = BrokerInstance.create(folder.resolve("broker"));
        broker.startAlone(brokerPort);
        forgeway = ForgewayProcess.prepared(settings(folder), folder.resolve("forgeway.log"));
        forgeway.start();
        forgeway.awaitReady();
        api = new Api(forgeway.port());
        api.allow("github.com", "approved-manually");
        alerts = new Alerts(forgeway.managementPort());
        webhooks = world.github.webhooks(api.webhooks(), World.SECRET);
        patiently("a first look at what is missing")
                .until(() -> !app().path("completeSince").isMissingNode());
        PullRequestStory before = pullRequest();
        DeliveryStory opened = before.opens();
        patiently("a story before it").untilAsserted(() -> isTold(before, opened));
    }

    @AfterEach
    void stop() throws IOException {
        forgeway.close();
        broker.close();
        database.close();
        world.close();
    }

    @Test
    void healsWhenTheBrokerIsBack() throws IOException {
        Instant end = Instant.now().plus(SHORT);
        broker.kill();
        Look first = alerts.look();
        List<PullRequestStory> stories = new ArrayList<>();
        List<WebhookDelivery> refused = new ArrayList<>();

        for (int i = 1; i <= OPENED; i++) {
            PullRequestStory story = pullRequest();
            WebhookDelivery opening = story.opening();
            assertThat(webhooks.send(opening).status()).isEqualTo(503);
            world.github.hooks().sent(opening, Instant.now(), 503);
            stories.add(story);
            refused.add(opening);
            passUntil(end.minus(SHORT.multipliedBy(OPENED - i).dividedBy(OPENED)));
        }

        Browser.shows(api.page("/queues"), "the broker does not tell what waits");
        Look last = alerts.look();
        assertThat(alerts.against("ForgewayRefusesDeliveries", first, last)).isEmpty();
        assertThat(alerts.against("ForgewayUnobserved", first, last)).isEmpty();

        broker.startAlone(brokerPort);
        for (int i = 0; i < OPENED; i++) {
            WebhookDelivery opening = refused.get(i);
            String id = patiently("what GitHub kept")
                    .until(() -> api.deliveries(opening.id()), found -> found.size() == 1)
                    .get(0)
                    .path("id")
                    .asText();
            isTold(stories.get(i), new DeliveryStory(api, id));
        }
        isHealed("ForgewayRefusesDeliveries", "ForgewayUnobserved");
        assertThat(app().path("missed").path("recovered").asInt()).isEqualTo(OPENED);
        Browser.shows(api.page("/sources"), OPENED + " recovered");
    }

    @Test
    void healsWhenTheDatabaseIsBack() {
        Instant end = Instant.now().plus(SHORT);
        database.kill();
        Look first = alerts.look();
        Map<PullRequestStory, DeliveryStory> stories = new LinkedHashMap<>();

        openUntil(end, SHORT, stories);

        Browser.shows(api.page("/"), "the database does not answer now");
        assertThat(alerts.against("ForgewayDatabaseAway", first, alerts.look())).isEmpty();

        database.startAgain();
        stories.forEach(this::isTold);
        isHealed("ForgewayDatabaseAway");
    }

    @Test
    void healsWhenTheForgeIsBack() {
        Instant end = Instant.now().plus(LONG);
        world.github.stopListening();
        Look first = alerts.look();
        Map<PullRequestStory, DeliveryStory> stories = new LinkedHashMap<>();

        openUntil(end, LONG, stories);

        PullRequestStory waits = stories.keySet().iterator().next();
        Browser.shows(
                api.page("/?project=github.com/" + waits.repository() + "&pullRequest=" + waits.number()),
                "queued",
                "could not be sent");
        Browser.shows(api.page("/sources"), "behind");
        assertThat(alerts.against("ForgewayForgeFails", first, alerts.look())).isEmpty();

        world.github.startListening();
        stories.forEach(this::isTold);
        isHealed("ForgewayForgeFails");
    }

    /** Pull requests are opened, all accepted, until the end of what is away so long. */
    private void openUntil(Instant end, Duration away, Map<PullRequestStory, DeliveryStory> stories) {
        for (int i = 1; i <= OPENED; i++) {
            PullRequestStory story = pullRequest();
            stories.put(story, story.opens());
            passUntil(end.minus(away.multipliedBy(OPENED - i).dividedBy(OPENED)));
        }
    }

    private PullRequestStory pullRequest() {
        int number = repositories.incrementAndGet();
        String repository = "outage/repo" + number;
        world.github.addRepository(repository, false);
        return new PullRequestStory(world, api, webhooks, repository, number)
                .brings(PullRequestStory.config("fedora-rawhide", "epel-10"));
    }

    private void isTold(PullRequestStory story, DeliveryStory delivery) {
        patiently("story of " + delivery.id()).untilAsserted(() -> {
            delivery.isOver();
            story.isShownOnce(1, 0);
        });
    }

    /** Nobody has anything to do, nothing waits, and nothing is missing. */
    private void isHealed(String... alertsOfIt) {
        patiently("empty queues").untilAsserted(() -> {
            assertThat(broker.waiting(brokerPort)).isEmpty();
            assertThat(world.bus.waiting()).isZero();
        });
        patiently("a complete source").until(() -> app().path("state").asText().equals("complete"));
        assertThat(app().hasNonNull("lostFrom")).isFalse();
        assertThat(api.get("/api/dead-letters").json()).isEmpty();
        Look now = alerts.look();
        for (String alert : alertsOfIt) {
            assertThat(alerts.againstSilence(alert, now, alerts.look())).isEmpty();
        }
    }

    private JsonNode app() {
        for (JsonNode gap : api.get("/api/gaps").json()) {
            if (gap.path("source").asText().equals("github")) {
                return gap;
            }
        }
        throw new AssertionError("no gap of GitHub's App");
    }

    private static void passUntil(Instant time) {
        await().atMost(LONG.plus(PATIENCE))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> !Instant.now().isBefore(time));
    }

    private Map<String, String> settings(Path folder) {
        Map<String, String> settings = new LinkedHashMap<>(world.settings());
        settings.keySet().removeAll(HASTE);
        settings.put("forgeway.data-dir", folder.resolve("data").toString());
        settings.putAll(BrokerInstance.settings(brokerPort, "forgeway"));
        settings.put("spring.datasource.url", database.url());
        return settings;
    }

    private static ConditionFactory patiently(String what) {
        return await(what).atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofSeconds(1));
    }
}
