package dev.forgeway.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.decide.parse.BusParser;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.Event;
import dev.forgeway.event.KojiTaskEvent;
import dev.forgeway.forge.CheckState;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.FakeKoji;
import dev.forgeway.testing.Stores;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Koji tells of a task when it is asked. */
class PendingKojiTasksTest {

    private final Stores stores = Stores.empty();
    private final FakeKoji koji = new FakeKoji();
    private final PendingKojiTasks pending = new PendingKojiTasks(koji, Clock.systemUTC());
    private final Job job = submitted();

    private Job submitted() {
        Job build = stores.dispatched(
                Examples.job("koji-build", Examples.pullRequest(Examples.PROJECT), List.of("rawhide"), Map.of()));
        stores.jobs.submitted(build.id(), "101", List.of());
        return build;
    }

    private List<Delivery> asked() {
        return pending.ask(stores.stored(job));
    }

    @ParameterizedTest
    @CsvSource({
        "free,     PENDING, false",
        "assigned, PENDING, false",
        "open,     PENDING, true",
        "open,     RUNNING, false",
        "closed,   PENDING, true",
        "failed,   RUNNING, true",
        "canceled, RUNNING, true",
        "closed,   SUCCESS, false",
        "unknown,  RUNNING, false"
    })
    void tellsWhatIsNotKnown(String state, CheckState known, boolean isNews) {
        koji.says("101", state);
        stores.jobs.advanceTarget(job.id(), "rawhide", known);

        assertThat(asked()).hasSize(isNews ? 1 : 0);
    }

    @Test
    void saysItInTheMessagesOfTheBus() {
        koji.says("101", "closed");

        Delivery told = asked().get(0);

        Event event = new BusParser().parse(told).orElseThrow();
        assertThat(event).isInstanceOfSatisfying(KojiTaskEvent.class, news -> {
            assertThat(news.action()).isEqualTo("closed");
            assertThat(news.build().id()).isEqualTo("101");
        });
        assertThat(new BusParser().sources()).contains(told.source());
        assertThat(asked().get(0).key()).as("the same news").isEqualTo(told.key());
    }

    @Test
    void givesUpWhatKojiDoesNotKnow() {
        assertThatThrownBy(this::asked).isInstanceOf(UserErrorException.class).hasMessageContaining("101");
    }
}
