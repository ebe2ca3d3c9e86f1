package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What waits in the queues is told by the API and by metrics. */
@FlowTest
class QueuesFlowTest extends Flow {

    @Autowired
    MeterRegistry registry;

    @Test
    void tellsWhoWorksOnEachQueue() {
        // the first look may be before the consumers are there, and is told before the meters have it
        eventually()
                .untilAsserted(() -> assertThat(api.queues()).anySatisfy(queue -> {
                    assertThat(queue.path("name").asText()).isEqualTo("deliveries");
                    assertThat(queue.path("consumers").asInt()).isPositive();
                    assertThat(queue.path("messages").isNumber()).isTrue();
                }));
        eventually().until(() -> isMetered("forgeway.queue.messages") && isMetered("forgeway.queue.scheduled"));
        assertThat(registry.get("forgeway.queue.scheduled")
                        .tag("queue", "dead.jobs")
                        .gauge()
                        .value())
                .isZero();
        assertThat(registry.get("forgeway.queue.messages")
                        .tag("queue", "dead.jobs")
                        .gauge()
                        .value())
                .isNotNegative();
    }

    private boolean isMetered(String meter) {
        return registry.find(meter).tag("queue", "dead.jobs").gauge() != null;
    }

    @Test
    void tellsTheLimitOfTheDiskOfTheBroker() {
        JsonNode told = api.get("/api/broker").json();

        assertThat(told.path("diskUsed").asDouble()).isStrictlyBetween(0.0, 1.0);
        assertThat(told.path("diskLimit").asDouble()).isEqualTo(0.9);
        assertThat(told.path("blocked")).isEmpty();
    }

    @Test
    void tellsHowFullTheDiskOfTheBrokerIs() {
        assertThat(eventually()
                        .until(() -> registry.find("forgeway.broker.disk.used").gauge(), Objects::nonNull)
                        .value())
                .isStrictlyBetween(0.0, 1.0);
    }
}
