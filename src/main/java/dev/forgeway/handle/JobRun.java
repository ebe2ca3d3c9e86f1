package dev.forgeway.handle;

import dev.forgeway.dispatch.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One attempt at one job. */
public final class JobRun {

    private final Job job;
    private final Instant startedAt;
    private final Duration waited;
    private @Nullable Outcome outcome;
    private List<String> reports = List.of();
    private List<Job> released = List.of();

    JobRun(Job job, Instant startedAt, Duration waited) {
        this.job = job;
        this.startedAt = startedAt;
        this.waited = waited;
    }

    public Job job() {
        return job;
    }

    public Instant startedAt() {
        return startedAt;
    }

    /** How long the message waited on its queue. */
    public Duration waited() {
        return waited;
    }

    /** False when an earlier attempt got to its end and only its messages were lost. */
    public boolean isDue() {
        return job.state() == Job.State.QUEUED;
    }

    public @Nullable Outcome outcome() {
        return outcome;
    }

    void outcome(Outcome reached) {
        this.outcome = reached;
    }

    /** The ids of the reports that somebody should see now. */
    public List<String> reports() {
        return reports;
    }

    void reports(List<String> ids) {
        this.reports = ids;
    }

    /** The jobs that waited for what this one brought to an end, and begin now. */
    public List<Job> released() {
        return released;
    }

    void released(List<Job> jobs) {
        this.released = jobs;
    }
}
