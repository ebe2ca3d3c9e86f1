package dev.forgeway.decide.select;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.Decisions;
import dev.forgeway.decide.PackageConfigReader;
import dev.forgeway.decide.Verdict;
import dev.forgeway.decide.packageconfig.JobConfig;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.Reason;
import dev.forgeway.event.Event;
import dev.forgeway.forge.CheckState;
import dev.forgeway.forge.PackageConfigFile;
import dev.forgeway.handle.Checks;
import dev.forgeway.handle.copr.CoprBuildHandler;
import dev.forgeway.handle.copr.CoprBuildProgressHandler;
import dev.forgeway.handle.forgeapp.HelpHandler;
import dev.forgeway.store.Outcome;
import dev.forgeway.testing.DescribedHandler;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.Stores;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobSelectorTest {

    private static final String OPENED = "opened";
    private static final String TARGETS = "targets: [fedora-rawhide, epel-10]";

    private final Stores stores = Stores.empty();
    private final JobSelector selector = Selectors.of(
            stores, DescribedHandler.handlers(CoprBuildHandler.SPEC, CoprBuildProgressHandler.SPEC, HelpHandler.SPEC));

    /** @param what "opened" or the text of a comment on the same pull request */
    private static Event event(String what) {
        var opened = Examples.pullRequest(Examples.PROJECT);
        return what.equals(OPENED) ? opened : Examples.comment(what).on(opened.pullRequest(), Examples.COMMIT);
    }

    private Decision selected(String what, String config) {
        Decision decision = Decisions.about(event(what));
        decision.configFile(new PackageConfigFile(".packit.yaml", config));
        new PackageConfigReader(Selectors.PARSER).read(decision);
        selector.fromConfig(decision);
        return decision;
    }

    private static String job(String keys) {
        return "specfile_path: hello.spec\njobs:\n  - {job: copr_build, " + keys + ", " + TARGETS + "}\n";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            opened               | trigger: pull_request                       | 1
            /packit build        | trigger: pull_request                       | 1
            /packit copr-build   | trigger: pull_request                       | 1
            opened               | trigger: commit                             | 0
            /packit build        | trigger: commit                             | 0
            opened               | trigger: release                            | 0
            opened               | trigger: ignore                             | 0
            opened               | trigger: pull_request, manual_trigger: true | 0
            /packit build        | trigger: pull_request, manual_trigger: true | 1
            opened               | trigger: pull_request, branch: main         | 1
            opened               | trigger: pull_request, branch: stable       | 0
            /packit build        | trigger: pull_request, branch: main         | 1
            /packit build        | trigger: pull_request, branch: stable       | 0
            """)
    void selectsByTriggerCommandAndTargetBranch(String what, String keys, int jobs) {
        Decision decision = selected(what, job(keys));

        assertThat(decision.jobs()).hasSize(jobs);
        assertThat(decision.outcome()).isEqualTo(jobs == 0 ? Outcome.FILTERED : Outcome.DISPATCHED);
        assertThat(decision.reason()).isEqualTo(jobs == 0 ? Reason.NO_MATCHING_JOB : null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '{package}/{job_name}/{chroot}'        | 'hello/{job_name}/{chroot}'
            '{chroot}'                             | '{chroot}'
            'one name for all checks'              |
            """)
    void namesChecksByATemplateThatTellsThemApart(String template, @Nullable String argument) {
        Decision decision = selected(OPENED, job("trigger: pull_request, status_name_template: '" + template + "'"));

        assertThat(decision.jobs())
                .singleElement()
                .extracting(job -> job.arguments().get(Checks.NAME_TEMPLATE))
                .isEqualTo(argument);
    }

    @Test
    void makesAJobWithAllChrootsOfItsTargetsAndItsArguments() {
        Decision decision =
                selected(OPENED, job("trigger: pull_request, identifier: full, owner: '@copr', project: nightly"));

        assertThat(decision.jobs()).singleElement().satisfies(job -> {
            assertThat(job.handler()).isEqualTo("copr-build");
            assertThat(job.trigger()).isEqualTo("pull_request");
            assertThat(job.targets()).containsExactly(Examples.RAWHIDE, Examples.EPEL);
            assertThat(job.arguments())
                    .isEqualTo(Map.of(
                            "identifier", "full", "owner", "@copr", "project", "nightly", Job.CONFIG_INDEX, "0"));
            assertThat(job.deliveryId()).isEqualTo(decision.delivery().id());
            assertThat(job.state()).isEqualTo(Job.State.QUEUED);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "nightly, 'epel-9-x86_64,fedora-44-aarch64'",
        "not-there-yet, 'fedora-43-x86_64,fedora-44-x86_64,fedora-45-x86_64'"
    })
    void buildsForTheChrootsOfTheProjectThatAJobWithoutTargetsNames(String project, String chroots) {
        Decision decision = selected(
                OPENED, "jobs: [{job: copr_build, trigger: pull_request, owner: '@copr', project: " + project + "}]");

        assertThat(decision.jobs())
                .singleElement()
                .satisfies(job -> assertThat(String.join(",", job.targets())).isEqualTo(chroots));
    }

    @ParameterizedTest
    @CsvSource({
        "opened,                        'one,two'",
        "/packit build,                 'one,two'",
        "/packit build --package two,   two",
        "/packit build --package three, ''"
    })
    void selectsThePackagesOfAMonorepo(String what, String packages) {
        String config = """
                packages:
                  one: {specfile_path: one.spec}
                  two: {specfile_path: two.spec}
                jobs:
                  - {job: copr_build, trigger: pull_request, targets: [fedora-rawhide]}
                """;

        assertThat(selected(what, config).jobs().stream().map(job -> String.valueOf(job.packageName())))
                .isEqualTo(packages.isEmpty() ? List.of() : List.of(packages.split(",")));
    }

    @ParameterizedTest
    @CsvSource({"/packit rebuild-failed, 'one,two'", "/packit rebuild-failed --package two, two"})
    void buildsTheFailedPackagesAgainThatAreMeant(String what, String packages) {
        for (String name : List.of("one", "two")) {
            Job build = stores.dispatched(Examples.of(name, Examples.coprBuild(Examples.RAWHIDE)));
            stores.jobs.advanceTarget(build.id(), Examples.RAWHIDE, CheckState.FAILURE);
        }

        assertThat(selected(what, "packages: {one: {}, two: {}}").jobs())
                .extracting(Job::packageName)
                .containsExactlyInAnyOrder(packages.split(","));
    }

    @Test
    void tellsWhatMakingTheSourcePackageNeeds() {
        assertThat(selected(OPENED, job("trigger: pull_request, srpm_build_deps: [make, gcc]"))
                        .jobs())
                .singleElement()
                .satisfies(job -> assertThat(job.arguments()).containsEntry(Job.SOURCE_DEPENDENCIES, "make\ngcc"));
    }

    @Test
    void makesTheSameJobsAgainForTheSameDelivery() {
        Decision first = Decisions.about(event(OPENED));
        Decision again = new Decision(first.delivery());
        again.event(event(OPENED));
        String two = job("trigger: pull_request") + "  - {job: copr_build, trigger: pull_request, " + TARGETS + "}\n";
        for (Decision decision : List.of(first, again)) {
            decision.configFile(new PackageConfigFile(".packit.yaml", two));
            selector.fromConfig(decision);
        }

        assertThat(again.jobs()).isEqualTo(first.jobs());
        assertThat(first.jobs()).extracting(Job::id).doesNotHaveDuplicates().hasSize(2);
        assertThat(selected(OPENED, two).jobs()).extracting(Job::id).doesNotContainAnyElementsOf(ids(first));
    }

    private static List<String> ids(Decision decision) {
        return decision.jobs().stream().map(Job::id).toList();
    }

    @ParameterizedTest
    @CsvSource({"targets: [fedora-rawhide], fedora-rawhidee", "'jobs: ', jobs has no value", "'jobs: [', .packit.yaml"})
    void saysWhatIsWrongWithTheConfig(String config, String detail) {
        String text = config.startsWith("jobs")
                ? config
                : job("trigger: pull_request").replace("fedora-rawhide", "fedora-rawhidee");

        Decision decision = selected(OPENED, text);

        assertThat(decision.outcome()).isEqualTo(Outcome.FILTERED);
        assertThat(decision.jobs()).isEmpty();
        assertThat(decision.reason()).isEqualTo(Reason.INVALID_PACKAGE_CONFIG);
        assertThat(decision.detail()).contains(detail);
    }

    @Test
    void stopsForTheReasonWhyTheOnlyMatchingJobWasLeftOut() {
        Decision decision = Decisions.about(event(OPENED));
        decision.configFile(new PackageConfigFile(
                ".packit.yaml",
                job("trigger: release") + "  - {job: copr_build, trigger: pull_request, " + TARGETS + "}\n"));
        for (JobConfig configured : decision.config(Selectors.PARSER).jobs()) {
            decision.leaveOut(configured, Verdict.refuse(Reason.LABEL_MISMATCH, configured.trigger()));
        }

        selector.fromConfig(decision);

        assertThat(decision.reason()).isEqualTo(Reason.LABEL_MISMATCH);
        assertThat(decision.detail()).isEqualTo("pull_request");
    }

    @Test
    void selectsTheJobsThatWereNotLeftOut() {
        Decision decision = Decisions.about(event(OPENED));
        decision.configFile(new PackageConfigFile(
                ".packit.yaml",
                job("trigger: pull_request") + "  - {job: copr_build, trigger: pull_request, identifier: two, "
                        + TARGETS + "}\n"));
        decision.leaveOut(
                decision.config(Selectors.PARSER).jobs().get(0), Verdict.refuse(Reason.OTHER_INSTANCE, "for stg"));

        selector.fromConfig(decision);

        assertThat(decision.jobs())
                .singleElement()
                .satisfies(job -> assertThat(job.arguments()).containsEntry("identifier", "two"));
    }

    @Test
    void tellsTheHelpCommandWhatTheRepositoryCanDo() {
        Decision decision = Decisions.about(event("/packit help"));
        decision.configFile(new PackageConfigFile(".packit.yaml", """
                packages:
                  one: {specfile_path: one.spec}
                  two: {specfile_path: two.spec}
                jobs:
                  - {job: copr_build, trigger: pull_request, targets: [fedora-rawhide]}
                  - {job: copr_build, trigger: release, targets: [epel-9]}
                """));

        selector.fromCommand(decision);

        assertThat(decision.jobs())
                .singleElement()
                .satisfies(job -> assertThat(job.arguments())
                        .containsEntry("config", ".packit.yaml")
                        .containsEntry("packages", "one, two")
                        .containsEntry("targets:copr-build", "fedora-rawhide")
                        .containsEntry("usage:build", "/packit build [--commit <branch>] [--release <tag>]")
                        .doesNotContainKey("config-problem"));
    }

    @Test
    void runsACommandThatNeedsNoConfigWithoutOne() {
        Decision decision = Decisions.about(Examples.comment("/packit help"));

        selector.fromCommand(decision);

        assertThat(decision.jobs()).extracting(Job::handler).containsExactly("help");
        assertThat(decision.jobs().get(0).arguments()).doesNotContainKeys("config", "targets:copr-build");
        assertThat(decision.isOpen()).isFalse();
    }

    @Test
    void leavesOtherCommandsToTheConfig() {
        Decision decision = Decisions.about(Examples.comment("/packit build"));

        selector.fromCommand(decision);

        assertThat(decision.isOpen()).isTrue();
        assertThat(decision.jobs()).isEmpty();
    }

    @Test
    void carriesTheStoryOfABuildOn() {
        Decision decision = Decisions.about(Examples.build("1001", Examples.RAWHIDE, "succeeded"));
        Job subject = Examples.coprBuild(Examples.RAWHIDE);
        decision.subject(subject);

        selector.fromBuild(decision);

        assertThat(decision.jobs()).singleElement().satisfies(job -> {
            assertThat(job.handler()).isEqualTo("copr-build-progress");
            assertThat(job.arguments()).isEqualTo(Map.of("subject", subject.id()));
        });
    }

    @Test
    void selectsNothingForWhatWasStoppedBefore() {
        for (String what : List.of(OPENED, "/packit help")) {
            Decision decision = Decisions.about(event(what));
            decision.stop(Outcome.FILTERED, Reason.NAMESPACE_DENIED, null);

            selector.fromCommand(decision);
            selector.fromConfig(decision);
            selector.fromBuild(decision);

            assertThat(decision.reason()).isEqualTo(Reason.NAMESPACE_DENIED);
            assertThat(decision.jobs()).isEmpty();
        }
    }
}
