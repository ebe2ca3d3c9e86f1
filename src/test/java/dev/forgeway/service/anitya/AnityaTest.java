package dev.forgeway.service.anitya;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.error.TransientException;
import dev.forgeway.service.http.HttpTimeouts;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.simulator.AnityaSimulator;
import dev.forgeway.simulator.Response;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnityaTest {

    private final AnityaSimulator simulator = new AnityaSimulator().knows("python-hello", "2.0", "1.0");
    private final Anitya anitya = new Anitya(
            simulator.url(), new ServiceHttp(HttpTimeouts.DEFAULT, new SimpleMeterRegistry(), Clock.systemUTC()));

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void tellsTheVersionsOfTheProjectOfAPackage() {
        assertThat(anitya.stableVersions("python-hello")).containsExactly("2.0", "1.0");
        assertThat(simulator.calls()).hasSize(2);
    }

    @Test
    void tellsNoneOfAPackageThatItDoesNotKnow() {
        assertThat(anitya.stableVersions("a&name=python-hello")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 500, 503})
    void canBeAskedAgainAfterAnyRefusal(int status) {
        simulator.faults().answer("GET /api/v2/projects/", 1, Response.json(status, Map.of("error", "no")));

        assertThatThrownBy(() -> anitya.stableVersions("python-hello")).isInstanceOf(TransientException.class);
        assertThat(anitya.stableVersions("python-hello")).hasSize(2);
    }

    @Test
    void doesNotTakeAnotherAnswerForNoVersions() {
        simulator.faults().answer("GET /api/v2/packages/", 1, Response.json(200, Map.of("status", "ok")));

        assertThatThrownBy(() -> anitya.stableVersions("python-hello"))
                .isInstanceOf(TransientException.class)
                .hasMessage("Anitya answered without items");
    }
}
