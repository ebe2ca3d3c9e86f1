package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.GitHubWebhooks;
import dev.forgeway.simulator.WebhookDelivery;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no ordinary delivery, at the door of {@code /webhooks/github}. */
@FlowTest
class WebhookEdgeFlowTest extends Flow {

    private static final String BODY = "{\"zen\":\"Keep it logically awesome.\",\"action\":\"opened\"}";
    private static final int LIMIT = 25 * 1024 * 1024;

    private final HttpClient client = HttpClient.newHttpClient();

    static Stream<Arguments> unacceptableSignatures() {
        String right = GitHubWebhooks.sign(World.SECRET, BODY);
        return Stream.of(
                Arguments.of("empty", ""),
                Arguments.of("prefix alone", "sha256="),
                Arguments.of("upper-case digits", "sha256=" + right.substring(7).toUpperCase(Locale.ROOT)),
                Arguments.of("upper-case prefix", "SHA256=" + right.substring(7)),
                Arguments.of("no prefix", right.substring(7)),
                Arguments.of("too short", right.substring(0, right.length() - 1)),
                Arguments.of("too long", right + "0"),
                Arguments.of("another secret", GitHubWebhooks.sign("another secret", BODY)),
                Arguments.of("of the same JSON written otherwise", GitHubWebhooks.sign(World.SECRET, BODY + " ")),
                Arguments.of("no digits", "sha256=" + "z".repeat(64)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unacceptableSignatures")
    void refusesAnUnacceptableSignature(String name, String signature) throws Exception {
        HttpResponse<String> answer = send(request("ping", text(BODY)).header("X-Hub-Signature-256", signature));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body())
                .isEqualTo("{\"error\":\"signature missing or wrong\",\"hint\":\"check the secret of the webhook\"}");
    }

    @Test
    void refusesAMissingSignature() throws Exception {
        assertThat(send(request("ping", text(BODY))).statusCode()).isEqualTo(401);
    }

    @Test
    void answersAPingThatIsSigned() throws Exception {
        HttpResponse<String> answer = send(signed("ping", BODY));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).matches("\\{\"id\":\"[0-9a-f-]{36}\",\"status\":\"pong\".*}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"star", "workflow_run", "PULL_REQUEST"})
    void ignoresAnEventThatNobodyWants(String event) throws Exception {
        HttpResponse<String> answer = send(signed(event, BODY));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).contains("\"status\":\"ignored\"");
    }

    @Test
    void refusesABodyOverTheLimitThatSaysHowLongItIs() throws Exception {
        HttpResponse<String> answer = send(
                request("push", BodyPublishers.ofByteArray(new byte[LIMIT + 1])).header("X-Hub-Signature-256", "x"));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("\"error\":\"body too large\"");
    }

    @Test
    void refusesABodyOverTheLimitThatDoesNotSayHowLongItIs() throws Exception {
        BodyPublisher chunked = BodyPublishers.ofInputStream(() -> zeros(LIMIT + 1));

        assertThat(send(request("push", chunked).header("X-Hub-Signature-256", "x"))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void refusesAnEmptyBody() throws Exception {
        assertThat(send(request("push", BodyPublishers.noBody())).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH"})
    void refusesAnotherMethod(String method) throws Exception {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(api.webhooks()).method(method, text(BODY)));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "multipart/form-data", "application/xml"})
    void refusesAContentTypeThatGitHubNeverSends(String type) throws Exception {
        assertThat(send(request("push", text(BODY)).setHeader("Content-Type", type))
                        .statusCode())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"action\":\"opened\"", "[]", "nonsense", "\"text\"", "{\"action\":\"opened\"}{}"})
    void parksWhatIsAuthenticButNoJsonObject(String body) throws Exception {
        parked(send(signed("pull_request", body)), "invalid-json");
    }

    @Test
    void parksInvalidUtf8() throws Exception {
        byte[] body = "{\"action\":\"opened\",\"x\":\"?\"}".getBytes(StandardCharsets.ISO_8859_1);
        body[body.length - 3] = (byte) 0xC3;
        String latin = new String(body, StandardCharsets.ISO_8859_1);
        HttpResponse<String> answer = send(
                request("pull_request", BodyPublishers.ofByteArray(body)).header("X-Hub-Signature-256", sign(body)));

        assertThat(latin).contains("\u00c3");
        parked(answer, "invalid-json");
    }

    @Test
    void parksADepthThatNobodyNeeds() throws Exception {
        String deep = "{\"action\":\"opened\",\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";

        parked(send(signed("pull_request", deep)), "invalid-json");
    }

    @Test
    void parksAMissingFieldWithItsPath() throws Exception {
        JsonNode story = parked(
                send(signed("pull_request", "{\"action\":\"opened\",\"number\":1,\"sender\":{}}")), "missing-field");

        assertThat(story.path("detail").asText()).isEqualTo("sender.login");
    }

    @Test
    void takesAFormLikeJson() throws Exception {
        PullRequestStory story = pullRequestBuiltFor("fedora-rawhide");
        WebhookDelivery delivery = story.opening();
        String form = "payload=" + URLEncoder.encode(delivery.body(), StandardCharsets.UTF_8);

        HttpResponse<String> answer = send(request("pull_request", text(form))
                .setHeader("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Hub-Signature-256", GitHubWebhooks.sign(World.SECRET, form)));

        assertThat(answer.statusCode()).isEqualTo(202);
        new DeliveryStory(api, id(answer)).isEventually("dispatched");
        copr.finishBuild(story.build().id(), true);
        story.rpmBuild(RAWHIDE).isEventually("success");
    }

    @Test
    void letsNoHeaderOfACallerIntoTheQueues() throws Exception {
        String forged = UUID.randomUUID().toString();
        HttpResponse<String> answer = send(signed("pull_request", "{\"action\":\"opened\"}")
                .header("forgewayDeliveryId", forged)
                .header("forgewaySource", "amqp")
                .header("_AMQ_SCHED_DELIVERY", "9999999999999")
                .header("CamelHttpResponseCode", "200")
                .header("JMSPriority", "9"));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(id(answer)).isNotEqualTo(forged);
        assertThat(parked(answer, "missing-field").path("source").asText()).isEqualTo("github");
    }

    @Test
    void keepsManagementOffTheApplicationPort() {
        assertThat(api.get("/actuator/health").status()).isEqualTo(404);
        assertThat(api.get("/actuator/jolokia").status()).isEqualTo(404);
    }

    @Test
    void saysThatASourceWithoutASecretIsOff() throws Exception {
        HttpRequest.Builder toStandard = HttpRequest.newBuilder(api.webhooks("standard"))
                .header("Content-Type", "application/json")
                .POST(text(BODY));

        HttpResponse<String> answer = send(toStandard);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("\"error\":\"this source is off\"");
    }

    @Test
    void listsJobsAndTellsOfOne() {
        PullRequestStory story = pullRequestBuiltFor("fedora-rawhide");
        String id = story.opens().jobEventuallyWaits().path("id").asText();

        assertThat(api.get("/api/jobs?handler=copr-build").json().toString()).contains(id);
        assertThat(api.get("/api/jobs/" + id).json().path("handler").asText()).isEqualTo("copr-build");
        copr.finishBuild(story.build().id(), true);
        story.rpmBuild(RAWHIDE).isEventually("success");
    }

    @Test
    void answersProblemsOfTheApiAsProblems() {
        Api.Answer unknown = api.get("/api/deliveries/" + UUID.randomUUID());
        Api.Answer wrong = api.get("/api/deliveries?outcome=nonsense");

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.json().path("title").asText()).isEqualTo("not found");
        assertThat(wrong.status()).isEqualTo(400);
    }

    @Test
    void changesTheAllowlistOnlyForWhoHasTheToken() throws Exception {
        String change = "{\"key\":\"github.com/strangers\",\"status\":\"approved-manually\",\"by\":\"ada\"}";
        URI allowlist = api.webhooks().resolve("/api/allowlist");
        HttpRequest.Builder without = HttpRequest.newBuilder(allowlist)
                .header("Content-Type", "application/json")
                .POST(text(change));
        HttpRequest.Builder wrong = HttpRequest.newBuilder(allowlist)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer wrong")
                .POST(text(change));

        assertThat(send(without).statusCode()).isEqualTo(401);
        assertThat(send(wrong).statusCode()).isEqualTo(401);
        assertThat(api.get("/api/allowlist").json().toString()).doesNotContain("strangers");
    }

    private JsonNode parked(HttpResponse<String> answer, String reason) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return new DeliveryStory(api, id(answer)).isEventually("parked", reason);
    }

    private static String id(HttpResponse<String> answer) {
        return answer.body().replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
    }

    private HttpRequest.Builder signed(String event, String body) {
        return request(event, text(body)).header("X-Hub-Signature-256", GitHubWebhooks.sign(World.SECRET, body));
    }

    private static String sign(byte[] body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(World.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
    }

    private HttpRequest.Builder request(String event, BodyPublisher body) {
        return HttpRequest.newBuilder(api.webhooks())
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .header("X-GitHub-Event", event)
                .header("X-GitHub-Delivery", UUID.randomUUID().toString())
                .POST(body);
    }

    private static BodyPublisher text(String body) {
        return BodyPublishers.ofString(body);
    }

    private static InputStream zeros(int length) {
        return new ByteArrayInputStream(new byte[length]);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
