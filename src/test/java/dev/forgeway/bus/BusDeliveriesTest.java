package dev.forgeway.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forgeway.Application;
import dev.forgeway.camel.EmbeddedBroker;
import dev.forgeway.simulator.DatagrepperSimulator;
import dev.forgeway.testing.Cable;
import dev.forgeway.testing.Certificates;
import dev.forgeway.testing.FedoraBroker;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.camel.CamelContext;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Messages on their way over real brokers into a running application, while the brokers come and go. */
class BusDeliveriesTest {

    private static final String QUEUE = "5f4dcc3b-aa76-4d61-b532-3d1c5a6a7f10";
    private static final String HOTNESS = "org.fedoraproject.prod.hotness.update.bug.file";
    private static final String SCAN = "org.fedoraproject.prod.openscanhub.task.finished";
    private static final int MANY = 30;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static FedoraBroker fedora;

    @SuppressWarnings("NullAway.Init")
    private static ArtemisBus artemis;

    private static final DatagrepperSimulator HISTORY = new DatagrepperSimulator();

    @SuppressWarnings("NullAway.Init")
    private static Cable toFedora;

    @SuppressWarnings("NullAway.Init")
    private static Cable toAmqp;

    @SuppressWarnings("NullAway.Init")
    private static Cable toMqtt;

    @SuppressWarnings("NullAway.Init")
    private static ConfigurableApplicationContext application;

    @BeforeAll
    static void start() {
        Certificates broker = Certificates.create(folder, "broker", "dns:localhost");
        Certificates client = Certificates.create(folder, "forgeway", "dns:client");
        fedora = new FedoraBroker(folder, broker, client);
        artemis = new ArtemisBus(folder.resolve("artemis"), broker);
        toFedora = new Cable(fedora.port());
        toAmqp = new Cable(artemis.amqpPort());
        toMqtt = new Cable(artemis.mqttTlsPort());
        toMqtt.pullOut(); // the application has to start without a broker
        String[] arguments = settings(broker, client).entrySet().stream()
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
        application = new SpringApplicationBuilder(Application.class).run(arguments);
        assertThat(health("mqtt")).startsWith("not consumed");
        toMqtt.plugIn();
        allAreConsumed();
        eventually().until(() -> artemis.subscriptions("forgeway") == 2);
    }

    private static Map<String, String> settings(Certificates broker, Certificates client) {
        Map<String, String> settings = new HashMap<>();
        settings.put("server.port", "0");
        settings.put("management.server.port", "0");
        settings.put("management.endpoint.health.show-details", "always");
        settings.put("forgeway.data-dir", folder.resolve("data").toString());
        settings.put("forgeway.ingest.fedora-messaging.url", "amqps://localhost:" + toFedora.port() + "/default");
        settings.put("forgeway.ingest.fedora-messaging.queue", QUEUE);
        settings.put(
                "forgeway.ingest.fedora-messaging.topics",
                "org.fedoraproject.prod.hotness.#,org.fedoraproject.prod.copr.build.*,org.fedoraproject.prod.openscanhub.#");
        settings.put(
                "forgeway.ingest.fedora-messaging.ca-certificate",
                broker.certificatePem().toString());
        settings.put(
                "forgeway.ingest.fedora-messaging.certificate",
                client.certificatePem().toString());
        settings.put(
                "forgeway.ingest.fedora-messaging.private-key", client.keyPem().toString());
        settings.put("forgeway.ingest.fedora-messaging.owners", "packit");
        settings.put("forgeway.ingest.bus-pause", "500ms");
        settings.put("forgeway.service.datagrepper.url", HISTORY.url().toString());
        settings.put("forgeway.schedule.missed-deliveries.interval", "500ms");
        settings.put("forgeway.ingest.amqp.url", "amqp://localhost:" + toAmqp.port());
        settings.put(
                "forgeway.ingest.amqp.addresses",
                "VirtualTopic.eng.anitya.project.version.update.v2::Consumer.forgeway.VirtualTopic.eng.anitya");
        settings.put("forgeway.ingest.amqp.subscriptions", HOTNESS + "," + SCAN);
        settings.put("forgeway.ingest.amqp.client-id", "forgeway");
        settings.put("forgeway.ingest.mqtt.url", "ssl://localhost:" + toMqtt.port());
        settings.put("forgeway.ingest.mqtt.topics", "git.centos.org/#,ci/+/logdetective.analysis");
        settings.put(
                "forgeway.ingest.mqtt.ca-certificate", broker.certificatePem().toString());
        return settings;
    }

