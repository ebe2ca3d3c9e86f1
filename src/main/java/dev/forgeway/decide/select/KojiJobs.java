package dev.forgeway.decide.select;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.ForgeQuestions;
import dev.forgeway.decide.packageconfig.JobConfig;
import dev.forgeway.decide.packageconfig.KojiTargets;
import dev.forgeway.decide.packageconfig.PackageConfig;
import dev.forgeway.dispatch.Job;
import dev.forgeway.event.KojiBuildEvent;
import dev.forgeway.event.Project;
import dev.forgeway.handle.Checks;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.Handlers;
import dev.forgeway.handle.Origin;
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
 * build of the same commit, so each waits for a chroot of that; where there is no such build, one is implied. What is
 * done for dist-git is made by {@link DistGitJobs}.
 */
@Component
public class KojiJobs {

    static final String HANDLER = "koji-build";
    static final String UPDATES = "bodhi-update";
    static final String TAGS = "koji-tag";

    private final Handlers handlers;
    private final KojiTargets targets;
    private final TestedBuilds builds;
    private final DistGitJobs distGit;

    public KojiJobs(Handlers handlers, KojiTargets targets, TestedBuilds builds, ForgeQuestions forge) {
        this.handlers = handlers;
        this.targets = targets;
        this.builds = builds;
        this.distGit = new DistGitJobs(handlers, targets, forge);
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
        if (decision.event() instanceof KojiBuildEvent built) {
            return new OtherBuilds(handlers).updates(decision, built, asked, others.size());
        }
        List<Job> all = new ArrayList<>(others);
        Set<String> checks = new HashSet<>();
        distGit.add(decision, config, asked, all);
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
        return distGit.build(decision, index, configured, target, new TreeMap<>());
    }

    private HandlerSpec spec() {
        return handlers.named(HANDLER).spec();
    }

    /** Where Koji finds a commit of dist-git. */
    static String source(Project project, String commit) {
        return "git+" + project.url() + ".git#" + commit;
    }
}
