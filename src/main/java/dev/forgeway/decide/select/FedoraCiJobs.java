package dev.forgeway.decide.select;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.FedoraCi;
import dev.forgeway.decide.ForgeQuestions;
import dev.forgeway.decide.command.Command;
import dev.forgeway.decide.command.CommandResult;
import dev.forgeway.decide.packageconfig.KnownReleases;
import dev.forgeway.decide.packageconfig.KojiTargets;
import dev.forgeway.decide.packageconfig.Releases;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.Reason;
import dev.forgeway.event.Event;
import dev.forgeway.event.Project;
import dev.forgeway.event.PullRequest;
import dev.forgeway.event.PullRequestEvent;
import dev.forgeway.forge.CheckState;
import dev.forgeway.handle.Checks;
import dev.forgeway.handle.Handlers;
import dev.forgeway.handle.TestPlan;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.Outcome;
import dev.forgeway.store.StoredJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes the jobs of Fedora CI: of each head of a pull request of dist-git a scratch build, and with what was built the tests
 * that are the same for all packages and those of the package, where it has any; and both again on command
 * (https://packit.dev/fedora-ci/retriggering). What is built and tested is the commit of the fork, for the branch that it is
 * to go to. Of a repository of tests there is nothing to build. A pull request that takes part asks for nothing else.
 */
@Component
public class FedoraCiJobs {

    private static final String BUILD = "ci-scratch-build";
    private static final String TEST = "ci-test";

    /** The commands that it follows. */
    static final List<String> COMMANDS = List.of(BUILD, TEST);

    /** The tests that the package itself has. */
    private static final String OWN_TESTS = "custom";

    /** The tests that are the same for all packages (https://packit.dev/fedora-ci/jobs), with where they are. */
    private static final Map<String, Source> GENERIC = Map.of(
            "installability",
            new Source("https://github.com/fedora-ci/installability-pipeline.git", "master", null),
            "rpminspect",
            new Source("https://github.com/fedora-ci/rpminspect-pipeline.git", "master", null),
            "rpmlint",
            new Source("https://github.com/packit/tmt-plans.git", "main", "/plans/rpmlint"));

    private static final String NAME = "scratch-build:{chroot}";
    private static final String METADATA = ".fmf/version";

    private static final String ELN = "eln";
    private static final String RAWHIDE = "fedora-rawhide-x86_64";
    private static final String NO_ACCOUNT = "this Forgeway has no account at Testing Farm";
    private static final Set<CheckState> FAILED =
            Set.of(CheckState.FAILURE, CheckState.ERROR, CheckState.CANCELED, CheckState.NEUTRAL);
    private static final Set<String> TARGETS = Set.of(ELN, "rawhide");

    /**
     * Where tests are.
     *
     * @param plan which of the plans there, or null for all
     */
    private record Source(
            String url, @Nullable String ref, @Nullable String plan) {}

    private final FedoraCi ci;
    private final Handlers handlers;
    private final TestedBuilds builds;
    private final ForgeQuestions forge;
    private final KnownReleases releases;

    public FedoraCiJobs(
            FedoraCi ci, Handlers handlers, TestedBuilds builds, ForgeQuestions forge, KnownReleases releases) {
        this.releases = releases;
        this.ci = ci;
        this.handlers = handlers;
        this.builds = builds;
        this.forge = forge;
    }

    /** Selects the jobs that the event asks for, in a package that takes part. */
    public void select(Decision decision) {
        Command command = decision.said() instanceof CommandResult.Found found ? found.command() : null;
        PullRequest pullRequest = decision.isOpen() ? decision.event().pullRequest() : null;
        if (pullRequest == null || !asks(decision.event(), command)) {
            StepLog.skip();
            return;
        }
        String wanted = command == null ? null : command.option("target").orElse(null);
        String fork = fork(decision.event(), pullRequest);
        if (wanted != null && !TARGETS.contains(wanted)) {
            decision.stop(Outcome.FILTERED, Reason.REF_MISMATCH, "`--target` is `eln` or `rawhide`");
        } else if (pullRequest.targetBranch() == null) {
            decision.stop(Outcome.FILTERED, Reason.REF_MISMATCH, "nobody says where the pull request is to go");
        } else if (fork == null) {
            decision.stop(Outcome.FILTERED, Reason.REF_MISMATCH, "the fork of the pull request is gone");
        } else {
            String branch = ELN.equals(wanted) ? ELN : pullRequest.targetBranch();
            if (decision.event().inTestsOfDistGit()) {
                testAlone(decision, command, branch, fork);
            } else if (command != null && command.name().equals(TEST)) {
                test(decision, command, branch, fork);
            } else {
                build(decision, branch, fork);
            }
        }
    }

    private void build(Decision decision, String branch, String fork) {
        List<Job> jobs = new ArrayList<>();
        Job build = scratchBuild(
                decision, target(branch), fork + "#" + decision.event().commit());
        jobs.add(build);
        for (String test : ci.hasTests() ? tests(decision) : List.<String>of()) {
            jobs.add(tests(decision, jobs.size(), test, branch, fork, build).blocked());
        }
        decision.select(jobs);
        StepLog.note(jobs.size() == 1 ? "1 job" : jobs.size() + " jobs", "scratch build for " + target(branch));
    }

    /** What a package is tested by. */
    private List<String> tests(Decision decision) {
        List<String> tests = new ArrayList<>(new TreeSet<>(GENERIC.keySet()));
        if (forge.hasFile(decision, METADATA)) {
            tests.add(OWN_TESTS);
        }
        return tests;
    }

    /** The newest scratch build of the commit is tested, as soon as it is there. */
    private void test(Decision decision, Command command, String branch, String fork) {
        String named = command.arguments().stream().findFirst().orElse(null);
        StoredJob build = newestBuild(decision, target(branch));
        if (named != null && !named.equals(OWN_TESTS) && !GENERIC.containsKey(named)) {
            Set<String> known = new TreeSet<>(GENERIC.keySet());
            known.add(OWN_TESTS);
            refuse(decision, "the tests of Fedora CI are `" + String.join("`, `", known) + "`");
        } else if (!ci.hasTests()) {
            refuse(decision, NO_ACCOUNT);
        } else if (OWN_TESTS.equals(named) && !forge.hasFile(decision, METADATA)) {
            refuse(decision, "the package has no tests of its own (`" + METADATA + "`) at this commit");
        } else if (build == null
                || state(build, target(branch)).map(FAILED::contains).orElse(false)) {
            refuse(
                    decision,
                    "there is no scratch build of this commit for " + target(branch) + " that could be tested");
        } else {
            boolean isBuilt = state(build, target(branch)).isPresent();
            List<Job> jobs = new ArrayList<>();
            for (String test : named == null ? tests(decision) : List.of(named)) {
                Job tests = tests(decision, jobs.size(), test, branch, fork, build.job());
                jobs.add(isBuilt ? tests : tests.blocked());
            }
            decision.select(jobs);
            StepLog.note(jobs.size() == 1 ? "1 job" : jobs.size() + " jobs", "tests for " + target(branch));
        }
    }

    /** Where there is no package, its own tests are all that there is. */
    private void testAlone(Decision decision, @Nullable Command command, String branch, String fork) {
        String named = command == null
                ? null
                : command.arguments().stream().findFirst().orElse(null);
        if (command != null && !command.name().equals(TEST)) {
            refuse(decision, "there is no package here that could be built");
        } else if (named != null && !named.equals(OWN_TESTS)) {
            refuse(decision, "without a package, the only tests are `" + OWN_TESTS + "`");
        } else if (!ci.hasTests()) {
            refuse(decision, NO_ACCOUNT);
        } else if (!forge.hasFile(decision, METADATA)) {
            refuse(decision, "there are no tests (`" + METADATA + "`) at this commit");
        } else {
            decision.select(List.of(tests(decision, 0, OWN_TESTS, branch, fork, null)));
            StepLog.note("1 job", "tests without a package");
        }
    }

    private static void refuse(Decision decision, String why) {
        decision.stop(Outcome.FILTERED, Reason.REF_MISMATCH, why);
    }

    private @Nullable StoredJob newestBuild(Decision decision, String target) {
        return builds.ofCommit(KojiJobs.HANDLER, decision.event()).stream()
                .filter(build -> build.job().targets().contains(target)
                        && NAME.equals(build.job().arguments().get(Checks.NAME_TEMPLATE)))
                .findFirst()
                .orElse(null);
    }

    /** How a build ended for a target; empty while it has not. */
    private static Optional<CheckState> state(StoredJob build, String target) {
        CheckState state = build.targets().getOrDefault(target, CheckState.PENDING);
        return state.isFinal()
                ? Optional.of(state)
                : build.job().state() == Job.State.DONE ? Optional.of(CheckState.ERROR) : Optional.empty();
    }

    /** @param build whose result is tested; null where there is none */
    private Job tests(Decision decision, int index, String test, String branch, String fork, @Nullable Job build) {
        boolean own = test.equals(OWN_TESTS);
        Source source =
                own ? new Source(fork, decision.event().commit(), null) : Objects.requireNonNull(GENERIC.get(test));
        String target = build == null ? RAWHIDE : TestTargets.ofBranch(branch);
        TestPlan plan = new TestPlan(
                source.url(),
                source.ref(),
                ".",
                source.plan(),
                null,
                Map.of(),
                own ? Map.of() : Map.of("PROFILE_NAME", profile(target)),
                false,
                false,
                build == null,
                null,
                null,
                List.of(),
                new TestPlan.Ci(branch, own));
        Map<String, String> arguments = new TreeMap<>();
        arguments.put(TestPlan.ARGUMENT, plan.argument());
        if (build != null) {
            arguments.put(Job.BUILD, build.id());
            arguments.put(Job.CHROOT, build.targets().get(0));
        }
        arguments.put(Checks.NAME_TEMPLATE, test + "-tests:{chroot}");
        return JobSelector.job(
                decision,
                index,
                handlers.named(TestJobs.HANDLER).spec(),
                "pull_request",
                null,
                List.of(target),
                arguments);
    }

    /** The name of a release with its number, which Rawhide has too. */
    private String profile(String target) {
        Releases now = releases.now();
        return !target.equals(RAWHIDE)
                ? target.substring(0, target.lastIndexOf('-'))
                : "fedora-"
                        + (Stream.concat(now.fedoraStable().stream(), now.fedoraBranched().stream())
                                        .mapToInt(Integer::parseInt)
                                        .max()
                                        .orElse(0)
                                + 1);
    }

    private static String target(String branch) {
        return branch.equals(ELN) ? ELN : KojiTargets.ofBranch(branch);
    }

    private boolean asks(Event event, @Nullable Command command) {
        return ci.isFor(event)
                && (command == null ? event instanceof PullRequestEvent : COMMANDS.contains(command.name()));
    }

    private Job scratchBuild(Decision decision, String target, String source) {
        Map<String, String> arguments = new TreeMap<>();
        arguments.put("scratch", "true");
        arguments.put("source", "git+" + source);
        arguments.put(Checks.NAME_TEMPLATE, NAME);
        return JobSelector.job(
                decision, 0, handlers.named(KojiJobs.HANDLER).spec(), "pull_request", null, List.of(target), arguments);
    }

    /** Forks are cloned from another path than their page has (https://docs.pagure.org/pagure/usage/forks.html). */
    private static @Nullable String fork(Event event, PullRequest pullRequest) {
        Project project = Objects.requireNonNull(event.project());
        String path = project.namespace() + "/" + project.name();
        String namespace = pullRequest.sourceNamespace();
        if (namespace == null
                || pullRequest.sourceName() == null
                || !project.url().endsWith(path)) {
            return null;
        }
        String root = project.url().substring(0, project.url().length() - path.length());
        return root + namespace.replaceFirst("^fork/", "forks/") + "/" + pullRequest.sourceName() + ".git";
    }
}