    @AfterAll
    static void stop() {
        application.close();
        List.of(toFedora, toAmqp, toMqtt).forEach(Cable::close);
        artemis.close();
        fedora.close();
        HISTORY.close();
    }

    @Test
    void tellsTheEventOfAMessageThatFedoraMessagingBrought() throws IOException {
        String id = UUID.randomUUID().toString();
        fedora.publish(HOTNESS, id, fixture("hotness.update.bug.file.bug"));

        JsonNode story = only(id);

        assertThat(story.path("source").asText()).isEqualTo("fedora-messaging");
        assertThat(story.path("eventName").asText()).isEqualTo(HOTNESS);
        assertThat(story.path("reason").asText()).isEqualTo("no-handler");
        assertThat(story.at("/event/package/name").asText()).isEqualTo("hello");
        eventually().untilAsserted(() -> assertThat(fedora.waiting(QUEUE)).isZero());
        assertThat(application
                        .getBean(MeterRegistry.class)
                        .get("forgeway.ingest.last.message.timestamp")
                        .tag("source", "fedora-messaging")
                        .timeGauge()
                        .value())
                .isPositive();
    }

    @Test
    void decidesOnceWhatComesOverTwoBuses() throws IOException {
        String id = UUID.randomUUID().toString();
        String message = fixture("hotness.update.bug.file.bug");
        fedora.publish(HOTNESS, id, message);
        eventually().until(() -> deliveries(id).size() == 1);
        artemis.publish(HOTNESS, id, message);

        eventually().until(() -> deliveries(id).size() == 2);

        assertThat(deliveries(id).findValuesAsText("source")).containsExactlyInAnyOrder("amqp", "fedora-messaging");
        eventually()
                .untilAsserted(() -> assertThat(deliveries(id).findValuesAsText("outcome"))
                        .containsExactlyInAnyOrder("ignored", "duplicate"));
    }

    @Test
    void parksWhatCannotBeReadAndGoesOn() throws IOException {
        Map<String, String> broken = Map.of(
                UUID.randomUUID().toString(), "no JSON",
                UUID.randomUUID().toString(), "[1]",
                UUID.randomUUID().toString(), "",
                UUID.randomUUID().toString(), "{\"bug\":{}}");
        broken.forEach((id, body) -> fedora.publish(HOTNESS, id, body));
        String good = UUID.randomUUID().toString();
        fedora.publish(HOTNESS, good, fixture("hotness.update.bug.file.bug"));

        assertThat(only(good).path("outcome").asText()).isEqualTo("ignored");
        broken.keySet()
                .forEach(id -> assertThat(only(id).path("outcome").asText()).isEqualTo("parked"));
        eventually().untilAsserted(() -> assertThat(fedora.waiting(QUEUE)).isZero());
    }

    @Test
    void countsButDoesNotKeepWhatConcernsOthers() {
        String theirs = UUID.randomUUID().toString();
        double before = counted("ignored");
        fedora.publish("org.fedoraproject.prod.copr.build.end", theirs, "{\"owner\":\"ada\",\"user\":\"ada\"}");

        eventually().until(() -> counted("ignored") > before);

        assertThat(deliveries(theirs)).isEmpty();
    }

    @Test
    void losesNothingOfFedoraMessagingWhileItIsAway() throws IOException {
        // what is decided may be acknowledged a moment later
        eventually().untilAsserted(() -> assertThat(fedora.waiting(QUEUE)).isZero());
        toFedora.pullOut();
        eventually().untilAsserted(() -> assertThat(health("fedora-messaging")).startsWith("not consumed"));
        assertThat(status()).isEqualTo("DOWN");
        List<String> ids = ids();
        String message = fixture("hotness.update.bug.file.bug");
        ids.forEach(id -> fedora.publish(HOTNESS, id, message));
        assertThat(fedora.waiting(QUEUE)).isEqualTo(ids.size());

        toFedora.plugIn();

        ids.forEach(id -> assertThat(only(id).path("outcome").asText()).isEqualTo("ignored"));
        allAreConsumed();
    }

    @Test
    void losesNothingOfADurableSubscriptionWhileTheBusIsAway() throws IOException {
        toAmqp.pullOut();
        eventually().untilAsserted(() -> assertThat(health("amqp")).startsWith("not consumed"));
        List<String> ids = ids();
        String message = fixture("openscanhub.task.finished.success");
        ids.forEach(id -> artemis.publish(SCAN, id, message));

        toAmqp.plugIn();

        ids.forEach(id -> assertThat(only(id).path("eventName").asText()).isEqualTo(SCAN));
        allAreConsumed();
    }

