package dev.forgeway.handle.bodhi;

import dev.forgeway.config.QueueClass;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.EventType;
import dev.forgeway.event.KojiTagEvent;
import dev.forgeway.forge.CheckState;
import dev.forgeway.handle.Checks;
import dev.forgeway.handle.DownstreamPlan;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.JobHandler;
import dev.forgeway.handle.Outcome;
import dev.forgeway.handle.PackageIssues;
import dev.forgeway.handle.SideTagPlan;
import dev.forgeway.handle.UpdatePlan;
import dev.forgeway.handle.koji.SideTags;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.service.bodhi.BodhiUpdate;
import dev.forgeway.service.bodhi.BodhiUpdates;
import dev.forgeway.service.koji.Koji;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.Link;
import dev.forgeway.store.OutboxStore;
import dev.forgeway.store.SideTag;
import dev.forgeway.store.StoreTransaction;
import dev.forgeway.store.StoredJob;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes an update in Bodhi of a build in Koji: of one of ours once that has succeeded, of one of somebody else's of which the bus
 * tells, or on command of the newest; or of the packages of a group, once all are in their side tag.
 */
@Component
public class BodhiUpdateHandler implements JobHandler {

    public static final HandlerSpec SPEC = new HandlerSpec(
            "bodhi-update",
            Set.of("bodhi_update"),
            Set.of("commit", "koji_build"),
            Set.of(
                    EventType.PUSH,
                    EventType.PULL_REQUEST_COMMENT,
                    EventType.ISSUE_COMMENT,
                    EventType.KOJI_BUILD,
                    EventType.KOJI_TAG),
            Set.of("create-update"),
            "bodhi-update",
            QueueClass.SHORT,
            List.of(),
            "make an update in Bodhi of what was built");

    private static final String WHAT = "put into an update";

    private final BodhiUpdates bodhi;
    private final Koji koji;
    private final SideTags sideTags;
    private final JobStore jobs;
    private final OutboxStore outbox;
    private final StoreTransaction transaction;
    private final PackageIssues issues;

    public BodhiUpdateHandler(
            BodhiUpdates bodhi,
            Koji koji,
            SideTags sideTags,
            JobStore jobs,
            OutboxStore outbox,
            StoreTransaction transaction,
            PackageIssues issues) {
        this.issues = issues;
        this.bodhi = bodhi;
        this.koji = koji;
        this.sideTags = sideTags;
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
        return issues.telling(job, WHAT, () -> update(job));
    }

    private Outcome update(Job job) {
        if (!bodhi.isOn()) {
            return ended(job, Outcome.Result.SKIPPED, CheckState.NEUTRAL, "No updates are made here.", null);
        }
        Optional<SideTagPlan> plan = SideTagPlan.of(job);
        if (plan.isPresent()) {
            return ofSideTag(job, plan.get());
        }
        Optional<String> found = Optional.ofNullable(job.arguments().get(DownstreamPlan.NVR))
                .or(() -> job.arguments().containsKey(Job.BUILD) ? built(job) : newest(job));
        if (found.isEmpty()) {
            return job.arguments().containsKey(Job.BUILD)
                    ? ended(job, Outcome.Result.SKIPPED, CheckState.NEUTRAL, "RPMs failed to be built.", null)
                    : ended(job, Outcome.Result.FAILED, CheckState.FAILURE, "There is no build to update to.", null);
        }
        String nvr = found.get();
        Optional<BodhiUpdate> before = bodhi.find(nvr);
        jobs.intend(job.id());
        BodhiUpdate update = before.orElseGet(() -> create(job, nvr));
        StepLog.note("updated", update.url());
        return made(job, update, () -> {});
    }

