package dev.forgeway.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TestingFarmSimulatorTest {

    private static final String ROOT = "/v0.1/requests";
    private static final String TESTS = """
            {"test":{"tmt":{"url":"https://example.org/hello"}},
             "environments":[{"arch":"%s","variables":{"A":"1"}}],
             "notification":{"webhook":{"url":"http://caller.test/told","token":"t0k3n"}}}""";

    private final TestingFarmSimulator farm = new TestingFarmSimulator();
    private final Http stranger = new Http(farm, "");
    private final Http caller = new Http(farm, "Bearer " + farm.apiKey());
    private final List<String> told = new CopyOnWriteArrayList<>();
    private HttpServer webhook;

    @BeforeEach
    void listen() throws IOException {
        webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.createContext("/told", exchange -> {
            told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        webhook.start();
        farm.resolve("caller.test", webhook.getAddress().getPort());
    }

    @AfterEach
    void close() {
        farm.close();
        webhook.stop(0);
    }

    private String requested() throws Exception {
        return caller.post(ROOT, TESTS.formatted("x86_64")).json().path("id").asText();
    }

    @Test
    void letsOnlyItsAccountAskAndSaysWhatIsWrong() throws Exception {
        assertThat(stranger.post(ROOT, TESTS.formatted("x86_64")).status()).isEqualTo(401);
        Http.Answer refused = caller.post(ROOT, TESTS.formatted("mips"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/detail/0/loc/3").asText()).isEqualTo("arch");
        assertThat(farm.requests()).isEmpty();
    }

    @Test
    void tellsOfEveryChangeAndOnlyThatThereIsOne() throws Exception {
        String id = requested();

        farm.run(id);
        farm.complete(id, "failed", "1 plan failed");

        String news = "{\"request_id\":\"" + id + "\",\"token\":\"t0k3n\"}";
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(told).containsExactly(news, news));
        var request = stranger.get(ROOT + "/" + id).json();
        assertThat(request.path("state").asText()).isEqualTo("complete");
        assertThat(request.at("/result/overall").asText()).isEqualTo("failed");
        assertThat(request.at("/environments_requested/0/variables/A").asText()).isEqualTo("1");
    }

    @Test
    void movesByItselfWhenItHasAPace() {
        farm.step(Duration.ofMillis(20));

        await().atMost(Duration.ofSeconds(10))
                .until(() -> stranger.get(ROOT + "/" + idOnce())
                        .json()
                        .at("/result/overall")
                        .asText()
                        .equals("passed"));
    }

    private String idOnce() throws Exception {
        return farm.requests().isEmpty() ? requested() : farm.requests().get(0).id();
    }

    @Test
    void stopsWhatHasNotEnded() throws Exception {
        String id = requested();
        assertThat(caller.send("DELETE", ROOT + "/" + id, "").status()).isEqualTo(200);
        assertThat(caller.send("DELETE", ROOT + "/" + id, "").status()).isEqualTo(204);
        String other = requested();
        farm.complete(other, "passed");
        assertThat(caller.send("DELETE", ROOT + "/" + other, "").status()).isEqualTo(409);
        assertThat(caller.send("DELETE", ROOT + "/none", "").status()).isEqualTo(404);
        farm.complete(id, "passed");
        assertThat(farm.requests().get(0).state()).isEqualTo("canceled");
    }

    @Test
    void listsWhatWasRequestedSinceATime() throws Exception {
        String id = requested();

        assertThat(caller.get(ROOT + "?created_after=2020-01-01T00:00:00")
                        .json()
                        .path(0)
                        .path("id")
                        .asText())
                .isEqualTo(id);
        assertThat(caller.get(ROOT + "?created_after=2999-01-01T00:00:00").json())
                .isEmpty();
        assertThat(stranger.get(ROOT + "?created_after=2020-01-01T00:00:00").status())
                .isEqualTo(401);
    }
}