    @Test
    void takesTheQueueOfAVirtualTopic() throws IOException {
        String id = UUID.randomUUID().toString();
        String envelope = "{\"topic\":\"anitya.project.version.update.v2\",\"msg\":%s}"
                .formatted(fixture("anitya.project.version.update.v2.centos"));
        artemis.publish("VirtualTopic.eng.anitya.project.version.update.v2", id, envelope);

        assertThat(only(id).at("/event/package/name").asText()).isEqualTo("hello-centos");
    }

    @Test
    void losesNothingOfMqttWhileTheBrokerIsAway() throws IOException {
        toMqtt.pullOut();
        eventually().untilAsserted(() -> assertThat(health("mqtt")).startsWith("not consumed"));
        List<String> ids = ids();
        ids.forEach(id -> artemis.publishMqtt("ci/prod/logdetective.analysis", envelope(id)));

        toMqtt.plugIn();

        ids.forEach(id -> assertThat(only(id).path("source").asText()).isEqualTo("mqtt"));
        allAreConsumed();
    }

    @Test
    void tellsTheTopicOfMqttInTheWordsOfTheOthers() throws IOException {
        String id = UUID.randomUUID().toString();
        String message = Files.readString(Path.of("src/test/resources/fixtures/pagure/pull-request.new.fork.json"))
                .replaceFirst("\"msg_id\": *\"[^\"]*\"", "\"msg_id\":\"" + id + "\"");
        artemis.publishMqtt("git.centos.org/pull-request.new", message);

        JsonNode story = only(id);

        assertThat(story.path("eventName").asText()).isEqualTo("git.centos.org.pull-request.new");
        assertThat(story.at("/event/type").asText()).isEqualTo("pull-request");
    }

    @Test
    void leavesMessagesOnEveryBusUntilOurBrokerTakesThem() throws IOException {
        limit(0);
        List<String> ids = ids();
        fedora.publish(HOTNESS, ids.get(0), fixture("hotness.update.bug.file.bug"));
        artemis.publish(SCAN, ids.get(1), fixture("openscanhub.task.finished.success"));
        artemis.publishMqtt("ci/prod/logdetective.analysis", envelope(ids.get(2)));
        long tried = enqueued();
        eventually().until(() -> enqueued() > tried + 4);
        ids.subList(0, 3).forEach(id -> assertThat(deliveries(id)).isEmpty());

        limit(0.9);

        ids.subList(0, 3)
                .forEach(id -> assertThat(only(id).path("outcome").asText()).isEqualTo("ignored"));
    }

    @Test
    void losesAndRepeatsNothingWhenTheBrokersAreStoppedAndStartedInTheMiddle() throws IOException {
        List<String> before = published(MANY);
        before.forEach(BusDeliveriesTest::isDecidedOnce);
        limit(0); // what comes now is taken, and not acknowledged
        List<String> after = published(MANY);
        long tried = enqueued();
        eventually().until(() -> enqueued() > tried + 4);

        fedora.restart();
        artemis.restart();
        limit(0.9);

        before.forEach(BusDeliveriesTest::isDecidedOnce);
        after.forEach(BusDeliveriesTest::isDecidedOnce);
        allAreConsumed();
        eventually().untilAsserted(() -> assertThat(fedora.waiting(QUEUE)).isZero());
    }

    /** As many on every bus. */
    private static List<String> published(int many) throws IOException {
        List<String> ids = IntStream.range(0, 3 * many)
                .mapToObj(i -> UUID.randomUUID().toString())
                .toList();
        String bug = fixture("hotness.update.bug.file.bug");
        String scan = fixture("openscanhub.task.finished.success");
        ids.subList(0, many).forEach(id -> fedora.publish(HOTNESS, id, bug));
        ids.subList(many, 2 * many).forEach(id -> artemis.publish(SCAN, id, scan));
        ids.subList(2 * many, 3 * many)
                .forEach(id -> artemis.publishMqtt("ci/prod/logdetective.analysis", envelope(id)));
        return ids;
    }

    /** A message that the bus brings again is recognised; nothing is decided twice. */
    private static void isDecidedOnce(String id) {
        eventually()
                .untilAsserted(() -> assertThat(deliveries(id).findValuesAsText("outcome"))
                        .contains("ignored")
                        .containsOnlyOnce("ignored")
                        .allMatch(outcome -> Set.of("ignored", "duplicate").contains(outcome)));
    }

