package dev.forgeway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forgeway.Application;
import dev.forgeway.metrics.ReportMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A management port that others can reach: open for probes and Prometheus, closed for the rest, and never for changes. */
@SpringBootTest(
        classes = Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "management.server.address=0.0.0.0",
            "forgeway.roles=admin",
            "forgeway.admin.token=" + ManagementPortTest.TOKEN,
            "forgeway.service.copr.owner=packit"
        })
@AutoConfigureObservability(tracing = false)
class ManagementPortTest {

    static final String TOKEN = "management-admin-token-0123456789";

    private final HttpClient client = HttpClient.newHttpClient();

    @LocalManagementPort
    int port;

    @Autowired
    ReportMetrics reports;

    @DynamicPropertySource
    static void folder(DynamicPropertyRegistry registry) {
        registry.add("forgeway.data-dir", ManagementPortTest::newFolder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/prometheus"})
    void letsProbesAndPrometheusIn(String path) throws Exception {
        assertThat(get(path, null).statusCode()).isEqualTo(200);
    }

    /** The bound of the promise that observability/alerts.yaml watches. */
    @Test
    void countsFirstStatusesWithinFifteenSeconds() throws Exception {
        reports.firstShown("github", Duration.ofSeconds(3));
        reports.firstShown("github", Duration.ofSeconds(16));

        assertThat(get("/actuator/prometheus", null).body().lines())
                .filteredOn(line ->
                        line.startsWith("forgeway_report_first_status_seconds_bucket") && line.contains("le=\"15.0\""))
                .hasSize(1)
                .first()
                .asString()
                .endsWith(" 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator",
                "/actuator/hawtio",
                "/actuator/jolokia/version",
                "/actuator/health/../jolokia/version",
                "/actuator/health;/../jolokia/version",
                "/actuator/%6Aolokia/version"
            })
    void asksAllOthersForTheToken(String path) throws Exception {
        assertThat(get(path, null).statusCode()).isIn(400, 401);
        assertThat(get(path, "Bearer wrong").statusCode()).isIn(400, 401);
        assertThat(get(path, basic("wrong")).statusCode()).isIn(400, 401);
    }

    @Test
    void takesTheTokenAsAPasswordAndAsABearerToken() throws Exception {
        assertThat(get("/actuator/jolokia/version", basic(TOKEN)).statusCode()).isEqualTo(200);
        assertThat(get("/actuator/jolokia/version", "Bearer " + TOKEN).statusCode())
                .isEqualTo(200);
    }

    @Test
    void letsPeopleReadCountersAndDrawRoutes() throws Exception {
        assertThat(jolokia(Map.of(
                                "type", "read",
                                "mbean", "org.apache.camel:context=*,type=context,name=*",
                                "attribute", "State"))
                        .path("status")
                        .asInt())
                .isEqualTo(200);
        assertThat(exec(context(), "dumpRoutesAsXml()").path("value").asText()).contains("ingest-enqueue");
    }

    @Test
    void letsNobodyChangeAnything() throws Exception {
        assertThat(exec(context(), "stop()").path("status").asInt()).isEqualTo(403);
        assertThat(exec("java.lang:type=Memory", "gc()").path("status").asInt()).isEqualTo(403);
        assertThat(jolokia(Map.of(
                                "type", "write",
                                "mbean", "java.lang:type=Memory",
                                "attribute", "Verbose",
                                "value", true))
                        .path("status")
                        .asInt())
                .isEqualTo(403);
    }

    /** Else any page that a person has open could read with that person's browser, and with what it keeps of the password. */
    @Test
    void tellsPagesOfOtherOriginsNothing() throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(uri("/actuator/jolokia/version"))
                        .header("Authorization", basic(TOKEN))
                        .header("Origin", "https://elsewhere.example.org")
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.headers().map()).doesNotContainKey("Access-Control-Allow-Origin");
    }

    @Test
    void tellsNobodyTheCommandLine() throws Exception {
        JsonNode answer =
                jolokia(Map.of("type", "read", "mbean", "java.lang:type=Runtime", "attribute", "SystemProperties"));

        assertThat(answer.path("status").asInt()).isEqualTo(403);
    }

    private String context() throws Exception {
        return jolokia(Map.of("type", "search", "mbean", "org.apache.camel:type=context,*"))
                .path("value")
                .path(0)
                .asText();
    }

    private JsonNode exec(String bean, String operation) throws Exception {
        return jolokia(Map.of("type", "exec", "mbean", bean, "operation", operation));
    }

    private JsonNode jolokia(Map<String, Object> question) throws Exception {
        ObjectMapper json = new ObjectMapper();
        HttpRequest request = HttpRequest.newBuilder(uri("/actuator/jolokia"))
                .header("Authorization", basic(TOKEN))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(question)))
                .build();
        return json.readTree(
                client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private HttpResponse<String> get(String path, @Nullable String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static String basic(String password) {
        return "Basic " + Base64.getEncoder().encodeToString(("operator:" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static String newFolder() {
        try {
            return Files.createTempDirectory("forgeway-management").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
