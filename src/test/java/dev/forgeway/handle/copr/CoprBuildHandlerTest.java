package dev.forgeway.handle.copr;

import static dev.forgeway.testing.Examples.EPEL;
import static dev.forgeway.testing.Examples.RAWHIDE;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.INSTANT;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.DeferredException;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UnansweredException;
import dev.forgeway.handle.Outcome;
import dev.forgeway.store.JobEndedException;
import dev.forgeway.store.Link;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.FakeCopr;
import dev.forgeway.testing.Stores;
import dev.forgeway.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

class CoprBuildHandlerTest {

    private static final String SUBMITTED = "SRPM build in Copr was submitted ...";

    private final Stores stores = Stores.empty();
    private final FakeCopr copr = new FakeCopr();
    private final TestClock clock = TestClock.running();
    private final CoprBuildHandler handler = new CoprBuildHandler(
            copr,
            stores.effects(clock),
            stores.outbox,
            stores.transaction,
            new CoprBuildRequests(Examples.settings("service.copr.owner", "packit")));
    private final Job job = stores.dispatched(Examples.coprBuild(RAWHIDE, EPEL));

    @Test
    void submitsOneBuildForAllTargetsAndWaits() {
        Outcome outcome = handler.handle(job);

        assertThat(outcome).isEqualTo(Outcome.waiting("Copr build 1001"));
        assertThat(copr.builds()).containsExactly("1001");
        assertThat(stores.load(job).externalId()).isEqualTo("1001");
        assertThat(stores.stored(job).links())
                .containsExactly(new Link("Copr build", "https://copr.example.org/build/1001"));
        assertThat(stores.checks(job))
                .containsExactly(
                        "rpm-build:" + EPEL + ": PENDING " + SUBMITTED,
                        "rpm-build:" + RAWHIDE + ": PENDING " + SUBMITTED);
    }

    @Test
    void doesNotSearchForABuildOnTheFirstTry() {
        handler.handle(job);

        assertThat(copr.searches()).isEmpty();
    }

    @Test
    void storesTheIntentBeforeItCallsCopr() {
        AtomicReference<Boolean> intended = new AtomicReference<>(false);
        copr.onSubmit(() -> intended.set(stores.load(job).intended()));

        handler.handle(job);

        assertThat(intended.get()).isTrue();
    }

    @Test
    void adoptsTheBuildThatAnEarlierAttemptDidNotHearOf() {
        copr.losesAnswer();
        assertThatThrownBy(() -> handler.handle(job)).isInstanceOf(TransientException.class);

        Outcome outcome = handler.handle(stores.load(job));

        assertThat(outcome).isEqualTo(Outcome.waiting("Copr build 1001"));
        assertThat(copr.builds()).containsExactly("1001");
        assertThat(copr.searches()).containsExactly("forgeway:" + job.id());
        assertThat(stores.load(job).externalId()).isEqualTo("1001");
    }

    @Test
    void submitsAgainWhenTheEarlierAttemptReachedNobody() {
        copr.refuses(new TransientException("connection refused"));
        assertThatThrownBy(() -> handler.handle(job)).isInstanceOf(TransientException.class);
        copr.refuses(null);

        handler.handle(stores.load(job));

        assertThat(copr.builds()).containsExactly("1001");
        assertThat(copr.searches()).hasSize(1);
    }

    /** It can still arrive at Copr, which would then build twice. */
    @Test
    void doesNotSubmitAgainBeforeTheTimeOfTheEarlierCallIsOver() {
        copr.refuses(new UnansweredException("no answer in time"));
        assertThatThrownBy(() -> handler.handle(job)).isInstanceOf(UnansweredException.class);
        Instant failed = clock.instant();
        copr.refuses(null);

        assertThatThrownBy(() -> handler.handle(stores.load(job)))
                .asInstanceOf(type(DeferredException.class))
                .extracting(DeferredException::retryAt, as(INSTANT))
                .isBetween(failed.plusSeconds(30), failed.plusSeconds(40));
        assertThat(copr.builds()).isEmpty();

        clock.advance(Duration.ofSeconds(40));
        handler.handle(stores.load(job));
        assertThat(copr.builds()).containsExactly("1001");
    }

