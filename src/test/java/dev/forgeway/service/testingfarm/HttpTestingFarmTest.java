package dev.forgeway.service.testingfarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.service.http.HttpTimeouts;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.service.http.StubService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTestingFarmTest {

    private static final String REQUESTS = "/v0.1/requests";
    private static final String NEW = "{\"id\":\"ab-12\",\"state\":\"new\",\"result\":null,\"run\":null}";
    private static final Instant NOON = Instant.parse("2025-03-01T12:00:00.123Z");

    private final StubService stub = new StubService();
    private final HttpTestingFarm farm = farm("k3y");

    private HttpTestingFarm farm(String key) {
        return new HttpTestingFarm(
                new TestingFarmSettings(URI.create(stub.url() + "/v0.1"), key),
                new ServiceHttp(HttpTimeouts.DEFAULT, new SimpleMeterRegistry(), Clock.systemUTC()));
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void isOffWithoutAKeyAndNeverPrintsIt() {
        assertThat(farm("").isOn()).isFalse();
        assertThat(farm.isOn()).isTrue();
        assertThat(new TestingFarmSettings(stub.url(), "k3y").toString()).doesNotContain("k3y");
    }

    @Test
    void showsItsKeyAndGivesBackWhatWasMade() {
        stub.on("POST " + REQUESTS, 200, NEW);

        TestRequest made = farm.submit(StubService.json("{\"test\":{}}"));

        assertThat(made)
                .isEqualTo(new TestRequest("ab-12", "new", null, null, null, null, stub.url() + REQUESTS + "/ab-12"));
        assertThat(stub.asked().get(0).header("Authorization")).isEqualTo("Bearer k3y");
        assertThat(stub.asked().get(0).json()).isEqualTo(StubService.json("{\"test\":{}}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            422 | {"detail":[{"loc":["body","environments",0,"arch"],"msg":"no such arch","type":"x"}]} | body.environments.0.arch: no such arch
            400 | {"code":400,"message":"Bad request"} | Bad request
            400 | {"detail":"Git url is missing"} | Git url is missing
            """)
    void tellsTheUserWhatIsWrongWithTheRequest(int status, String body, String words) {
        stub.on("POST " + REQUESTS, status, body);

        assertThatThrownBy(() -> farm.submit(StubService.json("{}")))
                .isInstanceOf(UserErrorException.class)
                .hasMessage("Testing Farm refused the request: " + words);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 500, 503})
    void triesAgainForWhatAnOperatorHasToMend(int status) {
        stub.on("POST " + REQUESTS, status, "{\"detail\":\"k3y is not known\"}");

        assertThatThrownBy(() -> farm.submit(StubService.json("{}")))
                .isInstanceOf(TransientException.class)
                .hasMessageNotContaining("k3y");
    }

    @Test
    void findsARequestAmongItsOwnByAVariable() {
        stub.on("GET " + REQUESTS, 200, """
                [{"id":"one","state":"new","environments_requested":[{"variables":null},{"arch":"x86_64"}]},
                 {"id":"two","state":"running","environments_requested":[{"variables":{"JOB":"j7"}}]}]""");

        assertThat(farm.findByVariable("JOB", "j7", NOON)).map(TestRequest::id).contains("two");
        assertThat(farm.findByVariable("JOB", "j8", NOON)).isEmpty();
        assertThat(stub.asked().get(0).query()).isEqualTo("created_after=2025-03-01T12:00:00");
        assertThat(stub.asked().get(0).header("Authorization")).isEqualTo("Bearer k3y");
    }

    @Test
    void readsAResult() {
        stub.on("GET " + REQUESTS + "/ab-12", 200, """
                {"id":"ab-12","state":"complete","run":{"artifacts":"https://a.example.org/ab-12"},
                 "result":{"overall":"passed","summary":"all fine","xunit_url":"https://a.example.org/x.xml"}}""");

        assertThat(farm.find("ab-12"))
                .contains(new TestRequest(
                        "ab-12",
                        "complete",
                        "passed",
                        "all fine",
                        "https://a.example.org/ab-12",
                        "https://a.example.org/x.xml",
                        stub.url() + REQUESTS + "/ab-12"));
    }

    @Test
    void knowsNothingOfWhatIsNotThere() {
        stub.on("GET " + REQUESTS + "/gone", 404, "{\"detail\":\"Not Found\"}");

        assertThat(farm.find("gone")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"200, true", "204, true", "404, true", "409, false"})
    void stopsWhatHasNotEnded(int status, boolean stopped) {
        stub.on(
                "DELETE " + REQUESTS + "/ab-12",
                status,
                Map.of("Content-Type", "application/json"),
                status == 204 ? "" : NEW);

        assertThat(farm.cancel("ab-12")).isEqualTo(stopped);
    }

    @Test
    void doesNotTakeAnAnswerWithoutAnIdForARequest() {
        stub.on("POST " + REQUESTS, 200, "{}");

        assertThatThrownBy(() -> farm.submit(StubService.json("{}"))).isInstanceOf(TransientException.class);
    }
}
