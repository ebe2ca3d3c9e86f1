package dev.forgeway.handle.copr;

import dev.forgeway.config.QueueClass;
import dev.forgeway.dispatch.Job;
import dev.forgeway.event.EventType;
import dev.forgeway.event.Project;
import dev.forgeway.forge.CheckState;
import dev.forgeway.handle.Cancellable;
import dev.forgeway.handle.Checks;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.JobHandler;
import dev.forgeway.handle.Outcome;
import dev.forgeway.handle.RemoteEffects;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.service.copr.Copr;
import dev.forgeway.service.copr.CoprBuild;
import dev.forgeway.store.Link;
import dev.forgeway.store.OutboxStore;
import dev.forgeway.store.StoreTransaction;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Submits one Copr build with all chroots of the job. What becomes of it is told by the bus. */
@Component
public class CoprBuildHandler implements JobHandler, Cancellable {

    public static final HandlerSpec SPEC = new HandlerSpec(
            "copr-build",
            Set.of("copr_build"),
            Set.of("pull_request", "commit", "release"),
            Set.of(
                    EventType.PULL_REQUEST,
                    EventType.PULL_REQUEST_COMMENT,
                    EventType.COMMIT_COMMENT,
                    EventType.PUSH,
                    EventType.RELEASE,
                    EventType.CHECK_RERUN),
            Set.of("build", "copr-build", "rebuild-failed"),
            "rpm-build",
            QueueClass.SHORT,
            List.of(
                    "ReleaseCoprBuildHandler",
                    "PullRequestCoprBuildHandler",
                    "PushCoprBuildHandler",
                    "GitHubPullRequestCommentCoprBuildHandler",
                    "PagurePullRequestCommentCoprBuildHandler"),
            "build the package in Copr");

    private final Copr copr;
    private final RemoteEffects effects;
    private final OutboxStore outbox;
    private final StoreTransaction transaction;
    private final CoprBuildRequests requests;

    public CoprBuildHandler(
            Copr copr,
            RemoteEffects effects,
            OutboxStore outbox,
            StoreTransaction transaction,
            CoprBuildRequests requests) {
        this.copr = copr;
        this.effects = effects;
        this.outbox = outbox;
        this.transaction = transaction;
        this.requests = requests;
    }

    @Override
    public HandlerSpec spec() {
        return SPEC;
    }

    /**
     * The build's id is stored together with what people see of the build, because a job that has one is not looked at
     * again.
     */
    @Override
    public Outcome handle(Job job) {
        if (job.externalId() != null) {
            return Outcome.waiting("Copr build " + job.externalId() + " was submitted before");
        }
        Project project = Objects.requireNonNull(job.event().project());
        var request = requests.of(job, project);
        CoprBuild build = effects.once(
                job,
                () -> copr.findByMarker(request.owner(), request.project(), request.marker()),
                () -> copr.submit(request));
        transaction.run(() -> {
            effects.submitted(job, build.id(), List.of(new Link("Copr build", build.url())));
            outbox.wantAll(
                    Checks.all(SPEC, job, CheckState.PENDING, "SRPM build in Copr was submitted ...", build.url()));
        });
        StepLog.note("submitted", build.url());
        return Outcome.waiting("Copr build " + build.id());
    }

    @Override
    public boolean cancel(Job job) {
        return copr.cancel(Objects.requireNonNull(job.externalId()));
    }
}
