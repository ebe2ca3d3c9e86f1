package dev.forgeway.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.forgeway.error.OverBudgetException;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UnansweredException;
import dev.forgeway.metrics.Step;
import dev.forgeway.metrics.StepLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;

class ServiceHttpTest {

    private static final Instant NOW = Instant.parse("2025-03-01T12:00:00Z");
    private static final String SECRET = "s3cr3t-token";

    private final StubService stub = new StubService();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ServiceHttp http = waiting(Duration.ofSeconds(20));
    private final ServiceHttp impatient = waiting(Duration.ofMillis(400));

    private ServiceHttp waiting(Duration atMost) {
        return new ServiceHttp(
                new HttpTimeouts(Duration.ofSeconds(20), atMost), meters, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void stop() {
        stub.close();
        StepLog.close();
    }

    @Test
    void answersWithTheJsonOfASuccess() {
        stub.on("POST /thing", 201, "{\"id\":7}");

        ServiceAnswer answer = http.call(call(HttpMethod.POST, stub.url(), StubService.json("{\"a\":\"ü\"}")));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body().path("id").asInt()).isEqualTo(7);
        StubService.Asked asked = stub.asked().get(0);
        assertThat(asked.json()).isEqualTo(StubService.json("{\"a\":\"ü\"}"));
        assertThat(asked.header("User-agent")).isEqualTo("forgeway");
        assertThat(asked.header("Authorization")).isEqualTo("Bearer " + SECRET);
        assertThat(asked.header("Upgrade")).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1} {2} is {4}, to be tried at {5}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            500 | -                                                       | {"message":"oops"}     | json | server_error | -
            502 | -                                                       | <html>                 | html | server_error | -
            503 | Retry-After: 120                                        | {}                     | json | server_error | 2025-03-01T12:02:00Z
            408 | -                                                       | {}                     | json | server_error | -
            429 | Retry-After: 30                                         | {}                     | json | rate_limited | 2025-03-01T12:00:30Z
            429 | Retry-After: Sat, 01 Mar 2025 12:10:00 GMT              | {}                     | json | rate_limited | 2025-03-01T12:10:00Z
            429 | Retry-After: soon                                       | <html>                 | html | rate_limited | 2025-03-01T12:01:00Z
            429 | Retry-After: 999999999                                  | {}                     | json | rate_limited | 2025-03-02T12:00:00Z
            403 | x-ratelimit-remaining: 0; x-ratelimit-reset: 1740832200 | {"message":"limit"}    | json | rate_limited | 2025-03-01T12:30:00Z
            403 | x-ratelimit-remaining: 0; x-ratelimit-reset: 1740800000 | {"message":"limit"}    | json | rate_limited | 2025-03-01T12:00:01Z
            403 | Retry-After: 60                                         | {"message":"no"}       | json | rate_limited | 2025-03-01T12:01:00Z
            403 | -  | {"message":"You have exceeded a secondary rate limit."}                     | json | rate_limited | 2025-03-01T12:01:00Z
            200 | -                                                       | <html>are you a robot  | html | not_json     | -
            404 | -                                                       | <html>maintenance      | html | not_json     | -
            200 | -                                                       | {"broken"              | json | not_json     | -
            401 | -                                                       | {"message":"bad"}      | json | unauthorized | -
            """)
    void mapsPassingFailuresToTransient(
            int status, @Nullable String headers, String body, String type, String result, @Nullable Instant retryAt) {
        Map<String, String> all = new java.util.HashMap<>(Map.of("Content-Type", "text/" + type));
        if (type.equals("json")) {
            all.put("Content-Type", "application/json");
        }
        for (String header : headers == null ? new String[0] : headers.split("; ")) {
            all.put(header.substring(0, header.indexOf(':')), header.substring(header.indexOf(':') + 2));
        }
        stub.on("GET /thing", status, all, body);

        TransientException thrown = catchThrowableOfType(TransientException.class, () -> http.call(call(stub.url())));

        assertThat(thrown).isNotNull();
        assertThat(thrown.retryAt()).isEqualTo(retryAt);
        assertThat(counted(result)).isEqualTo(1);
        assertThat(stub.asked()).hasSize(1);
        assertThat(stackTrace(thrown)).doesNotContain(SECRET);
    }

    @ParameterizedTest(name = "{0} is a refusal that says {2}")
    @CsvSource(delimiter = '|', textBlock = """
            400 | {"error":"Unexpected chroot: x"}                                               | Unexpected chroot: x
            403 | {"message":"Resource not accessible by integration"}                           | Resource not accessible by integration
            404 | {"message":"Not Found"}                                                        | Not Found
            422 | {"message":"Validation Failed","errors":[{"field":"body","code":"too_long"}]}  | Validation Failed; body too_long
            422 | {"message":"Invalid","errors":[{"message":"No commit found"},"second"]}        | Invalid; No commit found; second
            422 | {"detail":[{"loc":["body","a",0],"msg":"bad"},{"loc":["body"],"msg":"odd"}]}   | body.a.0: bad; body: odd
            409 | {"detail":"Request already finished"}                                          | Request already finished
            409 | {"message":"you sent s3cr3t-token"}                                            | you sent ***
            """)
    void mapsRefusalsWithTheServicesOwnWords(int status, String body, String words) {
        stub.on("GET /thing", status, body);

        ServiceRefusedException thrown =
                catchThrowableOfType(ServiceRefusedException.class, () -> http.call(call(stub.url())));

        assertThat(thrown.status()).isEqualTo(status);
        assertThat(thrown.serviceMessage()).isEqualTo(words);
        assertThat(counted("client_error")).isEqualTo(1);
        assertThat(stackTrace(thrown)).doesNotContain(SECRET);
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        URI nobody = URI.create("http://localhost:" + port);

        assertThatThrownBy(() -> http.call(call(HttpMethod.POST, nobody, StubService.json("{}"))))
                .isExactlyInstanceOf(TransientException.class);
        assertThat(counted("unreachable")).isEqualTo(1);
    }

    @Test
    void saysThatTheConnectionWasCut() {
        stub.on("POST /thing", HttpExchange::close);

        assertThatThrownBy(() -> http.call(call(HttpMethod.POST, stub.url(), StubService.json("{}"))))
                .isInstanceOf(UnansweredException.class);
        assertThat(counted("unreachable")).isEqualTo(1);
    }

    @ParameterizedTest(name = "a {0} that {1} is answered to may still take effect: {2}")
    @CsvSource({"POST, 504, true", "GET, 504, false", "POST, 502, false", "POST, 503, false"})
    void tellsWhatMayStillTakeEffect(String method, int status, boolean mayTakeEffect) {
        stub.on(method + " /thing", status, "{}");
        JsonNode body = method.equals("GET") ? null : StubService.json("{}");

        TransientException thrown = catchThrowableOfType(
                TransientException.class, () -> http.call(call(HttpMethod.valueOf(method), stub.url(), body)));

        assertThat(thrown instanceof UnansweredException).isEqualTo(mayTakeEffect);
    }

    @Test
    void tellsThatACallWithoutAnAnswerMayStillTakeEffect() {
        CountDownLatch over = new CountDownLatch(1);
        stub.on("POST /thing", exchange -> hold(over));

        assertThatThrownBy(() -> impatient.call(call(HttpMethod.POST, stub.url(), StubService.json("{}"))))
                .isInstanceOf(UnansweredException.class)
                .hasMessageContaining("in time");
        over.countDown();
    }

    @Test
    void givesUpWhenTheAnswerDoesNotCome() {
        CountDownLatch over = new CountDownLatch(1);
        stub.on("GET /thing", exchange -> hold(over));

        assertThatThrownBy(() -> impatient.call(call(stub.url())))
                .isInstanceOf(TransientException.class)
                .hasMessageContaining("in time");
        over.countDown();
        assertThat(counted("timeout")).isEqualTo(1);
    }

    @Test
    void givesUpWhenTheBodyTrickles() {
        CountDownLatch over = new CountDownLatch(1);
        stub.on("GET /thing", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            hold(over);
        });

        assertThatThrownBy(() -> impatient.call(call(stub.url()))).isInstanceOf(TransientException.class);
        over.countDown();
        assertThat(counted("timeout")).isEqualTo(1);
    }

    @Test
    void refusesAnswersWithoutEnd() {
        stub.on("GET /thing", 200, "\"" + "x".repeat(11 * 1024 * 1024) + "\"");

        assertThatThrownBy(() -> http.call(call(stub.url()))).isInstanceOf(TransientException.class);
    }

    @Test
    void keepsTheInterruptFlag() throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch reached = new CountDownLatch(1);
        stub.on("GET /thing", exchange -> {
            reached.countDown();
            hold(over);
        });
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        AtomicReference<@Nullable Boolean> flag = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            thrown.set(catchThrowable(
                    () -> new ServiceHttp(HttpTimeouts.DEFAULT, meters, Clock.systemUTC()).call(call(stub.url()))));
            flag.set(Thread.currentThread().isInterrupted());
        });
        caller.start();
        assertThat(reached.await(5, TimeUnit.SECONDS)).isTrue();
        caller.interrupt();
        caller.join(5000);
        over.countDown();

        assertThat(thrown.get()).isInstanceOf(TransientException.class);
        assertThat(flag.get()).isTrue();
    }

    @Test
    void triesOnceMoreWithARenewedCredential() {
        stub.on("GET /thing", 401, "{}").on("GET /thing", 200, "{}");
        AtomicInteger renewals = new AtomicInteger();

        http.call(call(stub.url(), renewing(renewals)));

        assertThat(stub.asked()).extracting(a -> a.header("Authorization")).containsExactly("Bearer t0", "Bearer t1");
    }

    @Test
    void namesTheSettingsWhenTheRenewedCredentialIsRefusedToo() {
        stub.on("GET /thing", 401, "{\"message\":\"Bad credentials t1\"}");

        assertThatThrownBy(() -> http.call(call(stub.url(), renewing(new AtomicInteger()))))
                .isInstanceOf(TransientException.class)
                .hasMessageContaining("forgeway.test.token")
                .hasMessageNotContaining("t1");
        assertThat(stub.asked()).hasSize(2);
    }

    @Test
    void followsARedirectOnTheSameHostOnly() {
        stub.on("GET /thing", 301, Map.of("Location", "/moved?x=1"), "").on("GET /moved", 200, "{\"id\":1}");

        assertThat(http.call(call(stub.url())).body().path("id").asInt()).isEqualTo(1);
        assertThat(stub.asked().get(1).query()).isEqualTo("x=1");
    }

    @Test
    void keepsMethodAndBodyOnATemporaryRedirect() {
        stub.on("POST /thing", 307, Map.of("Location", "/moved"), "").on("POST /moved", 200, "{}");

        http.call(call(HttpMethod.POST, stub.url(), StubService.json("{\"a\":1}")));

        assertThat(stub.asked().get(1).json()).isEqualTo(StubService.json("{\"a\":1}"));
    }

    @Test
    void carriesNoCredentialToAnotherHost() {
        try (StubService other = new StubService()) {
            stub.on("GET /thing", 302, Map.of("Location", other.url() + "/thing"), "");

            assertThatThrownBy(() -> http.call(call(stub.url())))
                    .isInstanceOf(TransientException.class)
                    .hasMessageContaining("redirected");
            assertThat(other.asked()).isEmpty();
        }
    }

    @Test
    void makesNoCallUntilALimitThatAnotherCallMetIsOver() {
        limits(403, Map.of("x-ratelimit-remaining", "0", "x-ratelimit-reset", "1740832200"));
        refuses("look");

        TransientException spared =
                catchThrowableOfType(TransientException.class, () -> http.call(call(stub.url(), "other", "ours")));

        assertThat(spared.retryAt()).isEqualTo(Instant.parse("2025-03-01T12:30:00Z"));
        assertThat(spared).hasMessageContaining("met before");
        assertThat(stub.asked()).hasSize(1);
    }

    @Test
    void callsForOthersWhoHaveABudgetOfTheirOwn() {
        limits(429, Map.of("Retry-After", "60"));
        answers();
        refuses("look");

        http.call(call(stub.url(), "look", "theirs"));

        assertThat(stub.asked()).hasSize(2);
    }

    @Test
    void callsWhatHasAnotherBudgetOfTheSameService() {
        stub.on("GET /thing", 200, Map.of("Content-Type", "application/json", "x-ratelimit-resource", "core"), "{}");
        limits(403, Map.of("x-ratelimit-remaining", "0", "x-ratelimit-resource", "graphql"));
        answers();
        http.call(call(stub.url(), "rest", "ours"));
        refuses("look");

        http.call(call(stub.url(), "rest", "ours"));

        refuses("look");
        assertThat(stub.asked()).hasSize(3);
    }

    @Test
    void makesNoCallBehindTheLastOneOfABudget() {
        stub.on(
                "GET /thing",
                200,
                Map.of(
                        "Content-Type", "application/json",
                        "x-ratelimit-resource", "core",
                        "x-ratelimit-remaining", "0",
                        "x-ratelimit-reset", "1740832200"),
                "{}");
        http.call(call(stub.url(), "look", "ours"));

        refuses("look");
        assertThat(stub.asked()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "x-ratelimit-resource, x-ratelimit-limit, x-ratelimit-remaining, x-ratelimit-reset",
        "RateLimit-Name, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset",
    })
    void keepsTheLastCallsOfABudgetInReserve(String name, String limit, String remaining, String reset) {
        for (String left : List.of("101", "100")) {
            stub.on(
                    "GET /thing",
                    200,
                    Map.of(
                            "Content-Type",
                            "application/json",
                            name,
                            "core",
                            limit,
                            "5000",
                            remaining,
                            left,
                            reset,
                            "1740832200"),
                    "{}");
        }
        http.call(call(stub.url(), "look", "ours"));
        http.call(call(stub.url(), "look", "ours"));

        TransientException spared =
                catchThrowableOfType(TransientException.class, () -> http.call(call(stub.url(), "look", "ours")));

        assertThat(spared).isInstanceOf(OverBudgetException.class);
        assertThat(spared.retryAt()).isEqualTo(Instant.parse("2025-03-01T12:30:00Z"));
        assertThat(stub.asked()).hasSize(2);
    }

    private void refuses(String operation) {
        assertThatThrownBy(() -> http.call(call(stub.url(), operation, "ours"))).isInstanceOf(TransientException.class);
    }

    private void limits(int status, Map<String, String> headers) {
        Map<String, String> all = new java.util.HashMap<>(headers);
        all.put("Content-Type", "application/json");
        stub.on("GET /thing", status, all, "{\"message\":\"rate limit exceeded\"}");
    }

    private void answers() {
        stub.on("GET /thing", 200, Map.of("Content-Type", "application/json"), "{}");
    }

    private static ServiceCall call(URI url, String operation, String budget) {
        Credential credential = new Credential() {
            @Override
            public String header() {
                return "Bearer " + SECRET;
            }

            @Override
            public String settings() {
                return "test.token";
            }

            @Override
            public String budget() {
                return budget;
            }
        };
        return new ServiceCall(
                "test", operation, HttpMethod.GET, url.resolve("/thing"), "application/json", null, credential);
    }

    @Test
    void tellsMetricsAndTheStepLog() {
        stub.on(
                "GET /thing",
                200,
                Map.of(
                        "Content-Type", "application/json",
                        "x-ratelimit-remaining", "4321",
                        "x-ratelimit-resource", "core"),
                "{}");
        StepLog.open();

        http.call(call(stub.url()));

        assertThat(counted("ok")).isEqualTo(1);
        assertThat(meters.get("forgeway.forge.call")
                        .tags("forge", "test", "operation", "look", "result", "ok")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("forgeway.forge.budget.remaining")
                        .tags("forge", "test", "resource", "core")
                        .gauge()
                        .value())
                .isEqualTo(4321);
        assertThat(StepLog.steps())
                .extracting(Step::node, Step::result)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("test.look", "ok"));
    }

    private double counted(String result) {
        return meters.get("forgeway.forge.calls")
                .tags("forge", "test", "operation", "look", "result", result)
                .counter()
                .count();
    }

    private static ServiceCall call(URI url) {
        return call(HttpMethod.GET, url, null);
    }

    private static ServiceCall call(HttpMethod method, URI url, @Nullable JsonNode body) {
        return new ServiceCall("test", "look", method, url.resolve("/thing"), "application/json", body, fixed());
    }

    private static ServiceCall call(URI url, Credential credential) {
        return new ServiceCall(
                "test", "look", HttpMethod.GET, url.resolve("/thing"), "application/json", null, credential);
    }

    private static Credential fixed() {
        return new Credential() {
            @Override
            public String header() {
                return "Bearer " + SECRET;
            }

            @Override
            public String settings() {
                return "forgeway.test.token";
            }
        };
    }

    private static Credential renewing(AtomicInteger renewals) {
        return new Credential() {
            @Override
            public String header() {
                return "Bearer t" + renewals.get();
            }

            @Override
            public boolean renew() {
                renewals.incrementAndGet();
                return true;
            }

            @Override
            public String settings() {
                return "forgeway.test.token";
            }
        };
    }

    private static void hold(CountDownLatch over) {
        try {
            over.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