    @Test
    void adoptsTheBuildOfACallThatArrivedLate() {
        copr.refuses(new UnansweredException("no answer in time"));
        assertThatThrownBy(() -> handler.handle(job)).isInstanceOf(UnansweredException.class);
        assertThatThrownBy(() -> handler.handle(stores.load(job))).isInstanceOf(DeferredException.class);
        copr.refuses(null).losesAnswer();
        arrives();

        handler.handle(stores.load(job));

        assertThat(copr.builds()).containsExactly("1001");
        assertThat(stores.load(job).externalId()).isEqualTo("1001");
    }

    /** Nothing is known of a call that was under way when the process ended. */
    @Test
    void waitsForTheCallOfAProcessThatEnded() {
        copr.onSubmit(() -> {
            throw new OutOfMemoryError("killed");
        });
        assertThatThrownBy(() -> handler.handle(job)).isInstanceOf(OutOfMemoryError.class);
        copr.onSubmit(() -> {});

        assertThatThrownBy(() -> handler.handle(stores.load(job))).isInstanceOf(DeferredException.class);
        clock.advance(Duration.ofSeconds(40));
        handler.handle(stores.load(job));

        assertThat(copr.builds()).containsExactly("1001");
    }

    @Test
    void doesNotSubmitAgainWhatWasCanceledMeanwhile() {
        copr.refuses(new TransientException("not now"));
        assertThatThrownBy(() -> handler.handle(job)).isInstanceOf(TransientException.class);
        copr.refuses(null);
        stores.jobs.finish(job.id(), Job.State.DONE, "canceled", null, 1, clock.instant(), List.of());

        assertThatThrownBy(() -> handler.handle(job)).isInstanceOf(JobEndedException.class);

        assertThat(copr.builds()).isEmpty();
    }

    private void arrives() {
        CoprBuildRequests requests = new CoprBuildRequests(Examples.settings("service.copr.owner", "packit"));
        assertThatThrownBy(() -> copr.submit(
                        requests.of(job, Objects.requireNonNull(job.event().project()))))
                .isInstanceOf(UnansweredException.class);
    }

    @Test
    void doesNothingForAJobWhoseBuildIsKnown() {
        handler.handle(job);

        Outcome outcome = handler.handle(stores.load(job));

        assertThat(outcome).isEqualTo(Outcome.waiting("Copr build 1001 was submitted before"));
        assertThat(copr.builds()).hasSize(1);
        assertThat(copr.searches()).isEmpty();
    }

    /** Or else a crash between the two would leave checks that never say that the build was submitted, and where it is. */
    @Test
    void knowsTheBuildOnlyTogetherWithTheChecksThatShowIt() {
        stores.broken("outbox");
        try {
            assertThatThrownBy(() -> handler.handle(job)).isInstanceOf(DataAccessException.class);
            assertThat(stores.load(job).externalId()).isNull();
        } finally {
            stores.mended("outbox");
        }

        handler.handle(stores.load(job));

        assertThat(copr.builds()).hasSize(1);
        assertThat(stores.checks(job)).hasSize(2).allMatch(check -> check.endsWith(SUBMITTED));
    }

    @Test
    void leavesFinalStatesThatTheBusWasFasterToTellAlone() {
        var progress = new CoprBuildProgressHandler(stores.jobs, stores.outbox, stores.transaction);
        copr.losesAnswer();
        assertThatThrownBy(() -> handler.handle(job)).isInstanceOf(TransientException.class);
        stores.jobs.submitted(job.id(), "1001", List.of());
        progress.handle(Examples.job(
                "copr-build-progress",
                Examples.build("1001", RAWHIDE, "failed"),
                List.of(),
                Map.of("subject", job.id())));

        handler.handle(job);

        assertThat(stores.checks(job)).contains("rpm-build:" + RAWHIDE + ": FAILURE RPMs failed to be built.");
    }
}
