package dev.forgeway.handle.copr;

import dev.forgeway.config.QueueClass;
import dev.forgeway.dispatch.Job;
import dev.forgeway.event.Build;
import dev.forgeway.event.CoprBuildEvent;
import dev.forgeway.event.EventType;
import dev.forgeway.forge.CheckState;
import dev.forgeway.handle.Checks;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.JobHandler;
import dev.forgeway.handle.Outcome;
import dev.forgeway.handle.SubjectJobs;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.OutboxStore;
import dev.forgeway.store.StoreTransaction;
import dev.forgeway.store.StoredJob;
import dev.forgeway.store.Wanted;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Follows a Copr build by what the bus says of it. The state of a chroot only moves forward: an end that overtakes its
 * start wins, and a message that comes twice or late changes nothing.
 */
@Component
public class CoprBuildProgressHandler implements JobHandler {

    /** The chroot that Copr names while it builds the source package. */
    static final String SOURCE = "srpm-builds";

    public static final HandlerSpec SPEC = new HandlerSpec(
            "copr-build-progress",
            Set.of(),
            Set.of(),
            Set.of(EventType.COPR_BUILD),
            Set.of(),
            null,
            QueueClass.SHORT,
            List.of("CoprBuildStartHandler", "CoprBuildEndHandler"),
            "follow a Copr build by the messages of the bus");

    private final JobStore jobs;
    private final OutboxStore outbox;
    private final StoreTransaction transaction;
    private final SubjectJobs subjects;

    public CoprBuildProgressHandler(JobStore jobs, OutboxStore outbox, StoreTransaction transaction) {
        this.jobs = jobs;
        this.outbox = outbox;
        this.transaction = transaction;
        this.subjects = new SubjectJobs(jobs, outbox, transaction);
    }

    @Override
    public HandlerSpec spec() {
        return SPEC;
    }

    /**
     * Whether all chroots have ended is asked behind the move of one: of two that end at the same moment, the later one has
     * to see both.
     */
    @Override
    public Outcome handle(Job job) {
        Build build = ((CoprBuildEvent) job.event()).build();
        StoredJob subject = subjects.of(job);
        int changed = build.target().equals(SOURCE) ? source(subject, build) : chroot(subject, build);
        finishWhenAllEnded(subject.job());
        return changed == 0
                ? Outcome.skipped(build.target() + " is past " + build.state())
                : Outcome.succeeded(build.target() + " " + (build.result() == null ? build.state() : build.result()));
    }

    /** News of the source package concern every chroot that has not begun; the job is held so that none begins meanwhile. */
    private int source(StoredJob subject, Build build) {
        CheckState state = build.result() == null || build.result().equals("succeeded")
                ? CheckState.RUNNING
                : ended(build.result());
        String title = build.result() == null
                ? "SRPM build is in progress..."
                : state == CheckState.RUNNING
                        ? "SRPM build succeeded. Waiting for RPM build to start..."
                        : state == CheckState.CANCELED ? "SRPM build was canceled." : "SRPM build failed.";
        return transaction.call(() -> {
            jobs.hold(subject.job().id());
            int changed = 0;
            for (var target : jobs.targets(subject.job().id()).entrySet()) {
                if (target.getValue() == CheckState.PENDING) {
                    if (state.isFinal()) {
                        jobs.advanceTarget(subject.job().id(), target.getKey(), state);
                    }
                    changed += outbox.want(shown(subject, target.getKey(), state, title)) ? 1 : 0;
                }
            }
            return changed;
        });
    }

    private int chroot(StoredJob subject, Build build) {
        CheckState state = build.result() == null ? CheckState.RUNNING : ended(build.result());
        String title = switch (state) {
            case SUCCESS -> "RPMs were built successfully.";
            case CANCELED -> "RPM build was canceled.";
            case RUNNING -> "RPM build is in progress...";
            default -> "RPMs failed to be built.";
        };
        String target = build.target();
        return subjects.advance(subject.job(), target, state, shown(subject, target, state, title)) ? 1 : 0;
    }

    private static CheckState ended(String result) {
        return switch (result) {
            case "succeeded" -> CheckState.SUCCESS;
            case "canceled" -> CheckState.CANCELED;
            default -> CheckState.FAILURE;
        };
    }

    private static Wanted shown(StoredJob subject, String target, CheckState state, String title) {
        return Checks.one(CoprBuildHandler.SPEC, subject.job(), target, state, title, subject.url());
    }

    private void finishWhenAllEnded(Job subject) {
        List<CheckState> states = List.copyOf(jobs.targets(subject.id()).values());
        if (!states.isEmpty() && states.stream().allMatch(CheckState::isFinal)) {
            subjects.end(subject, ended(states));
        }
    }

    private static Outcome ended(List<CheckState> states) {
        if (states.stream().allMatch(state -> state == CheckState.SUCCESS)) {
            return Outcome.succeeded("All RPMs were built");
        }
        return states.contains(CheckState.CANCELED) && !states.contains(CheckState.FAILURE)
                ? new Outcome(Outcome.Result.CANCELED, "The build was canceled")
                : new Outcome(Outcome.Result.FAILED, "Not all RPMs were built");
    }
}
