package dev.forgeway.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.GetResponse;
import dev.forgeway.Application;
import dev.forgeway.camel.EmbeddedBroker;
import dev.forgeway.service.http.StubService;
import dev.forgeway.service.http.StubService.Asked;
import dev.forgeway.simulator.GitHubSimulator;
import dev.forgeway.simulator.GitHubWebhooks;
import dev.forgeway.simulator.WebhookDelivery;
import dev.forgeway.testing.Cable;
import dev.forgeway.testing.Certificates;
import dev.forgeway.testing.FedoraBroker;
import jakarta.jms.BytesMessage;
import jakarta.jms.Message;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.qpid.jms.message.JmsMessage;
import org.apache.qpid.jms.provider.amqp.message.AmqpJmsMessageFacade;
import org.awaitility.core.ConditionFactory;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Events that come in from a forge or a bus and go on to buses and receivers that never heard of a package config. */
class BridgeFlowTest {

    private static final String ADMIN_TOKEN = "bridge-admin-token-0123456789";
    private static final String SECRET = "bridge-webhook-secret";
    private static final String REPOSITORY = "bridge/hello";
    private static final String HOTNESS = "org.fedoraproject.prod.hotness.update.bug.file";
    private static final byte[] KEY = "a-key-of-the-receiver-0123456789".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OLD_KEY = "an-older-key-of-the-receiver-012".getBytes(StandardCharsets.UTF_8);
    private static final String COMMIT = "1111111111111111111111111111111111111111";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    private static final GitHubSimulator GITHUB = new GitHubSimulator();
    private static final StubService RECEIVER = new StubService();

    @SuppressWarnings("NullAway.Init")
    private static FedoraBroker fedora;

    @SuppressWarnings("NullAway.Init")
    private static ArtemisBus artemis;

    @SuppressWarnings("NullAway.Init")
    private static Cable toFedora;

    @SuppressWarnings("NullAway.Init")
    private static Cable toAmqp;

    @SuppressWarnings("NullAway.Init")
    private static Cable toMqtt;

    @SuppressWarnings("NullAway.Init")
    private static ConfigurableApplicationContext application;

    @SuppressWarnings("NullAway.Init")
    private static GitHubWebhooks webhooks;

    private static int pullRequests;

    @BeforeAll
    static void start() {
        Certificates broker = Certificates.create(folder, "broker", "dns:localhost");
        Certificates client = Certificates.create(folder, "forgeway", "dns:client");
        fedora = new FedoraBroker(folder, broker, client);
        artemis = new ArtemisBus(folder.resolve("artemis"), broker);
        toFedora = new Cable(fedora.port());
        toAmqp = new Cable(artemis.amqpPort());
        toMqtt = new Cable(artemis.mqttTlsPort());
        Map<String, String> settings = settings(broker, client);
        application = new SpringApplicationBuilder(Application.class)
                .run(settings.entrySet().stream()
                        .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                        .toArray(String[]::new));
        for (String name : List.of("public", "private", "all")) {
            RECEIVER.on("POST /" + name, 202, Map.of("Content-Type", "text/plain"), "thanks");
        }
        webhooks = GITHUB.webhooks(URI.create(address() + "/webhooks/github"), SECRET);
        GITHUB.addRepository(REPOSITORY, false);
    }

