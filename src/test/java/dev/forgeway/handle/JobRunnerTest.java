package dev.forgeway.handle;

import static dev.forgeway.testing.Examples.RAWHIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.config.QueueClass;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.HeldException;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.EventType;
import dev.forgeway.forge.CheckState;
import dev.forgeway.metrics.HandleMetrics;
import dev.forgeway.store.Pause;
import dev.forgeway.store.Pauses;
import dev.forgeway.store.StoredJob;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.Stores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.CannotCreateTransactionException;

class JobRunnerTest {

    private static final HandlerSpec SPEC = new HandlerSpec(
            "copr-build",
            Set.of("copr_build"),
            Set.of("pull_request"),
            Set.of(EventType.PULL_REQUEST),
            Set.of("build"),
            "rpm-build",
            QueueClass.SHORT,
            List.of(),
            "build");

    private final Stores stores = Stores.empty();
    private final Job job = stores.dispatched(Examples.coprBuild(RAWHIDE));
    private int runs;
    private Function<Job, Outcome> work = handled -> Outcome.succeeded("fine");
    private final List<Pause> paused = new ArrayList<>();
    private final Pauses pauses = new Pauses(() -> paused);
    private final JobRunner runner = new JobRunner(
            new Handlers(List.of(new Counted())),
            stores.jobs,
            stores.attempts,
            stores.outbox,
            stores.followers,
            stores.consequences,
            pauses,
            new RunningLimit(stores.running, Examples.settings(), Clock.systemUTC()),
            new HandleMetrics(new SimpleMeterRegistry()),
            Clock.systemUTC());

    private final class Counted implements JobHandler {

        @Override
        public HandlerSpec spec() {
            return SPEC;
        }

        @Override
        public Outcome handle(Job handled) {
            runs++;
            return work.apply(handled);
        }
    }

    @Test
    void holdsAJobWhoseProjectIsPausedAndTriesNothing() {
        paused.add(new Pause(Pause.Kind.PROJECT, Examples.PROJECT.key(), Instant.now(), "ada", null));
        pauses.look();

        assertThatThrownBy(this::worked)
                .isInstanceOfSatisfying(
                        HeldException.class,
                        held -> assertThat(held.heldFor()).isEqualTo("project " + Examples.PROJECT.key()));
        assertThat(runs).isZero();
        assertThat(stores.jobs.load(job.id())).hasValueSatisfying(waiting -> {
            assertThat(waiting.state()).isEqualTo(Job.State.QUEUED);
            assertThat(waiting.attempts()).isZero();
        });
    }

    private JobRun message() {
        return runner.load(job.id(), Instant.now());
    }

    private JobRun worked() {
        return runner.save(runner.run(message()));
    }

    private void fails(RuntimeException with) {
        work = handled -> {
            throw with;
        };
    }

    private StoredJob stored() {
        return stores.stored(job);
    }

    private static List<RuntimeException> transientFailures() {
        return List.of(
                new TransientException("Copr is away"),
                new QueryTimeoutException("slow"),
                new CannotCreateTransactionException("no connection is free"));
    }

    @Test
    void storesWhatCameOut() {
        worked();

        assertThat(stored().job().state()).isEqualTo(Job.State.DONE);
        assertThat(stored().outcome()).isEqualTo("succeeded");
        assertThat(stored().detail()).isEqualTo("fine");
        assertThat(stored().job().attempts()).isEqualTo(1);
    }

    @Test
    void leavesAJobOpenWhoseEndIsToldLater() {
        work = handled -> Outcome.waiting("Copr build 1001");

        worked();

        assertThat(stored().job().state()).isEqualTo(Job.State.WAITING);
        assertThat(stored().outcome()).isNull();
        assertThat(stored().endedAt()).isNull();
    }

    @Test
    void showsWhatOnlyTheUserCanMendAndEndsTheJob() {
        fails(new UserErrorException("There is no chroot fedora-1-x86_64."));

        JobRun run = worked();

        assertThat(stored().outcome()).isEqualTo("failed");
        assertThat(stores.checks(job))
                .containsExactly("rpm-build:" + RAWHIDE + ": FAILURE There is no chroot fedora-1-x86_64.");
        assertThat(run.reports()).hasSize(1);
    }

    @Test
    void endsTheJobOnADefectWithoutItsInnerWords() {
        fails(new IllegalStateException("password=hunter2"));

        worked();

        assertThat(stored().outcome()).isEqualTo("error");
        assertThat(stores.checks(job))
                .containsExactly("rpm-build:" + RAWHIDE
                        + ": ERROR Internal error (IllegalStateException), reported to the operators");
    }

