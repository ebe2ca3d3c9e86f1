package dev.forgeway.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forgeway.Application;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** One signed delivery of each forge, on its way through a running application. */
class ForgeDeliveriesTest {

    private static final Path FIXTURES = Path.of("src/test/resources/fixtures");
    private static final String SECRET = "forge-deliveries-secret";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static ConfigurableApplicationContext application;

    @BeforeAll
    static void start() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("server.port", "0");
        settings.put("management.server.port", "0");
        settings.put("forgeway.data-dir", folder.toString());
        settings.put("forgeway.ingest.gitlab.project-secrets.[gitlab.com/fedora]", SECRET);
        settings.put("forgeway.ingest.forgejo.secrets", SECRET);
        settings.put("forgeway.ingest.pagure.secrets", SECRET);
        String[] arguments = settings.entrySet().stream()
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
        application = new SpringApplicationBuilder(Application.class).run(arguments);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void tellsTheEventOfGitLab() throws Exception {
        Map<String, String> headers = Map.of("X-Gitlab-Event", "Merge Request Hook", "X-Gitlab-Token", SECRET);
        becomesItsEvent("gitlab", "merge-request-hook.opened", headers);
    }

    @Test
    void tellsTheEventOfForgejo() throws Exception {
        String body = fixture("forgejo/pull_request.opened.json");
        Map<String, String> headers = Map.of(
                "X-Forgejo-Event", "pull_request",
                "X-Forgejo-Delivery", "f6266f16-1bf3-46a5-9ea4-602e06ead473",
                "X-GitHub-Event", "pull_request",
                "X-Forgejo-Signature", Requests.sha256(SECRET, body));
        becomesItsEvent("forgejo", "pull_request.opened", headers);
    }

    @Test
    void tellsTheEventOfPagure() throws Exception {
        String body = fixture("pagure/pull-request.new.fork.json");
        becomesItsEvent(
                "pagure", "pull-request.new.fork", Map.of("X-Pagure-Signature-256", Requests.sha256(SECRET, body)));
    }

    @Test
    void saysWhyItIgnoresASystemHook() throws Exception {
        HttpResponse<String> answer = post(
                "gitlab",
                "{\"event_name\":\"project_create\"}",
                Map.of("X-Gitlab-Event", "System Hook", "X-Gitlab-Token", SECRET));
        assertThat(answer.statusCode()).isEqualTo(202);
        JsonNode json = JSON.readTree(answer.body());
        assertThat(json.path("status").asText()).isEqualTo("ignored");
        assertThat(json.path("reason").asText()).isEqualTo("system-hook");
    }

    @Test
    void refusesAWrongSecretOnEveryPath() throws Exception {
        String body = fixture("pagure/pull-request.new.fork.json");
        String wrong = Requests.sha256("another", body);
        assertThat(post("gitlab", body, Map.of("X-Gitlab-Token", wrong)).statusCode())
                .isEqualTo(401);
        assertThat(post("forgejo", body, Map.of("X-Forgejo-Signature", wrong)).statusCode())
                .isEqualTo(401);
        assertThat(post("pagure", body, Map.of("X-Pagure-Signature-256", wrong)).statusCode())
                .isEqualTo(401);
    }

    private static void becomesItsEvent(String forge, String fixture, Map<String, String> headers) throws Exception {
        HttpResponse<String> answer = post(forge, fixture(forge + "/" + fixture + ".json"), headers);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        String id = JSON.readTree(answer.body()).path("id").asText();

        JsonNode delivery = await().atMost(Duration.ofSeconds(30)).until(() -> get(id), found -> found.has("event"));

        assertThat(delivery.path("event")).isEqualTo(JSON.readTree(fixture(forge + "/" + fixture + ".expected.json")));
        assertThat(delivery.path("outcome").asText()).isEqualTo("ignored");
        assertThat(delivery.path("reason").asText()).isEqualTo("no-handler");
    }

    private static JsonNode get(String id) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(uri("/api/deliveries/" + id)).build();
        return JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body());
    }

    private static HttpResponse<String> post(String forge, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("/webhooks/" + forge))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create("http://localhost:" + application.getEnvironment().getProperty("local.server.port") + path);
    }

    private static String fixture(String name) throws IOException {
        return Files.readString(FIXTURES.resolve(name));
    }
}
