package dev.forgeway.handle;

import dev.forgeway.config.HandleSettings;
import dev.forgeway.config.Settings;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.DeferredException;
import dev.forgeway.event.Project;
import dev.forgeway.store.RunningStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Holds how many jobs of a namespace and of a project are worked on at the same time, in all processes together. The
 * others wait on the broker, each until its turn may have come, and hold no consumer.
 */
@Component
class RunningLimit {

    /** A job of a process that died counts for so long, unless its message comes again; none takes as long as this. */
    private static final Duration LEASE = Duration.ofHours(2);

    private static final int MOST_LINES = 10_000;

    private final RunningStore running;
    private final HandleSettings settings;
    private final Clock clock;
    private final Map<String, WaitingLine> lines = new ConcurrentHashMap<>();

    RunningLimit(RunningStore running, Settings settings, Clock clock) {
        this.running = running;
        this.settings = settings.handle();
        this.clock = clock;
    }

    /**
     * Counts a job as running, until {@link #leave}.
     *
     * @throws DeferredException when too many are; it names the time to come again
     */
    void enter(Job job) {
        Project project = job.event().project();
        if (project == null || !isLimited(job)) {
            return;
        }
        RunningStore.Running now = running.enter(job.id(), project.namespaceKey(), project.key(), LEASE);
        String full = full(project, now);
        if (full != null) {
            running.leave(job.id());
            Instant turn = line(full).turn(job.priority(), most(full, project), clock.instant());
            throw new DeferredException("as many jobs of " + full + " run as may", turn);
        }
    }

    /** The job is not worked on any more. */
    void leave(Job job, Duration took) {
        Project project = job.event().project();
        if (project != null && isLimited(job)) {
            running.leave(job.id());
            line(project.namespaceKey()).took(took);
            line(project.key()).took(took);
        }
    }

    /** What others want to know of a project takes none of its places. */
    private boolean isLimited(Job job) {
        return job.subscription() == null && (settings.mostPerNamespace() > 0 || settings.mostPerProject() > 0);
    }

    private @Nullable String full(Project project, RunningStore.Running now) {
        if (isPassed(settings.mostPerNamespace(), now.ofNamespace())) {
            return project.namespaceKey();
        }
        return isPassed(settings.mostPerProject(), now.ofProject()) ? project.key() : null;
    }

    private static boolean isPassed(int most, int running) {
        return most > 0 && running > most;
    }

    private int most(String full, Project project) {
        return full.equals(project.key()) ? settings.mostPerProject() : settings.mostPerNamespace();
    }

    private WaitingLine line(String key) {
        if (lines.size() >= MOST_LINES) {
            lines.clear();
        }
        return lines.computeIfAbsent(key, k -> new WaitingLine());
    }
}
