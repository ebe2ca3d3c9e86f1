package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.CoprSimulator.Build;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pull requests that ask for builds, in every form that a package config gives them. */
@FlowTest
class PullRequestFlowTest extends Flow {

    @Test
    void showsACheckUnderTheNameThatTheConfigGivesItAndRunsItAgain() {
        var pullRequest = pullRequest("flow", false).brings("""
                specfile_path: hello.spec
                jobs:
                  - job: copr_build
                    trigger: pull_request
                    targets: [fedora-rawhide]
                    status_name_template: "gate/{package}/{chroot}"
                """);
        String name = "gate/" + pullRequest.repository().replace("flow/", "") + "/" + RAWHIDE;

        pullRequest.opens();

        copr.finishBuild(pullRequest.build().id(), false);
        pullRequest.check(name).isEventually("failure");
        assertThat(pullRequest.checkRuns()).hasSize(1);

        pullRequest.delivers(
                webhooks.rerun(pullRequest.repository(), pullRequest.check(name).run()));

        copr.finishBuild(pullRequest.builds(2).get(1).id(), true);
        pullRequest.check(name).isEventually("success");
        assertThat(pullRequest.checkRuns()).hasSize(1);
    }

    @Test
    void commentsOnTheEndOfBuildsAsTheConfigAsks() {
        var pullRequest = pullRequest("flow", false).brings("""
                jobs:
                  - job: copr_build
                    trigger: pull_request
                    targets: [fedora-rawhide]
                    notifications:
                      pull_request: {successful_build: true}
                      failure_comment: {message: "@ada: {commit_sha} does not build"}
                """);
        pullRequest.opens();
        copr.finishBuild(pullRequest.build().id(), false);
        eventually()
                .untilAsserted(() -> assertThat(pullRequest.comments())
                        .singleElement()
                        .satisfies(comment -> assertThat(comment.body())
                                .contains("@ada: " + pullRequest.head() + " does not build")));

        pullRequest.reopens();
        copr.finishBuild(pullRequest.builds(2).get(1).id(), true);

        eventually()
                .untilAsserted(() -> assertThat(pullRequest.comments())
                        .hasSize(2)
                        .last()
                        .satisfies(comment -> assertThat(comment.body()).contains("build in Copr", "succeeded")));
    }

    @Test
    void findsThePackageConfigWithExactlyOneRequest() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        pullRequest.opens().isEventually("dispatched");