    private static Map<String, String> settings(Certificates broker, Certificates client) {
        Map<String, String> settings = new HashMap<>();
        settings.put("server.port", "0");
        settings.put("management.server.port", "0");
        settings.put("forgeway.data-dir", folder.resolve("data").toString());
        settings.put("forgeway.admin.token", ADMIN_TOKEN);
        settings.put("forgeway.ingest.github.secrets", SECRET);
        settings.put("forgeway.ingest.bus-pause", "500ms");
        settings.put("forgeway.ingest.amqp.url", "amqp://localhost:" + artemis.amqpPort());
        settings.put("forgeway.ingest.amqp.subscriptions", HOTNESS);
        settings.put("forgeway.ingest.amqp.client-id", "bridge");
        settings.put("forgeway.forge.github.api-url", GITHUB.url().toString());
        settings.put("forgeway.forge.github.app-id", GITHUB.appId());
        settings.put("forgeway.forge.github.private-key", GITHUB.privateKeyPem());
        settings.put("forgeway.service.copr.login", "unused");
        settings.put("forgeway.service.copr.token", "unused");
        settings.put("forgeway.service.copr.owner", "unused");
        String publish = "forgeway.handle.publish.";
        settings.put(publish + "pause", "300ms");
        settings.put(publish + "fedora-messaging.url", "amqps://localhost:" + toFedora.port() + "/default");
        settings.put(
                publish + "fedora-messaging.ca-certificate",
                broker.certificatePem().toString());
        settings.put(
                publish + "fedora-messaging.certificate",
                client.certificatePem().toString());
        settings.put(publish + "fedora-messaging.private-key", client.keyPem().toString());
        settings.put(publish + "amqp.url", "amqp://localhost:" + toAmqp.port());
        settings.put(publish + "mqtt.url", "ssl://localhost:" + toMqtt.port());
        settings.put(publish + "mqtt.ca-certificate", broker.certificatePem().toString());
        for (String bus : List.of("fedora-messaging", "amqp", "mqtt")) {
            String key = publish + "subscriptions.to-" + bus + ".";
            settings.put(key + "events", "pull-request");
            settings.put(key + "projects", "github.com/bridge/*");
            settings.put(key + "bus", bus);
            settings.put(key + "topic", "forgeway.{forge}.{namespace}.{name}.{type}.{action}");
        }
        settings.put(publish + "subscriptions.to-fedora-messaging.format", "fedora-messaging");
        settings.put(publish + "subscriptions.to-fedora-messaging.severity", "warning");
        settings.put(publish + "subscriptions.headers.events", "release");
        settings.put(publish + "subscriptions.headers.bus", "amqp");
        settings.put(publish + "subscriptions.headers.topic", "forgeway.releases");
        settings.put(publish + "subscriptions.headers.format", "fedora-messaging");
        forward(settings, "public", "github.com/bridge/*", false);
        forward(settings, "private", "github.com/bridge/*", true);
        forward(settings, "all", "*", false);
        for (String answer : List.of("busy", "broken", "gone", "moved", "denied")) {
            forward(settings, answer, "github.com/" + answer + "/*", false);
        }
        return settings;
    }

    private static void forward(Map<String, String> settings, String name, String projects, boolean includePrivate) {
        String key = "forgeway.handle.forward.subscriptions." + name + ".";
        settings.put(key + "projects", projects);
        settings.put(key + "url", RECEIVER.url() + "/" + name);
        settings.put(key + "include-private", Boolean.toString(includePrivate));
        settings.put(key + "signing-secrets", secret(KEY) + "," + secret(OLD_KEY));
    }

    private static String secret(byte[] key) {
        return "whsec_" + Base64.getEncoder().encodeToString(key);
    }

    @AfterAll
    static void stop() {
        application.close();
        List.of(toFedora, toAmqp, toMqtt).forEach(Cable::close);
        artemis.close();
        fedora.close();
        RECEIVER.close();
        GITHUB.close();
    }

    @Test
    void publishesAPullRequestInTheFormatOfFedoraMessaging() throws IOException {
        String queue = fedora.bind("forgeway.github.bridge.hello.pull-request.*");

        JsonNode story = sent(closed(REPOSITORY));

        GetResponse message = eventually()
                .until(() -> fedora.take(queue), Optional::isPresent)
                .orElseThrow();
        assertThat(message.getEnvelope().getRoutingKey()).isEqualTo("forgeway.github.bridge.hello.pull-request.closed");
        assertThat(message.getProps().getContentType()).isEqualTo("application/json");
        assertThat(message.getProps().getContentEncoding()).isEqualTo("utf-8");
        assertThat(message.getProps().getDeliveryMode()).isEqualTo(2);
        assertThat(message.getProps().getMessageId()).isEqualTo(eventId(story));
        Map<String, Object> headers = message.getProps().getHeaders();
        assertThat(headers).containsEntry("fedora_messaging_severity", 30);
        assertThat(headers.get("fedora_messaging_schema")).hasToString("base.message");
        assertThat(Instant.parse(String.valueOf(headers.get("sent-at")))).isBeforeOrEqualTo(Instant.now());
        assertThat(JSON.readTree(message.getBody())).isEqualTo(story.path("event"));
    }

