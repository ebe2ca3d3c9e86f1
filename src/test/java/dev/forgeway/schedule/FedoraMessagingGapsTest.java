package dev.forgeway.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.config.Settings;
import dev.forgeway.ingest.BusMessages;
import dev.forgeway.ingest.BusPrefilter;
import dev.forgeway.metrics.GapMetrics;
import dev.forgeway.metrics.IngestMetrics;
import dev.forgeway.service.datagrepper.Datagrepper;
import dev.forgeway.service.http.HttpTimeouts;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.simulator.DatagrepperSimulator;
import dev.forgeway.simulator.Faults;
import dev.forgeway.simulator.Response;
import dev.forgeway.store.CompletenessStore;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.Stores;
import dev.forgeway.testing.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The history of the bus is asked for the times in which nobody consumed it, and for no other. */
class FedoraMessagingGapsTest {

    private static final String BUS = "fedora-messaging";
    private static final String HOTNESS = "org.fedoraproject.prod.hotness.update.bug.file";
    private static final Duration LITTLE = Duration.ofMinutes(2);

    private final TestClock clock = new TestClock();
    private final DatagrepperSimulator history = new DatagrepperSimulator();
    private final CompletenessStore store = emptyStore();
    private final FedoraMessagingGaps gaps = process();

    private static CompletenessStore emptyStore() {
        Stores stores = Stores.empty();
        return new CompletenessStore(stores.jdbc, stores.transaction);
    }

    /** Another process, or the same one after a start. */
    private FedoraMessagingGaps process() {
        Settings settings = Examples.settings(
                "ingest.fedora-messaging.url", "amqp://localhost",
                "ingest.fedora-messaging.queue", "forgeway",
                "ingest.fedora-messaging.topics", "org.fedoraproject.prod.hotness.#");
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        return new FedoraMessagingGaps(
                Optional.of(new Datagrepper(history.url(), new ServiceHttp(HttpTimeouts.DEFAULT, meters, clock))),
                new BusMessages(new BusPrefilter(settings), clock),
                store,
                new Recovery(store, new GapMetrics(meters), clock),
                new IngestMetrics(meters),
                settings,
                clock);
    }

    @AfterEach
    void stop() {
        history.close();
    }

    private Instant completeUntil() {
        return store.completeUntil(BUS).orElseThrow();
    }

    private MissedMessages look(FedoraMessagingGaps process) {
        MissedMessages turn = process.look(BUS);
        process.remember(turn);
        return turn;
    }

    private void wasSent(String id) throws IOException {
        String body = Files.readString(
                Path.of("src/test/resources/fixtures/fedora-messaging/hotness.update.bug.file.bug.json"));
        history.sent(HOTNESS, id, body, clock.instant());
    }

    @Test
    void asksNobodyWhileTheQueueIsConsumed() {
        gaps.consumes(true);
        for (int i = 0; i < 20; i++) {
            clock.advance(LITTLE);
            gaps.consumes(true);
            assertThat(look(gaps).receipts()).isEmpty();
        }

        assertThat(completeUntil()).isEqualTo(clock.instant());
        assertThat(history.calls()).isEmpty();
    }

    @Test
    void readsOnWhileTheBusIsAwayAndStopsWhenItIsConsumedAgain() throws IOException {
        gaps.consumes(true);
        gaps.consumes(false);
        clock.advance(LITTLE);
        wasSent("while-away");
        clock.advance(Duration.ofMinutes(10));

        assertThat(look(gaps).receipts())
                .singleElement()
                .satisfies(receipt -> assertThat(receipt.accepted()).isTrue());
        assertThat(completeUntil()).isEqualTo(clock.instant().minus(FedoraMessagingGaps.LAG));
        assertThat(store.counts(BUS)).containsEntry("recovered", 1);

        gaps.consumes(true);
        assertThat(completeUntil())
                .as("what was sent before it was consumed again may be missing")
                .isEqualTo(clock.instant().minus(FedoraMessagingGaps.LAG));
        clock.advance(Duration.ofMinutes(6));
        assertThat(look(gaps).receipts()).isEmpty();
        gaps.consumes(true);
        assertThat(completeUntil()).isEqualTo(clock.instant());
    }

    @Test
    void readsWhatCameWhileTheMachineSlept() throws IOException {
        gaps.consumes(true);
        clock.advance(LITTLE);
        gaps.consumes(true);
        clock.advance(Duration.ofMinutes(30));
        wasSent("asleep");
        clock.advance(Duration.ofMinutes(30));

        gaps.consumes(true);

        assertThat(look(gaps).receipts()).as("the connection looks as before").hasSize(1);
    }

    @Test
    void readsADayInHours() throws IOException {
        gaps.consumes(true);
        clock.advance(Duration.ofHours(1));
        wasSent("early");
        clock.advance(Duration.ofHours(20));
        wasSent("late");
        clock.advance(Duration.ofHours(3));
        FedoraMessagingGaps started = process();
        Instant begin = completeUntil();

        assertThat(look(started).receipts()).hasSize(1);
        assertThat(completeUntil()).isEqualTo(begin.plus(FedoraMessagingGaps.CHUNK));
        int found = 1;
        int turns = 1;
        while (completeUntil().isBefore(clock.instant().minus(FedoraMessagingGaps.LAG))) {
            found += look(started).receipts().size();
            turns++;
        }
        assertThat(found).isEqualTo(2);
        assertThat(turns).isEqualTo(24);
    }

    @Test
    void triesAgainWhenTheHistoryDoesNotAnswer() throws IOException {
        gaps.consumes(true);
        clock.advance(LITTLE);
        wasSent("lost");
        clock.advance(Duration.ofMinutes(20));
        history.faults().answer("GET /v2/search", Faults.ALWAYS, Response.json(502, "down"));
        Instant before = completeUntil();

        assertThat(look(gaps).receipts()).isEmpty();

        assertThat(completeUntil()).isEqualTo(before);
        assertThat(store.find(BUS).orElseThrow().problem()).contains("datagrepper message-search");
        assertThat(gaps.due()).as("left alone for a while").isEmpty();
        history.faults().clear();
        clock.advance(LITTLE);
        assertThat(gaps.due()).containsExactly(BUS);
        assertThat(look(gaps).receipts()).hasSize(1);
        assertThat(store.find(BUS).orElseThrow().problem()).isNull();
    }
}