        assertThat(github.calls("POST /graphql"))
                .filteredOn(call ->
                        call.body().contains("\"" + pullRequest.repository().substring(5) + "\""))
                .hasSize(1);
        assertThat(github.calls("GET /repos/" + pullRequest.repository())).isEmpty();
    }

    @Test
    void takesTheFirstNameOfAPackageConfigThatExists() {
        var pullRequest = pullRequest("flow", false)
                .brings("packit.yaml", PullRequestStory.config("fedora-44"))
                .brings(".packit.yml", PullRequestStory.config("epel-10"));

        pullRequest.opens();

        assertThat(pullRequest.build().chroots()).containsOnlyKeys(EPEL);
    }

    @Test
    void buildsEveryNewHead() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        pullRequest.opens();
        copr.finishBuild(pullRequest.build().id(), true);
        pullRequest.rpmBuild(RAWHIDE).isEventually("success");

        pullRequest.isPushed(PullRequestStory.config("fedora-rawhide"));

        List<Build> builds = pullRequest.builds(2);
        assertThat(builds.get(1).script()).contains("--ref " + pullRequest.head());
        copr.finishBuild(builds.get(1).id(), false);
        pullRequest.rpmBuild(RAWHIDE).isEventually("failure");
    }

    @Test
    void addsATargetThatAPushBringsToTheProjectInCopr() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        var opened = pullRequest.opens();
        copr.finishBuild(pullRequest.build().id(), true);
        opened.jobIsEventually("succeeded");

        pullRequest.isPushed(PullRequestStory.config("epel-10")).jobEventuallyWaits();

        assertThat(pullRequest.builds(2).get(1).chroots()).containsOnlyKeys(EPEL);
    }

    @Test
    void buildsAReopenedPullRequestAgain() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        pullRequest.opens();
        copr.finishBuild(pullRequest.build().id(), false);
        pullRequest.rpmBuild(RAWHIDE).isEventually("failure");

        var reopened = pullRequest.reopens();

        copr.finishBuild(pullRequest.builds(2).get(1).id(), true);
        reopened.jobIsEventually("succeeded");
        pullRequest.rpmBuild(RAWHIDE).isEventually("success");
    }

    @Test
    void buildsAsThePackageConfigWantsItOfCopr() {
        var pullRequest = pullRequest("flow", false).brings("""
                additional_packages: [make]
                jobs:
                  - job: copr_build
                    trigger: pull_request
                    targets:
                      fedora-rawhide: {additional_packages: [gcc], additional_modules: "ruby:2.7", without_opts: [check]}
                      epel-10: {}
                    additional_repos: ["copr://ada/tools"]
                    srpm_build_deps: [meson]
                    timeout: 3600
                    enable_net: true
                    bootstrap: image
                    preserve_project: true
                    module_hotfixes: true
                """);

        pullRequest.opens();

        Build build = pullRequest.build();
        String owner = build.ownername();
        assertThat(build.source()).containsEntry("builddeps", "git packit meson");
        assertThat(copr.calls())
                .filteredOn(call -> call.target().endsWith("/build/create/custom")
                        && call.body().contains(pullRequest.coprProject()))
                .allSatisfy(call -> assertThat(call.body()).contains("\"timeout\":3600", "\"enable_net\":true"));
        assertThat(copr.settings(owner, pullRequest.coprProject()))
                .containsEntry("additional_repos", List.of("copr://ada/tools"))
                .containsEntry("bootstrap", "image")
                .containsEntry("module_hotfixes", true)
                .containsEntry("unlisted_on_hp", true)
                .containsEntry("delete_after_days", -1);
        assertThat(copr.settings(owner, pullRequest.coprProject(), RAWHIDE))
                .containsEntry("additional_packages", List.of("make", "gcc"))
                .containsEntry("additional_modules", "ruby:2.7")
                .containsEntry("without_opts", List.of("check"));
        assertThat(copr.settings(owner, pullRequest.coprProject(), EPEL))
                .containsEntry("additional_packages", List.of("make"));
    }

    private static String buildIn(String copr) {
        return """
                jobs:
                  - job: copr_build
                    trigger: pull_request
                    targets: [fedora-rawhide]
                    additional_repos: ["copr://ada/tools"]
                """ + copr;
    }

    @Test
    void buildsInTheProjectOfSomebodyElseWhoAllowsIt() {
        var pullRequest = pullRequest("flow", false).brings(buildIn("    owner: \"@sig\"\n    project: allowed\n"));
        copr.addProject("@sig", "allowed", EPEL).allow("@sig", "allowed", "github.com/" + pullRequest.repository());

        pullRequest.opens().jobEventuallyWaits();

        assertThat(copr.builds().stream().filter(build -> build.projectname().equals("allowed")))
                .singleElement()
                .satisfies(build -> assertThat(build.chroots()).containsOnlyKeys(RAWHIDE));
        assertThat(copr.chroots("@sig", "allowed")).contains(EPEL, RAWHIDE);
    }

    @Test
    void buildsForTheChrootsOfTheProjectThatAJobWithoutTargetsNames() {
        var pullRequest = pullRequest("flow", false).brings("""
                jobs: [{job: copr_build, trigger: pull_request, owner: "@sig", project: chroots}]
                """);
        copr.addProject("@sig", "chroots", EPEL, "fedora-44-aarch64")
                .allow("@sig", "chroots", "github.com/" + pullRequest.repository());

        pullRequest.opens().jobEventuallyWaits();

        assertThat(copr.builds().stream().filter(build -> build.projectname().equals("chroots")))
                .singleElement()
                .satisfies(build -> assertThat(build.chroots()).containsOnlyKeys(EPEL, "fedora-44-aarch64"));
        eventually()
                .untilAsserted(() -> assertThat(pullRequest.checkRuns())
                        .extracting(check -> check.name())
                        .containsExactlyInAnyOrder("rpm-build:" + EPEL, "rpm-build:fedora-44-aarch64"));
    }

    @Test
    void neitherBuildsInNorChangesTheProjectOfSomebodyElseWhoAllowsOthersAlone() {
        var pullRequest = pullRequest("flow", false).brings(buildIn("    owner: \"@sig\"\n    project: theirs\n"));
        copr.addProject("@sig", "theirs", EPEL).allow("@sig", "theirs", "github.com/others/theirs");

        pullRequest.opens().jobIsEventually("failed");

        pullRequest.check("rpm-build:" + RAWHIDE).isEventually("failure");
        assertThat(pullRequest.checkRuns())
                .singleElement()
                .satisfies(check -> assertThat(check.title())
                        .contains("github.com/" + pullRequest.repository(), "Packit allowed forge projects"));
        assertThat(copr.builds()).noneMatch(build -> build.projectname().equals("theirs"));
        assertThat(copr.chroots("@sig", "theirs")).containsExactly(EPEL);
        assertThat(copr.settings("@sig", "theirs")).doesNotContainKey("additional_repos");
    }

    @Test
    void makesAProjectOfItsOwnThatNoOtherRepositoryMayBuildIn() {
        var first = pullRequest("flow", false).brings(buildIn("    project: flow-nightly\n"));
        var other = pullRequest("flow", false)
                .brings(buildIn("    project: flow-nightly\n")
                        .replace("    additional_repos: [\"copr://ada/tools\"]\n", ""));

        first.opens().jobEventuallyWaits();
        first.reopens().jobEventuallyWaits();
        other.opens().jobIsEventually("failed");

        assertThat(copr.builds().stream().filter(build -> build.projectname().equals("flow-nightly")))
                .hasSize(2);
    }

    @Test
    void buildsEachJobUnderItsIdentifier() {
        var pullRequest = pullRequest("flow", false).brings("""
                jobs:
                  - {job: copr_build, trigger: pull_request, targets: [fedora-rawhide], identifier: one}
                  - {job: copr_build, trigger: pull_request, targets: [fedora-rawhide], identifier: two}
                """);

        var story = pullRequest.opens();

        List<Build> builds = pullRequest.builds(2);
        assertThat(story.isEventually("dispatched").path("jobs")).hasSize(2);
        copr.finishBuild(builds.get(0).id(), true);
        copr.finishBuild(builds.get(1).id(), false);
        JsonNode done = story.toldOnce(
                told -> told.path("jobs").findValuesAsText("state").stream().allMatch("done"::equals));
        for (JsonNode job : done.path("jobs")) {
            boolean first = job.path("externalId").asLong() == builds.get(0).id();
            String identifier = done.path("jobs").path(0) == job ? "one" : "two";
            pullRequest.check("rpm-build:" + RAWHIDE + ":" + identifier).isEventually(first ? "success" : "failure");
        }
        assertThat(pullRequest.checkRuns()).hasSize(2);
    }

    @Test
    void showsHowEachPackageOfAMonorepoStandsAndBuildsTheFailedOneAgain() {
        var pullRequest = pullRequest("flow", false).brings("""
                packages:
                  one: {specfile_path: one.spec}
                  two: {specfile_path: two.spec}
                jobs:
                  - {job: copr_build, trigger: pull_request, targets: [fedora-rawhide]}
                """);

        pullRequest.opens();

        List<Build> builds = pullRequest.builds(2);
        Build two = ofPackage("two", builds);
        copr.finishBuild(two.id(), false);
        copr.finishBuild(ofPackage("one", builds).id(), true);
        pullRequest.check("rpm-build:" + RAWHIDE + ":one").isEventually("success");
        CheckStory ofTwo = pullRequest.check("rpm-build:" + RAWHIDE + ":two").isEventually("failure");
        assertThat(pullRequest.checkRuns()).hasSize(2);

        pullRequest.delivers(webhooks.rerun(pullRequest.repository(), ofTwo.run()));

        Build again = pullRequest.builds(3).get(2);
        assertThat(again.script())
                .contains(
                        "--package='two' --job-config-index 0 ",
                        "--pr-id " + pullRequest.number() + " --merge-pr --target-branch='main' ");
        copr.finishBuild(again.id(), true);
        ofTwo.isEventually("success");
        assertThat(pullRequest.checkRuns()).hasSize(2);
    }

    private static Build ofPackage(String name, List<Build> builds) {
        List<Build> found = builds.stream()
                .filter(build -> build.script().contains("--package='" + name + "' "))
                .toList();
        assertThat(found).as(name).hasSize(1);
        return found.get(0);
    }

    @Test
    void leavesAJobWithManualTriggerToAComment() {
        var pullRequest = pullRequest("flow", false).brings("""
                jobs:
                  - {job: copr_build, trigger: pull_request, targets: [fedora-rawhide], manual_trigger: true}
                """);

        pullRequest.opens().isEventually("filtered", "no-matching-job");
        pullRequest.isCommented("/packit build").jobEventuallyWaits();

        assertThat(pullRequest.builds()).hasSize(1);
    }

    @Test
    void leavesOutJobsOfUnknownTypesAndOfOtherBranches() {
        var pullRequest = pullRequest("flow", false).brings("""
                jobs:
                  - {job: teleport, trigger: pull_request}
                  - {job: copr_build, trigger: pull_request, targets: [epel-10], branch: stable}
                  - {job: copr_build, trigger: release, targets: [epel-10]}
                  - {job: copr_build, trigger: pull_request, targets: [fedora-rawhide], branch: main}
                """);

        pullRequest.opens().jobEventuallyWaits();

        assertThat(pullRequest.build().chroots()).containsOnlyKeys(RAWHIDE);
    }

    @Test
    void servesAPrivateRepositoryWhereThatIsSwitchedOn() {
        api.allow("github.com/" + World.PRIVATE_NAMESPACE, "approved-manually");
        var pullRequest = pullRequest(World.PRIVATE_NAMESPACE, true).brings(PullRequestStory.config("fedora-rawhide"));

        pullRequest.opens().jobEventuallyWaits();

        assertThat(pullRequest.builds()).hasSize(1);
    }
}