    @Test
    void publishesACloudEventOverAmqp() throws Exception {
        BlockingQueue<Message> received = artemis.subscribe("forgeway.github.bridge.hello.pull-request.closed");

        JsonNode story = sent(closed(REPOSITORY));

        BytesMessage message = (BytesMessage) taken(received);
        JsonNode event = JSON.readTree(message.getBody(byte[].class));
        assertThat(message.getJMSMessageID()).endsWith(":" + event.path("id").asText());
        assertThat(((AmqpJmsMessageFacade) ((JmsMessage) message).getFacade())
                        .getContentType()
                        .toString())
                .isEqualTo("application/cloudevents+json");
        assertIsCloudEventOf(event, story, "dev.forgeway.pull-request.closed");
    }

    @Test
    void publishesTheHeadersOfFedoraMessagingOverAmqpToo() throws Exception {
        BlockingQueue<Message> received = artemis.subscribe("forgeway.releases");

        JsonNode story = sent(webhooks.release(REPOSITORY, "v1.0", "c0ffee0000000000000000000000000000000000"));

        BytesMessage message = (BytesMessage) taken(received);
        assertThat(message.getIntProperty("fedora_messaging_severity")).isEqualTo(20);
        assertThat(message.getStringProperty("topic")).isEqualTo("forgeway.releases");
        assertThat(JSON.readTree(message.getBody(byte[].class))).isEqualTo(story.path("event"));
    }

    @Test
    void publishesACloudEventOverMqtt() throws Exception {
        BlockingQueue<MqttMessage> received = artemis.subscribeMqtt("forgeway.github.bridge.hello.pull-request.closed");

        JsonNode story = sent(closed(REPOSITORY));

        MqttMessage message = taken(received);
        assertThat(message.getProperties().getContentType()).isEqualTo("application/cloudevents+json");
        assertIsCloudEventOf(JSON.readTree(message.getPayload()), story, "dev.forgeway.pull-request.closed");
    }

    @Test
    void tellsInTheStoryWhatBecameOfAnEventThatNobodyElseWants() {
        JsonNode story = sent(closed(REPOSITORY));

        assertThat(story.path("outcome").asText()).isEqualTo("ignored");
        assertThat(story.path("reason").asText()).isEqualTo("no-handler");
        assertThat(eventuallyEnded(story).findValuesAsText("detail"))
                .contains(
                        "published to forgeway.github.bridge.hello.pull-request.closed (mqtt)",
                        "posted to public, answered 202");
    }

    @Test
    void postsWhatThePackageConfigWouldHaveHeldBack() {
        int number = ++pullRequests;
        GITHUB.addPullRequest(REPOSITORY, number, COMMIT, "ada", "fix", "main");

        JsonNode story = sent(webhooks.pullRequest("opened", REPOSITORY, number));

        assertThat(story.path("outcome").asText()).isEqualTo("filtered");
        assertThat(story.path("reason").asText()).isEqualTo("no-package-config");
        assertThat(posted("/public", story)).hasSize(1);
    }

    @Test
    void signsWhatItPostsWithEveryKey() throws IOException {
        JsonNode story = sent(closed(REPOSITORY));

        Asked request = posted("/public", story).get(0);
        String signed = request.header("Webhook-id") + "." + request.header("Webhook-timestamp") + "." + request.body();
        assertThat(request.header("Webhook-signature"))
                .isEqualTo("v1," + mac(KEY, signed) + " v1," + mac(OLD_KEY, signed));
        assertThat(Duration.between(
                        Instant.ofEpochSecond(Long.parseLong(request.header("Webhook-timestamp"))), Instant.now()))
                .isLessThan(Duration.ofMinutes(1));
        assertThat(request.header("Content-type")).isEqualTo("application/cloudevents+json");
        JsonNode event = JSON.readTree(request.body());
        assertThat(request.header("Webhook-id")).isEqualTo(event.path("id").asText());
        assertIsCloudEventOf(event, story, "dev.forgeway.pull-request.closed");
    }

