package dev.forgeway.service.bodhi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.error.TransientException;
import dev.forgeway.service.http.HttpTimeouts;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.simulator.BodhiSimulator;
import dev.forgeway.simulator.Response;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpBodhiTest {

    private final BodhiSimulator simulator = new BodhiSimulator();
    private final HttpBodhi bodhi = new HttpBodhi(
            simulator.url(), new ServiceHttp(HttpTimeouts.DEFAULT, new SimpleMeterRegistry(), Clock.systemUTC()));

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void tellsEveryReleaseThatIsNotArchivedInOneCall() {
        assertThat(bodhi.releases())
                .contains(
                        new BodhiRelease("F45", "FEDORA", "current"),
                        new BodhiRelease("F46", "FEDORA", "pending"),
                        new BodhiRelease("EPEL-10.2", "FEDORA-EPEL", "pending"))
                .noneMatch(release -> release.state().equals("archived"));
        assertThat(simulator.calls()).hasSize(1);
        assertThat(simulator.calls().get(0).headers()).doesNotContainKey("authorization");
    }

    @Test
    void readsAllPages() {
        for (int version = 1000; version < 1150; version++) {
            simulator.epel(String.valueOf(version), "disabled");
        }

        assertThat(bodhi.releases())
                .extracting(BodhiRelease::name)
                .contains("F45", "EPEL-1000", "EPEL-1149")
                .doesNotHaveDuplicates();
        assertThat(simulator.calls("GET /releases/")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 500, 503})
    void canBeAskedAgainAfterAnyRefusal(int status) {
        simulator.faults().answer("GET /releases/", 1, Response.json(status, Map.of("status", "error")));

        assertThatThrownBy(bodhi::releases).isInstanceOf(TransientException.class);
        assertThat(bodhi.releases()).isNotEmpty();
    }

    @Test
    void isLeftAloneWhileARateLimitLasts() {
        simulator.faults().answer("GET /releases/", 1, Response.json(429, Map.of("status", "error")));

        assertThatThrownBy(bodhi::releases).isInstanceOf(TransientException.class);
        assertThatThrownBy(bodhi::releases).isInstanceOf(TransientException.class);

        assertThat(simulator.calls()).hasSize(1);
    }

    @Test
    void doesNotTakeAnotherAnswerForNoReleases() {
        simulator.faults().answer("GET /releases/", 1, Response.json(200, Map.of("status", "ok")));

        assertThatThrownBy(bodhi::releases)
                .isInstanceOf(TransientException.class)
                .hasMessage("Bodhi answered without releases");
    }
}
