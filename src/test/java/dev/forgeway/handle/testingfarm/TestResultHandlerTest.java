package dev.forgeway.handle.testingfarm;

import static dev.forgeway.testing.Examples.RAWHIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.dispatch.Job;
import dev.forgeway.event.TestRun;
import dev.forgeway.event.TestingFarmResultEvent;
import dev.forgeway.handle.Outcome;
import dev.forgeway.store.Link;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.FakeTestingFarm;
import dev.forgeway.testing.Stores;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessException;

class TestResultHandlerTest {

    private static final String CHECK = "testing-farm:" + RAWHIDE + ": ";

    private final Stores stores = Stores.empty();
    private final FakeTestingFarm farm = new FakeTestingFarm();
    private final TestResultHandler handler =
            new TestResultHandler(farm, stores.jobs, stores.outbox, stores.transaction);
    private final Job tests = stores.dispatched(
            Examples.job("tests", Examples.pullRequest(Examples.PROJECT), List.of(RAWHIDE), Map.of()));

    @BeforeEach
    void isSubmitted() {
        stores.jobs.submitted(
                tests.id(), "t1", List.of(new Link("Testing Farm request", "https://farm.example.org/t1")));
        stores.jobs.finish(tests.id(), Job.State.WAITING, null, null, 1, Instant.now(), List.of());
    }

    private Outcome told(String state, @Nullable String overall) {
        farm.says("t1", state, overall);
        return told();
    }

    private Outcome told() {
        return handler.handle(Examples.job(
                "test-result",
                new TestingFarmResultEvent("notified", null, Examples.NOON, new TestRun("t1", null, null)),
                List.of(),
                Map.of("subject", tests.id())));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            queued,           ,                 PENDING Tests have been submitted ..., ,
            running,          ,                 RUNNING Tests are running ...,         ,
            cancel-requested, ,                 RUNNING Tests are running ...,         ,
            complete,         passed,           SUCCESS Tests passed.,                 succeeded
            complete,         failed,           FAILURE Tests failed.,                 failed
            complete,         skipped,          NEUTRAL Tests were skipped.,           skipped
            complete,         needs_inspection, FAILURE Tests need inspection.,        failed
            complete,         error,            ERROR Tests had an error.,             error
            complete,         ,                 ERROR Tests ended without a result.,   error
            canceled,         ,                 CANCELED Tests were canceled.,         canceled
            error,            ,                 ERROR Testing Farm had an error.,      error
            """)
    void showsHowTheTestsStand(String state, @Nullable String overall, String check, @Nullable String outcome) {
        told(state, overall);

        assertThat(stores.checks(tests)).containsExactly(CHECK + check);
        assertThat(stores.stored(tests).outcome()).isEqualTo(outcome);
        assertThat(stores.load(tests).state()).isEqualTo(outcome == null ? Job.State.WAITING : Job.State.DONE);
    }

    @Test
    void leadsToTheResults() {
        told("complete", "passed");

        assertThat(stores.stored(tests).url()).isEqualTo("https://farm.example.org/artifacts/t1");
        assertThat(stores.wanted(tests))
                .singleElement()
                .satisfies(entry -> assertThat(entry.check()).isNotNull().satisfies(check -> {
                    assertThat(check.detailsUrl()).isEqualTo("https://farm.example.org/artifacts/t1");
                    assertThat(check.summary()).contains("[Request t1](https://farm.example.org/t1)");
                }));
    }

    @Test
    void changesNothingForNewsThatComesTwiceOrLate() {
        told("complete", "failed");
        var before = stores.wanted(tests);
        int questions = farm.questions();

        assertThat(told("running", null).result()).isEqualTo(Outcome.Result.SKIPPED);
        assertThat(told("complete", "passed").result()).isEqualTo(Outcome.Result.SKIPPED);

        assertThat(stores.wanted(tests)).isEqualTo(before);
        assertThat(farm.questions()).isEqualTo(questions);
    }

    @Test
    void neverGoesBack() {
        told("running", null);

        assertThat(told("queued", null).result()).isEqualTo(Outcome.Result.SKIPPED);

        assertThat(stores.checks(tests)).containsExactly(CHECK + "RUNNING Tests are running ...");
    }

    @Test
    void endsWhatTestingFarmDoesNotKnowAnyMore() {
        farm.forgets("t1");

        told();

        assertThat(stores.checks(tests))
                .containsExactly(CHECK + "ERROR Testing Farm does not know the tests any more.");
        assertThat(stores.stored(tests).outcome()).isEqualTo("error");
    }

    /** Tests that are known to have ended are not looked at again, so their check has to be wanted by then. */
    @Test
    void showsTheEndAlsoAfterACrashInTheMiddle() {
        stores.broken("outbox");
        try {
            assertThatThrownBy(() -> told("complete", "failed")).isInstanceOf(DataAccessException.class);
        } finally {
            stores.mended("outbox");
        }

        told("complete", "failed");

        assertThat(stores.checks(tests)).containsExactly(CHECK + "FAILURE Tests failed.");
    }
}
