package dev.forgeway.handle.testingfarm;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.forgeway.handle.RemoteEffects;
import dev.forgeway.handle.TestPlan;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.service.testingfarm.TestRequest;
import dev.forgeway.service.testingfarm.TestingFarm;
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
 * Requests the tests of one target from Testing Farm, once what they need is built. What becomes of them is told by its
 * notifications.
 */
@Component
public class TestsHandler implements JobHandler, Cancellable {

    public static final HandlerSpec SPEC = new HandlerSpec(
            "tests",
            Set.of("tests"),
            Set.of("pull_request", "commit", "release"),
            Set.of(
                    EventType.PULL_REQUEST,
                    EventType.PULL_REQUEST_COMMENT,
                    EventType.COMMIT_COMMENT,
                    EventType.PUSH,
                    EventType.RELEASE,
                    EventType.CHECK_RERUN),
            Set.of("test", "retest-failed", "build", "copr-build", "ci-test"),
            "testing-farm",
            QueueClass.SHORT,
            List.of("GithubTestingFarmHandler", "GitHubPullRequestCommentTestingFarmHandler"),
            "run the tests in Testing Farm");

    /** The clocks of two services differ. */
    private static final Duration CLOCKS = Duration.ofMinutes(10);

    private final TestingFarm farm;
    private final RemoteEffects effects;
    private final JobStore jobs;
    private final OutboxStore outbox;
    private final StoreTransaction transaction;
    private final CoprBuilds builds;
    private final FmfMetadata metadata;
    private final TestRequests requests;

    TestsHandler(
            TestingFarm farm,
            RemoteEffects effects,
            JobStore jobs,
            OutboxStore outbox,
            StoreTransaction transaction,
            CoprBuilds builds,
            FmfMetadata metadata,
            TestRequests requests) {
        this.farm = farm;
        this.effects = effects;
        this.jobs = jobs;
        this.outbox = outbox;
        this.transaction = transaction;
        this.builds = builds;
        this.metadata = metadata;
        this.requests = requests;
    }

    @Override
    public HandlerSpec spec() {
        return SPEC;
    }

    @Override
    public Outcome handle(Job job) {
        if (job.externalId() != null) {
            return Outcome.waiting("Testing Farm request " + job.externalId() + " was submitted before");
        }
        TestPlan plan = TestPlan.of(job);
        if (!farm.isOn() || plan.internal()) {
            String what = plan.internal() ? "The internal Testing Farm" : "Testing Farm";
            return ended(job, Outcome.Result.SKIPPED, CheckState.NEUTRAL, what + " is not served here.");
        }
        Optional<String> kojiTask = builds.kojiTask(job);
        if (!plan.skipBuild()) {
            CheckState build = builds.state(job).orElseThrow(() -> new UserErrorException(withoutBuild(job)));
            if (build == CheckState.CANCELED) {
                return ended(job, Outcome.Result.CANCELED, build, "RPM build was canceled.");
            }
            if (build != CheckState.SUCCESS) {
                return ended(job, Outcome.Result.FAILED, CheckState.FAILURE, "RPMs failed to be built.");
            }
        }
        if (kojiTask.isPresent() || plan.ci() != null) {
            return submitted(job, requests.ofFedoraCi(job, plan, kojiTask.orElse(null)));
        }
        boolean hasMetadata = plan.fmfUrl() != null || metadata.isThere(job, TestRequests.folder(plan));
        if (!hasMetadata && plan.skipBuild()) {
            return ended(
                    job,
                    Outcome.Result.SKIPPED,
                    CheckState.NEUTRAL,
                    "No FMF metadata found. Please, initialize the metadata tree with `fmf init`.");
        }
        return submitted(job, request(job, plan, hasMetadata));
    }

    private static String withoutBuild(Job job) {
        return "There is no Copr build for " + job.arguments().get(Job.CHROOT)
                + " at this commit: a copr_build job needs that target, or comment `/packit build`.";
    }

    private JsonNode request(Job job, TestPlan plan, boolean hasMetadata) {
        List<TestedBuild> tested = builds.of(job, plan);
        return hasMetadata ? requests.of(job, plan, tested) : requests.ofInstallation(job, tested.get(0));
    }

    /**
     * A request that may have been made is looked for among our own by the job's id, which each carries as a variable.
     */
    private Outcome submitted(Job job, JsonNode request) {
        TestRequest made = effects.once(
                job,
                () -> farm.findByVariable(
                        TestRequests.MARKER, job.id(), job.receivedAt().minus(CLOCKS)),
                () -> farm.submit(request));
        String target = job.targets().get(0);
        transaction.run(() -> {
            effects.submitted(job, made.id(), List.of(new Link("Testing Farm request", made.url())));
            outbox.want(Checks.one(SPEC, job, target, CheckState.PENDING, "Tests have been submitted ...", made.url()));
        });
        StepLog.note("submitted", made.url());
        return Outcome.waiting("Testing Farm request " + made.id());
    }

    private Outcome ended(Job job, Outcome.Result result, CheckState state, String title) {
        String target = job.targets().get(0);
        transaction.run(() -> {
            jobs.advanceTarget(job.id(), target, state);
            outbox.want(Checks.one(SPEC, job, target, state, title, null));
        });
        return new Outcome(result, title);
    }

    @Override
    public boolean cancel(Job job) {
        return farm.cancel(Objects.requireNonNull(job.externalId()));
    }
}
