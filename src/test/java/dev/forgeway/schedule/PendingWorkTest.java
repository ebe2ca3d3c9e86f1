package dev.forgeway.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.forge.CheckState;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.metrics.PendingMetrics;
import dev.forgeway.store.PendingStore;
import dev.forgeway.store.StoredJob;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.Stores;
import dev.forgeway.testing.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** When a service is asked about a job, and when a job is given up. */
class PendingWorkTest {

    private static final Delivery NEWS =
            Delivery.asked("copr", "news", "copr.build.end", Instant.parse("2025-03-01T12:00:00Z"), new byte[0]);

    private final TestClock clock = new TestClock();
    private final Stores stores = Stores.empty();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Instant began = clock.instant();
    private final Job job = waiting("1001");
    private final List<Duration> questions = new ArrayList<>();
    private Function<StoredJob, List<Delivery>> service = asked -> List.of();
    private final PendingWork work = new PendingWork(
            List.of(new Service()),
            new PendingStore(stores.jdbc, stores.transaction),
            stores.jobs,
            new PendingMetrics(meters),
            Examples.settings("schedule.pending.limit", "6h"),
            clock);

    private final class Service implements PendingService {

        @Override
        public String handler() {
            return "copr-build";
        }

        @Override
        public List<Delivery> ask(StoredJob asked) {
            questions.add(Duration.between(began, clock.instant()));
            return service.apply(asked);
        }
    }

    private Job waiting(String build) {
        Job submitted = stores.dispatched(Examples.coprBuild(Examples.RAWHIDE, Examples.EPEL));
        stores.jobs.submitted(submitted.id(), build, List.of());
        stores.jobs.finish(submitted.id(), Job.State.WAITING, null, null, 1, began, List.of());
        return submitted;
    }

    @Test
    void asksInGrowingIntervals() {
        passes(Duration.ofHours(4));

        assertThat(questions.stream().map(Duration::toMinutes)).containsExactly(5L, 10L, 20L, 40L, 80L, 140L, 200L);
    }

