package dev.forgeway.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forgeway.Application;
import dev.forgeway.send.Forgeway;
import dev.forgeway.testing.Certificates;
import dev.forgeway.testing.FedoraBroker;
import dev.forgeway.testing.Ports;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** {@code forgeway send} against a running application and running brokers, with one set of settings for all of them. */
class GeneratorTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String SECRET = "generator-secret-0123456789";
    private static final String KEY = "whsec_dGVzdHRlc3R0ZXN0dGVzdHRlc3R0ZXN0dGVzdHRlc3Q=";
    private static final String HOTNESS = "org.fedoraproject.prod.hotness.update.bug.file";
    private static final Pattern LINK = Pattern.compile("(?m)^http://\\S+$");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static FedoraBroker fedora;

    @SuppressWarnings("NullAway.Init")
    private static ArtemisBus artemis;

    @SuppressWarnings("NullAway.Init")
    private static ConfigurableApplicationContext application;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        Certificates broker = Certificates.create(folder, "broker", "dns:localhost");
        Certificates client = Certificates.create(folder, "forgeway", "dns:client");
        fedora = new FedoraBroker(folder, broker, client);
        artemis = new ArtemisBus(folder.resolve("artemis"), broker);
        settings(broker, client).forEach(System::setProperty);
        application = new SpringApplicationBuilder(Application.class)
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--forgeway.forge.github.token=none",
                        "--forgeway.forge.github.api-url=http://127.0.0.1:9",
                        "--forgeway.service.copr.login=none",
                        "--forgeway.service.copr.token=none",
                        "--forgeway.service.copr.owner=none",
                        "--forgeway.data-dir=" + folder.resolve("data"));
        // what is published before somebody listens is lost
        HealthIndicator buses = application.getBean("busHealthIndicator", HealthIndicator.class);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> buses.health().getStatus().equals(Status.UP) && artemis.subscriptions("forgeway") > 0);
    }

    /** System properties, which both the application and the generator read. */
    private static Map<String, String> settings(Certificates broker, Certificates client) {
        Map<String, String> settings = new HashMap<>();
        String ingest = "forgeway.ingest.";
        for (String source : List.of("github", "gitlab", "forgejo", "testing-farm")) {
            settings.put(ingest + source + ".secrets", SECRET);
        }
        settings.put(ingest + "gitlab.jwt-secret", SECRET);
        settings.put(ingest + "pagure.project-secrets.[src.fedoraproject.org/rpms/hello]", SECRET);
        settings.put(ingest + "standard-webhooks.signing-secrets", KEY);
        settings.put(ingest + "cloudevents.tokens", SECRET);
        settings.put(ingest + "fedora-messaging.url", "amqps://localhost:" + fedora.port() + "/default");
        settings.put(ingest + "fedora-messaging.queue", "0f9ea3b5-91e4-4f6e-9d4b-3c9d1df52c8e");
        settings.put(
                ingest + "fedora-messaging.topics",
                "org.fedoraproject.prod.hotness.#,org.fedoraproject.prod.forgejo.#");
        settings.put(
                ingest + "fedora-messaging.ca-certificate",
                broker.certificatePem().toString());
        settings.put(
                ingest + "fedora-messaging.certificate", client.certificatePem().toString());
        settings.put(ingest + "fedora-messaging.private-key", client.keyPem().toString());
        settings.put(ingest + "amqp.url", "amqp://localhost:" + artemis.amqpPort());
        settings.put(ingest + "amqp.subscriptions", HOTNESS);
        settings.put(ingest + "amqp.client-id", "forgeway");
        settings.put(ingest + "mqtt.url", "tcp://localhost:" + artemis.mqttPort());
        settings.put(ingest + "mqtt.topics", "ci/#");
        return settings;
    }

    @AfterAll
    static void stop() {
        System.getProperties().keySet().removeIf(key -> key.toString().startsWith("forgeway.ingest."));
        application.close();
        artemis.close();
        fedora.close();
    }

    @ParameterizedTest
    @CsvSource({
        "github/pull_request.closed, github, pull-request",
        "gitlab/merge-request-hook.opened, gitlab, pull-request",
        "forgejo/push.branch, forgejo, push",
        "pagure/pull-request.new.fork, pagure, pull-request",
        "testing-farm/result.notified, testing-farm, testing-farm-result",
        "standard/image.published.any, standard, ",
        "cloudevents/org.example.build.finished.structured, cloudevents, "
    })
    void signsAndPostsAWebhookOfEverySender(String fixture, String source, String type) {
        assertThat(send(fixture, "--to", base())).as(err.toString()).isZero();

        assertThat(out.toString()).contains("answered 202 in ", "\"accepted\"").doesNotContain(SECRET);
        JsonNode story = decided(link());
        assertThat(story.path("source").asText()).isEqualTo(source);
        if (type != null) {
            assertThat(story.at("/event/type").asText()).isEqualTo(type);
        }
    }

    @Test
    void postsAsGiteaToo() {
        assertThat(send("forgejo/push.branch", "--source", "gitea", "--to", base()))
                .isZero();

        assertThat(decided(link()).path("source").asText()).isEqualTo("forgejo");
    }

    @Test
    void showsGitLabAWebTokenThatCoversTheProject() {
        assertThat(send("gitlab/push-hook.branch", "--auth", "jwt", "--to", base()))
                .isZero();

        assertThat(decided(link()).at("/event/type").asText()).isEqualTo("push");
    }

    @Test
    void signsForGitLabWithASigningToken() {
        System.setProperty("forgeway.ingest.gitlab.signing-secrets", KEY);
        try {
            assertThat(send("gitlab/push-hook.branch", "--to", base()))
                    .as("only this side has a signing secret, and a signature is then judged alone")
                    .isEqualTo(1);
        } finally {
            System.clearProperty("forgeway.ingest.gitlab.signing-secrets");
        }
        assertThat(out.toString()).contains("answered 401");
    }

    @Test
    void writesTheIdThatItIsGiven() {
        String id = UUID.randomUUID().toString();
        assertThat(send("pagure/git.receive.branch", "--id", id, "--to", base()))
                .as(err.toString())
                .isZero();

        assertThat(decided(link()).path("key").asText()).isEqualTo(id);
    }

    @Test
    void publishesOnFedoraMessaging() {
        assertThat(send("fedora-messaging/hotness.update.bug.file.bug", "--api", base()))
                .as(err.toString())
                .isZero();

        JsonNode story = listed(link());
        assertThat(story.path("source").asText()).isEqualTo("fedora-messaging");
        assertThat(story.path("eventName").asText()).isEqualTo(HOTNESS);
    }

    @Test
    void keepsThePasswordsOfABusToItself() {
        String url = System.getProperty("forgeway.ingest.amqp.url");
        System.setProperty(
                "forgeway.ingest.amqp.url",
                "failover:(amqp://127.0.0.1:1,amqp://127.0.0.1:1?transport.trustStorePassword=secret-of-the-store)"
                        + "?failover.maxReconnectAttempts=1&failover.startupMaxReconnectAttempts=1");
        try {
            assertThat(send("fedora-messaging/hotness.update.bug.file.bug", "--source", "amqp"))
                    .isNotZero();
        } finally {
            if (url == null) {
                System.clearProperty("forgeway.ingest.amqp.url");
            } else {
                System.setProperty("forgeway.ingest.amqp.url", url);
            }
        }
        assertThat(err.toString()).contains("****").doesNotContain("secret-of-the-store");
    }

    @Test
    void publishesOnAmqp() {
        String file = "fedora-messaging/hotness.update.bug.file.bug";
        assertThat(send(file, "--source", "amqp", "--api", base()))
                .as(err.toString())
                .isZero();

        assertThat(listed(link()).path("source").asText()).isEqualTo("amqp");
    }

    @Test
    void publishesOnMqtt() {
        String file = "fedora-messaging/logdetective.analysis.complete";
        String id = UUID.randomUUID().toString();
        String topic = "ci/prod/logdetective.analysis";
        assertThat(send(file, "--source", "mqtt", "--event", topic, "--id", id, "--api", base()))
                .as(err.toString())
                .isZero();

        assertThat(listed(link()).path("source").asText()).isEqualTo("mqtt");
    }

    @Test
    void decidesOnceWhatAWebhookOfPagureAndABusTell() {
        String id = UUID.randomUUID().toString();
        String file = "pagure/pull-request.new.same-repository";
        assertThat(send(file, "--id", id, "--to", base())).isZero();
        String hook = decided(link()).path("id").asText();

        assertThat(send(file, "--source", "mqtt", "--id", id, "--event", "ci/pull-request.new"))
                .isZero();

        await().atMost(Duration.ofSeconds(20)).until(() -> outcomesOf(id).size() == 2);
        assertThat(outcomesOf(id)).containsExactly("duplicate", "ignored");
        assertThat(get(base() + "/api/deliveries?key=" + id)
                        .path(0)
                        .path("duplicateOf")
                        .asText())
                .isEqualTo(hook);
    }

    @Test
    void decidesOnceWhatAWebhookOfForgejoAndABusTell() throws IOException {
        String payload = Files.readString(Path.of("src/test/resources/fixtures/forgejo/issue_comment.crlf.json"));
        String id = UUID.randomUUID().toString();
        fedora.publish(
                "org.fedoraproject.prod.forgejo.issue_comment",
                id,
                JSON.writeValueAsString(Map.of("headers", Map.of(), "body", JSON.readTree(payload))));
        await().atMost(Duration.ofSeconds(20)).until(() -> outcomesOf(id).contains("ignored"));

        assertThat(send("forgejo/issue_comment.crlf", "--to", base())).isZero();

        assertThat(decided(link()).path("outcome").asText()).isEqualTo("duplicate");
    }

    @Test
    void decidesOnceWhatTwoHooksOfGitLabTell() throws IOException, InterruptedException {
        byte[] payload =
                Files.readAllBytes(Path.of("src/test/resources/fixtures/gitlab/merge-request-hook.closed.json"));
        String event = UUID.randomUUID().toString();
        String first = hook(payload, event);
        decided(base() + "/api/deliveries/" + first);

        JsonNode second = decided(base() + "/api/deliveries/" + hook(payload, event));
        JsonNode later = decided(
                base() + "/api/deliveries/" + hook(payload, UUID.randomUUID().toString()));

        assertThat(second.path("duplicateOf").asText()).isEqualTo(first);
        assertThat(later.path("outcome").asText()).isEqualTo("ignored");
    }

    /** One of several hooks for the same event; the id of its delivery with us. */
    private static String hook(byte[] payload, String event) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base() + "/webhooks/gitlab"))
                .headers("Content-Type", "application/json", "X-Gitlab-Event", "Merge Request Hook")
                .headers("X-Gitlab-Token", SECRET, "X-Gitlab-Event-UUID", event)
                .headers("Idempotency-Key", UUID.randomUUID().toString())
                .headers("X-Gitlab-Webhook-UUID", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofByteArray(payload))
                .build();
        return JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body())
                .path("id")
                .asText();
    }

    private static List<String> outcomesOf(String key) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> get(base() + "/api/deliveries?key=" + key).findValuesAsText("outcome"),
                        found -> !found.isEmpty() && !found.contains("queued"));
    }

    @Test
    void saysThatNobodyHearsATopic() {
        assertThat(send("fedora-messaging/copr.build.end.succeeded")).isEqualTo(1);

        assertThat(err.toString()).contains("no queue took it: is one bound to org.fedoraproject.prod.copr.build.end");
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        Path file = Files.writeString(folder.resolve("any.json"), "{}");

        assertThat(send("no/such.fixture")).isEqualTo(2);
        assertThat(send(file.toString())).isEqualTo(2);
        assertThat(send(file.toString(), "--source", "github")).isEqualTo(2);
        assertThat(send("github/pull_request.opened", "--nonsense")).isEqualTo(2);
        int closed = Ports.unused();
        assertThat(send("github/pull_request.opened", "--to", "http://localhost:" + closed))
                .isEqualTo(3);

        assertThat(err.toString())
                .contains("no file no/such.fixture", "Say --source", "Say --event", "--nonsense", "was not reached")
                .doesNotContain("\tat ");
    }

    @Test
    void namesTheSettingThatIsMissing() {
        String key = "forgeway.ingest.github.secrets";
        System.clearProperty(key);
        try {
            assertThat(send("github/pull_request.opened", "--to", base())).isEqualTo(2);
        } finally {
            System.setProperty(key, SECRET);
        }
        assertThat(err.toString()).contains(key, "FORGEWAY_INGEST_GITHUB_SECRETS");
    }

    private int send(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "send";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Forgeway.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
    }

    private static String base() {
        return "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
    }

    /** What was printed last, for a person to click on. */
    private String link() {
        Matcher links = LINK.matcher(out.toString());
        assertThat(links.find()).as(out.toString()).isTrue();
        return links.group();
    }

    private static JsonNode decided(String link) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> get(link),
                        story -> !story.path("outcome").asText("queued").equals("queued"));
    }

    private static JsonNode listed(String link) {
        return await().atMost(Duration.ofSeconds(20)).until(() -> get(link).path(0), story -> story.has("source"));
    }

    private static JsonNode get(String link) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(link)).build();
            return JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
