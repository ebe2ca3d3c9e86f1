package dev.forgeway.schedule;

import static dev.forgeway.testing.Examples.RAWHIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.forge.CheckState;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.FakeTestingFarm;
import dev.forgeway.testing.Stores;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Testing Farm tells of a request when it is asked. */
class PendingTestRunsTest {

    private final Stores stores = Stores.empty();
    private final FakeTestingFarm farm = new FakeTestingFarm();
    private final PendingTestRuns pending = new PendingTestRuns(farm, Clock.systemUTC());
    private final Job job = submitted();

    private Job submitted() {
        Job tests = stores.dispatched(
                Examples.job("tests", Examples.pullRequest(Examples.PROJECT), List.of(RAWHIDE), Map.of()));
        stores.jobs.submitted(tests.id(), "t1", List.of());
        return tests;
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            new,              ,       PENDING, false
            queued,           ,       PENDING, false
            queued,           ,       RUNNING, false
            running,          ,       PENDING, true
            running,          ,       RUNNING, false
            cancel-requested, ,       PENDING, true
            complete,         passed, PENDING, true
            complete,         failed, RUNNING, true
            error,            ,       RUNNING, true
            canceled,         ,       RUNNING, true
            complete,         passed, SUCCESS, false
            """)
    void tellsWhatIsNotKnown(String state, @Nullable String overall, CheckState known, boolean isNews) {
        farm.says("t1", state, overall);
        stores.jobs.advanceTarget(job.id(), RAWHIDE, known);

        assertThat(asked()).hasSize(isNews ? 1 : 0);
    }

    @Test
    void saysItAsTheNotificationDoes() {
        farm.says("t1", "complete", "passed");

        Delivery told = asked().get(0);

        assertThat(told.source()).isEqualTo("testing-farm");
        assertThat(told.eventName()).isEqualTo("result");
        assertThat(new String(told.body(), StandardCharsets.UTF_8)).isEqualTo("{\"request_id\":\"t1\"}");
        assertThat(asked().get(0).key()).as("the same news").isEqualTo(told.key());
    }

    @Test
    void hasAnotherKeyForFurtherNews() {
        farm.says("t1", "running", null);
        String began = asked().get(0).key();
        farm.says("t1", "complete", "passed");

        assertThat(asked().get(0).key()).isNotEqualTo(began);
    }

    @Test
    void knowsARequestThatIsGone() {
        farm.forgets("t1");

        assertThatThrownBy(this::asked)
                .isInstanceOf(UserErrorException.class)
                .hasMessage("Testing Farm does not know request t1 any more.");
    }

    private List<Delivery> asked() {
        return pending.ask(stores.jobs.find(job.id()).orElseThrow());
    }
}
