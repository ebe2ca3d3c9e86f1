package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.GitHubWebhooks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests byte by byte, as no well-behaved client sends them, at the door of {@code /webhooks/github}. */
@FlowTest
class RawRequestFlowTest extends Flow {

    private static final int MB = 1024 * 1024;
    private static final int LIMIT = 25 * MB;
    private static final String POST = "POST /webhooks/github HTTP/1.1";
    private static final String JSON = "Content-Type: application/json";
    private static final String CLOSE = "Connection: close";
    private static final String BODY = "{\"action\":\"opened\",\"zen\":\"Design for failure.\"}";

    @Test
    void refusesAnAnnouncedBodyOverTheLimitWithoutWaitingForIt() throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            connection.head(POST, JSON, "Content-Length: " + (LIMIT + 1));

            assertThat(connection.answerUpTo("}"))
                    .startsWith("HTTP/1.1 413 ")
                    .contains("Connection: close")
                    .endsWith("{\"error\":\"body too large\",\"hint\":\"the limit is " + LIMIT + " bytes\"}");
        }
    }

    @Test
    void stopsReadingABodyThatNeverEnds() throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            connection.head(POST, JSON, "Transfer-Encoding: chunked");

            long sent = connection.sendChunksWhileTheyAreTaken(4L * LIMIT);

            assertThat(sent).as("bytes sent").isBetween((long) LIMIT, LIMIT + 16L * MB);
            assertThat(connection.answer()).startsWith("HTTP/1.1 413 ").contains("\"error\":\"body too large\"");
        }
    }

    @Test
    void acceptsNothingOfABodyThatBreaksOff() throws IOException {
        String key = UUID.randomUUID().toString();
        try (RawConnection connection = new RawConnection(port)) {
            connection
                    .head(POST, JSON, "Content-Length: " + (BODY.length() + 1), signed(BODY), delivery(key), CLOSE)
                    .send(BODY)
                    .fallSilent();

            assertThat(connection.answer()).doesNotContain(" 202 ", "accepted", "Exception");
        }
        assertThat(post(BODY, signed(BODY), "X-GitHub-Event: star")).startsWith("HTTP/1.1 202 ");
        assertThat(api.deliveries(key)).isEmpty();
    }

    @Test
    void refusesABodyOfUnsaidType() throws IOException {
        assertThat(request(POST, BODY, signed(BODY), "X-GitHub-Event: push"))
                .startsWith("HTTP/1.1 415 ")
                .contains("\"error\":\"unsupported content type\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "OPTIONS", "DELETE", "BREW"})
    void refusesEveryOtherMethodAndNamesTheRightOne(String method) throws IOException {
        String answer = request(method + " /webhooks/github HTTP/1.1", BODY, JSON, signed(BODY));

        assertThat(answer).startsWith("HTTP/1.1 405 ").contains("\r\nAllow: POST\r\n");
    }

    @Test
    void echoesNothing() throws IOException {
        String answer = request("TRACE /webhooks/github HTTP/1.1", "", JSON, "X-Secret: between-us");

        assertThat(answer).startsWith("HTTP/1.1 405 ").doesNotContain("between-us");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%77ebhooks/github",
                "/webhooks;v=1/github",
                "//webhooks/github",
                "/webhooks//github",
                "/webhooks/github/",
                "/webhooks/github;v=1",
                "/webhooks/g%69thub",
                "/x/../webhooks/github",
                "/./webhooks/github"
            })
    void guardsItsDoorHoweverThePathIsWritten(String path) throws IOException {
        String unsigned = request("POST " + path + " HTTP/1.1", BODY, JSON, "X-GitHub-Event: ping");
        String ofOtherType = request("POST " + path + " HTTP/1.1", BODY, "Content-Type: text/plain", signed(BODY));

        assertThat(unsigned).containsPattern("^HTTP/1.1 (401|404) ").doesNotContain("Exception");
        assertThat(ofOtherType).containsPattern("^HTTP/1.1 (415|404) ").doesNotContain("Exception");
    }

    @Test
    void ignoresADeliveryThatNamesNoEvent() throws IOException {
        assertThat(post(BODY, signed(BODY), delivery(UUID.randomUUID().toString())))
                .startsWith("HTTP/1.1 202 ")
                .contains("\"status\":\"ignored\"");
    }

    @Test
    void ignoresAnActionThatNobodyWants() throws IOException {
        String body = "{\"action\":\"assigned\"}";

        assertThat(post(body, signed(body), "X-GitHub-Event: pull_request"))
                .startsWith("HTTP/1.1 202 ")
                .contains("\"status\":\"ignored\"");
    }

    @Test
    void knowsACopyOfADeliveryWithoutAnIdByItsBody() throws IOException {
        String body = pullRequest("flow", false).opening().body();
        String first = id(post(body, signed(body), "X-GitHub-Event: pull_request"));
        assertThat(new DeliveryStory(api, first)
                        .isEventually("filtered", "no-package-config")
                        .path("key")
                        .asText())
                .startsWith("sha256:");

        // of two that come at once, either may be the copy
        String second = id(post(body, signed(body), "X-GitHub-Event: pull_request"));
        new DeliveryStory(api, second).isEventually("duplicate", "already-received");
    }

    @Test
    void parksATextThatIsTooLongToRead() throws IOException {
        String body = "{\"action\":\"opened\",\"x\":\"" + "a".repeat(21 * MB) + "\"}";

        String answer = post(body, signed(body), "X-GitHub-Event: pull_request");

        assertThat(answer).startsWith("HTTP/1.1 202 ");
        JsonNode story = new DeliveryStory(api, id(answer)).isEventually("parked", "invalid-json");
        assertThat(story.path("detail").asText()).isNotEmpty();
    }

    @Test
    void believesTheFirstOfTwoSignaturesOnly() throws IOException {
        String wrong = "X-Hub-Signature-256: sha256=" + "0".repeat(64);

        assertThat(post(BODY, wrong, signed(BODY), "X-GitHub-Event: ping")).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void tellsNothingOfItselfToWhoSpeaksNoHttp() throws IOException {
        for (String line : List.of("POST /webhooks/git\\hub HTTP/1.1", "nonsense", "POST /webhooks/%zz HTTP/1.1")) {
            String answer = request(line, BODY, JSON);

            assertThat(answer).as(line).doesNotContain("Exception", "Tomcat", "\tat ", "dev.forgeway");
            assertThat(answer).as(line).startsWith("HTTP/1.1 400 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/webhooks/nobody", "/webhooks/", "/webhooks/github/more", "/webhooks/../webhooks/nobody"})
    void knowsNoOtherSender(String path) throws IOException {
        String answer = request("POST " + path + " HTTP/1.1", BODY, JSON, signed(BODY), "X-GitHub-Event: ping");

        assertThat(answer).startsWith("HTTP/1.1 404 ").doesNotContain("Exception", "\tat ");
    }

    private String post(String body, String... headers) throws IOException {
        List<String> all = new ArrayList<>(List.of(JSON));
        all.addAll(List.of(headers));
        return request(POST, body, all.toArray(String[]::new));
    }

    private String request(String line, String body, String... headers) throws IOException {
        List<String> lines = new ArrayList<>(List.of(line));
        lines.addAll(List.of(headers));
        lines.add("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
        lines.add(CLOSE);
        try (RawConnection connection = new RawConnection(port)) {
            return connection.head(lines.toArray(String[]::new)).send(body).answer();
        }
    }

    private static String signed(String body) {
        return "X-Hub-Signature-256: " + GitHubWebhooks.sign(World.SECRET, body);
    }

    private static String delivery(String key) {
        return "X-GitHub-Delivery: " + key;
    }

    private static String id(String answer) {
        return answer.replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");
    }
}