    @Test
    void asksOftenAgainAfterSomethingWasTold() {
        passes(Duration.ofMinutes(45));
        questions.clear();
        stores.jobs.advanceTarget(job.id(), Examples.RAWHIDE, CheckState.RUNNING);
        stores.jdbc.update(
                "update job_target set updated_at = ?", clock.instant().atOffset(ZoneOffset.UTC));

        passes(Duration.ofHours(1));

        assertThat(questions.get(1).minus(questions.get(0))).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void leavesAServiceAloneThatNamesATime() {
        service = asked -> {
            throw new TransientException("later", began.plus(Duration.ofMinutes(33)));
        };

        passes(Duration.ofMinutes(34));

        assertThat(questions.stream().map(Duration::toMinutes)).containsExactly(5L, 33L);
        assertThat(meters.counter("forgeway.schedule.pending.asked", "handler", "copr-build", "result", "failed")
                        .count())
                .isEqualTo(2);
    }

    @Test
    void asksAServiceThatIsAwayAboutOneJobInATurn() {
        waiting("1002");
        service = asked -> {
            throw new TransientException("no answer in time");
        };

        passes(Duration.ofMinutes(8));

        assertThat(questions.stream().map(Duration::toMinutes)).containsExactly(5L, 6L);

        service = asked -> List.of();
        passes(Duration.ofMinutes(3));

        assertThat(questions.stream().map(Duration::toMinutes))
                .as("each with the interval of its own")
                .containsExactly(5L, 6L, 10L, 11L);
    }

    @Test
    void passesOnWhatIsToldHoweverLateItIs() {
        service = asked -> List.of(NEWS);
        clock.advance(Duration.ofDays(30));

        PendingAnswer answer = work.ask(work.due().get(0));

        assertThat(answer.news())
                .singleElement()
                .satisfies(receipt -> assertThat(receipt.delivery()).isEqualTo(NEWS));
        assertThat(answer.isGivenUp()).isFalse();
    }

    @Test
    void givesUpWhatTakesLongerThanTheLimit() {
        List<PendingAnswer> answers = passes(Duration.ofHours(7));

        PendingAnswer last = answers.get(answers.size() - 1);
        assertThat(last.why()).isEqualTo("No result after 6 hours; the service is not done.");
        assertThat(questions.get(questions.size() - 1)).isGreaterThan(Duration.ofHours(6));
        assertThat(answers.subList(0, answers.size() - 1)).noneMatch(PendingAnswer::isGivenUp);
    }

    @Test
    void givesUpWhatCannotBeAskedForLongerThanTheLimit() {
        service = asked -> {
            throw new TransientException("out of order");
        };

        List<PendingAnswer> answers = passes(Duration.ofHours(7));

        assertThat(answers.get(answers.size() - 1).why())
                .isEqualTo("No result after 6 hours; the service cannot be asked.");
    }

    @Test
    void givesUpNothingBecauseItWasDownItselfUntilTheLimitWasOver() {
        passes(Duration.ofMinutes(6));
        clock.advance(Duration.ofDays(2));
        service = asked -> {
            throw new TransientException("the network is not up yet");
        };
        List<PendingAnswer> inVain = passes(Duration.ofMinutes(30));
        service = asked -> List.of(NEWS);
        List<PendingAnswer> answers = passes(Duration.ofHours(1));

        assertThat(inVain).isNotEmpty();
        assertThat(inVain).noneMatch(PendingAnswer::isGivenUp);
        assertThat(answers).isNotEmpty();
        assertThat(answers).noneMatch(PendingAnswer::isGivenUp);
    }

    @Test
    void givesUpNothingBecauseItSleptSinceAQuestionInVain() {
        service = asked -> {
            throw new TransientException("the network is off");
        };
        passes(Duration.ofMinutes(6));
        clock.advance(Duration.ofDays(2));

        List<PendingAnswer> inVain = passes(Duration.ofMinutes(30));

        assertThat(inVain).isNotEmpty();
        assertThat(inVain).noneMatch(PendingAnswer::isGivenUp);
    }

    @Test
    void asksInGrowingIntervalsAndGivesUpWhereWhatIsToldCannotBeUnderstood() {
        service = asked -> {
            throw new IllegalStateException("no number: abc");
        };

        List<PendingAnswer> answers = passes(Duration.ofHours(7));

        assertThat(questions.stream().limit(4).map(Duration::toMinutes)).containsExactly(5L, 10L, 20L, 40L);
        assertThat(answers.get(answers.size() - 1).why())
                .isEqualTo("No result after 6 hours; the service cannot be understood.");
    }

    @Test
    void givesUpAtOnceWhatTheServiceDoesNotKnow() {
        service = asked -> {
            throw new UserErrorException("There is no such build.");
        };

        List<PendingAnswer> answers = passes(Duration.ofMinutes(5));

        assertThat(answers)
                .singleElement()
                .satisfies(answer -> assertThat(answer.why()).isEqualTo("There is no such build."));
    }

    @Test
    void goesOnWithWhatWasGivenUpUntilItIsForgotten() {
        service = asked -> {
            throw new UserErrorException("There is no such build.");
        };
        passes(Duration.ofMinutes(5));
        stores.jobs.finish(job.id(), Job.State.DONE, "error", "gone", 1, began, List.of());

        assertThat(work.ask(work.due().get(0)).why()).isEqualTo("There is no such build.");
        assertThat(questions).as("nobody is asked about it").hasSize(1);
        work.forget(job.id());
        assertThat(work.due()).isEmpty();
    }

    /** Looks every minute, as the route does, until a job is given up; returns the answers. */
    private List<PendingAnswer> passes(Duration time) {
        List<PendingAnswer> answers = new ArrayList<>();
        for (long minute = 0; minute < time.toMinutes(); minute++) {
            clock.advance(Duration.ofMinutes(1));
            for (PendingStore.Pending due : work.due()) {
                PendingAnswer answer = work.remember(work.ask(due));
                answers.add(answer);
                if (answer.isGivenUp()) {
                    return answers;
                }
            }
        }
        return answers;
    }
}
