package dev.forgeway.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.dispatch.Job;
import dev.forgeway.forge.CheckState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the stores of periodic work promise, on every database. */
abstract class ScheduleContract extends StoreContract {

    @Test
    void letsOneOfManyProcessesDoAKindOfWork() {
        ClusterLock lock = new ClusterLock(jdbc);
        List<Optional<Runnable>> turns = race(() -> lock.take("retention", Duration.ZERO));
        Runnable end = only(turns);
        assertThat(lock.take("retention", Duration.ZERO)).isEmpty();
        assertThat(lock.take("other-work", Duration.ZERO)).isPresent();

        end.run();

        assertThat(lock.take("retention", Duration.ZERO)).isPresent();
        lock.destroy();
    }

    @Test
    void leavesAKindOfWorkAloneForAWhileAfterItsEnd() {
        ClusterLock lock = new ClusterLock(jdbc);
        lock.take("retention", Duration.ofHours(1)).orElseThrow().run();
        assertThat(lock.take("retention", Duration.ofHours(1))).isEmpty();

        jdbc.update("update cluster_lock set lock_until = locked_at where name = 'retention'");

        assertThat(lock.take("retention", Duration.ofHours(1)))
                .as("that while is over, or the lease of a process that died")
                .isPresent();
        lock.destroy();
    }

    @Test
    void findsWaitingJobsOfWhichNothingWasToldForAWhile() {
        Instant now = Instant.now();
        PendingStore pending = new PendingStore(jdbc, transaction);
        Job quiet = waiting("k1", "1", now.minusSeconds(600), "f41", "f42");
        Job told = waiting("k2", "2", now.minusSeconds(600), "f41", "f42");
        jobs.advanceTarget(told.id(), "f41", CheckState.RUNNING);
        waiting("k3", "3", now.minusSeconds(60), "f41");
        concluded("k4", "f41");

        assertThat(pending.quiet("copr-build", now.minusSeconds(300), now, 10))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.jobId()).isEqualTo(quiet.id());
                    assertThat(found.asked()).isZero();
                    assertThat(found.givenUp()).isNull();
                });
        assertThat(pending.quiet("koji-build", now.minusSeconds(300), now, 10)).isEmpty();
        assertThat(pending.quiet("copr-build", now.plusSeconds(300), now, 1))
                .as("no more than asked for")
                .hasSize(1);
    }

    @Test
    void countsQuestionsUntilSomethingIsTold() {
        Instant now = Instant.now();
        PendingStore pending = new PendingStore(jdbc, transaction);
        Job job = waiting("k1", "1", now.minusSeconds(9000), "f41", "f42");
        for (int count = 0; count < 3; count++) {
            PendingStore.Pending due = pending.quiet("copr-build", now, now, 10).get(0);
            assertThat(due.asked()).isEqualTo(count);
            pending.asked(due, now.minusSeconds(100), now.plusSeconds(60));
            assertThat(pending.quiet("copr-build", now, now, 10)).isEmpty();
            transaction.update("update pending_work set ask_at = ?", Bound.to(now.minusSeconds(1)));
        }

        jobs.advanceTarget(job.id(), "f41", CheckState.RUNNING);

        assertThat(pending.quiet("copr-build", Instant.now(), now, 10))
                .singleElement()
                .satisfies(due -> assertThat(due.asked()).isZero());
    }

    @Test
    void keepsWhatWasGivenUpUntilItIsForgotten() {
        Instant now = Instant.now();
        PendingStore pending = new PendingStore(jdbc, transaction);
        Job lost = waiting("k1", "1", now.minusSeconds(9000), "f41");
        Job ended = waiting("k2", "2", now.minusSeconds(9000), "f41");
        pending.asked(new PendingStore.Pending(lost.id(), now, 0, "no result"), now, now);
        pending.asked(new PendingStore.Pending(ended.id(), now, 0, null), now, now);
        for (Job job : List.of(lost, ended)) {
            jobs.finish(job.id(), Job.State.DONE, "error", "no result", 1, now, List.of());
        }

        pending.forgetEnded();

        assertThat(jdbc.queryForList("select job_id from pending_work", String.class))
                .containsExactly(lost.id());
        assertThat(pending.givenUp(10))
                .singleElement()
                .satisfies(found -> assertThat(found.givenUp()).isEqualTo("no result"));
        pending.forget(lost.id());
        assertThat(pending.givenUp(10)).isEmpty();
    }

    private Job waiting(String key, String externalId, Instant since, String... targets) {
        Job job = concluded(key, targets);
        jobs.submitted(job.id(), externalId, List.of());
        jobs.finish(job.id(), Job.State.WAITING, null, null, 1, since, List.of());
        return job;
    }

    private static Runnable only(List<Optional<Runnable>> turns) {
        List<Runnable> taken = turns.stream().flatMap(Optional::stream).toList();
        assertThat(taken).hasSize(1);
        return taken.get(0);
    }
}
