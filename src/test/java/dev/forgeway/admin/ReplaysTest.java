package dev.forgeway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.error.Reason;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.ingest.DeliveryId;
import dev.forgeway.store.DeadLetterStore;
import dev.forgeway.store.Outcome;
import dev.forgeway.store.PauseStore;
import dev.forgeway.store.PrivateProjects;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.Stores;
import dev.forgeway.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplaysTest {

    private static final String TOKEN = "an admin token that is long enough";

    private final TestClock clock = new TestClock();
    private final Stores stores = Stores.empty();

    @Test
    void endsACallBeforeNobodyWaitsForItAnyMoreAndSaysWhereToGoOn() {
        for (int i = 0; i < 5; i++) {
            parked("k" + i, Examples.NOON.plusSeconds(i));
        }
        Replays replays = replays(Duration.ofSeconds(20));

        ShadowReplay first = shadow(replays, null);
        ShadowReplay second = shadow(replays, first.next());
        ShadowReplay third = shadow(replays, second.next());

        assertThat(List.of(first.replayed(), second.replayed(), third.replayed()))
                .containsExactly(2, 2, 1);
        assertThat(third.next()).isNull();
    }

    @Test
    void triesOneDeliveryHoweverLongThatTakes() {
        parked("k1", Examples.NOON);
        parked("k2", Examples.NOON.plusSeconds(1));

        assertThat(shadow(replays(Duration.ofHours(1)), null).replayed()).isEqualTo(1);
    }

    /** Somebody who has to be asked about each takes that long. */
    private Replays replays(Duration takes) {
        Trials slow = delivery -> {
            clock.advance(takes);
            return new Trial(Outcome.PARKED, Reason.DEFECT, "broken", List.of(), List.of());
        };
        AdminApi api = new AdminApi(
                stores.deliveries,
                stores.jobs,
                stores.outbox,
                new PrivateProjects(stores.jdbc, stores.transaction),
                stores.projects,
                new PauseStore(stores.jdbc, stores.transaction, new DeadLetterStore(stores.jdbc, stores.transaction)),
                Examples.settings("admin.token", TOKEN));
        return new Replays(stores.deliveries, stores.jobs, slow, api, clock);
    }

    private static ShadowReplay shadow(Replays replays, @Nullable String after) {
        Map<String, String> parameters =
                new HashMap<>(Map.of("dryRun", "true", "from", "2025-03-01T00:00:00Z", "to", "2025-03-02T00:00:00Z"));
        if (after != null) {
            parameters.put("after", after);
        }
        return replays.shadow("Bearer " + TOKEN, parameters);
    }

    private void parked(String key, Instant receivedAt) {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        Delivery delivery =
                new Delivery(DeliveryId.at(receivedAt), "github", key, "push", receivedAt, Map.of(), body, List.of());
        stores.deliveries.record(delivery, Stores.WINDOW);
        stores.deliveries.park(delivery.id(), Reason.DEFECT, "broken", List.of());
    }
}
