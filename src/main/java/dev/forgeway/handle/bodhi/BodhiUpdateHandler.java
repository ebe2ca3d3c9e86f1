package dev.forgeway.handle.bodhi;

import dev.forgeway.config.QueueClass;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.EventType;
import dev.forgeway.forge.CheckState;
import dev.forgeway.handle.Checks;
import dev.forgeway.handle.DownstreamPlan;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.JobHandler;
import dev.forgeway.handle.Outcome;
import dev.forgeway.handle.PackageIssues;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.service.bodhi.BodhiUpdate;
import dev.forgeway.service.bodhi.BodhiUpdates;
import dev.forgeway.service.koji.Koji;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.Link;
import dev.forgeway.store.OutboxStore;
import dev.forgeway.store.StoreTransaction;
import dev.forgeway.store.StoredJob;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes an update in Bodhi of a build in Koji: of one of ours once that has succeeded, or on command of the newest. */
@Component
public class BodhiUpdateHandler implements JobHandler {

    public static final HandlerSpec SPEC = new HandlerSpec(
            "bodhi-update",
            Set.of("bodhi_update"),
            Set.of("commit"),
            Set.of(EventType.PUSH, EventType.PULL_REQUEST_COMMENT, EventType.ISSUE_COMMENT),
            Set.of("create-update"),
            "bodhi-update",
            QueueClass.SHORT,
            List.of(),
            "make an update in Bodhi of what was built");

    private static final String WHAT = "put into an update";

    private final BodhiUpdates bodhi;
    private final Koji koji;
    private final JobStore jobs;
    private final OutboxStore outbox;
    private final StoreTransaction transaction;
    private final PackageIssues issues;

    public BodhiUpdateHandler(
            BodhiUpdates bodhi,
            Koji koji,
            JobStore jobs,
            OutboxStore outbox,
            StoreTransaction transaction,
            PackageIssues issues) {
        this.issues = issues;
        this.bodhi = bodhi;
        this.koji = koji;
        this.jobs = jobs;
        this.outbox = outbox;
        this.transaction = transaction;
    }

    @Override
    public HandlerSpec spec() {
        return SPEC;
    }

    /** A build is in one update at most, so one that was made before a crash is found by its build. */
    @Override
    public Outcome handle(Job job) {
        try {
            return update(job);
        } catch (UserErrorException e) {
            issues.tell(job, WHAT, CheckState.FAILURE, String.valueOf(e.getMessage()), null);
            throw e;
        }
    }

    private Outcome update(Job job) {
        if (!bodhi.isOn()) {
            return ended(job, Outcome.Result.SKIPPED, CheckState.NEUTRAL, "No updates are made here.", null);
        }
        Optional<String> found = job.arguments().containsKey(Job.BUILD) ? built(job) : newest(job);
        if (found.isEmpty()) {
            return job.arguments().containsKey(Job.BUILD)
                    ? ended(job, Outcome.Result.SKIPPED, CheckState.NEUTRAL, "RPMs failed to be built.", null)
                    : ended(job, Outcome.Result.FAILED, CheckState.FAILURE, "There is no build to update to.", null);
        }
        String nvr = found.get();
        Optional<BodhiUpdate> before = bodhi.find(nvr);
        jobs.intend(job.id());
        BodhiUpdate update = before.orElseGet(() -> create(nvr));
        StepLog.note("updated", update.url());
        return ended(
                job, Outcome.Result.SUCCEEDED, CheckState.SUCCESS, "Update " + update.alias() + " was made.", update);
    }

    /** A call before a crash may have had its effect only after we looked. */
    private BodhiUpdate create(String nvr) {
        try {
            return bodhi.create(nvr, "Automatic update for " + nvr + ".");
        } catch (UserErrorException e) {
            return bodhi.find(nvr).orElseThrow(() -> e);
        }
    }

    /** What the build that was waited for made; empty when it failed. */
    private Optional<String> built(Job job) {
        StoredJob build = jobs.find(Objects.requireNonNull(job.arguments().get(Job.BUILD)))
                .orElseThrow(() -> new IllegalStateException("the job of the build is gone"));
        if (build.targets().get(job.arguments().get(Job.CHROOT)) != CheckState.SUCCESS) {
            return Optional.empty();
        }
        String task = Objects.requireNonNull(build.job().externalId());
        return Optional.of(koji.buildOf(task)
                .orElseThrow(() -> new TransientException("Koji does not tell the build of task " + task)));
    }

    /** What whoever commented means: the newest build of the branch that is not in the release yet, whoever built it. */
    private Optional<String> newest(Job job) {
        return koji.newestBuild(job.targets().get(0), DownstreamPlan.packageOf(job));
    }

    private Outcome ended(
            Job job, Outcome.Result result, CheckState state, String title, @Nullable BodhiUpdate update) {
        if (result != Outcome.Result.SKIPPED || !job.arguments().containsKey(Job.BUILD)) {
            issues.tell(job, WHAT, state, title, update == null ? null : update.url());
        } // else it is told of the build
        transaction.run(() -> {
            if (update != null) {
                jobs.submitted(job.id(), update.alias(), List.of(new Link("Update", update.url())));
            }
            job.targets().forEach(target -> jobs.advanceTarget(job.id(), target, state));
            outbox.wantAll(Checks.all(SPEC, job, state, title, update == null ? null : update.url()));
        });
        return new Outcome(result, title);
    }
}
