package dev.forgeway.decide.select;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.ForgeQuestions;
import dev.forgeway.decide.packageconfig.BranchExpansion;
import dev.forgeway.decide.packageconfig.JobConfig;
import dev.forgeway.decide.packageconfig.KojiTargets;
import dev.forgeway.decide.packageconfig.PackageConfig;
import dev.forgeway.dispatch.Job;
import dev.forgeway.event.Project;
import dev.forgeway.event.PullRequestCommentEvent;
import dev.forgeway.event.PushEvent;
import dev.forgeway.handle.Checks;
import dev.forgeway.handle.DownstreamPlan;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.Handlers;
import dev.forgeway.handle.Origin;
import dev.forgeway.handle.SideTagPlan;
import dev.forgeway.store.StoredJob;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Makes the jobs that build in Koji. For an upstream commit, there is one for each target, because each is a task of its own
 * (https://packit.dev/docs/configuration/upstream/upstream_koji_build). What Koji builds is the source package of the Copr
 * build of the same commit, so each waits for a chroot of that; where there is no such build, one is implied. For a commit of
 * dist-git, there is one for its branch (https://packit.dev/docs/configuration/downstream/koji_build), and an update of that
 * build waits for it (https://packit.dev/docs/configuration/downstream/bodhi_update).
 * What is built together with other packages goes into their side tag
 * (https://packit.dev/docs/fedora-releases-guide/releasing-multiple-packages).
 */
@Component
public class KojiJobs {

    static final String HANDLER = "koji-build";
    static final String UPDATES = "bodhi-update";

    private final Handlers handlers;
    private final KojiTargets targets;
    private final TestedBuilds builds;
    private final ForgeQuestions forge;

    public KojiJobs(Handlers handlers, KojiTargets targets, TestedBuilds builds, ForgeQuestions forge) {
        this.handlers = handlers;
        this.targets = targets;
        this.builds = builds;
        this.forge = forge;
    }

    /** A build in Copr, and its chroots that have ended. */
    private record Source(Job build, boolean isOver, Set<String> ended) {

        static Source selected(Job build) {
            return new Source(build, false, Set.of());
        }

        static Source stored(StoredJob build) {
            Set<String> ended = build.targets().entrySet().stream()
                    .filter(chroot -> chroot.getValue().isFinal())
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            return new Source(build.job(), build.job().state() == Job.State.DONE, ended);
        }

        Job followedBy(Job job, String wanted) {
            String chroot =
                    build.targets().contains(wanted) ? wanted : build.targets().get(0);
            Job following = job.with(Job.BUILD, build.id()).with(Job.CHROOT, chroot);
            return isOver || ended.contains(chroot) ? following : following.blocked();
        }
    }

    /**
     * The builds in Koji that an event or command asks for, behind the builds in Copr that they imply.
     *
     * @param config where updates of what a command builds may be asked for
     * @param asked the jobs of the package config that fit
     * @param others the jobs that were selected before; their builds are waited for
     */
    List<Job> of(Decision decision, PackageConfig config, List<JobConfig> asked, List<Job> others) {
        List<Job> all = new ArrayList<>(others);
        Set<String> checks = new HashSet<>();
        if (decision.event() instanceof PullRequestCommentEvent comment) {
            addAsked(decision, comment, config, asked, all);
        } else {
            addPushed(decision, asked, all);
        }
        Map<String, List<JobConfig>> byPackage = asked.stream()
                .filter(configured -> !configured.isOfDistGit())
                .collect(Collectors.groupingBy(
                        job -> String.valueOf(job.packageName()), LinkedHashMap::new, Collectors.toList()));
        for (List<JobConfig> ofPackage : byPackage.values()) {
            Source source = source(decision, ofPackage, all);
            for (JobConfig configured : ofPackage) {
                targets.of(configured.targets()).forEach((target, chroot) -> {
                    Job job = job(decision, all.size(), configured, target);
                    if (checks.add(job.packageName() + "/" + Checks.name(spec(), job, target))) {
                        all.add(source.followedBy(job, chroot));
                    }
                });
            }
        }
        return all.subList(others.size(), all.size());
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
                        && build.handler().equals(HANDLER)
                        && SideTagPlan.of(build).isEmpty()
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
                    List<String> target = List.of(KojiTargets.ofBranch(branch));
                    all.add(updateOf(decision, all, configured, target, Map.of(Origin.ARGUMENT, origin)));
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
        String identifier = configured.checkNames().identifier();
        if (identifier != null) {
            arguments.put("identifier", identifier);
        }
        return JobSelector.job(
                decision,
                all.size(),
                handlers.named(UPDATES).spec(),
                configured.trigger(),
                configured.packageName(),
                ofTargets,
                arguments);
    }

    /** What is on a branch of dist-git is built from there, and waits for nothing. */
    private Job ofDistGit(Decision decision, List<Job> all, JobConfig configured, String branch, String commit) {
        Project project = Objects.requireNonNull(decision.event().project());
        Map<String, String> arguments = sideTag(configured, branch);
        arguments.put("source", source(project, commit));
        Job build = job(decision, all.size(), configured, KojiTargets.ofBranch(branch), arguments);
        String issues = configured.distGit().issueRepository();
        return issues == null ? build : build.with(DownstreamPlan.ISSUES, issues);
    }

    /** Where Koji finds a commit of dist-git. */
    static String source(Project project, String commit) {
        return "git+" + project.url() + ".git#" + commit;
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

    /** Of the same decision, else the newest of the commit that did not fail, else a new one for all that is asked for. */
    private Source source(Decision decision, List<JobConfig> ofPackage, List<Job> all) {
        JobConfig first = ofPackage.get(0);
        Optional<Source> selected =
                all.stream().filter(job -> isBuild(job, first)).findFirst().map(Source::selected);
        return selected.or(() -> before(decision, first)).orElseGet(() -> {
            all.add(implied(decision, all.size(), ofPackage));
            return Source.selected(all.get(all.size() - 1));
        });
    }

    private static boolean isBuild(Job job, JobConfig configured) {
        return job.handler().equals(TestedBuilds.BUILDER)
                && Objects.equals(job.packageName(), configured.packageName());
    }

    private Optional<Source> before(Decision decision, JobConfig configured) {
        Optional<Origin> origin = Origin.of(job(decision, 0, configured, ""));
        return builds.ofCommit(TestedBuilds.BUILDER, decision.event()).stream()
                .filter(build -> isBuild(build.job(), configured))
                .filter(build -> Origin.of(build.job()).equals(origin))
                .filter(build -> build.outcome() == null || build.outcome().equals("succeeded"))
                .findFirst()
                .map(Source::stored);
    }

    private Job implied(Decision decision, int index, List<JobConfig> ofPackage) {
        JobConfig first = ofPackage.get(0);
        Stream<String> chroots = ofPackage.stream().flatMap(job -> targets.of(job.targets()).values().stream());
        return JobSelector.job(
                decision,
                index,
                handlers.named(TestedBuilds.BUILDER).spec(),
                first.trigger(),
                first.packageName(),
                chroots.distinct().toList(),
                JobSelector.buildArguments(first));
    }

    private Job job(Decision decision, int index, JobConfig configured, String target) {
        return job(decision, index, configured, target, new TreeMap<>());
    }

    private Job job(Decision decision, int index, JobConfig configured, String target, Map<String, String> arguments) {
        arguments.put("scratch", Boolean.toString(configured.koji().scratch()));
        String identifier = configured.checkNames().identifier();
        if (identifier != null) {
            arguments.put("identifier", identifier);
        }
        JobSelector.nameChecks(
                arguments,
                decision,
                configured,
                targets.of(configured.targets()).size());
        return JobSelector.job(
                decision, index, spec(), configured.trigger(), configured.packageName(), List.of(target), arguments);
    }

    private HandlerSpec spec() {
        return handlers.named(HANDLER).spec();
    }
}
