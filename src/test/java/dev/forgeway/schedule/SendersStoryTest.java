package dev.forgeway.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forgeway.Application;
import dev.forgeway.config.Settings;
import dev.forgeway.forge.github.GitHubFeed;
import dev.forgeway.metrics.IngestMetrics;
import dev.forgeway.simulator.BodhiSimulator;
import dev.forgeway.simulator.BusSimulator;
import dev.forgeway.simulator.Call;
import dev.forgeway.simulator.CoprSimulator;
import dev.forgeway.simulator.GitHubSimulator;
import dev.forgeway.simulator.GitHubWebhooks;
import dev.forgeway.simulator.Response;
import dev.forgeway.simulator.WebhookDelivery;
import dev.forgeway.store.DeliveryStore;
import dev.forgeway.store.PollingStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** One delivery of every sender over HTTP, and the news of a repository that is polled. */
@SpringBootTest(classes = Application.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class SendersStoryTest {

    private static final String SECRET = "hook-secret";
    private static final String ADMIN = "admin-token-0123456789";
    private static final String TOKEN = "sender-token-0123456789";
    private static final String KEY = "dGVzdHRlc3R0ZXN0dGVzdHRlc3R0ZXN0dGVzdHRlc3Q=";
    private static final String POLLED = "polled/hello";
    private static final String CONFIG = """
            specfile_path: hello.spec
            jobs:
              - job: copr_build
                trigger: pull_request
                targets: [fedora-rawhide]
            """;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final BusSimulator BUS = new BusSimulator();
    private static final BodhiSimulator BODHI = new BodhiSimulator();
    private static final CoprSimulator COPR =
            new CoprSimulator(BUS).user("packit").stepByHand();
    private static final GitHubSimulator GITHUB = new GitHubSimulator().rateLimit(1_000_000, Duration.ofHours(1));
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final HttpClient client = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @Autowired
    PollingStore polling;

    @Autowired
    DeliveryStore deliveries;

    @Autowired
    Settings settings;

    @Autowired
    GitHubFeed feed;

    @Autowired
    IngestMetrics metrics;

    private GitHubWebhooks webhooks;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) throws IOException {
        GITHUB.addRepository(POLLED, false);
        Path folder = Files.createTempDirectory(
                Files.createDirectories(Path.of("target").toAbsolutePath()), "senders");
        registry.add("management.server.port", () -> "0");
        registry.add("forgeway.data-dir", folder::toString);
        registry.add("forgeway.admin.token", () -> ADMIN);
        registry.add("forgeway.ingest.github.secrets", () -> SECRET);
        registry.add("forgeway.ingest.testing-farm.secrets", () -> TOKEN);
        registry.add("forgeway.ingest.standard-webhooks.signing-secrets", () -> "whsec_" + KEY);
        registry.add("forgeway.ingest.cloudevents.tokens", () -> TOKEN);
        registry.add("forgeway.ingest.cloudevents.allowed-origins", () -> "events.example.org");
        registry.add("forgeway.ingest.github-polling.repositories", () -> POLLED);
        registry.add("forgeway.ingest.github-polling.interval", () -> "200ms");
        registry.add("forgeway.forge.github.api-url", () -> GITHUB.url().toString());
        registry.add("forgeway.forge.github.app-id", GITHUB::appId);
        registry.add("forgeway.forge.github.private-key", GITHUB::privateKeyPem);
        registry.add("forgeway.service.copr.url", () -> COPR.url().toString());
        registry.add("forgeway.service.copr.login", COPR::login);
        registry.add("forgeway.service.copr.token", COPR::token);
        registry.add("forgeway.service.copr.owner", () -> "packit");
        registry.add("forgeway.service.bodhi.url", () -> BODHI.url().toString());
    }

    @AfterAll
    static void leave() {
        GITHUB.close();
        COPR.close();
        BODHI.close();
        BUS.close();
    }

    @BeforeEach
    void approve() {
        webhooks = GITHUB.webhooks(uri("/webhooks/github"), SECRET);
        HttpResponse<String> answer = send(HttpRequest.newBuilder(uri("/api/allowlist"))
                .header("Authorization", "Bearer " + ADMIN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"key\":\"github.com/polled\",\"status\":\"approved-manually\",\"by\":\"ada\"}")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        await().until(() -> polling.find("events/github/" + POLLED).isPresent()
                && polling.find("pulls/github/" + POLLED).isPresent());
    }

    @Test
    void tellsOfAPushToGitHub() {
        JsonNode story = told(webhooks.send(webhooks.push(POLLED, "refs/tags/v1", "0".repeat(40), "c".repeat(40))));

        assertThat(story.at("/event/type").asText()).isEqualTo("push");
        assertThat(story.at("/event/action").asText()).isEqualTo("created");
        assertIgnored(story);
    }

    @Test
    void tellsOfACheckThatIsToRunAgain() {
        String body = ("{'action':'rerequested','check_run':{'id':5,'name':'rpm-build:x','head_sha':'c0ffee',"
                        + "'external_id':'job','app':{'id':" + GITHUB.appId() + "}},'sender':{'login':'mira'},"
                        + "'repository':{'full_name':'a/b','html_url':'https://github.com/a/b','private':false}}")
                .replace('\'', '"');
        JsonNode story = told(webhooks.send(webhooks.other("check_run", body)));

        assertThat(story.at("/event/type").asText()).isEqualTo("check-rerun");
        assertThat(story.path("reason").asText()).isEqualTo("namespace-not-approved");
    }

    @Test
    void asksForNothingWhenAPullRequestIsClosed() {
        int number = opened("a".repeat(40), false);
        JsonNode story = told(webhooks.send(webhooks.pullRequest("closed", POLLED, number)));

        assertThat(story.at("/event/action").asText()).isEqualTo("closed");
        assertThat(story.path("jobs")).isEmpty();
        assertIgnored(story);
    }

    @Test
    void tellsOfANotificationOfTestingFarmAndForgetsItsToken() {
        JsonNode story = told(post(
                "testing-farm",
                "{\"request_id\":\"2f0a\",\"token\":\"" + TOKEN + "\"}",
                "Content-Type",
                "application/json"));

        assertThat(story.at("/event/type").asText()).isEqualTo("testing-farm-result");
        assertThat(story.at("/event/test/requestId").asText()).isEqualTo("2f0a");
        assertThat(story.toString()).doesNotContain(TOKEN);
        assertThat(deliveries.load(story.path("id").asText()).orElseThrow().body())
                .isEqualTo("{\"request_id\":\"2f0a\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(story.path("outcome").asText()).isEqualTo("ignored");
        assertThat(story.path("reason").asText()).isEqualTo("unknown-test");
    }

    @Test
    void tellsOfAStandardWebhook() {
        String body = "{\"type\":\"image.published\",\"data\":{}}";
        String timestamp = Long.toString(Instant.now().getEpochSecond());
        JsonNode story = told(post(
                "standard",
                body,
                "Content-Type",
                "application/json",
                "webhook-id",
                "msg_1",
                "webhook-timestamp",
                timestamp,
                "webhook-signature",
                "v1," + signature("msg_1." + timestamp + "." + body)));

        assertThat(story.path("eventName").asText()).isEqualTo("image.published");
        assertThat(story.path("key").asText()).isEqualTo("msg_1");
        assertIgnored(story);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsOfACloudEvent(boolean structured) {
        HttpResponse<String> answer = structured
                ? post(
                        "cloudevents",
                        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/a\",\"type\":\"org.example.done\"}",
                        "Authorization",
                        "Bearer " + TOKEN,
                        "Content-Type",
                        "application/cloudevents+json")
                : post(
                        "cloudevents",
                        "{}",
                        "Authorization",
                        "Bearer " + TOKEN,
                        "Content-Type",
                        "application/json",
                        "ce-specversion",
                        "1.0",
                        "ce-id",
                        "1",
                        "ce-source",
                        "/b",
                        "ce-type",
                        "org.example.done");
        JsonNode story = told(answer);

        assertThat(story.path("eventName").asText()).isEqualTo("org.example.done");
        assertIgnored(story);
    }

    @Test
    void decidesOnAPullRequestThatACloudEventTellsOf() throws IOException {
        String body = Files.readString(
                Path.of("src/test/resources/fixtures/cloudevents/dev.forgeway.pull-request.opened.structured.json"));

        JsonNode story = told(post(
                "cloudevents",
                body,
                "Authorization",
                "Bearer " + TOKEN,
                "Content-Type",
                "application/cloudevents+json"));

        assertThat(story.at("/event/pullRequest/number").asInt()).isEqualTo(342);
        assertThat(story.path("reason").asText()).isEqualTo("repository-not-found");
    }

    @Test
    void decidesOnAnEventThatAnotherForgewayForwards() throws IOException {
        String body = Files.readString(
                Path.of("src/test/resources/fixtures/standard/dev.forgeway.pull-request.opened.forwarded.json"));
        String timestamp = Long.toString(Instant.now().getEpochSecond());

        JsonNode story = told(post(
                "standard",
                body,
                "Content-Type",
                "application/cloudevents+json",
                "webhook-id",
                "forwarded",
                "webhook-timestamp",
                timestamp,
                "webhook-signature",
                "v1," + signature("forwarded." + timestamp + "." + body)));

        assertThat(story.at("/event/type").asText()).isEqualTo("pull-request");
        assertThat(story.path("reason").asText()).isEqualTo("repository-not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/cloudevents-batch+json", "application/json", "text/plain"})
    void answers415ToWhatIsNoCloudEvent(String type) {
        assertThat(post("cloudevents", "[]", "Authorization", "Bearer " + TOKEN, "Content-Type", type)
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void shakesHandsWithAllowedOriginsOnly() {
        HttpResponse<String> allowed = handshake("events.example.org");
        HttpResponse<String> refused = handshake("other.example.org");

        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(allowed.headers().firstValue("WebHook-Allowed-Origin")).contains("events.example.org");
        assertThat(allowed.headers().firstValue("WebHook-Allowed-Rate")).contains("*");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("WebHook-Allowed-Origin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"testing-farm", "standard", "cloudevents"})
    void refusesWhatShowsNoSecret(String sender) {
        HttpResponse<String> answer = post(sender, "{\"request_id\":\"2f0a\"}", "Content-Type", "application/json");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
    }

    @Test
    void buildsAPullRequestThatItHasToAskForAndItsNewCommits() {
        String first = commit();
        int number = opened(first, true);
        await().until(() -> builds(number) == 1);

        String second = commit();
        GITHUB.putFile(POLLED, second, ".packit.yaml", CONFIG).moveHead(POLLED, number, second);

        await().until(() -> builds(number) == 2);
        JsonNode newest = await().until(() -> polledOf(number), found -> found.size() == 2)
                .get(0);
        assertThat(newest.at("/event/action").asText()).isEqualTo("synchronized");
        assertThat(newest.at("/event/commitBefore").asText()).isEqualTo(first);
        assertThat(newest.at("/event/project/visibility").asText()).isEqualTo("public");
    }

    @Test
    void buildsAPullRequestOnceThatAHookTellsAfterThePoll() {
        int number = opened(commit(), true);
        await().until(() -> builds(number) == 1);

        WebhookDelivery hook = webhooks.pullRequest("opened", POLLED, number);
        GITHUB.happened(hook);
        JsonNode story = told(webhooks.send(hook));

        assertThat(story.path("outcome").asText()).isEqualTo("duplicate");
        assertThat(builds(number)).isEqualTo(1);
    }

    @Test
    void buildsAPullRequestOnceThatThePollTellsAfterAHook() {
        String head = commit();
        GITHUB.stopListening();
        int number = opened(head, true);
        WebhookDelivery hook = webhooks.pullRequest("opened", POLLED, number);
        WebhookDelivery.Answer answer = webhooks.send(hook);
        GITHUB.happened(hook).startListening();

        await().until(() -> builds(number) == 1);
        await().until(() -> all(found -> found.path("key").asText().startsWith("event:")
                                && found.path("outcome").asText().equals("duplicate"))
                        .size()
                > 0);
        assertThat(told(answer).path("outcome").asText()).isEqualTo("dispatched");
        assertThat(polledOf(number)).isEmpty();
        assertThat(builds(number)).isEqualTo(1);
    }

    @Test
    void hearsAComment() {
        int number = opened(commit(), false);
        GITHUB.happened(webhooks.comment(POLLED, number, "mira", "Hello?"));

        JsonNode story = await().until(
                        () -> all(found ->
                                found.at("/event/comment/body").asText().equals("Hello?")),
                        found -> found.size() == 1)
                .get(0);
        assertThat(story.path("reason").asText()).isEqualTo("no-command");
        assertThat(story.at("/event/pullRequest/number").asInt()).isEqualTo(number);
    }

    @Test
    void goesOnAfterARestartWhereItWas() {
        int number = opened(commit(), false);
        GITHUB.happened(webhooks.comment(POLLED, number, "mira", "Still there?"));
        await().until(
                        () -> all(found ->
                                found.at("/event/comment/body").asText().equals("Still there?")),
                        found -> found.size() == 1);
        await().untilAsserted(() -> {
            GitHubPolling restarted = new GitHubPolling(settings, feed, polling, metrics, Clock.systemUTC());
            GitHubPoll poll = restarted.poll(POLLED);
            assertThat(poll.receipts()).isEmpty();
            assertThat(poll.positions()).isEmpty();
        });
    }

    @Test
    void asksAgainAfterGitHubFailed() {
        String question = "GET /repos/{o}/{r}/events";
        GITHUB.faults().answer(question, 1, Response.json(500, Map.of("message", "no")));

        await().untilAsserted(() -> {
            List<Integer> answers =
                    GITHUB.calls(question).stream().map(Call::status).toList();
            assertThat(answers).contains(500);
            assertThat(answers.get(answers.size() - 1)).isNotEqualTo(500);
        });
    }

    @Test
    void spendsNothingOnARepositoryThatIsAsItWas() {
        long before = unchanged();

        await().until(() -> unchanged() > before + 3);
    }

    private static long unchanged() {
        return GITHUB.calls().stream().filter(call -> call.status() == 304).count();
    }

    /** GitHub is asked now and then, and what it does not answer is tried again a while later. */
    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }

    private static String commit() {
        return "%040x".formatted(NUMBERS.incrementAndGet() + 0xabc000);
    }

    private static int opened(String head, boolean withConfig) {
        int number = NUMBERS.incrementAndGet();
        if (withConfig) {
            GITHUB.putFile(POLLED, head, ".packit.yaml", CONFIG);
        }
        GITHUB.addPullRequest(POLLED, number, head, "mira", "topic", "main");
        return number;
    }

    private static long builds(int number) {
        return COPR.builds().stream()
                .filter(build -> build.projectname().equals("polled-hello-" + number))
                .count();
    }

    /** What was built because of asking, newest first. */
    private List<JsonNode> polledOf(int number) {
        return all(found -> found.path("key").asText().startsWith("pull:" + number + ":")
                && found.path("outcome").asText().equals("dispatched"));
    }

    private List<JsonNode> all(Predicate<JsonNode> fits) {
        JsonNode list = json(send(HttpRequest.newBuilder(uri("/api/deliveries?limit=200"))));
        return list.findParents("key").stream()
                .filter(found -> found.has("id"))
                .filter(fits)
                .toList();
    }

    private void assertIgnored(JsonNode story) {
        assertThat(story.path("outcome").asText()).as(story.toString()).isEqualTo("ignored");
        assertThat(story.path("reason").asText()).isEqualTo("no-handler");
    }

    private JsonNode told(WebhookDelivery.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        return told(answer.body());
    }

    private JsonNode told(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return told(answer.body());
    }

    /** The story, once it is decided. */
    private JsonNode told(String answer) {
        String id = json(answer).path("id").asText();
        return await().until(
                        () -> story(id),
                        story -> !story.path("outcome").asText("queued").equals("queued"));
    }

    private JsonNode story(String id) {
        return json(send(HttpRequest.newBuilder(uri("/api/deliveries/" + id))));
    }

    private HttpResponse<String> handshake(String origin) {
        return send(HttpRequest.newBuilder(uri("/webhooks/cloudevents"))
                .header("WebHook-Request-Origin", origin)
                .header("WebHook-Request-Rate", "120")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
    }

    private HttpResponse<String> post(String sender, String body, String... headers) {
        return send(HttpRequest.newBuilder(uri("/webhooks/" + sender))
                .headers(headers)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return json(answer.body());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException(text, e);
        }
    }

    private static String signature(String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
