package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The releases behind the aliases of targets are asked for in the background, and by no event. */
@FlowTest
class ReleasesFlowTest extends Flow {

    @Autowired
    MeterRegistry registry;

    @Test
    void asksBodhiOnceAndForNoEvent() {
        eventually()
                .untilAsserted(
                        () -> assertThat(world.bodhi.calls("GET /releases/")).hasSize(1));
        var pullRequest = pullRequestBuiltFor("fedora-latest-stable");

        pullRequest.opens();

        assertThat(pullRequest.build().chroots()).containsOnlyKeys("fedora-45-x86_64");
        assertThat(world.bodhi.calls("GET /releases/")).hasSize(1);
        assertThat(registry.get("forgeway.schedule.releases.age").timeGauge().value(TimeUnit.HOURS))
                .isBetween(0.0, 1.0);
    }
}