    private static String envelope(String id) {
        try {
            return "{\"id\":\"%s\",\"body\":%s}".formatted(id, fixture("logdetective.analysis.complete"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> ids() {
        return IntStream.range(0, 5).mapToObj(i -> UUID.randomUUID().toString()).toList();
    }

    /** The share of the disk above which our broker takes nothing. */
    private static void limit(double share) {
        ((ActiveMQServerImpl) application.getBean(EmbeddedBroker.class).server())
                .getMonitor()
                .setMaxUsage(share)
                .tick();
    }

    private static long enqueued() {
        return application
                .getBean(MeterRegistry.class)
                .find("camel.message.history")
                .tag("nodeId", "to-deliveries")
                .timers()
                .stream()
                .mapToLong(timer -> timer.count())
                .sum();
    }

    private static double counted(String result) {
        return application
                .getBean(MeterRegistry.class)
                .find("forgeway.ingest.deliveries")
                .tags("source", "fedora-messaging", "result", result)
                .counters()
                .stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private static void allAreConsumed() {
        eventually()
                .untilAsserted(() -> assertThat(List.of(health("fedora-messaging"), health("amqp"), health("mqtt")))
                        .containsOnly("consumed"));
        assertThat(application.getBean(CamelContext.class).getRoutes())
                .filteredOn(route -> route.getRouteId().startsWith("ingest-mqtt-"))
                .hasSize(2);
    }

    private static String health(String bus) {
        return management("/actuator/health")
                .at("/components/bus/details/" + bus)
                .asText();
    }

    private static String status() {
        return management("/actuator/health").at("/components/bus/status").asText();
    }

    /** The one delivery of a key, decided. */
    private static JsonNode only(String key) {
        eventually().until(() -> deliveries(key).path(0).path("outcome").asText("queued"), is -> !is.equals("queued"));
        assertThat(deliveries(key)).hasSize(1);
        return deliveries(key).path(0);
    }

    private static JsonNode deliveries(String key) {
        return get("local.server.port", "/api/deliveries?key=" + key);
    }

    private static JsonNode management(String path) {
        return get("local.management.port", path);
    }

    @Test
    void readsInTheHistoryWhatTheQueueLost() throws IOException {
        eventually().until(() -> gap().has("completeUntil"));
        Instant now = Instant.now();
        String stored = UUID.randomUUID().toString();
        fedora.publish(HOTNESS, stored, fixture("hotness.update.bug.file.bug"));
        only(stored);
        String lost = UUID.randomUUID().toString();
        for (int i = 0; i < 120; i++) {
            HISTORY.sent("org.fedoraproject.prod.hotness.project.map", "other-" + i, "{}", now.minusSeconds(3500));
        }
        HISTORY.sent(HOTNESS, stored, fixture("hotness.update.bug.file.bug"), now.minusSeconds(3000))
                .sent(HOTNESS, lost, fixture("hotness.update.bug.file.bug"), now.minusSeconds(1800))
                .sent("org.fedoraproject.stg.hotness.update.bug.file", "staging", "{}", now.minusSeconds(1700))
                .sent(HOTNESS, "of-now", fixture("hotness.update.bug.file.bug"), now);

        JdbcTemplate jdbc = application.getBean(JdbcTemplate.class);
        int rows = jdbc.update(
                "update completeness set complete_until = ? where source = 'fedora-messaging'",
                now.minusSeconds(7200).atOffset(ZoneOffset.UTC));

        assertThat(rows).isEqualTo(1);
        JsonNode story = only(lost);
        assertThat(story.path("source").asText()).isEqualTo("fedora-messaging");
        assertThat(story.at("/event/package/name").asText()).isEqualTo("hello");
        eventually()
                .until(() -> Instant.parse(gap().path("completeUntil").asText()).isAfter(now.minusSeconds(400)));
        assertThat(gap().path("state").asText()).isEqualTo("complete");
        assertThat(gap().path("missed").path("recovered").asInt()).isEqualTo(1);
        assertThat(get("local.server.port", "/api/deliveries?key=" + stored)).hasSize(1);
        assertThat(get("local.server.port", "/api/deliveries?key=of-now")).isEmpty();
        assertThat(get("local.server.port", "/api/deliveries?key=staging")).isEmpty();
    }

    private static JsonNode gap() {
        for (JsonNode gap : get("local.server.port", "/api/gaps")) {
            if (gap.path("source").asText().equals("fedora-messaging")) {
                return gap;
            }
        }
        throw new AssertionError("no gap of the bus");
    }

    private static JsonNode get(String port, String path) {
        try {
            URI uri = URI.create(
                    "http://127.0.0.1:" + application.getEnvironment().getProperty(port) + path);
            HttpResponse<String> answer = HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
            return JSON.readTree(answer.body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String fixture(String name) throws IOException {
        return Files.readString(Path.of("src/test/resources/fixtures/fedora-messaging", name + ".json"));
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20));
    }
}