    @Test
    void postsEventsOfABusThatNoHandlerKnows() throws IOException {
        String id = UUID.randomUUID().toString();
        artemis.publish(
                HOTNESS,
                id,
                Files.readString(
                        Path.of("src/test/resources/fixtures/fedora-messaging/hotness.update.bug.file.bug.json")));

        JsonNode story = decided(id);

        assertThat(story.path("reason").asText()).isEqualTo("no-handler");
        JsonNode event = JSON.readTree(posted("/all", story).get(0).body());
        assertThat(event.path("type").asText()).startsWith("dev.forgeway.new-upstream-version.");
        assertThat(event.at("/data/package/name").asText()).isEqualTo("hello");
    }

    @Test
    void tellsOfAPrivateRepositoryOnlyWhoIsMeantTo() {
        GITHUB.addRepository("bridge/secret", true);

        JsonNode story = sent(closed("bridge/secret"));

        JsonNode jobs = eventuallyEnded(story);
        assertThat(jobs).hasSize(1);
        assertThat(jobs.path(0).path("detail").asText()).isEqualTo("posted to private, answered 202");
        assertThat(posted("/private", story)).hasSize(1);
    }

    @Test
    void waitsAsLongAsABusyReceiverAsksForAndComesWithTheSameId() {
        RECEIVER.on("POST /busy", 503, Map.of("Retry-After", "1"), "later")
                .on("POST /busy", 429, Map.of("Retry-After", "1"), "later")
                .on("POST /busy", 200, Map.of(), "");
        GITHUB.addRepository("busy/hello", false);

        JsonNode story = sent(closed("busy/hello"));

        eventually().until(() -> RECEIVER.asked("POST /busy").size() == 3);
        List<Asked> attempts = RECEIVER.asked("POST /busy");
        assertThat(attempts).extracting(asked -> asked.header("Webhook-id")).containsOnly(eventId(story));
        List<Long> times = attempts.stream()
                .map(asked -> Long.parseLong(asked.header("Webhook-timestamp")))
                .toList();
        assertThat(times.get(1) - times.get(0)).isBetween(1L, 10L);
        assertThat(times.get(2) - times.get(1)).isBetween(1L, 10L);
        assertThat(eventuallyEnded(story).findValuesAsText("outcome")).contains("succeeded");
    }

    @Test
    void comesAgainToAReceiverThatFailed() {
        RECEIVER.on("POST /broken", 500, Map.of(), "oops").on("POST /broken", 204, Map.of(), "");
        GITHUB.addRepository("broken/hello", false);

        JsonNode story = sent(closed("broken/hello"));

        assertThat(eventuallyEnded(story).findValuesAsText("detail")).contains("posted to broken, answered 204");
        assertThat(RECEIVER.asked("POST /broken")).hasSize(2);
    }

    @Test
    void takesNoForAnAnswer() {
        RECEIVER.on("POST /gone", 410, Map.of(), "")
                .on("POST /moved", 302, Map.of("Location", RECEIVER.url() + "/elsewhere"), "")
                .on("POST /denied", 401, Map.of(), "");
        for (Map.Entry<String, Integer> refusal :
                Map.of("gone", 410, "moved", 302, "denied", 401).entrySet()) {
            String name = refusal.getKey();
            GITHUB.addRepository(name + "/hello", false);

            JsonNode story = sent(closed(name + "/hello"));

            assertThat(eventuallyEnded(story).findValuesAsText("detail"))
                    .contains("receiver " + name + " refused it with " + refusal.getValue());
            assertThat(RECEIVER.asked("POST /" + name)).hasSize(1);
        }
        assertThat(RECEIVER.asked("POST /elsewhere")).isEmpty();
    }

    @Test
    void doesNothingForACopy() {
        WebhookDelivery delivery = closed(REPOSITORY);
        JsonNode story = sent(delivery);
        assertThat(posted("/public", story)).hasSize(1);

        webhooks.send(delivery);

        eventually().until(() -> deliveries(delivery.id()).size() == 2);
        assertThat(deliveries(delivery.id()).findValuesAsText("outcome")).containsExactly("duplicate", "ignored");
        assertThat(posted("/public", story)).hasSize(1);
    }

