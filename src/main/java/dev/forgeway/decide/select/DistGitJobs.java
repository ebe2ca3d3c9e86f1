package dev.forgeway.decide.select;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.ForgeQuestions;
import dev.forgeway.decide.command.Command;
import dev.forgeway.decide.command.CommandResult;
import dev.forgeway.decide.packageconfig.BranchExpansion;
import dev.forgeway.decide.packageconfig.JobConfig;
import dev.forgeway.decide.packageconfig.KojiTargets;
import dev.forgeway.decide.packageconfig.PackageConfig;
import dev.forgeway.dispatch.Job;
import dev.forgeway.event.KojiTagEvent;
import dev.forgeway.event.Project;
import dev.forgeway.event.PullRequest;
import dev.forgeway.event.PullRequestCommentEvent;
import dev.forgeway.event.PushEvent;
import dev.forgeway.handle.DownstreamPlan;
import dev.forgeway.handle.Handlers;
import dev.forgeway.handle.Origin;
import dev.forgeway.handle.SideTagPlan;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes the jobs that packages in dist-git ask for: builds of their branches
 * (https://packit.dev/docs/configuration/downstream/koji_build), behind each the updates that wait for it
 * (https://packit.dev/docs/configuration/downstream/bodhi_update), and what is done in the side tag of packages that belong
 * together (https://packit.dev/docs/fedora-releases-guide/releasing-multiple-packages).
 */
final class DistGitJobs {

    private final Handlers handlers;
    private final KojiTargets targets;
    private final ForgeQuestions forge;

    DistGitJobs(Handlers handlers, KojiTargets targets, ForgeQuestions forge) {
        this.handlers = handlers;
        this.targets = targets;
        this.forge = forge;
    }

    /**
     * Adds what an event or a command asks for.
     *
     * @param config where updates of what a command builds may be asked for
     * @param asked the jobs of the package config that fit
     */
    void add(Decision decision, PackageConfig config, List<JobConfig> asked, List<Job> all) {
        if (decision.said() instanceof CommandResult.Found found
                && found.command().name().equals(Command.KOJI_TAG)) {
            addTags(decision, found.command(), asked, all);
        } else if (decision.event() instanceof PullRequestCommentEvent comment) {
            addAsked(decision, comment, config, asked, all);
        } else if (decision.event() instanceof KojiTagEvent tagged) {
            addTagged(decision, tagged, asked, all);
        } else {
            addPushed(decision, asked, all);
        }
    }

    /** The builds, and behind each the updates of its package, which wait for it; without a build there is no update. */
    private void addPushed(Decision decision, List<JobConfig> asked, List<Job> all) {
        for (JobConfig configured : asked) {
            if (configured.type().equals("koji_build")) {
                PushEvent push = (PushEvent) decision.event();
                String branch = Objects.requireNonNull(push.branch());
                all.add(ofDistGit(decision, all, configured, branch, Objects.requireNonNull(push.commit())));
            }
        }
        for (Job build : List.copyOf(all)) {
            addUpdates(decision, asked, build, all);
        }
    }

    private void addUpdates(Decision decision, List<JobConfig> asked, Job build, List<Job> all) {
        asked.stream()
                .filter(configured -> configured.type().equals("bodhi_update")
                        && build.handler().equals(KojiJobs.HANDLER)
                        && SideTagPlan.of(build).isEmpty()
                        && configured.koji().sidetagGroup() == null
                        && Objects.equals(build.packageName(), configured.packageName()))
                .forEach(configured -> all.add(update(decision, all, configured, build)));
    }

    /**
     * What a command asks for is done for the branch that the pull request is to go to, as that is now, and once however many
     * jobs name the branch (https://packit.dev/docs/retriggering).
     */
    private void addAsked(
            Decision decision,
            PullRequestCommentEvent comment,
            PackageConfig config,
            List<JobConfig> asked,
            List<Job> all) {
        String branch = String.valueOf(comment.pullRequest().targetBranch());
        String origin = Origin.ofBranch(branch).argument();
        Set<String> packages = new HashSet<>();
        for (JobConfig configured : asked) {
            if (configured.isOfDistGit() && packages.add(String.valueOf(configured.packageName()))) {
                if (configured.type().equals("bodhi_update")) {
                    all.add(ofWhatIsThere(decision, all, configured, branch).with(Origin.ARGUMENT, origin));
                } else {
                    String commit = forge.head(decision, branch).orElseThrow();
                    Job build =
                            ofDistGit(decision, all, configured, branch, commit).with(Origin.ARGUMENT, origin);
                    all.add(build);
                    addUpdates(decision, wantedUpdates(decision, config), build, all);
                }
            }
        }
    }

    /** What is released is tagged for the branch at hand, or for all of a job, and once however many jobs name the branch. */
    private void addTags(Decision decision, Command command, List<JobConfig> asked, List<Job> all) {
        PullRequest pullRequest = Objects.requireNonNull(decision.event().pullRequest());
        Set<String> done = new HashSet<>();
        for (JobConfig configured : asked) {
            List<String> branches = command.isForAllBranches()
                    ? targets.branches(configured.distGit().branches())
                    : List.of(BranchExpansion.nameOf(String.valueOf(pullRequest.targetBranch())));
            for (String branch : branches) {
                if (done.add(configured.packageName() + " " + configured.koji().sidetagGroup() + " " + branch)) {
                    all.add(tag(decision, all.size(), configured, branch));
                }
            }
        }
    }

    private Job tag(Decision decision, int index, JobConfig configured, String branch) {
        Map<String, String> arguments = sideTag(configured, branch);
        String name = BranchExpansion.namesOf(branch).get(0);
        arguments.put(Origin.ARGUMENT, Origin.ofBranch(name).argument());
        configured.checkNames().addIdentifierTo(arguments);
        return JobSelector.job(
                decision,
                index,
                handlers.named(KojiJobs.TAGS).spec(),
                configured.trigger(),
                configured.packageName(),
                List.of(KojiTargets.ofBranch(branch)),
                arguments);
    }

    /** What got into a side tag makes others go on with what is on their branch now. */
    private void addTagged(Decision decision, KojiTagEvent event, List<JobConfig> asked, List<Job> all) {
        if (asked.isEmpty()) {
            return;
        }
        for (String branch : BranchExpansion.namesOf(String.valueOf(event.branch()))) {
            Optional<String> head = forge.head(decision, branch);
            if (head.isPresent()) {
                decision.event(event.on(branch, head.get()));
                asked.forEach(configured -> all.add(
                        configured.type().equals("bodhi_update")
                                ? ofWhatIsThere(decision, all, configured, branch)
                                : ofDistGit(decision, all, configured, branch, head.get())));
                return;
            }
        }
    }

    /** An update of what is there: of the newest build, or of all packages that are together in a side tag. */
    private Job ofWhatIsThere(Decision decision, List<Job> all, JobConfig configured, String branch) {
        List<String> target = List.of(KojiTargets.ofBranch(branch));
        return told(configured, updateOf(decision, all, configured, target, sideTag(configured, branch)));
    }

    /** What would follow the build if a push had asked for it. */
    private static List<JobConfig> wantedUpdates(Decision decision, PackageConfig config) {
        return config.jobs().stream()
                .filter(configured -> configured.trigger().equals("commit") && decision.leftOut(configured) == null)
                .toList();
    }

    private Job update(Decision decision, List<Job> all, JobConfig configured, Job build) {
        Map<String, String> waited = new TreeMap<>(
                Map.of(Job.BUILD, build.id(), Job.CHROOT, build.targets().get(0)));
        for (String same : List.of(Origin.ARGUMENT, DownstreamPlan.ISSUES)) {
            String value = build.arguments().get(same);
            if (value != null) {
                waited.put(same, value);
            }
        }
        return updateOf(decision, all, configured, build.targets(), waited).blocked();
    }

    private Job updateOf(
            Decision decision, List<Job> all, JobConfig configured, List<String> ofTargets, Map<String, String> more) {
        Map<String, String> arguments = new TreeMap<>(more);
        configured.checkNames().addIdentifierTo(arguments);
        configured.koji().update().addTo(arguments);
        configured.notifications().addTo(arguments);
        return JobSelector.job(
                decision,
                all.size(),
                handlers.named(KojiJobs.UPDATES).spec(),
                configured.trigger(),
                configured.packageName(),
                ofTargets,
                arguments);
    }

    /** What is on a branch of dist-git is built from there, and waits for nothing. */
    private Job ofDistGit(Decision decision, List<Job> all, JobConfig configured, String branch, String commit) {
        Project project = Objects.requireNonNull(decision.event().project());
        Map<String, String> arguments = sideTag(configured, branch);
        arguments.put("source", KojiJobs.source(project, commit));
        return told(configured, build(decision, all.size(), configured, KojiTargets.ofBranch(branch), arguments));
    }

    /** A job whose failure is told where the package config wants it. */
    private static Job told(JobConfig configured, Job job) {
        String issues = configured.distGit().issueRepository();
        return issues == null ? job : job.with(DownstreamPlan.ISSUES, issues);
    }

    /** Whether it is built together with others, and for which of the side tags. */
    private static Map<String, String> sideTag(JobConfig configured, String branch) {
        String group = configured.koji().sidetagGroup();
        return group == null
                ? new TreeMap<>()
                : new TreeMap<>(new SideTagPlan(
                                group,
                                BranchExpansion.nameOf(branch),
                                configured.koji().dependencies())
                        .arguments());
    }

    /** A build in Koji, with the arguments that every one has. */
    Job build(Decision decision, int index, JobConfig configured, String target, Map<String, String> arguments) {
        arguments.put("scratch", Boolean.toString(configured.koji().scratch()));
        configured.checkNames().addIdentifierTo(arguments);
        configured.notifications().addTo(arguments);
        JobSelector.nameChecks(
                arguments,
                decision,
                configured,
                targets.of(configured.targets()).size());
        return JobSelector.job(
                decision,
                index,
                handlers.named(KojiJobs.HANDLER).spec(),
                configured.trigger(),
                configured.packageName(),
                List.of(target),
                arguments);
    }
}