    /**
     * One update is made of a side tag, which is gone then, so that the next builds get another one
     * (https://packit.dev/docs/fedora-releases-guide/releasing-multiple-packages).
     */
    private Outcome ofSideTag(Job job, SideTagPlan plan) {
        Optional<SideTag> found = sideTags.find(plan.group(), plan.branch());
        if (found.isEmpty()) {
            return withoutSideTag(job, plan);
        }
        SideTag tag = found.get();
        String name = String.valueOf(tag.name());
        Map<String, String> there = sideTags.builds(tag);
        List<String> wanted = Stream.concat(Stream.of(DownstreamPlan.packageOf(job)), plan.dependencies().stream())
                .distinct()
                .toList();
        List<String> missing =
                wanted.stream().filter(one -> !there.containsKey(one)).toList();
        if (!missing.isEmpty()) {
            return ended(job, Outcome.Result.SKIPPED, CheckState.PENDING, SideTags.waitsFor(missing, name), null);
        }
        List<String> builds = wanted.stream()
                .flatMap(one -> Stream.ofNullable(there.get(one)))
                .toList();
        Optional<BodhiUpdate> before = madeOf(name, builds);
        List<String> unreleased =
                builds.stream().filter(nvr -> !sideTags.isReleased(nvr)).toList();
        if (before.isEmpty() && unreleased.isEmpty()) {
            return ended(
                    job,
                    Outcome.Result.SKIPPED,
                    CheckState.NEUTRAL,
                    "All that is in " + name + " was released before.",
                    null);
        }
        jobs.intend(job.id());
        BodhiUpdate update = before.orElseGet(() -> create(job, name, unreleased));
        StepLog.note("updated", update.url());
        Outcome outcome = made(job, update, () -> sideTags.retire(tag));
        sideTags.remove(tag);
        return outcome;
    }

    /** Another job may have made the update, when several builds got into the side tag at the same time. */
    private Outcome withoutSideTag(Job job, SideTagPlan plan) {
        Optional<BodhiUpdate> before = job.event() instanceof KojiTagEvent tagged
                ? madeOf(tagged.tag(), Stream.ofNullable(tagged.build().nvr()).toList())
                : Optional.empty();
        return before.map(update -> made(job, update, () -> {}))
                .orElseGet(() -> ended(
                        job,
                        Outcome.Result.SKIPPED,
                        CheckState.NEUTRAL,
                        "There is no side tag of " + plan.group() + " for " + plan.branch() + ".",
                        null));
    }

    /** The update that was made of a side tag and has one of these builds. */
    private Optional<BodhiUpdate> madeOf(String tag, List<String> builds) {
        return builds.stream()
                .flatMap(nvr -> bodhi.find(nvr).stream())
                .filter(update -> tag.equals(update.fromTag()))
                .findFirst();
    }

    private BodhiUpdate create(Job job, String tag, List<String> builds) {
        try {
            return create(job, builds, tag);
        } catch (UserErrorException e) {
            return madeOf(tag, builds).orElseThrow(() -> e);
        }
    }

    private Outcome made(Job job, BodhiUpdate update, Runnable also) {
        return ended(
                job,
                Outcome.Result.SUCCEEDED,
                CheckState.SUCCESS,
                "Update " + update.alias() + " was made.",
                update,
                also);
    }

    /** A call before a crash may have had its effect only after we looked. */
    private BodhiUpdate create(Job job, String nvr) {
        try {
            return create(job, List.of(nvr), null);
        } catch (UserErrorException e) {
            return bodhi.find(nvr).orElseThrow(() -> e);
        }
    }

    private BodhiUpdate create(Job job, List<String> builds, @Nullable String fromTag) {
        String notes = "Automatic update for " + String.join(", ", builds) + ".";
        return bodhi.create(builds, fromTag, notes, UpdatePlan.of(job).params());
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
        return ended(job, result, state, title, update, () -> {});
    }

    /** @param also what is stored in the same transaction */
    private Outcome ended(
            Job job,
            Outcome.Result result,
            CheckState state,
            String title,
            @Nullable BodhiUpdate update,
            Runnable also) {
        if (result != Outcome.Result.SKIPPED || !job.arguments().containsKey(Job.BUILD)) {
            issues.tell(job, WHAT, state, title, update == null ? null : update.url());
        } // else it is told of the build
        transaction.run(() -> {
            also.run();
            if (update != null) {
                jobs.submitted(job.id(), update.alias(), List.of(new Link("Update", update.url())));
            }
            job.targets().forEach(target -> jobs.advanceTarget(job.id(), target, state));
            outbox.wantAll(Checks.all(SPEC, job, state, title, update == null ? null : update.url()));
        });
        return new Outcome(result, title);
    }
}
