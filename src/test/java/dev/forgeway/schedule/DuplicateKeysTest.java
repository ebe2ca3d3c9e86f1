package dev.forgeway.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.ingest.Delivery;
import dev.forgeway.store.Recording;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.Stores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class DuplicateKeysTest {

    private static final Instant NOW = Instant.parse("2025-03-01T12:00:00Z");
    private static final Duration WINDOW = Examples.settings().decide().duplicateWindow();

    private final Stores stores = Stores.empty();

    private Recording.Kind recorded(String key, Instant receivedAt) {
        Delivery delivery = Delivery.asked("github", key, "push", receivedAt, new byte[] {'{', '}'});
        return stores.deliveries.record(delivery, WINDOW).kind();
    }

    @Test
    void forgetsWhatIsOlderThanTwoWindowsOnly() {
        Instant edge = NOW.minus(WINDOW.multipliedBy(2));
        recorded("old", edge.minusSeconds(1));
        recorded("young", edge);
        DuplicateKeys keys =
                new DuplicateKeys(stores.deliveries, Examples.settings(), Clock.fixed(NOW, ZoneOffset.UTC));

        keys.forget();
        keys.forget();

        assertThat(recorded("old", edge.minusSeconds(1))).isEqualTo(Recording.Kind.NEW);
        assertThat(recorded("young", edge)).isEqualTo(Recording.Kind.DUPLICATE);
    }
}
