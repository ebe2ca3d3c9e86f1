package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.store.CompletenessStore;
import dev.forgeway.store.MissedDelivery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is old is forgotten while the pipeline goes on. */
@FlowTest
class RetentionFlowTest extends Flow {

    /** How much of an id tells the time (RFC 9562, UUID version 7). */
    private static final int TIME_LENGTH = 13;

    private static final String BUS = "some-bus";

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    CompletenessStore missed;

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

    /** Whatever looks for what was missed may be off; what it found is cleaned up all the same. */
    @Test
    void forgetsWhatWasMissedLongAgo() {
        Instant now = Instant.now();
        Instant longAgo = now.minus(Duration.ofDays(31));
        MissedDelivery old = new MissedDelivery(BUS, "old", "1", "topic", longAgo, 0);
        MissedDelivery recent = new MissedDelivery(BUS, "recent", "2", "topic", longAgo, 0);
        missed.add(List.of(old), longAgo);
        missed.add(List.of(recent), now);
        missed.end(old, MissedDelivery.State.RECOVERED, "some-id");
        missed.end(recent, MissedDelivery.State.RECOVERED, "some-id");

        eventually().until(() -> missed.counts(BUS).get("recovered"), count -> count == 1);
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
