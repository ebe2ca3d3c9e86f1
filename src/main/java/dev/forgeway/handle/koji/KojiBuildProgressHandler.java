package dev.forgeway.handle.koji;

import dev.forgeway.config.QueueClass;
import dev.forgeway.dispatch.Job;
import dev.forgeway.event.EventType;
import dev.forgeway.forge.CheckState;
import dev.forgeway.handle.Checks;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.JobHandler;
import dev.forgeway.handle.Outcome;
import dev.forgeway.handle.PackageIssues;
import dev.forgeway.handle.SubjectJobs;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.OutboxStore;
import dev.forgeway.store.StoreTransaction;
import dev.forgeway.store.StoredJob;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Follows a build in Koji by what the bus says of its task. The state only moves forward: an end that overtakes the start
 * wins, and a message that comes twice or late changes nothing.
 */
@Component
public class KojiBuildProgressHandler implements JobHandler {

    public static final HandlerSpec SPEC = new HandlerSpec(
            "koji-build-progress",
            Set.of(),
            Set.of(),
            Set.of(EventType.KOJI_TASK),
            Set.of(),
            null,
            QueueClass.SHORT,
            List.of("KojiBuildReportHandler"),
            "follow a build in Koji by the messages of the bus");

    private final SubjectJobs subjects;
    private final PackageIssues issues;

    public KojiBuildProgressHandler(
            JobStore jobs, OutboxStore outbox, StoreTransaction transaction, PackageIssues issues) {
        this.issues = issues;
        this.subjects = new SubjectJobs(jobs, outbox, transaction);
    }

    @Override
    public HandlerSpec spec() {
        return SPEC;
    }

    @Override
    public Outcome handle(Job job) {
        StoredJob subject = subjects.of(job);
        Job build = subject.job();
        if (build.state() == Job.State.DONE) {
            return Outcome.skipped("The build had ended before");
        }
        CheckState state = state(job.event().action());
        String target = build.targets().get(0);
        boolean changed = subjects.advance(
                build, target, state, Checks.all(KojiBuildHandler.SPEC, build, state, title(state), subject.url()));
        if (state.isFinal()) {
            CheckState came = subjects.state(build);
            issues.tell(build, KojiBuildHandler.WHAT, came, title(came), subject.url());
            subjects.end(build, ended(came));
        }
        return changed
                ? Outcome.succeeded(title(state))
                : Outcome.skipped("Nothing new: the task is " + job.event().action());
    }

    /** The words of Koji for the states of a task (https://docs.pagure.org/koji/). */
    private static CheckState state(String task) {
        return switch (task) {
            case "open" -> CheckState.RUNNING;
            case "closed" -> CheckState.SUCCESS;
            case "canceled" -> CheckState.CANCELED;
            case "failed" -> CheckState.FAILURE;
            default -> CheckState.PENDING;
        };
    }

    private static String title(CheckState state) {
        return switch (state) {
            case RUNNING -> "RPM build is in progress...";
            case SUCCESS -> "RPMs were built successfully.";
            case CANCELED -> "RPM build was canceled.";
            case FAILURE -> "RPMs failed to be built.";
            default -> "RPM build was submitted ...";
        };
    }

    private static Outcome ended(CheckState state) {
        return switch (state) {
            case SUCCESS -> Outcome.succeeded("All RPMs were built");
            case CANCELED -> new Outcome(Outcome.Result.CANCELED, "The build was canceled");
            default -> new Outcome(Outcome.Result.FAILED, "The RPMs were not built");
        };
    }
}
