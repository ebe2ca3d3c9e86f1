package dev.forgeway.decide.select;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.forgeway.decide.command.Command;
import dev.forgeway.decide.packageconfig.JobConfig;
import dev.forgeway.event.CommitCommentEvent;
import dev.forgeway.event.Event;
import dev.forgeway.event.EventType;
import dev.forgeway.event.KojiBuildEvent;
import dev.forgeway.event.KojiTagEvent;
import dev.forgeway.event.PullRequest;
import dev.forgeway.event.PushEvent;
import dev.forgeway.handle.HandlerSpec;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs of a package config an event asks for, and which handlers do them: event, job and handler's description in,
 * yes or no out.
 */
final class JobMatching {

    private static final Set<EventType> COMMENTS =
            Set.of(EventType.PULL_REQUEST_COMMENT, EventType.ISSUE_COMMENT, EventType.COMMIT_COMMENT);

    private static final String SYNC = "sync_from_downstream";

    private JobMatching() {}

    /** Whether the event, or the command in it, asks for the job. */
    static boolean asks(Event event, @Nullable Command command, JobConfig job) {
        if (command != null && command.isOfDistGit()) {
            return event.inDistGit()
                    && event.type() == EventType.PULL_REQUEST_COMMENT
                    && isFor(command, job)
                    && command.fits(job);
        }
        return triggers(event.type()).contains(job.trigger())
                && fitsRef(event, job)
                && fitsBranch(event, job)
                && (COMMENTS.contains(event.type()) ? command != null && command.fits(job) : !job.manualTrigger());
    }

    /** Whether the handler does such a job when such an event asks for it. */
    static boolean serves(HandlerSpec spec, Event event, @Nullable Command command, JobConfig job) {
        return spec.jobTypes().contains(job.type())
                && spec.triggers().contains(job.trigger())
                && spec.reactsTo(event.type())
                && (!COMMENTS.contains(event.type())
                        || (command != null && spec.commands().contains(command.name()) && isFor(command, job)));
    }

    /** Whether a command of this name may ask for the job where such an event happens, if the job has the right trigger. */
    static boolean mayAsk(Event event, String command, JobConfig job) {
        return Command.onlyJobType(command)
                .map(type -> event.inDistGit() && Command.canBeFor(command, job))
                .orElseGet(() -> triggers(event.type()).contains(job.trigger()) && !job.isOfDistGit());
    }

    private static boolean isFor(Command command, JobConfig job) {
        return Command.canBeFor(command.name(), job);
    }

    /**
     * The triggers that a type of event stands for (https://packit.dev/docs/configuration/jobs). A comment on an issue
     * repeats what a release or its builds asked for, and one on a pull request in dist-git may do so too; which of
     * these, the handlers say. One on a commit repeats what a push to a branch or a release asked for. What reports on running work asks for no job of the config.
     */
    static Set<String> triggers(EventType type) {
        return switch (type) {
            case PULL_REQUEST, PULL_REQUEST_COMMENT -> Set.of("pull_request");
            case PUSH -> Set.of("commit");
            case COMMIT_COMMENT -> Set.of("commit", "release");
            case RELEASE, NEW_UPSTREAM_VERSION -> Set.of("release");
            case ISSUE_COMMENT -> Set.of("release", "commit", "koji_build");
            case KOJI_BUILD -> Set.of("koji_build", "commit");
            case KOJI_TAG -> Set.of("koji_build");
            case INSTALLATION,
                    CHECK_RERUN,
                    PIPELINE,
                    PULL_REQUEST_FLAG,
                    COPR_BUILD,
                    KOJI_TASK,
                    TESTING_FARM_RESULT,
                    SCAN,
                    LOG_ANALYSIS,
                    VM_IMAGE -> Set.of();
        };
    }

    /** A comment on a commit is for a branch or for a release (https://packit.dev/docs/retriggering). */
    private static boolean fitsRef(Event event, JobConfig job) {
        return !(event instanceof CommitCommentEvent comment)
                || job.trigger().equals("release") == (comment.tag() != null);
    }

    /**
     * A job for commits is for one branch, the default branch where it names none; a job for pull requests may be for
     * those to one branch (https://packit.dev/docs/configuration/upstream/copr_build). A branch that is written is a regular
     * expression for the beginning of a name, as packit takes it; the default branch is that branch alone. What is done in
     * dist-git names its branches otherwise.
     */
    private static boolean fitsBranch(Event event, JobConfig job) {
        if (job.isOfDistGit() || event instanceof KojiTagEvent) {
            return job.isOfDistGit()
                    && event.inDistGit()
                    && (event instanceof PushEvent || event instanceof KojiTagEvent || event instanceof KojiBuildEvent);
        }
        if (event instanceof PushEvent push) {
            if (job.branch() == null && job.type().equals(SYNC)) {
                return true; // it is for branches of dist-git, whose aliases are expanded elsewhere
            }
            return isFor(job, push.branch(), push.defaultBranch());
        }
        if (event instanceof CommitCommentEvent comment && comment.branch() != null) {
            return isFor(job, comment.branch(), comment.defaultBranch());
        }
        return job.branch() == null || !job.trigger().equals("pull_request") || matches(job.branch(), target(event));
    }

    private static boolean isFor(JobConfig job, @Nullable String branch, @Nullable String defaultBranch) {
        return job.branch() == null ? branch != null && branch.equals(defaultBranch) : matches(job.branch(), branch);
    }

    private static boolean matches(String wanted, @Nullable String branch) {
        if (branch == null || branch.equals(wanted)) {
            return branch != null;
        }
        try {
            return Pattern.compile(wanted).matcher(branch).lookingAt();
        } catch (PatternSyntaxException e) {
            return false; // a name, and not this one
        }
    }

    private static @Nullable String target(Event event) {
        PullRequest pullRequest = event.pullRequest();
        return pullRequest == null ? null : pullRequest.targetBranch();
    }
}
