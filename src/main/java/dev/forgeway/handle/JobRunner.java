package dev.forgeway.handle;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.HeldException;
import dev.forgeway.error.Reason;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.forge.CheckState;
import dev.forgeway.metrics.HandleMetrics;
import dev.forgeway.metrics.LogContext;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.AttemptStore;
import dev.forgeway.store.ConsequenceStore;
import dev.forgeway.store.ConsequenceStore.Consequences;
import dev.forgeway.store.DeadLetter;
import dev.forgeway.store.FollowerStore;
import dev.forgeway.store.JobEndedException;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.OutboxStore;
import dev.forgeway.store.Pause;
import dev.forgeway.store.Pauses;
import dev.forgeway.store.StoreFailure;
import dev.forgeway.store.StoredJob;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Runs a handler for a job and stores what came out, so that a message that comes twice does nothing twice. */
@Component
public class JobRunner {

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    private final Handlers handlers;
    private final JobStore jobs;
    private final AttemptStore attempts;
    private final OutboxStore outbox;
    private final FollowerStore followers;
    private final ConsequenceStore consequences;
    private final Pauses pauses;
    private final RunningLimit limit;
    private final HandleMetrics metrics;
    private final Clock clock;

    JobRunner(
            Handlers handlers,
            JobStore jobs,
            AttemptStore attempts,
            OutboxStore outbox,
            FollowerStore followers,
            ConsequenceStore consequences,
            Pauses pauses,
            RunningLimit limit,
            HandleMetrics metrics,
            Clock clock) {
        this.handlers = handlers;
        this.jobs = jobs;
        this.attempts = attempts;
        this.outbox = outbox;
        this.followers = followers;
        this.consequences = consequences;
        this.pauses = pauses;
        this.limit = limit;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** A person asked for a job once more that ended as an error. */
    public void reopen(String jobId) {
        jobs.reopen(jobId);
    }

    /** Finds the job of a message that was put on its queue at the given time. */
    public JobRun load(String jobId, Instant queuedAt) {
        Instant now = clock.instant();
        Job job = jobs.load(jobId).orElseThrow(() -> new IllegalStateException("no job " + jobId));
        LogContext.put("delivery", job.deliveryId());
        LogContext.put("job", job.id());
        LogContext.put("handler", job.handler());
        LogContext.put("project", job.projectKey());
        JobRun run = new JobRun(job, now, Duration.between(queuedAt, now));
        StepLog.note(
                run.isDue() ? "due" : job.state().name().toLowerCase(Locale.ROOT),
                "waited " + run.waited().toMillis() + " ms, attempt " + (job.attempts() + 1));
        return run;
    }

    /**
     * Lets the handler work. What only the user can mend, and defects, end the job and are shown.
     *
     * @throws TransientException when it is to be tried again
     * @throws HeldException when its project is paused
     * @throws dev.forgeway.error.DeferredException when it is not its turn, because others of its project run
     */
    public JobRun run(JobRun run) {
        if (!run.isDue()) {
            StepLog.skip();
            return run;
        }
        Job job = run.job();
        holdWhilePaused(job);
        limit.enter(job);
        try {
            if (job.attempts() == 0) {
                metrics.waited(job.handler(), job.priority(), run.waited());
            }
            attempt(run);
        } finally {
            limit.leave(job, Duration.between(run.startedAt(), clock.instant()));
        }
        return run;
    }

    private void holdWhilePaused(Job job) {
        String project = job.projectKey();
        if (project != null && job.begins() && pauses.isPaused(Pause.Kind.PROJECT, project)) {
            throw new HeldException(Pause.Kind.PROJECT.of(project));
        }
    }

    private void attempt(JobRun run) {
        Job job = run.job();
        JobHandler handler = handlers.named(job.handler());
        try {
            run.outcome(handler.handle(job));
        } catch (TransientException | DataAccessException | TransactionException e) {
            throw e;
        } catch (JobEndedException e) {
            StepLog.note("canceled", e.getMessage());
        } catch (UserErrorException e) {
            run.outcome(ended(handler, job, Outcome.Result.FAILED, CheckState.FAILURE, String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            LOG.error("Handler {} failed on job {}", job.handler(), job.id(), e);
            attempts.failed(job.id(), e);
            jobs.blame(job.id(), Reason.DEFECT.wireName());
            run.outcome(ended(
                    handler,
                    job,
                    Outcome.Result.ERROR,
                    CheckState.ERROR,
                    "Internal error (" + e.getClass().getSimpleName() + "), reported to the operators"));
        }
        Outcome outcome = run.outcome();
        if (outcome != null) {
            StepLog.note(outcome.result().wireName(), outcome.detail());
        }
    }

    /** Stores how far the job got, and finds out what wants to be shown of it. */
    public JobRun save(JobRun run) {
        return save(run, run.job().attempts() + 1);
    }

    private JobRun save(JobRun run, int attempts) {
        Job job = run.job();
        Outcome outcome = run.outcome();
        if (outcome != null) {
            boolean waiting = outcome.result() == Outcome.Result.WAITING;
            jobs.finish(
                    job.id(),
                    waiting ? Job.State.WAITING : Job.State.DONE,
                    waiting ? null : outcome.result().wireName(),
                    outcome.detail(),
                    attempts,
                    run.startedAt(),
                    StepLog.steps());
            metrics.handled(
                    job.handler(),
                    job.trigger(),
                    outcome.result().wireName(),
                    Duration.between(run.startedAt(), clock.instant()));
        }
        List<Job> released = new ArrayList<>();
        List<String> reports = new ArrayList<>();
        for (Job subject : subjects(job)) {
            Consequences found = consequences.of(subject, job.id());
            reports.addAll(found.reports());
            if (found.needed()) {
                released.addAll(release(subject, run));
            }
        }
        run.released(List.copyOf(released));
        run.reports(List.copyOf(reports));
        return run;
    }

    /** When the message comes again after a crash, what was released before it is found again and sent. */
    private List<Job> release(Job build, JobRun run) {
        String id = run.job().id();
        return followers.release(build.id(), id) || !run.isDue() ? followers.released(build.id(), id) : List.of();
    }

    /** The jobs whose checks a job reports on: others for news from a build system and for superseded work, else itself. */
    private List<Job> subjects(Job job) {
        String others = Objects.requireNonNullElse(
                job.arguments().get(Job.SUBJECT), job.arguments().getOrDefault(Job.SUPERSEDED, ""));
        return others.isEmpty()
                ? List.of(job)
                : Stream.of(others.split(","))
                        .flatMap(id -> jobs.load(id).stream())
                        .toList();
    }

    /** Keeps what went wrong in an attempt that will be repeated. */
    public void attemptFailed(JobRun run, Exception why) {
        Job job = run.job();
        attempts.failed(job.id(), why);
        jobs.attemptFailed(job.id(), job.attempts() + 1, StoreFailure.told(why), StepLog.steps());
    }

    /** False for one that the database never heard of, or forgot: it was restored from an older copy than the broker. */
    public boolean isKnown(String jobId) {
        boolean known = jobs.load(jobId).isPresent();
        if (!known) {
            LOG.warn("The broker gave up on a job that nobody knows: {}", jobId);
        }
        return known;
    }

    /** The broker gave up on a job: its story ends, and people see that it did. */
    public JobRun giveUp(String jobId) {
        JobRun run = load(jobId, clock.instant());
        Job job = run.job();
        if (run.isDue()) {
            jobs.blame(jobId, Reason.ATTEMPTS_EXHAUSTED.wireName());
            String last = jobs.find(jobId).map(stored -> stored.detail()).orElse(null);
            run.outcome(ended(
                    handlers.named(job.handler()),
                    job,
                    Outcome.Result.ERROR,
                    CheckState.ERROR,
                    "Gave up after " + job.attempts() + " attempts" + (last == null ? "" : ": " + last)));
        }
        return save(run, job.attempts());
    }

    /** Nobody waits any longer for what runs elsewhere for a job: its story ends, and people see why. */
    public JobRun abandon(String jobId, String why) {
        JobRun run = load(jobId, clock.instant());
        Job job = run.job();
        if (job.state() == Job.State.WAITING) {
            StoredJob stored = jobs.find(jobId).orElseThrow();
            HandlerSpec spec = handlers.named(job.handler()).spec();
            List<String> open = stored.targets().entrySet().stream()
                    .filter(target -> !target.getValue().isFinal())
                    .map(Map.Entry::getKey)
                    .toList();
            // shown first: a target that has ended is not looked at again
            outbox.wantAll(
                    job.event().commit() == null
                            ? List.of()
                            : open.stream()
                                    .map(target -> Checks.one(spec, job, target, CheckState.ERROR, why, stored.url()))
                                    .toList());
            jobs.blame(jobId, DeadLetter.NO_RESULT);
            open.forEach(target -> jobs.advanceTarget(jobId, target, CheckState.ERROR));
            run.outcome(new Outcome(Outcome.Result.ERROR, why));
            StepLog.note("error", why);
        }
        return save(run, job.attempts());
    }

    private Outcome ended(JobHandler handler, Job job, Outcome.Result result, CheckState state, String detail) {
        Checks.all(handler.spec(), job, state, detail, null).forEach(outbox::want);
        return new Outcome(result, detail);
    }
}
