package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.forgeway.simulator.Response;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whatever happens, no secret is logged; and what is logged names what it is about. */
@FlowTest
class SecretsInLogsFlowTest extends Flow {

    private static final List<String> TALKATIVE = List.of("dev.forgeway", "org.springframework.web.client");

    private final Lines lines = new Lines();

    @BeforeEach
    void listen() {
        lines.setContext(context());
        lines.start();
        root().addAppender(lines);
        TALKATIVE.forEach(name -> context().getLogger(name).setLevel(Level.TRACE));
    }

    @AfterEach
    void stopListening() {
        root().detachAppender(lines);
        TALKATIVE.forEach(name -> context().getLogger(name).setLevel(null));
    }

    @Test
    void logsNoSecretOfAFlowThatWorksAndOneThatFails() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        copr.faults()
                .answer(
                        CREATE_BUILD,
                        2,
                        Response.json(401, Map.of("error", "Login invalid")).with("Retry-After", "1"));
        var opened = pullRequest.opens();
        opened.jobEventuallyWaits();
        api.post("/api/allowlist", World.ADMIN_TOKEN + "x", "{}");

        List<String> secrets = secrets();
        assertThat(secrets).hasSizeGreaterThan(6).allMatch(secret -> secret.length() > 4);
        assertThat(lines.texts())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).doesNotContain(secrets.toArray(new String[0])));
    }

    @Test
    void logsOneLineForADecisionThatNamesItsDeliveryAndProject() {
        var opened = pullRequestBuiltFor("fedora-rawhide").opens();
        opened.jobEventuallyWaits();

        assertThat(lines.decisions())
                .filteredOn(line -> opened.id().equals(line.getMDCPropertyMap().get("delivery")))
                .hasSize(1)
                .first()
                .satisfies(line -> {
                    assertThat(line.getFormattedMessage()).startsWith("dispatched");
                    assertThat(line.getMDCPropertyMap().get("project")).startsWith("github.com/flow/repo");
                });
    }

    /** Every setting of this world that is one; of a key, the lines that tell it. */
    private List<String> secrets() {
        return world.settings().entrySet().stream()
                .filter(setting -> setting.getKey().matches(".*\\.(secrets?|token|private-key|password)"))
                .flatMap(setting -> setting.getKey().endsWith("private-key")
                        ? setting.getValue().lines().filter(line -> line.length() > 40)
                        : Stream.of(setting.getValue()))
                .toList();
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }

    private static Logger root() {
        return context().getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private static final class Lines extends AppenderBase<ILoggingEvent> {

        private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing();
            events.add(event);
        }

        List<String> texts() {
            return events.stream()
                    .map(event -> event.getFormattedMessage()
                            + event.getMDCPropertyMap()
                            + (event.getThrowableProxy() == null
                                    ? ""
                                    : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                    .toList();
        }

        List<ILoggingEvent> decisions() {
            return events.stream()
                    .filter(event -> event.getLoggerName().equals("dev.forgeway.decide.Conclusions"))
                    .toList();
        }
    }
}
