package dev.forgeway.handle.koji;

import dev.forgeway.config.QueueClass;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.DeferredException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.EventType;
import dev.forgeway.forge.CheckState;
import dev.forgeway.handle.Cancellable;
import dev.forgeway.handle.Checks;
import dev.forgeway.handle.DownstreamPlan;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.JobHandler;
import dev.forgeway.handle.Outcome;
import dev.forgeway.handle.PackageIssues;
import dev.forgeway.handle.RemoteEffects;
import dev.forgeway.handle.SideTagPlan;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.service.koji.Koji;
import dev.forgeway.service.koji.KojiTask;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.Link;
import dev.forgeway.store.OutboxStore;
import dev.forgeway.store.StoreTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Starts a build in Koji for one target: a scratch build of an upstream commit, with the source package that Copr made of
 * it, or a build of a commit of dist-git, which Koji fetches itself, for its branch or in the side tag of a group. What becomes of it is told by the bus.
 */
@Component
public class KojiBuildHandler implements JobHandler, Cancellable {

    public static final HandlerSpec SPEC = new HandlerSpec(
            "koji-build",
            Set.of("upstream_koji_build", "koji_build"),
            Set.of("pull_request", "commit", "release", "koji_build"),
            Set.of(
                    EventType.PULL_REQUEST,
                    EventType.PULL_REQUEST_COMMENT,
                    EventType.ISSUE_COMMENT,
                    EventType.PUSH,
                    EventType.RELEASE,
                    EventType.KOJI_TAG,
                    EventType.CHECK_RERUN),
            Set.of("upstream-koji-build", "production-build", "koji-build", "ci-scratch-build"),
            "koji-build",
            QueueClass.LONG,
            List.of("ReleaseGithubKojiBuildHandler", "PullRequestGithubKojiBuildHandler", "PushGithubKojiBuildHandler"),
            "build the package in Koji");

    /** What should have been done, where it is told that it was not. */
    static final String WHAT = "built in Koji";

    /** The clocks of two services differ. */
    private static final Duration CLOCKS = Duration.ofMinutes(10);

    /** No build takes longer. */
    private static final Duration RUNNING = Duration.ofDays(2);

    /** How long to leave what is built already to whoever asked for it. */
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final Koji koji;
    private final RemoteEffects effects;
    private final SourcePackages sources;
    private final SideTags sideTags;
    private final JobStore jobs;
    private final OutboxStore outbox;
    private final StoreTransaction transaction;
    private final PackageIssues issues;

    KojiBuildHandler(
            Koji koji,
            RemoteEffects effects,
            SourcePackages sources,
            SideTags sideTags,
            JobStore jobs,
            OutboxStore outbox,
            StoreTransaction transaction,
            PackageIssues issues) {
        this.issues = issues;
        this.koji = koji;
        this.effects = effects;
        this.sources = sources;
        this.sideTags = sideTags;
        this.jobs = jobs;
        this.outbox = outbox;
        this.transaction = transaction;
    }

    @Override
    public HandlerSpec spec() {
        return SPEC;
    }

    /**
     * A task that may have been started is found again by its source: an upload is in a folder that is named after the job,
     * and a commit of dist-git is built for a target once, unless an earlier job has that task. It is looked for before the
     * source is uploaded, too.
     */
    @Override
    public Outcome handle(Job job) {
        return issues.telling(job, WHAT, () -> build(job));
    }

    private Outcome build(Job job) {
        if (job.externalId() != null) {
            return Outcome.waiting("Koji task " + job.externalId() + " was started before");
        }
        String source = job.arguments().get("source");
        if (source == null && !isScratch(job)) {
            throw new UserErrorException(
                    "Non-scratch builds are not possible from upstream. Set `scratch: true` for upstream_koji_build.");
        }
        Optional<SideTagPlan> plan = SideTagPlan.of(job);
        if (plan.isPresent() && source != null) {
            return inSideTag(job, plan.get(), source);
        }
        String target = job.targets().get(0);
        String folder = "forgeway/" + job.id();
        String known = source == null ? folder + "/" : source;
        Optional<KojiTask> task = before(job, known, target)
                .or(() -> (source == null ? sources.upload(job, folder) : Optional.of(source))
                        .map(built -> start(job, known, built, target)));
        return task.map(started -> submitted(job, started)).orElseGet(() -> withoutSource(job));
    }

    /**
     * What is built together with other packages is built once they are there, and once from each source: it may be asked for
     * whenever one of them gets there.
     */
    private Outcome inSideTag(Job job, SideTagPlan plan, String source) {
        String tag = sideTags.of(job, plan, job.targets().get(0));
        Optional<KojiTask> before = before(job, source, tag);
        if (before.isPresent()) {
            return submitted(job, before.get());
        }
        List<String> missing = sideTags.missing(plan, tag);
        if (!missing.isEmpty()) {
            return ended(job, Outcome.Result.SKIPPED, CheckState.PENDING, SideTags.waitsFor(missing, tag));
        }
        if (sideTags.has(tag, DownstreamPlan.packageOf(job), source)) {
            return ended(job, Outcome.Result.SKIPPED, CheckState.SUCCESS, "This is in " + tag + " already.");
        }
        return submitted(job, sideTags.alone(tag, () -> {
            koji.findBySource(source, tag, job.receivedAt().minus(RUNNING))
                    .filter(task -> !task.hasEnded())
                    .ifPresent(task -> {
                        throw new DeferredException(
                                "Koji task " + task.id() + " builds this",
                                Instant.now().plus(AGAIN));
                    });
            return start(job, source, source, tag);
        }));
    }

    private Optional<KojiTask> before(Job job, String source, String target) {
        return job.intended() ? find(job, source, target) : Optional.empty();
    }

    private Optional<KojiTask> find(Job job, String source, String target) {
        return koji.findBySource(source, target, job.receivedAt().minus(CLOCKS))
                .filter(task -> jobs.findByExternalId(SPEC.name(), task.id()).isEmpty());
    }

    private KojiTask start(Job job, String known, String source, String target) {
        return effects.once(job, () -> find(job, known, target), () -> koji.build(source, target, isScratch(job)));
    }

    private static boolean isScratch(Job job) {
        return Boolean.parseBoolean(job.arguments().get("scratch"));
    }

    private Outcome submitted(Job job, KojiTask task) {
        transaction.run(() -> {
            effects.submitted(job, task.id(), List.of(new Link("Koji task", task.url())));
            outbox.wantAll(Checks.all(SPEC, job, CheckState.PENDING, "RPM build was submitted ...", task.url()));
        });
        StepLog.note("submitted", task.url());
        return Outcome.waiting("Koji task " + task.id());
    }

    private Outcome withoutSource(Job job) {
        boolean canceled = sources.wasCanceled(job);
        String title = canceled ? "SRPM build was canceled." : "SRPM build failed.";
        CheckState state = canceled ? CheckState.CANCELED : CheckState.FAILURE;
        return ended(job, canceled ? Outcome.Result.CANCELED : Outcome.Result.FAILED, state, title);
    }

    private Outcome ended(Job job, Outcome.Result result, CheckState state, String title) {
        issues.tell(job, WHAT, state, title, null);
        transaction.run(() -> {
            job.targets().forEach(target -> jobs.advanceTarget(job.id(), target, state));
            outbox.wantAll(Checks.all(SPEC, job, state, title, null));
        });
        return new Outcome(result, title);
    }

    @Override
    public boolean cancel(Job job) {
        return koji.cancel(Objects.requireNonNull(job.externalId()));
    }
}
