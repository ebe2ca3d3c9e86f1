package dev.forgeway.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import dev.forgeway.config.PrivateKeyPem;
import dev.forgeway.config.Secret;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.Project;
import dev.forgeway.forge.Subject;
import dev.forgeway.forge.Target;
import dev.forgeway.service.http.HttpTimeouts;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.service.http.StubService;
import dev.forgeway.testing.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

class GitHubAppTokensTest {

    private static final String TOKENS = "POST /app/installations/42/access_tokens";
    private static final String COMMENT = "POST /repos/o/r/issues/1/comments";

    private final StubService stub = new StubService();
    private final TestClock clock = new TestClock();

    @AfterEach
    void stop() {
        stub.close();
    }

    static Stream<String> keys() {
        return Stream.of(
                TestKey.pkcs1(), TestKey.pkcs8(), TestKey.pkcs1().replace("\n", "\\n"), "  " + TestKey.pkcs8());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void signsAsTheApp(String pem) throws Exception {
        token("t1");
        comments();

        comment(forge(pem), 42L);

        String jwt = stub.asked(TOKENS).get(0).header("Authorization").substring("Bearer ".length());
        JWSObject parsed = JWSObject.parse(jwt);
        assertThat(parsed.verify(new RSASSAVerifier(TestKey.publicKey()))).isTrue();
        assertThat(parsed.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.RS256);
        JsonNode claims = StubService.json(parsed.getPayload().toString());
        long now = clock.instant().getEpochSecond();
        assertThat(claims.path("iss").asText()).isEqualTo("Iv1.app");
        assertThat(claims.path("iat").asLong()).isEqualTo(now - 60);
        assertThat(claims.path("exp").asLong()).isBetween(now + 1, now + 600);
        assertThat(stub.asked(COMMENT).get(0).header("Authorization")).isEqualTo("Bearer t1");
    }

    @Test
    void keepsATokenUntilFiveMinutesBeforeItsEnd() {
        token("t1");
        stub.on(TOKENS, 201, "{\"token\":\"t2\",\"expires_at\":\"2025-03-01T14:00:00Z\"}");
        comments();
        GitHubForge forge = forge(TestKey.pkcs8());

        comment(forge, 42L);
        clock.advance(Duration.ofMinutes(54));
        comment(forge, 42L);
        clock.advance(Duration.ofMinutes(1));
        comment(forge, 42L);

        assertThat(shown()).containsExactly("Bearer t1", "Bearer t1", "Bearer t2");
        assertThat(stub.asked(TOKENS)).hasSize(2);
    }

    @Test
    void sharesOneRequestBetweenConcurrentCallers() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        stub.on(TOKENS, exchange -> {
            reached.countDown();
            await(release);
            byte[] body = "{\"token\":\"t1\",\"expires_at\":\"2025-03-01T13:00:00Z\"}".getBytes("UTF-8");
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(201, body.length);
            exchange.getResponseBody().write(body);
        });
        comments();
        GitHubForge forge = forge(TestKey.pkcs8());
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            Callable<String> one = () -> comment(forge, 42L);
            List<Future<String>> all =
                    Stream.generate(() -> callers.submit(one)).limit(8).toList();
            await(reached);
            release.countDown();
            for (Future<String> each : all) {
                assertThat(each.get(10, TimeUnit.SECONDS)).isEqualTo("9");
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(stub.asked(TOKENS)).hasSize(1);
    }

    @Test
    void looksUpTheInstallationOnceWhenTheTargetHasNone() {
        stub.on("GET /repos/o/r/installation", 200, "{\"id\":42}");
        token("t1");
        comments();
        GitHubForge forge = forge(TestKey.pkcs8());

        comment(forge, null);
        comment(forge, null);

        assertThat(stub.asked("GET /repos/o/r/installation")).hasSize(1);
    }

    @Test
    void fetchesAFreshTokenOnceAfterARefusal() {
        token("t1");
        token("t2");
        stub.on(COMMENT, 401, "{\"message\":\"Bad credentials\"}");
        comments();

        comment(forge(TestKey.pkcs8()), 42L);

        assertThat(shown()).containsExactly("Bearer t1", "Bearer t2");
    }

    @Test
    void tellsTheUserThatTheAppIsNotInstalled() {
        stub.on("GET /repos/o/r/installation", 404, "{\"message\":\"Not Found\"}");

        assertThatThrownBy(() -> comment(forge(TestKey.pkcs8()), null))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("not installed on o/r");
    }

    @Test
    void tellsTheUserThatTheInstallationIsSuspended() {
        stub.on(TOKENS, 403, "{\"message\":\"This installation has been suspended\"}");

        assertThatThrownBy(() -> comment(forge(TestKey.pkcs8()), 42L))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("has been suspended");
    }

    @Test
    void namesTheSettingsWhenTheAppItselfIsRefused() {
        stub.on(TOKENS, 401, "{\"message\":\"A JSON web token could not be decoded\"}");

        assertThatThrownBy(() -> comment(forge(TestKey.pkcs8()), 42L))
                .isInstanceOf(TransientException.class)
                .hasMessageContaining("forgeway.forge.github.private-key");
        assertThat(stub.asked(TOKENS)).hasSize(1);
    }

    @Test
    void asksAgainAfterAFailedTokenRequest() {
        stub.on(TOKENS, 502, "{}");
        token("t1");
        comments();
        GitHubForge forge = forge(TestKey.pkcs8());

        assertThatThrownBy(() -> comment(forge, 42L)).isInstanceOf(TransientException.class);
        assertThat(comment(forge, 42L)).isEqualTo("9");
    }

    @Test
    void refusesAKeyThatIsNone() {
        assertThatThrownBy(() -> forge("-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("c2VjcmV0");
        assertThatThrownBy(() -> forge("nonsense")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysWhichSettingsAreMissing() {
        GitHubForge forge = forge(new GitHubSettings(stub.url(), " ", null, ""));

        assertThatThrownBy(() -> comment(forge, 42L))
                .isInstanceOf(TransientException.class)
                .hasMessageContaining("forgeway.forge.github.token");
    }

    @Test
    void writesNoSecretIntoTheLog() {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        Level level = root.getLevel();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.TRACE);
        try {
            token("t1-secret");
            comments();
            comment(forge(TestKey.pkcs8()), 42L);
        } finally {
            root.setLevel(level);
            root.detachAppender(log);
        }
        String jwt = stub.asked(TOKENS).get(0).header("Authorization").substring("Bearer ".length());
        assertThat(List.copyOf(log.list))
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(line -> line.contains("t1-secret") || line.contains(jwt));
        assertThat(new GitHubSettings(stub.url(), "1", null, "t-secret").toString())
                .doesNotContain("secret");
    }

    private List<String> shown() {
        return stub.asked(COMMENT).stream().map(a -> a.header("Authorization")).toList();
    }

    private void token(String token) {
        stub.on(TOKENS, 201, "{\"token\":\"" + token + "\",\"expires_at\":\"2025-03-01T13:00:00Z\"}");
    }

    private void comments() {
        stub.on(COMMENT, 201, "{\"id\":9}");
    }

    private GitHubForge forge(String pem) {
        return forge(new GitHubSettings(stub.url(), "Iv1.app", PrivateKeyPem.read(Secret.of(pem)), null));
    }

    private GitHubForge forge(GitHubSettings settings) {
        ServiceHttp http = new ServiceHttp(HttpTimeouts.DEFAULT, new SimpleMeterRegistry(), clock);
        return new GitHubForge(settings, http, new GitHubPace(clock), clock);
    }

    private static String comment(GitHubForge forge, @Nullable Long installation) {
        Project project = new Project("github.com", "o", "r", "https://github.com/o/r", null);
        return forge.addComment(new Target(project, installation), Subject.pullRequest(1), "k", "hello", false);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
