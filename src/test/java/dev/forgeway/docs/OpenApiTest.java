package dev.forgeway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forgeway.dispatch.Job;
import dev.forgeway.docs.OpenApi.Operation;
import dev.forgeway.forge.CheckState;
import dev.forgeway.handle.Outcome.Result;
import dev.forgeway.store.ConfigSighting;
import dev.forgeway.store.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The API is as src/main/resources/openapi.json says, and all of it is there. */
class OpenApiTest extends Documented {

    private static final Path ROUTES = Path.of("src/main/resources/routes/admin");
    private static final Pattern ROUTE =
            Pattern.compile("uri: platform-http:(/api/\\S*)\\R\\s+parameters:\\R\\s+httpMethodRestrict: (\\w+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Autowired
    StoredStory story;

    @LocalServerPort
    int port;

    private final HttpClient client = HttpClient.newHttpClient();
    private OpenApi description = new OpenApi(JSON.createObjectNode());

    @BeforeEach
    void read() throws Exception {
        description = new OpenApi(
                JSON.readTree(send("GET", "/api/openapi.json", null, TOKEN).body()));
        story.happen();
    }

    @Test
    void answersEveryRequestAsDescribed() throws Exception {
        assertThat(description.operations()).hasSizeGreaterThan(5);
        for (Operation operation : description.operations()) {
            String target = operation.path().equals("/api/replays")
                    ? "/api/replays?dryRun=true&from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z"
                    : path(operation);
            assertAnswers(200, operation, target, example(operation));
        }
    }

    @Test
    void triesAReplayAsDescribed() throws Exception {
        assertAnswers(
                200, named("replayDelivery"), "/api/deliveries/" + story.deliveryId() + "/replay?dryRun=true", null);
    }

    @Test
    void tellsStoriesAsDescribedInLists() throws Exception {
        for (String path : List.of(
                "/api/deliveries", "/api/jobs", "/api/projects", "/api/allowlist", "/api/queues", "/api/gaps")) {
            assertThat(JSON.readTree(send("GET", path, null, TOKEN).body()))
                    .as("an empty list would show nothing: " + path)
                    .isNotEmpty();
        }
    }

    @Test
    void refusesAsDescribed() throws Exception {
        assertAnswers(404, named("tellDelivery"), "/api/deliveries/none", null);
        assertAnswers(404, named("tellJob"), "/api/jobs/none", null);
        assertAnswers(404, named("tellProject"), "/api/projects/github.com/nobody/nothing", null);
        assertAnswers(404, named("tellProject"), "/api/projects/gitlab.com/a/b/c/nothing", null);
        assertAnswers(404, named("tellProject"), "/api/projects/nothing", null);
        assertAnswers(400, named("listProjects"), "/api/projects?config=none", null);
        assertAnswers(400, named("listProjects"), "/api/projects?limit=many", null);
        assertAnswers(400, named("listDeliveries"), "/api/deliveries?outcome=none", null);
        assertAnswers(400, named("listDeliveries"), "/api/deliveries?pullRequest=7", null);
        assertAnswers(400, named("listDeliveries"), "/api/deliveries?project=github.com/a/b&pullRequest=x", null);
        assertAnswers(400, named("listDeliveries"), "/api/deliveries?commit=c0f", null);
        assertAnswers(400, named("listJobs"), "/api/jobs?limit=many", null);
        assertAnswers(400, named("changeAllowlist"), "/api/allowlist", "{\"key\":");
        assertAnswers(400, named("changeAllowlist"), "/api/allowlist", "[]");
        String byNobody = "{\"key\":\"github.com/kept\",\"status\":\"denied\"}";
        assertAnswers(400, named("changeAllowlist"), "/api/allowlist", byNobody);
        assertAnswers(400, named("listAllowlist"), "/api/allowlist?status=none", null);
        assertAnswers(400, named("redriveDeadLetters"), "/api/dead-letters/redrive", "{\"by\":\"ada\"}");
        assertAnswers(400, named("discardDeadLetters"), "/api/dead-letters/discard", "{\"all\":true}");
        assertAnswers(404, named("inspectDeadLetter"), "/api/dead-letters/" + story.deliveryId(), null);
        assertAsDescribed(
                401,
                named("inspectDeadLetter"),
                send("GET", "/api/dead-letters/" + story.deadLetterId(), null, "wrong"));
        assertAnswers(404, named("replayDelivery"), "/api/deliveries/none/replay", "{\"by\":\"ada\"}");
        assertAnswers(400, named("listDeadLetters"), "/api/dead-letters?olderThan=long", null);
        assertAnswers(400, named("listActions"), "/api/actions?before=yesterday", null);
        assertAnswers(400, named("shadowReplay"), "/api/replays?from=2020-01-01T00:00:00Z", null);
        assertAnswers(400, named("shadowReplay"), "/api/replays?dryRun=true&from=yesterday", null);
        assertAsDescribed(401, named("shadowReplay"), send("POST", "/api/replays?dryRun=true", null, "wrong"));
        assertAsDescribed(401, named("redriveDeadLetters"), send("POST", "/api/dead-letters/redrive", "{}", "wrong"));
        assertAsDescribed(401, named("discardDeadLetters"), send("POST", "/api/dead-letters/discard", "{}", "wrong"));
        assertAsDescribed(401, named("replayDelivery"), send("POST", "/api/deliveries/none/replay", "{}", "wrong"));
        assertAnswers(400, named("pause"), "/api/pauses", "{\"kind\":\"handler\",\"name\":\"x\",\"by\":\"ada\"}");
        assertAnswers(400, named("resume"), "/api/pauses/resume", "{}");
        assertAnswers(404, named("resume"), "/api/pauses/resume", example(named("resume")));
        assertAsDescribed(401, named("pause"), send("POST", "/api/pauses", "{}", "wrong"));
        assertAsDescribed(401, named("resume"), send("POST", "/api/pauses/resume", "{}", "wrong"));
        assertAnswers(400, named("drain"), "/api/drain", "{}");
        assertAnswers(400, named("endDrain"), "/api/drain/end", "{}");
        assertAsDescribed(401, named("drain"), send("POST", "/api/drain", "{}", "wrong"));
        assertAsDescribed(401, named("endDrain"), send("POST", "/api/drain/end", "{}", "wrong"));
        Operation change = named("changeAllowlist");
        assertAsDescribed(401, change, send("POST", "/api/allowlist", example(change), "wrong"));
    }

    @Test
    void refusesParametersThatItDoesNotUnderstand() throws Exception {
        assertAnswers(400, named("listDeliveries"), "/api/deliveries?outcme=parked", null);
        assertAnswers(400, named("listDeliveries"), "/api/deliveries?limit=1&limit=2", null);
        assertAnswers(400, named("listProjects"), "/api/projects?before=yesterday", null);
        assertAnswers(400, named("listInstallations"), "/api/installations?retired=maybe", null);
        String replay = "/api/deliveries/" + story.deliveryId() + "/replay?";
        String order = "{\"by\":\"ada\"}";
        assertAnswers(400, named("replayDelivery"), replay + "dryrun=true", order);
        assertAnswers(400, named("replayDelivery"), replay + "dryRun=yes", order);
    }

    @Test
    void findsJobsByEachOutcomeThatAHandlerCanEndWith() throws Exception {
        for (Result result : Result.values()) {
            int status = result == Result.WAITING ? 400 : 200;
            assertAnswers(status, named("listJobs"), "/api/jobs?outcome=" + result.wireName(), null);
        }
    }

    /** What is left out of a question makes its answer wrong, and what is left out of an order may do everything. */
    @Test
    void leavesNothingOutThatItDoesNotKnow() throws Exception {
        for (Operation operation : description.operations()) {
            assertAnswers(400, operation, path(operation) + "?nobody=knows", example(operation));
            String order = example(operation);
            if (order != null) {
                assertAnswers(400, operation, path(operation), order.replace("}", ",\"nobody\":\"knows\"}"));
            }
        }
        String trial = "{\"by\":\"ada\",\"dryRun\":true}";
        assertAnswers(400, named("replayDelivery"), "/api/deliveries/" + story.deliveryId() + "/replay", trial);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://github.com/spam", "github.com/spam/", "github.com//spam", "/github.com"})
    void decidesAboutNothingThatNoProjectIsCalled(String key) throws Exception {
        String change = "{\"key\":\"" + key + "\",\"status\":\"denied\",\"by\":\"ada\"}";

        assertAnswers(400, named("changeAllowlist"), "/api/allowlist", change);
    }

    @Test
    void letsNobodyKeepWhatItAnswers() throws Exception {
        for (String target : List.of("/api/deliveries", "/api/deliveries/none", "/api/nothing")) {
            HttpResponse<String> answer = send("GET", target, null, TOKEN);
            assertThat(answer.headers().firstValue("Cache-Control")).as(target).contains("no-store");
            assertThat(answer.headers().firstValue("X-Content-Type-Options"))
                    .as(target)
                    .contains("nosniff");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/deliveries?limit=0",
                "/api/jobs?limit=-1",
                "/api/jobs?outcome=success",
                "/api/dead-letters?reason=atempts-exhausted",
                "/api/actions?before=%2B1000000000-12-31T23:59:59Z",
                "/api/projects?before=-1000000000-01-01T00:00:00Z",
                "/api/dead-letters?olderThan=-5m",
                "/api/dead-letters?olderThan=7",
                "/api/dead-letters?youngerThan=999999999999999d",
                "/api/dead-letters?youngerThan=106751991167d",
                "/api/dead-letters?project=a%00b"
            })
    void refusesParametersThatMakeNoSense(String target) throws Exception {
        HttpResponse<String> answer = send("GET", target, null, TOKEN);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void letsNobodyCallThemselvesAsTheScheduleIsCalled() throws Exception {
        assertAnswers(400, named("drain"), "/api/drain", "{\"by\":\"schedule\"}");
    }

    @Test
    void takesNoTextThatCannotBeStored() throws Exception {
        String order = "{\"by\":\"ada\",\"note\":\"%s\"}";
        String escaped = order.formatted("\\\\u0000");

        assertAnswers(400, named("drain"), "/api/drain", order.formatted("\\u0000"));
        assertAnswers(200, named("drain"), "/api/drain", escaped);
        assertAnswers(200, named("endDrain"), "/api/drain/end", escaped);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"defect\"]", "null", "{\"is\":\"defect\"}"})
    void leavesNoConditionOutThatItDoesNotUnderstand(String reason) throws Exception {
        String order = "{\"source\":\"github\",\"reason\":" + reason + ",\"by\":\"ada\"}";

        assertAnswers(400, named("discardDeadLetters"), "/api/dead-letters/discard", order);
    }

    /** Whoever is told that nothing was left to redrive believes that all is well. */
    @Test
    void redrivesNothingForAReasonThatDoesNotExist() throws Exception {
        String order = "{\"reason\":\"atempts-exhausted\",\"by\":\"ada\"}";

        assertAnswers(400, named("redriveDeadLetters"), "/api/dead-letters/redrive", order);
    }

    @Test
    void keepsWhoChangedTheAllowlist() throws Exception {
        String change = "{\"key\":\"github.com/kept\",\"status\":\"denied\",\"by\":\"ada\",\"note\":\"spam\"}";
        assertAnswers(200, named("changeAllowlist"), "/api/allowlist", change);

        JsonNode kept = JSON.readTree(
                        send("GET", "/api/actions?limit=1", null, TOKEN).body())
                .path(0);

        assertThat(kept.path("subject").asText()).isEqualTo("allowlist github.com/kept");
        assertThat(kept.path("by").asText()).isEqualTo("ada");
        assertThat(kept.path("note").asText()).isEqualTo("denied: spam");
    }

    @Test
    void takesNoHeaderForAParameter() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/deliveries"))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Source", "nobody")
                .build();

        assertThat(JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofString())
                        .body()))
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/nothing, 404",
        "GET, /api, 404",
        "GET, /api/, 404",
        "GET, /%61pi/nothing, 404",
        "POST, /api/jobs/one/two, 404",
        "DELETE, /api/deliveries, 405",
        "PUT, /api/allowlist, 405",
        "POST, /api/projects/github.com/a/b, 405",
        "GET, /api/dead-letters/a/b, 404"
    })
    void refusesWhatReachesNoRouteAsAProblemToo(String method, String target, int status) throws Exception {
        HttpResponse<String> answer = send(method, target, null, TOKEN);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asText()).isEqualTo(status == 404 ? "not found" : "method not allowed");
        assertThat(problem.path("detail").asText()).doesNotContain("null").isNotEmpty();
        assertThat(answer.headers().firstValue("Allow").isPresent()).isEqualTo(status == 405);
    }

    @Test
    void takesNoBodyThatIsNoOrder() throws Exception {
        for (Operation operation : description.operations()) {
            if (operation.definition().has("requestBody")) {
                String target = path(operation);
                assertAsDescribed(415, operation, send("POST", target, "by=ada", TOKEN, "text/plain"));
                assertAsDescribed(413, operation, send("POST", target, " ".repeat(64 * 1024 + 1), "wrong"));
            }
        }
        HttpRequest endless = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/allowlist"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[1])))
                .build();
        assertThat(client.send(endless, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(411);
    }

    @Test
    void describesEveryRouteAndNoOther() throws IOException {
        try (Stream<Path> files = Files.list(ROUTES)) {
            assertThat(files.flatMap(file ->
                                    ROUTE.matcher(new Document(file).text()).results())
                            .map(route -> route.group(2) + " " + route.group(1)))
                    .as("admin routes against src/main/resources/openapi.json; add or remove the path")
                    .containsExactlyInAnyOrderElementsOf(description.operations().stream()
                            .map(Operation::toString)
                            .toList());
        }
    }

    @Test
    void knowsTheWordsOfTheCode() {
        assertThat(words("DeliveryOutcome")).containsExactlyElementsOf(lower(Outcome.values()));
        assertThat(words("ConfigState")).containsExactlyElementsOf(lower(ConfigSighting.State.values()));
        assertThat(words("JobState")).containsExactlyElementsOf(lower(Job.State.values()));
        assertThat(words("CheckState")).containsExactlyElementsOf(lower(CheckState.values()));
        assertThat(words("JobOutcome"))
                .containsExactlyElementsOf(lower(Stream.of(Result.values())
                        .filter(result -> result != Result.WAITING)
                        .toArray(Enum[]::new)));
    }

    private void assertAnswers(int status, Operation operation, String target, @Nullable String body) throws Exception {
        assertAsDescribed(status, operation, send(operation.method(), target, body, TOKEN));
    }

    private void assertAsDescribed(int status, Operation operation, HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).as(operation + ": " + response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .as(operation.toString())
                .contains(description.contentType(operation, status));
        assertThat(description.differences(operation, status, JSON.readTree(response.body())))
                .as(operation + ": " + response.body())
                .isEmpty();
    }

    private HttpResponse<String> send(String method, String target, @Nullable String body, String token)
            throws IOException, InterruptedException {
        return send(method, target, body, token, "application/json");
    }

    private HttpResponse<String> send(
            String method, String target, @Nullable String body, String token, String contentType)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", contentType)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private Operation named(String operationId) {
        return description.operations().stream()
                .filter(operation ->
                        operation.definition().path("operationId").asText().equals(operationId))
                .findFirst()
                .orElseThrow();
    }

    private String path(Operation operation) {
        String path = operation.path().replace("{id}", idFor(operation));
        for (JsonNode parameter : operation.definition().path("parameters")) {
            path = path.replace(
                    "{" + parameter.path("name").asText() + "}",
                    parameter.path("example").asText());
        }
        return path;
    }

    private String idFor(Operation operation) {
        if (operation.path().startsWith("/api/dead-letters")) {
            return story.deadLetterId();
        }
        return operation.path().contains("jobs") ? story.jobId() : story.deliveryId();
    }

    private static @Nullable String example(Operation operation) {
        JsonNode example = operation.definition().at("/requestBody/content/application~1json/example");
        return example.isMissingNode() ? null : example.toString();
    }

    private List<String> words(String schema) {
        return JSON.convertValue(
                description.root().at("/components/schemas/" + schema + "/enum"),
                JSON.getTypeFactory().constructCollectionType(List.class, String.class));
    }

    private static List<String> lower(Enum<?>[] values) {
        return Stream.of(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
