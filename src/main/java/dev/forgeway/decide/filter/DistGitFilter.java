package dev.forgeway.decide.filter;

import dev.forgeway.config.Settings;
import dev.forgeway.decide.Decision;
import dev.forgeway.decide.ForgeQuestions;
import dev.forgeway.decide.Verdict;
import dev.forgeway.decide.command.CommandResult;
import dev.forgeway.decide.packageconfig.BranchExpansion;
import dev.forgeway.decide.packageconfig.JobConfig;
import dev.forgeway.decide.packageconfig.KojiTargets;
import dev.forgeway.decide.packageconfig.PackageConfigParser;
import dev.forgeway.decide.packageconfig.TargetExpansion;
import dev.forgeway.error.Reason;
import dev.forgeway.event.Event;
import dev.forgeway.event.KojiBuildEvent;
import dev.forgeway.event.KojiTagEvent;
import dev.forgeway.event.PullRequest;
import dev.forgeway.event.PushEvent;
import dev.forgeway.forge.Permission;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Which pushes to dist-git a build in Koji, and an update of it, may follow: those to branches that the job names, by the
 * merge of a pull request of somebody whom it allows and with the labels that it wants, or by somebody else whom it allows to
 * push (https://packit.dev/docs/configuration/downstream/koji_build). An update follows the builds of those whom the job allows
 * to build, us among them or not (https://packit.dev/docs/configuration/downstream/bodhi_update). A command is followed for the branches that the job
 * names. The forge is asked for what the event does not tell.
 */
@Component
public class DistGitFilter extends JobFilter {

    private final BranchExpansion branches;
    private final ForgeQuestions forge;
    private final Set<String> ours;

    public DistGitFilter(
            PackageConfigParser parser, TargetExpansion expansion, ForgeQuestions forge, Settings settings) {
        super(parser);
        this.ours = new HashSet<>(settings.ingest().fedoraMessaging().owners());
        ours.add("packit");
        this.branches = new BranchExpansion(expansion);
        this.forge = forge;
    }

    @Override
    Verdict judge(Decision decision, JobConfig job) {
        Event event = decision.event();
        if (!job.isOfDistGit() || !event.inDistGit()) {
            return Verdict.pass("no build of dist-git");
        }
        if (event instanceof PushEvent push) {
            if (job.type().equals("bodhi_update") && job.koji().sidetagGroup() != null) {
                return Verdict.refuse(
                        Reason.NO_MATCHING_JOB, "an update of a side tag has the trigger koji_build, not commit");
            }
            Verdict onBranch = onBranch(job, push.branch(), Reason.NO_MATCHING_JOB);
            if (onBranch.reason() != null) {
                return onBranch;
            }
            return job.type().equals("koji_build") ? pushed(decision, push, job) : builtByUs(job);
        }
        if (event instanceof KojiBuildEvent built) {
            return built(decision, built, job);
        }
        if (event instanceof KojiTagEvent tagged) {
            return tagged(tagged, job);
        }
        PullRequest pullRequest = event.pullRequest();
        return pullRequest == null ? Verdict.pass("no branch") : asked(decision, job, pullRequest.targetBranch());
    }

    /** A comment below a pull request is about the branch that it is to go to, and whoever may ask for that may be anybody's. */
    private Verdict asked(Decision decision, JobConfig job, @Nullable String branch) {
        if (decision.said() instanceof CommandResult.Found found
                && found.command().isForAllBranches()) {
            return Verdict.pass("for all branches");
        }
        Verdict onBranch = onBranch(job, branch, Reason.REF_MISMATCH);
        if (onBranch.reason() == null
                && decision.said() instanceof CommandResult.Found found
                && found.command().isOfDistGit()
                && forge.head(decision, String.valueOf(branch)).isEmpty()) {
            return Verdict.refuse(Reason.REF_MISMATCH, "there is no branch " + branch);
        }
        boolean follows = job.type().equals("bodhi_update")
                && decision.said() instanceof CommandResult.Found said
                && said.command().name().equals("koji-build");
        return onBranch.reason() == null && follows ? builtByUs(job) : onBranch;
    }

    /** Whether an update follows what we build. */
    private Verdict builtByUs(JobConfig job) {
        List<String> builders = job.koji().builders();
        return builders.stream().anyMatch(ours::contains)
                ? Verdict.pass("built by us")
                : Verdict.refuse(Reason.ACTOR_NOT_ALLOWED, "our own account is none of " + builders);
    }

    /** What is built in a side tag is updated with all of it. */
    private Verdict built(Decision decision, KojiBuildEvent built, JobConfig job) {
        if (!job.trigger().equals("commit") || job.koji().sidetagGroup() != null) {
            return Verdict.refuse(Reason.NO_MATCHING_JOB, "an update of a side tag");
        }
        String branch = KojiTargets.branchOf(built.build().target()).orElse(null);
        Verdict onBranch = onBranch(job, branch, Reason.NO_MATCHING_JOB);
        return onBranch.reason() != null
                ? onBranch
                : allowed(decision, built.build().owner(), job.koji().builders(), "builder ");
    }

    /** What gets into a side tag concerns its group alone, and a build does not start another one of the same package. */
    private Verdict tagged(KojiTagEvent event, JobConfig job) {
        if (!String.valueOf(event.group()).equals(job.koji().sidetagGroup())) {
            return Verdict.refuse(Reason.NO_MATCHING_JOB, "not of the group " + event.group());
        }
        boolean isOwn = event.project() != null
                && event.project().name().equals(event.build().packageName());
        return isOwn && job.type().equals("koji_build")
                ? Verdict.refuse(Reason.NO_MATCHING_JOB, "a build of the package itself")
                : onBranch(job, event.branch(), Reason.NO_MATCHING_JOB);
    }

    private Verdict onBranch(JobConfig job, @Nullable String branch, Reason otherwise) {
        List<String> wanted = branches.expand(job.distGit().branches());
        if (branch == null || !wanted.contains(BranchExpansion.nameOf(branch))) {
            return Verdict.refuse(otherwise, branch + " is none of the branches " + wanted);
        }
        return Verdict.pass("follows a build");
    }

    private Verdict pushed(Decision decision, PushEvent push, JobConfig job) {
        Integer merged = push.mergedPullRequest();
        if (merged == null) {
            return allowed(decision, push.actor(), job.koji().committers(), "committer ");
        }
        PullRequest pullRequest = forge.pullRequest(decision, merged).orElse(null);
        Verdict labelled = LabelFilter.judge(job, pullRequest);
        return labelled.reason() != null
                ? labelled
                : allowed(
                        decision,
                        pullRequest == null ? null : pullRequest.author(),
                        job.koji().pullRequestAuthors(),
                        "author of the pull request ");
    }

    private boolean isInGroup(Decision decision, String account, List<String> allowed) {
        return allowed.stream()
                .filter(name -> name.startsWith("@"))
                .anyMatch(group -> forge.isMember(decision, group.substring(1), account));
    }

    private Verdict allowed(Decision decision, @Nullable String account, List<String> allowed, String who) {
        boolean is = account != null
                && (allowed.contains(account)
                        || (allowed.contains("all_committers")
                                && forge.permission(decision, account).mayWrite())
                        || (allowed.contains("all_admins") && forge.permission(decision, account) == Permission.ADMIN)
                        || isInGroup(decision, account, allowed));
        return is
                ? Verdict.pass(who + account)
                : Verdict.refuse(Reason.ACTOR_NOT_ALLOWED, who + account + " is none of " + allowed);
    }
}