    @ParameterizedTest
    @MethodSource("transientFailures")
    void leavesToTheBrokerWhatTryingAgainCanHelp(RuntimeException failure) {
        fails(failure);

        assertThatThrownBy(() -> runner.run(message())).isSameAs(failure);

        assertThat(stored().job().state()).isEqualTo(Job.State.QUEUED);
        assertThat(stores.checks(job)).isEmpty();
    }

    @Test
    void keepsWhatWentWrongWithAnAttempt() {
        runner.attemptFailed(message(), new TransientException("Copr is away"));
        runner.attemptFailed(message(), new TransientException("Copr is still away"));

        assertThat(stored().job().attempts()).isEqualTo(2);
        assertThat(stored().detail()).isEqualTo("Copr is still away");
        assertThat(stored().job().state()).isEqualTo(Job.State.QUEUED);
    }

    @Test
    void doesNotWorkTwiceForAMessageThatComesAgain() {
        worked();

        JobRun again = worked();

        assertThat(runs).isEqualTo(1);
        assertThat(again.isDue()).isFalse();
        assertThat(stored().job().attempts()).isEqualTo(1);
    }

    @Test
    void wakesTheReportsOfAnEarlierAttemptWhoseMessagesWereLost() {
        work = handled -> {
            stores.outbox.want(Checks.one(SPEC, handled, RAWHIDE, CheckState.PENDING, "submitted", null));
            return Outcome.waiting("Copr build 1001");
        };
        List<String> lost = worked().reports();

        assertThat(worked().reports()).hasSize(1).isEqualTo(lost);
    }

    @Test
    void wakesTheReportsOfTheJobThatItTellsOf() {
        stores.outbox.want(Checks.one(SPEC, job, RAWHIDE, CheckState.RUNNING, "running", null));
        Job news = stores.dispatched(Examples.job(
                "copr-build", Examples.build("1001", RAWHIDE, null), List.of(), Map.of("subject", job.id())));

        JobRun run = runner.save(runner.run(runner.load(news.id(), Instant.now())));

        assertThat(run.reports()).hasSize(1);
    }

    @Test
    void endsAJobVisiblyWhenTheBrokerGaveUp() {
        runner.attemptFailed(message(), new TransientException("Copr is away"));

        JobRun run = runner.giveUp(job.id());

        assertThat(stored().outcome()).isEqualTo("error");
        assertThat(stored().job().attempts()).isEqualTo(1);
        assertThat(stores.checks(job))
                .containsExactly("rpm-build:" + RAWHIDE + ": ERROR Gave up after 1 attempts: Copr is away");
        assertThat(run.reports()).hasSize(1);
    }

    @Test
    void tellsNobodyWhatTheDatabaseSays() {
        runner.attemptFailed(message(), new DuplicateKeyException("SQL [update job]; (external_id)=(1044215)"));

        runner.giveUp(job.id());

        assertThat(stores.checks(job))
                .containsExactly("rpm-build:" + RAWHIDE
                        + ": ERROR Gave up after 1 attempts: the database did not take it (DuplicateKeyException)");
    }

    @Test
    void keepsTheEndOfAJobOfWhichOnlyAMessageWasGivenUp() {
        worked();

        runner.giveUp(job.id());

        assertThat(stored().outcome()).isEqualTo("succeeded");
        assertThat(stores.checks(job)).isEmpty();
    }

    @Test
    void showsThatAJobIsAbandonedOnTheTargetsThatHaveNotEnded() {
        Job waiting = stores.dispatched(Examples.coprBuild(RAWHIDE, Examples.EPEL));
        stores.jobs.submitted(waiting.id(), "1001", List.of());
        stores.jobs.finish(waiting.id(), Job.State.WAITING, null, null, 1, Examples.NOON, List.of());
        stores.jobs.advanceTarget(waiting.id(), Examples.EPEL, CheckState.SUCCESS);

        JobRun run = runner.abandon(waiting.id(), "No result.");
        JobRun again = runner.abandon(waiting.id(), "No result, again.");

        StoredJob ended = stores.jobs.find(waiting.id()).orElseThrow();
        assertThat(ended.outcome()).isEqualTo("error");
        assertThat(ended.detail()).isEqualTo("No result.");
        assertThat(ended.targets()).isEqualTo(Map.of(RAWHIDE, CheckState.ERROR, Examples.EPEL, CheckState.SUCCESS));
        assertThat(run.reports()).hasSize(1);
        assertThat(again.reports())
                .as("not seen yet: woken again after a crash")
                .isEqualTo(run.reports());
    }
}
