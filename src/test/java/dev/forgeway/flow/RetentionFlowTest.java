package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is old is forgotten while the pipeline goes on. */
@FlowTest
class RetentionFlowTest extends Flow {

    /** How much of an id tells the time (RFC 9562, UUID version 7). */
    private static final int TIME_LENGTH = 13;

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void forgetsADeliveryThatWasFilteredLongAgo() {
        DeliveryStory lately = pullRequest("flow", false).opens();
        lately.isEventually("filtered", "no-package-config");
        DeliveryStory filtered = pullRequest("flow", false).opens();
        filtered.isEventually("filtered", "no-package-config");

        DeliveryStory old = cameBefore(filtered, Duration.ofDays(31));

        eventually()
                .untilAsserted(() -> assertThat(api.delivery(old.id()).status()).isEqualTo(404));
        assertThat(api.delivery(lately.id()).status()).isEqualTo(200);
    }

    /** The same delivery, as if it was received earlier. */
    private DeliveryStory cameBefore(DeliveryStory delivery, Duration time) {
        String millis = "%012x".formatted(Instant.now().minus(time).toEpochMilli());
        String id = millis.substring(0, 8) + "-" + millis.substring(8)
                + delivery.id().substring(TIME_LENGTH);
        jdbc.update("update delivery set id = ? where id = ?", id, delivery.id());
        return new DeliveryStory(api, id);
    }
}
