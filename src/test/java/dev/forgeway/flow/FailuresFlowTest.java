package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.Application;
import dev.forgeway.camel.QueueDepths;
import dev.forgeway.flow.Alerts.Look;
import dev.forgeway.simulator.DatagrepperSimulator;
import dev.forgeway.simulator.WebhookDelivery;
import dev.forgeway.testing.Cable;
import dev.forgeway.testing.Certificates;
import dev.forgeway.testing.FedoraBroker;
import dev.forgeway.testing.TestClock;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.activemq.artemis.core.server.files.FileStoreMonitor;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;

/**
 * The database, the broker, its disk, a forge and a bus go away, one after the other: the page tells it, an alert fires, nothing
 * is lost, and it goes on by itself. The application has PostgreSQL and Fedora Messaging behind cables, and a clock that the last story
 * moves.
 */
@SpringBootTest(
        classes = {Application.class, Haste.class, FailuresFlowTest.Time.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = FailuresFlowTest.Outside.class)
@AutoConfigureObservability(tracing = false)
@DirtiesContext
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FailuresFlowTest extends Flow {

    private static final String APP = "github";
    private static final String BUS = "fedora-messaging";
    private static final String HOTNESS = "org.fedoraproject.prod.hotness.update.bug.file";
    private static final Duration LITTLE = Duration.ofMinutes(10);

    /** Longer than what is missing may be before it is told. */
    private static final Duration LONG = Duration.ofMinutes(45);

    @LocalManagementPort
    int managementPort;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TestClock clock;

    @Autowired
    Cables cables;

    @Autowired
    QueueDepths depths;

    private Alerts alerts;

    /** A clock that a story can move. */
    @TestConfiguration
    static class Time {

        @Bean
        @Primary
        TestClock movedClock() {
            return TestClock.running();
        }
    }

    /** What lies between the application and what it needs, and the history of the bus. */
    record Cables(Cable database, Cable bus, FedoraBroker fedora, DatagrepperSimulator history) {}

    /** Starts a PostgreSQL and a bus with the world, each behind a cable. */
    static class Outside implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            try {
                start(context);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void start(ConfigurableApplicationContext context) throws IOException {
            World world = new World();
            EmbeddedPostgres postgres = EmbeddedPostgres.start();
            Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "bus");
            Certificates broker = Certificates.create(folder, "broker", "dns:localhost");
            Certificates client = Certificates.create(folder, "forgeway", "dns:client");
            FedoraBroker fedora = new FedoraBroker(folder, broker, client);
            Cables cables = new Cables(
                    new Cable(postgres.getPort()), new Cable(fedora.port()), fedora, new DatagrepperSimulator());
            // what is registered first is closed last
            var beans = (DefaultSingletonBeanRegistry) context.getBeanFactory();
            beans.registerDisposableBean("outside", world::close);
            beans.registerDisposableBean("postgres", postgres::close);
            beans.registerDisposableBean("fedora", fedora::close);
            beans.registerDisposableBean("history", cables.history()::close);
            beans.registerDisposableBean("database cable", cables.database()::close);
            beans.registerDisposableBean("bus cable", cables.bus()::close);
            context.getBeanFactory().registerSingleton("cables", cables);
            SharedWorld.join(context, world, settings(cables, broker, client));
        }

        private static Map<String, String> settings(Cables cables, Certificates broker, Certificates client) {
            String url = "jdbc:postgresql://127.0.0.1:" + cables.database().port() + "/postgres?user=postgres";
            String bus = "forgeway.ingest.fedora-messaging.";
            Map<String, String> settings = new HashMap<>();
            settings.put("spring.datasource.url", url);
            settings.put("spring.datasource.hikari.connection-timeout", "500");
            // a report that the database left in the middle is sent again when its claim is over
            settings.put("forgeway.service.answer-timeout", "4s");
            settings.put("forgeway.report.claim-lease", "8s");
            settings.put("forgeway.schedule.missed-deliveries.interval", "500ms");
            settings.put(
                    "forgeway.service.datagrepper.url", cables.history().url().toString());
            settings.put(bus + "url", "amqps://localhost:" + cables.bus().port() + "/default");
            settings.put(bus + "queue", UUID.randomUUID().toString());
            settings.put(bus + "topics", "org.fedoraproject.prod.hotness.#");
            settings.put(bus + "ca-certificate", broker.certificatePem().toString());
            settings.put(bus + "certificate", client.certificatePem().toString());
            settings.put(bus + "private-key", client.keyPem().toString());
            return settings;
        }
    }

    @BeforeEach
    void everythingIsThere() {
        alerts = new Alerts(managementPort);
        redeliver();
        eventually().until(() -> !gap(APP).path("completeSince").isMissingNode());
        eventually().until(() -> !gap(BUS).path("completeSince").isMissingNode());
    }

    @AfterEach
    void everythingComesBack() throws Exception {
        cables.database().plugIn();
        cables.bus().plugIn();
        cables.history().startListening();
        limit(0.9);
        if (!broker.server().isStarted()) {
            startBroker();
        }
    }

    @Test
    @Order(1)
    void acceptsWhatComesInWhileTheDatabaseIsAway() {
        var before = pullRequestBuiltFor("fedora-rawhide");
        var opened = before.opens();
        opened.jobEventuallyWaits();
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        cables.database().pullOut();
        Look first = alerts.look();

        var accepted = webhooks.send(pullRequest.opening());
        copr.end(before.build().id(), RAWHIDE, true);

        assertThat(accepted.status()).isEqualTo(202);
        Api.Answer page = api.get("/api/deliveries");
        assertThat(page.status()).isEqualTo(503);
        assertThat(page.json().path("detail").asText()).isEqualTo("the database does not answer now");
        Browser.shows(api.page("/"), "the database does not answer now");
        eventually().until(() -> queue("deliveries").path("messages").asInt() > 0);
        eventually().until(() -> alerts.against("ForgewayDatabaseAway", first, alerts.look()), String::isEmpty);

        cables.database().plugIn();
        DeliveryStory.accepted(api, accepted).jobEventuallyWaits();
        before.rpmBuild(RAWHIDE).isEventually("success");
        opened.jobIsEventually("succeeded");
        assertThat(pullRequest.builds()).hasSize(1);
        isSilentWhile("ForgewayDatabaseAway", "/api/deliveries");
        // what was done periodically when the database went away could not give its right back, which ends after a
        // minute
        jdbc.update("update cluster_lock set lock_until = locked_at");
    }

    @Test
    @Order(2)
    void fetchesWhatWasRefusedWhileTheBrokerWasAway() throws Exception {
        var before = pullRequestBuiltFor("fedora-rawhide");
        var opened = before.opens();
        opened.jobEventuallyWaits();
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        WebhookDelivery opening = pullRequest.opening();
        broker.server().stop();

        assertThat(webhooks.send(opening).status()).isEqualTo(503);
        copr.end(before.build().id(), RAWHIDE, true);
        wasSentInVain(opening);

        eventually().until(() -> api.get("/api/queues").status() == 503);
        refusalsAreAlerted(opening, "ForgewayUnobserved");
        isFound();
        assertThat(gap(APP).path("state").asText()).isEqualTo("behind");
        Browser.shows(api.page("/queues"), "the broker does not tell what waits");
        Browser.shows(api.page("/sources"), "behind", "1 to be fetched");

        startBroker();
        isRecovered(opening, pullRequest);
        before.rpmBuild(RAWHIDE).isEventually("success");
        opened.jobIsEventually("succeeded");
        eventually().until(() -> api.get("/api/queues").status() == 200);
        isSilentWhile("ForgewayUnobserved", "/api/queues");
    }

    @Test
    @Order(3)
    void fetchesWhatWasRefusedWhileTheDiskWasFull() throws Exception {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        WebhookDelivery opening = pullRequest.opening();
        limit(0);

        assertThat(webhooks.send(opening).status()).isEqualTo(503);
        wasSentInVain(opening);

        refusalsAreAlerted(opening);
        isFound();
        assertThat(gap(APP).path("state").asText()).isEqualTo("behind");
        depths.sample();
        JsonNode full = api.get("/api/broker").json();
        assertThat(full.path("diskUsed").asDouble())
                .isGreaterThan(full.path("diskLimit").asDouble());
        assertThat(full.path("blocked")).extracting(JsonNode::asText).contains("deliveries");
        Browser.shows(api.page("/queues"), "senders are answered 503");
        Browser.shows(api.page("/sources"), "behind", "1 to be fetched");

        limit(0.9);
        isRecovered(opening, pullRequest);
        depths.sample();
        assertThat(api.get("/api/broker").json().path("blocked")).isEmpty();
    }

    @Test
    @Order(4)
    void goesOnWithEverythingWhenTheForgeIsBack() {
        var shown = pullRequestBuiltFor("fedora-rawhide");
        var opened = shown.opens();
        opened.jobEventuallyWaits();
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        WebhookDelivery opening = pullRequest.opening();
        github.stopListening();
        Look first = alerts.look();

        var accepted = webhooks.send(opening);
        copr.end(shown.build().id(), RAWHIDE, true);

        assertThat(accepted.status()).isEqualTo(202);
        JsonNode story =
                eventually().until(() -> api.deliveries(opening.id()).path(0), told -> told.hasNonNull("detail"));
        assertThat(story.path("outcome").asText()).isEqualTo("queued");
        assertThat(story.path("detail").asText()).containsIgnoringCase("github");
        String about = "/?project=github.com/" + pullRequest.repository() + "&pullRequest=" + pullRequest.number();
        Browser.shows(api.page(about), "queued", "could not be sent");
        Browser.shows(api.page("/deliveries/" + story.path("id").asText()), "queued", "could not be sent");
        opened.jobIsEventually("succeeded");
        eventually().until(() -> alerts.against("ForgewayForgeFails", first, alerts.look()), String::isEmpty);

        github.startListening();
        DeliveryStory.accepted(api, accepted).jobEventuallyWaits();
        shown.rpmBuild(RAWHIDE).isEventually("success");
        assertThat(pullRequest.builds()).hasSize(1);
        assertThat(api.get("/api/dead-letters").json()).isEmpty();
    }

    @Test
    @Order(5)
    void readsADayOfTheHistoryOfABusThatWasAway() throws IOException {
        heard();
        Instant from = clock.instant();
        cables.bus().pullOut();
        cables.history().stopListening();
        clock.advance(Duration.ofDays(1));
        String lost = UUID.randomUUID().toString();
        cables.history().sent(HOTNESS, lost, hotness(), from.plus(Duration.ofHours(9)));

        // the right to look, which the database left with whoever looked when it went away, ends by itself after a
        // minute
        JsonNode behind =
                eventually().atMost(Duration.ofMinutes(2)).until(() -> gap(BUS), gap -> gap.hasNonNull("problem"));

        assertThat(behind.path("state").asText()).isEqualTo("behind");
        assertThat(Instant.parse(behind.path("completeUntil").asText())).isBefore(from.plus(LITTLE));
        Browser.shows(api.page("/sources"), "behind", behind.path("problem").asText());
        Look now = alerts.look(clock.instant());
        assertThat(alerts.against("ForgewayBusSilent", now, now)).isEmpty();
        assertThat(alerts.against("ForgewaySourceBehind", now, now)).isEmpty();

        cables.history().startListening();
        clock.advance(LITTLE);
        busDeliveries(lost, 1);
        cables.bus().plugIn();
        heard();
        eventually().until(() -> gap(BUS).path("state").asText().equals("complete"));
        JsonNode gap = gap(BUS);
        assertThat(gap.hasNonNull("lostFrom")).isFalse();
        assertThat(gap.path("missed").path("recovered").asInt()).isEqualTo(1);
        assertThat(Instant.parse(gap.path("completeSince").asText())).isBefore(from);
    }

    /** The bus says something, and it comes in. */
    private void heard() throws IOException {
        String id = UUID.randomUUID().toString();
        cables.fedora().publish(HOTNESS, id, hotness());
        busDeliveries(id, 1);
    }

    private static String hotness() throws IOException {
        return Files.readString(
                Path.of("src/test/resources/fixtures/fedora-messaging/hotness.update.bug.file.bug.json"));
    }

    /** GitHub has it in its record, a while ago, for what is newer may still be on its way. */
    private void wasSentInVain(WebhookDelivery delivery) {
        github.hooks().sent(delivery, Instant.now().minus(LONG), 503);
    }

    /** A look that is under way when the record is set back ends with what it knows, and the next one sees nothing of it. */
    private void isFound() {
        eventually().until(() -> {
            if (gap(APP).path("missed").path("found").asInt() == 1) {
                return true;
            }
            jdbc.update(
                    "update completeness set complete_until = ? where source = ?",
                    Instant.now().minus(LONG).minus(LITTLE).atOffset(ZoneOffset.UTC),
                    APP);
            return false;
        });
    }

    private void isRecovered(WebhookDelivery delivery, PullRequestStory pullRequest) {
        JsonNode told = busDeliveries(delivery.id(), 1).get(0);
        new DeliveryStory(api, told.path("id").asText()).jobEventuallyWaits();
        assertThat(pullRequest.builds()).hasSize(1);
        eventually().until(() -> gap(APP).path("missed").path("found").asInt() == 0);
        eventually().until(() -> gap(APP).path("state").asText().equals("complete"));
        assertThat(gap(APP).hasNonNull("lostFrom")).isFalse();
    }

    private void refusalsAreAlerted(WebhookDelivery delivery, String... more) {
        Look first = alerts.look();
        assertThat(webhooks.send(delivery).status()).isEqualTo(503);
        Look second = alerts.look();
        assertThat(alerts.against("ForgewayRefusesDeliveries", first, second)).isEmpty();
        for (String alert : more) {
            assertThat(alerts.against(alert, first, second)).isEmpty();
        }
    }

    /** Not while something that was refused before is asked for again. */
    private void isSilentWhile(String alert, String asked) {
        Look before = alerts.look();
        assertThat(api.get(asked).status()).isEqualTo(200);
        assertThat(alerts.againstSilence(alert, before, alerts.look())).isEmpty();
    }

    private JsonNode queue(String name) {
        return named(api.queues(), "name", name);
    }

    private JsonNode gap(String source) {
        return named(api.get("/api/gaps").json(), "source", source);
    }

    private static JsonNode named(JsonNode several, String field, String name) {
        for (JsonNode one : several) {
            if (one.path(field).asText().equals(name)) {
                return one;
            }
        }
        throw new AssertionError("no " + name + " in " + several);
    }

    /** Again with the settings of this test, which a start takes from the file. */
    private void startBroker() throws Exception {
        broker.server().start();
        redeliver();
    }

    /** The hour of attempts takes most of a minute here, which is longer than what is away stays so. */
    private void redeliver() {
        Haste.redeliver(broker.server(), 500, 2000);
    }

    /** The share of the disk above which the running broker takes nothing. */
    private void limit(double share) {
        broker.server().getConfiguration().setMaxDiskUsage((int) Math.round(share * 100));
        FileStoreMonitor monitor = ((ActiveMQServerImpl) broker.server()).getMonitor();
        if (monitor != null) {
            monitor.setMaxUsage(share).tick();
        }
    }
}
