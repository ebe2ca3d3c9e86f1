package dev.forgeway.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import net.javacrumbs.shedlock.support.KeepAliveLockProvider;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Lets one process at a time do a kind of work, of all that share the database. The right is extended while the work
 * runs, and ends by itself when its process died.
 */
@Component
public class ClusterLock implements DisposableBean {

    /** How long the right of a process that died lasts, unless it is for longer from the beginning. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final LockProvider locks;
    private final ScheduledExecutorService extension = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "cluster-lock");
        thread.setDaemon(true);
        return thread;
    });

    public ClusterLock(JdbcTemplate jdbc) {
        var configuration = JdbcTemplateLockProvider.Configuration.builder()
                .withJdbcTemplate(jdbc)
                .withTableName("cluster_lock")
                // not the host alone: what stood still for too long must not end the right of another process there
                .withLockedByValue(UUID.randomUUID().toString())
                .usingDbTime()
                .build();
        this.locks = new KeepAliveLockProvider(new JdbcTemplateLockProvider(configuration), extension);
    }

    /**
     * Takes the right to do the work.
     *
     * @param work names it
     * @param atLeast nobody else gets the right sooner, however quickly the work is done
     * @return what ends the right; empty when another process has it
     */
    public Optional<Runnable> take(String work, Duration atLeast) {
        Duration atMost = atLeast.compareTo(LEASE) > 0 ? atLeast : LEASE;
        return locks.lock(new LockConfiguration(Instant.now(), work, atMost, atLeast))
                .map(lock -> (Runnable) lock::unlock);
    }

    @Override
    public void destroy() {
        extension.shutdownNow();
    }
}
