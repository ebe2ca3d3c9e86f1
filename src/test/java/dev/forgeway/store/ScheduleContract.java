package dev.forgeway.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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

    private static Runnable only(List<Optional<Runnable>> turns) {
        List<Runnable> taken = turns.stream().flatMap(Optional::stream).toList();
        assertThat(taken).hasSize(1);
        return taken.get(0);
    }
}
