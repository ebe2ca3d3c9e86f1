package dev.forgeway.decide.select;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.command.Command;
import dev.forgeway.decide.packageconfig.JobConfig;
import dev.forgeway.decide.packageconfig.PackageConfig;
import dev.forgeway.dispatch.Job;
import dev.forgeway.handle.Checks;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.Handlers;
import dev.forgeway.handle.TestPlan;
import dev.forgeway.store.StoredJob;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes the jobs of tests: one for each target, because each is a request of its own, and each waits for its own chroot
 * of the build. Tests of a package without a job that builds it imply one
 * (https://packit.dev/docs/configuration/upstream/tests).
 */
@Component
public class TestJobs {

    static final String HANDLER = "tests";

    private static final String RETEST = "retest-failed";
    private static final Set<String> BUILD_COMMANDS = Set.of("build", "copr-build");

    private final Handlers handlers;
    private final TestTargets targets;
    private final TestedBuilds builds;

    public TestJobs(Handlers handlers, TestTargets targets, TestedBuilds builds) {
        this.handlers = handlers;
        this.targets = targets;
        this.builds = builds;
    }

    /**
     * The tests that an event or command asks for, with the builds that they imply.
     *
     * @param asked the jobs of tests in the package config that fit
     * @param others the jobs that were selected before; their builds are waited for
     */
    List<Job> of(
            Decision decision,
            PackageConfig config,
            @Nullable Command command,
            List<JobConfig> asked,
            List<Job> others) {
        boolean building = command == null || BUILD_COMMANDS.contains(command.name());
        List<Job> all = new ArrayList<>(others);
        List<JobConfig> tests = asked;
        if (building) {
            tests = asked.stream()
                    .filter(test -> command == null || !(test.skipBuild() || test.manualTrigger()))
                    .toList();
            imply(decision, config, tests, all);
            tests = tests.stream()
                    .filter(test -> test.skipBuild() || builds.isBuilt(test.packageName(), all))
                    .toList();
        }
        Set<String> failed = command != null && command.name().equals(RETEST) ? failed(decision) : null;
        Set<String> checks = new HashSet<>();
        for (JobConfig test : tests) {
            String plan = plan(test, command).argument();
            targets.of(test).forEach((target, chroot) -> {
                Job job = job(decision, all.size(), test, target, chroot, plan);
                if ((failed == null || failed.contains(check(job))) && checks.add(check(job))) {
                    all.add(builds.follow(job, all));
                }
            });
        }
        return all.subList(others.size(), all.size());
    }

    /** The build of a package that has tests and no job that builds it, for all chroots that the tests need. */
    private void imply(Decision decision, PackageConfig config, List<JobConfig> tests, List<Job> all) {
        Map<String, List<JobConfig>> byPackage = tests.stream()
                .filter(test -> !test.skipBuild() && !isBuiltByConfig(config, test))
                .collect(Collectors.groupingBy(
                        test -> String.valueOf(test.packageName()), LinkedHashMap::new, Collectors.toList()));
        for (List<JobConfig> ofPackage : byPackage.values()) {
            JobConfig first = ofPackage.get(0);
            List<String> chroots = ofPackage.stream()
                    .flatMap(test -> targets.of(test).values().stream())
                    .distinct()
                    .toList();
            all.add(JobSelector.job(
                    decision,
                    all.size(),
                    handlers.named(TestedBuilds.BUILDER).spec(),
                    first.trigger(),
                    first.packageName(),
                    chroots,
                    JobSelector.buildArguments(first)));
        }
    }

    private static boolean isBuiltByConfig(PackageConfig config, JobConfig test) {
        return config.jobs().stream()
                .anyMatch(job -> job.type().equals("copr_build")
                        && job.trigger().equals(test.trigger())
                        && String.valueOf(job.packageName()).equals(String.valueOf(test.packageName())));
    }

    private Job job(Decision decision, int index, JobConfig test, String target, String chroot, String plan) {
        Map<String, String> arguments = new TreeMap<>(Map.of(TestPlan.ARGUMENT, plan, Job.CHROOT, chroot));
        test.checkNames().addIdentifierTo(arguments);
        test.notifications().addTo(arguments);
        JobSelector.nameChecks(arguments, decision, test, targets.of(test).size());
        return JobSelector.job(decision, index, spec(), test.trigger(), test.packageName(), List.of(target), arguments);
    }

    private static TestPlan plan(JobConfig test, @Nullable Command command) {
        Map<String, String> env = new TreeMap<>(test.tests().env());
        if (command != null) {
            for (String variable : command.options().getOrDefault("env", List.of())) {
                int equals = variable.indexOf('=');
                String value = variable.substring(equals + 1);
                if (value.isEmpty()) {
                    env.remove(variable.substring(0, equals)); // https://packit.dev/docs/retriggering#tests
                } else {
                    env.put(variable.substring(0, equals), value);
                }
            }
        }
        return new TestPlan(
                test.tests().fmfUrl(),
                test.tests().fmfRef(),
                test.tests().fmfPath(),
                test.tests().tmtPlan(),
                test.tests().postInstallScript(),
                test.tests().extraParams(),
                env,
                test.tests().useInternalTf(),
                test.tests().useTargetRepoForFmfUrl(),
                test.skipBuild(),
                test.source().upstreamPackageName(),
                test.source().downstreamPackageName(),
                command == null ? List.of() : command.arguments(),
                null);
    }

    /** The checks of the commit whose newest tests failed. */
    private Set<String> failed(Decision decision) {
        Set<String> seen = new HashSet<>();
        Set<String> failed = new HashSet<>();
        for (StoredJob newest : builds.ofCommit(HANDLER, decision.event())) {
            Job tests = newest.job();
            if (seen.add(check(tests))
                    && tests.targets().stream().anyMatch(target -> TestedBuilds.hasFailed(newest, target))) {
                failed.add(check(tests));
            }
        }
        return failed;
    }

    /**
     * The same jobs when they are asked for once more: tests use the build that is the newest now, and what is built
     * once more is tested once more.
     *
     * @param again jobs of a decision, each with the id of the job that it repeats
     */
    List<Job> again(Decision decision, Map<Job, String> again) {
        List<Job> all = new ArrayList<>(again.keySet());
        Set<String> checks = new HashSet<>();
        all.replaceAll(job -> job.handler().equals(HANDLER) && checks.add(check(job)) ? builds.follow(job, all) : job);
        again.forEach((build, first) -> {
            for (Job tests : builds.testsOf(first, build.targets())) {
                Job job = JobSelector.again(decision, all.size(), spec(), tests, tests.targets());
                if (checks.add(check(job))) {
                    all.add(builds.follow(job, all));
                }
            }
        });
        return all;
    }

    private HandlerSpec spec() {
        return handlers.named(HANDLER).spec();
    }

    /** What tells tests from others of the same commit: their package and the name of their check. */
    private String check(Job job) {
        return job.packageName() + "/" + Checks.name(spec(), job, job.targets().get(0));
    }
}