    @Test
    void losesNothingWhileTheBusesAreAway() throws Exception {
        String queue = fedora.bind("forgeway.github.bridge.away.pull-request.closed");
        BlockingQueue<Message> overAmqp = artemis.subscribe("forgeway.github.bridge.away.pull-request.closed");
        BlockingQueue<MqttMessage> overMqtt = artemis.subscribeMqtt("forgeway.github.bridge.away.pull-request.closed");
        GITHUB.addRepository("bridge/away", false);
        List.of(toFedora, toAmqp, toMqtt).forEach(Cable::pullOut);
        String id = null;
        try {
            JsonNode story = sent(closed("bridge/away"));
            id = story.path("id").asText();
            eventually().until(() -> scheduled() >= 3);
            assertThat(overAmqp).isEmpty();
            assertThat(overMqtt).isEmpty();
        } finally {
            List.of(toFedora, toAmqp, toMqtt).forEach(Cable::plugIn);
        }

        taken(overAmqp);
        taken(overMqtt);
        eventually().until(() -> fedora.take(queue), Optional::isPresent);
        JsonNode jobs = eventuallyEnded(get("/api/deliveries/" + id));
        assertThat(jobs.findValuesAsText("outcome")).containsOnly("succeeded");
        assertThat(overAmqp).isEmpty();
        assertThat(overMqtt).isEmpty();
        assertThat(fedora.take(queue)).isEmpty();
    }

    private static void assertIsCloudEventOf(JsonNode event, JsonNode story, String type) {
        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("type").asText()).isEqualTo(type);
        assertThat(event.path("source").asText()).isEqualTo("https://github.com/" + REPOSITORY);
        assertThat(event.path("subject").asText())
                .isEqualTo(story.at("/event/pullRequest/number").asText());
        assertThat(event.path("time").asText())
                .isEqualTo(story.at("/event/occurredAt").asText());
        assertThat(event.path("datacontenttype").asText()).isEqualTo("application/json");
        assertThat(event.path("data")).isEqualTo(story.path("event"));
    }

    private static WebhookDelivery closed(String repository) {
        int number = ++pullRequests;
        GITHUB.addPullRequest(repository, number, COMMIT, "ada", "fix", "main");
        return webhooks.pullRequest("closed", repository, number);
    }

    /** Sends a delivery and waits until it is decided on. */
    private static JsonNode sent(WebhookDelivery delivery) {
        assertThat(webhooks.send(delivery).status()).isEqualTo(202);
        return decided(delivery.id());
    }

    private static JsonNode decided(String key) {
        eventually().until(() -> deliveries(key).path(0).path("outcome").asText("queued"), is -> !is.equals("queued"));
        return get("/api/deliveries/" + deliveries(key).path(0).path("id").asText());
    }

    /** The jobs of a delivery, once they ended. */
    private static JsonNode eventuallyEnded(JsonNode story) {
        String path = "/api/deliveries/" + story.path("id").asText();
        return eventually()
                .until(
                        () -> get(path).path("jobs"),
                        jobs -> !jobs.isEmpty()
                                && jobs.findValuesAsText("state").stream().allMatch("done"::equals));
    }

    /** What was posted about an event, once all its jobs ended. */
    private static List<Asked> posted(String path, JsonNode story) {
        eventuallyEnded(story);
        return RECEIVER.asked("POST " + path).stream()
                .filter(asked -> asked.header("Webhook-id").equals(eventId(story)))
                .toList();
    }

    private static String eventId(JsonNode story) {
        String source = story.path("source").asText();
        String key = (source.equals("amqp") ? "bus" : source) + ":"
                + story.path("key").asText();
        return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static JsonNode deliveries(String key) {
        return get("/api/deliveries?key=" + key);
    }

    private static JsonNode get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address() + path))
                    .header("Authorization", "Bearer " + ADMIN_TOKEN)
                    .build();
            return JSON.readTree(
                    HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String address() {
        return "http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port");
    }

    private static long scheduled() {
        return application
                .getBean(EmbeddedBroker.class)
                .server()
                .locateQueue("jobs.publish")
                .getScheduledCount();
    }

    private static <T> T taken(BlockingQueue<T> received) throws InterruptedException {
        @Nullable T message = received.poll(30, TimeUnit.SECONDS);
        assertThat(message).isNotNull();
        return Objects.requireNonNull(message);
    }

    private static String mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20));
    }
}
