package dev.forgeway.decide.filter;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.ForgeQuestions;
import dev.forgeway.decide.Verdict;
import dev.forgeway.decide.packageconfig.BranchExpansion;
import dev.forgeway.decide.packageconfig.JobConfig;
import dev.forgeway.decide.packageconfig.PackageConfigParser;
import dev.forgeway.decide.packageconfig.TargetExpansion;
import dev.forgeway.error.Reason;
import dev.forgeway.event.PushEvent;
import dev.forgeway.forge.Permission;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Which pushes to dist-git a build in Koji, and an update of it, may follow: those to branches that the job names, by the merge of a pull request of
 * somebody whom it allows, or by somebody else whom it allows to push
 * (https://packit.dev/docs/configuration/downstream/koji_build). The forge is asked for what the push does not tell.
 */
@Component
public class DistGitFilter extends JobFilter {

    private static final Set<String> OF_DIST_GIT = Set.of("koji_build", "bodhi_update");

    private final BranchExpansion branches;
    private final ForgeQuestions forge;

    public DistGitFilter(PackageConfigParser parser, TargetExpansion expansion, ForgeQuestions forge) {
        super(parser);
        this.branches = new BranchExpansion(expansion);
        this.forge = forge;
    }

    @Override
    Verdict judge(Decision decision, JobConfig job) {
        if (!OF_DIST_GIT.contains(job.type()) || !(decision.event() instanceof PushEvent push) || !push.toDistGit()) {
            return Verdict.pass("no build of dist-git");
        }
        List<String> wanted = branches.expand(job.distGit().branches());
        if (!wanted.contains(BranchExpansion.nameOf(String.valueOf(push.branch())))) {
            return Verdict.refuse(Reason.NO_MATCHING_JOB, push.branch() + " is none of the branches " + wanted);
        }
        if (job.koji().sidetagGroup() != null) {
            return Verdict.refuse(Reason.NO_MATCHING_JOB, "nothing is built in side tags");
        }
        if (!job.type().equals("koji_build")) {
            return Verdict.pass("follows a build");
        }
        Integer merged = push.mergedPullRequest();
        return merged == null
                ? allowed(decision, push.actor(), job.koji().committers(), "committer ")
                : allowed(
                        decision,
                        forge.author(decision, merged).orElse(null),
                        job.koji().pullRequestAuthors(),
                        "author of the pull request ");
    }

    private Verdict allowed(Decision decision, @Nullable String account, List<String> allowed, String who) {
        boolean is = account != null
                && (allowed.contains(account)
                        || (allowed.contains("all_committers")
                                && forge.permission(decision, account).mayWrite())
                        || (allowed.contains("all_admins") && forge.permission(decision, account) == Permission.ADMIN));
        return is
                ? Verdict.pass(who + account)
                : Verdict.refuse(Reason.ACTOR_NOT_ALLOWED, who + account + " is none of " + allowed);
    }
}
