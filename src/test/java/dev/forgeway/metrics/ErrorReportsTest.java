package dev.forgeway.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Errors reach a receiver that speaks Sentry's protocol, and nothing else does. */
class ErrorReportsTest {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorReportsTest.class);

    private final List<String> received = new CopyOnWriteArrayList<>();
    private HttpServer receiver;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/api/7/envelope/", this::receive);
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
        LogContext.open(null);
    }

    @Test
    void reportsAnErrorWithWhatItIsAbout() {
        reporting("sentry.dsn=http://public@127.0.0.1:" + receiver.getAddress().getPort() + "/7")
                .run(context -> {
                    LogContext.open("job-1");
                    LogContext.put("handler", "copr-build");
                    LogContext.put("project", "github.com/packit/hello");
                    LogContext.put("delivery", "delivery-1");
                    LOG.warn("only a warning");
                    LOG.error("Handler {} failed", "copr-build", new IllegalStateException("a defect"));

                    await().atMost(Duration.ofSeconds(20))
                            .untilAsserted(() -> assertThat(events())
                                    .hasSize(1)
                                    .first()
                                    .asString()
                                    .contains("\"handler\":\"copr-build\"", "\"project\":\"github.com/packit/hello\"")
                                    .contains("\"delivery\":\"delivery-1\"", "IllegalStateException", "a defect")
                                    .doesNotContain("only a warning"));
                });
    }

    @Test
    void isOffUntilItIsToldWhere() {
        reporting().run(context -> assertThat(context).doesNotHaveBean(ErrorReports.class));
    }

    private List<String> events() {
        return received.stream()
                .filter(text -> text.contains("\"exception\"") && text.contains("a defect"))
                .toList();
    }

    private static ApplicationContextRunner reporting(String... properties) {
        return new ApplicationContextRunner()
                .withUserConfiguration(ErrorReports.class)
                .withPropertyValues(properties);
    }

    private void receive(HttpExchange exchange) throws IOException {
        boolean isZipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream body = isZipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            received.add(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }
}
