package dev.forgeway.handle.koji;

import dev.forgeway.config.QueueClass;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.EventType;
import dev.forgeway.forge.CheckState;
import dev.forgeway.handle.Cancellable;
import dev.forgeway.handle.Checks;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.JobHandler;
import dev.forgeway.handle.Outcome;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.service.koji.Koji;
import dev.forgeway.service.koji.KojiTask;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.Link;
import dev.forgeway.store.OutboxStore;
import dev.forgeway.store.StoreTransaction;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Starts a scratch build of an upstream commit in Koji for one target, with the source package that Copr made of it. What
 * becomes of it is told by the bus.
 */
@Component
public class KojiBuildHandler implements JobHandler, Cancellable {

    public static final HandlerSpec SPEC = new HandlerSpec(
            "koji-build",
            Set.of("upstream_koji_build"),
            Set.of("pull_request", "commit", "release"),
            Set.of(
                    EventType.PULL_REQUEST,
                    EventType.PULL_REQUEST_COMMENT,
                    EventType.PUSH,
                    EventType.RELEASE,
                    EventType.CHECK_RERUN),
            Set.of("upstream-koji-build", "production-build"),
            "koji-build",
            QueueClass.LONG,
            List.of("ReleaseGithubKojiBuildHandler", "PullRequestGithubKojiBuildHandler", "PushGithubKojiBuildHandler"),
            "build the package in Koji");

    /** The clocks of two services differ. */
    private static final Duration CLOCKS = Duration.ofMinutes(10);

    private final Koji koji;
    private final SourcePackages sources;
    private final JobStore jobs;
    private final OutboxStore outbox;
    private final StoreTransaction transaction;

    KojiBuildHandler(
            Koji koji, SourcePackages sources, JobStore jobs, OutboxStore outbox, StoreTransaction transaction) {
        this.koji = koji;
        this.sources = sources;
        this.jobs = jobs;
        this.outbox = outbox;
        this.transaction = transaction;
    }

    @Override
    public HandlerSpec spec() {
        return SPEC;
    }

    /**
     * The intent is stored before Koji is asked for the build and the task's id after it. The source is uploaded to a
     * folder that is named after the job, by which a task is found again that may have been started before a crash.
     */
    @Override
    public Outcome handle(Job job) {
        if (job.externalId() != null) {
            return Outcome.waiting("Koji task " + job.externalId() + " was started before");
        }
        if (!Boolean.parseBoolean(job.arguments().get("scratch"))) {
            throw new UserErrorException(
                    "Non-scratch builds are not possible from upstream. Set `scratch: true` for upstream_koji_build.");
        }
        String folder = "forgeway/" + job.id();
        Optional<KojiTask> before =
                job.intended() ? koji.findByFolder(folder, job.receivedAt().minus(CLOCKS)) : Optional.empty();
        Optional<KojiTask> task = before.or(() -> sources.upload(job, folder).map(source -> start(job, source)));
        return task.map(started -> submitted(job, started)).orElseGet(() -> withoutSource(job));
    }

    private KojiTask start(Job job, String source) {
        jobs.intend(job.id());
        return koji.build(source, job.targets().get(0), true);
    }

    private Outcome submitted(Job job, KojiTask task) {
        transaction.run(() -> {
            jobs.submitted(job.id(), task.id(), List.of(new Link("Koji task", task.url())));
            outbox.wantAll(Checks.all(SPEC, job, CheckState.PENDING, "RPM build was submitted ...", task.url()));
        });
        StepLog.note("submitted", task.url());
        return Outcome.waiting("Koji task " + task.id());
    }

    private Outcome withoutSource(Job job) {
        boolean canceled = sources.wasCanceled(job);
        String title = canceled ? "SRPM build was canceled." : "SRPM build failed.";
        CheckState state = canceled ? CheckState.CANCELED : CheckState.FAILURE;
        transaction.run(() -> {
            job.targets().forEach(target -> jobs.advanceTarget(job.id(), target, state));
            outbox.wantAll(Checks.all(SPEC, job, state, title, null));
        });
        return new Outcome(canceled ? Outcome.Result.CANCELED : Outcome.Result.FAILED, title);
    }

    @Override
    public boolean cancel(Job job) {
        return koji.cancel(Objects.requireNonNull(job.externalId()));
    }
}
