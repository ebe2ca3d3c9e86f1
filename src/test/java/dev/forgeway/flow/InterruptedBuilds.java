package dev.forgeway.flow;

import static dev.forgeway.flow.Flow.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.simulator.CommitStatus;
import dev.forgeway.simulator.GitHubWebhooks;
import dev.forgeway.simulator.KojiSimulator.Task;
import dev.forgeway.simulator.TestingFarmSimulator.Tests;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Builds, updates and tests whose beginning is interrupted. */
final class InterruptedBuilds {

    private InterruptedBuilds() {}

    /** Tests at Testing Farm, which are over before Forgeway is back. */
    static final class Testing extends InterruptedCall {

        private final PullRequestStory pullRequest;

        Testing(World world, Api api, GitHubWebhooks webhooks, int number) {
            super(world, api, world.testingFarm);
            String repository = "kill/" + name;
            world.github.addRepository(repository, false);
            pullRequest = new PullRequestStory(world, api, webhooks, repository, number)
                    .brings("jobs: [{job: tests, trigger: pull_request, targets: [fedora-rawhide], skip_build: true}]")
                    .brings(".fmf/version", "1\n");
        }

        @Override
        String call() {
            return "POST /v0.1/requests";
        }

        @Override
        void begin() {
            begins(pullRequest.opens());
        }

        @Override
        void goesOnElsewhere() {
            requests().forEach(tests -> world.testingFarm.complete(tests.id(), "passed"));
        }

        private List<Tests> requests() {
            return new TestsStory(world.testingFarm, pullRequest.repository()).requests();
        }

        @Override
        void isDoneOnce() {
            assertThat(requests()).hasSize(1);
            if (job("tests").path("state").asText().equals("waiting")) {
                goesOnElsewhere();
            }
            ended("tests", "succeeded");
            assertThat(pullRequest.checkRuns())
                    .singleElement()
                    .satisfies(run -> assertThat(run.conclusion()).isEqualTo("success"));
        }
    }

    /** A scratch build of an upstream commit in Koji, which is over before Forgeway is back. */
    static final class UpstreamKoji extends InterruptedCall {

        private final PullRequestStory pullRequest;

        UpstreamKoji(World world, Api api, GitHubWebhooks webhooks, int number) {
            super(world, api, world.koji);
            String repository = "kill/" + name;
            world.github.addRepository(repository, false);
            pullRequest = new PullRequestStory(world, api, webhooks, repository, number).brings("""
                    specfile_path: hello.spec
                    jobs:
                      - {job: upstream_koji_build, trigger: pull_request, scratch: true, targets: [fedora-rawhide]}
                    """);
        }

        @Override
        void prepare() {
            begins(pullRequest.opens());
            pullRequest.build();
        }

        @Override
        String call() {
            return "POST /kojihub build forgeway/" + jobId();
        }

        private String jobId() {
            return job("koji-build").path("id").asText();
        }

        @Override
        void begin() {
            world.copr.finishBuild(pullRequest.build().id(), true);
        }

        private List<Task> tasks() {
            return world.koji.tasks().stream()
                    .filter(task -> task.source().contains(jobId()))
                    .toList();
        }

        @Override
        void goesOnElsewhere() {
            world.koji.tasks().stream()
                    .filter(task -> task.target().equals("rawhide") && task.scratch())
                    .forEach(task -> world.koji.move(task.id(), "CLOSED"));
        }

        @Override
        void isDoneOnce() {
            assertThat(tasks()).hasSize(1);
            if (job("koji-build").path("state").asText().equals("waiting")) {
                goesOnElsewhere();
            }
            ended("koji-build", "succeeded");
            assertThat(pullRequest.checkRuns())
                    .hasSize(2)
                    .allSatisfy(run -> assertThat(run.conclusion()).isEqualTo("success"));
        }
    }

    /** A build in Copr that is canceled, because a push replaced what it builds. */
    static final class Superseded extends InterruptedCall {

        private static final String CONFIG = PullRequestStory.config("fedora-rawhide");

        private final PullRequestStory pullRequest;
        private @Nullable CheckStory oldCheck;

        Superseded(World world, Api api, GitHubWebhooks webhooks, int number) {
            super(world, api, world.copr);
            String repository = "kill/" + name;
            world.github.addRepository(repository, false);
            pullRequest = new PullRequestStory(world, api, webhooks, repository, number).brings(CONFIG);
        }

        @Override
        void prepare() {
            begins(pullRequest.opens());
            eventually().untilAsserted(() -> waits("copr-build"));
            oldCheck = pullRequest.rpmBuild(Flow.RAWHIDE);
        }

        @Override
        String call() {
            return "PUT /api_3/build/cancel/" + pullRequest.builds().get(0).id();
        }

        @Override
        void begin() {
            pullRequest.isPushed(CONFIG);
        }

        @Override
        void isDoneOnce() {
            ended("copr-build", "canceled");
            assertThat(pullRequest.builds()).hasSize(2);
            assertThat(Objects.requireNonNull(oldCheck).run().conclusion()).isEqualTo("cancelled");
            world.copr.finishBuild(pullRequest.builds().get(1).id(), true);
            assertThat(pullRequest.checkRuns())
                    .singleElement()
                    .satisfies(run -> assertThat(run.conclusion()).isEqualTo("success"));
        }
    }

    /** A build of a commit of dist-git in Koji; where Bodhi is held, that goes well and its update is interrupted. */
    static final class DistGit extends InterruptedCall {

        private static final String UPDATE = "POST /updates/";

        private final String project = "rpms/" + name;
        private final String commit = newCommit();
        private final boolean updated;

        DistGit(World world, Api api, boolean updated) {
            super(world, api, updated ? world.bodhi : world.koji);
            this.updated = updated;
            world.pagure.addProject(project, false);
            world.pagure.putFile(
                    project,
                    "main",
                    ".packit.yaml",
                    """
                    jobs:
                      - {job: koji_build, trigger: commit, dist_git_branches: [f45], allowed_committers: [ada]}
                    """ + (updated ? "  - {job: bodhi_update, trigger: commit, dist_git_branches: [f45]}\n" : ""));
        }

        private void isPushed() {
            beginsOnPagure(world.pagure.pushed(project, "f45", commit, "ada", null));
        }

        @Override
        void prepare() {
            api.allow("127.0.0.1/" + project, "approved-manually");
            if (updated) {
                isPushed();
                eventually().untilAsserted(() -> waits("koji-build"));
            }
        }

        @Override
        String call() {
            return updated ? UPDATE : "POST /kojihub build git+" + world.pagure.url() + "/" + project + ".git#";
        }

        @Override
        void begin() {
            if (updated) {
                goesOnElsewhere();
            } else {
                isPushed();
            }
        }

        private List<Task> tasks() {
            return world.koji.tasks().stream()
                    .filter(task -> task.source().endsWith("#" + commit))
                    .toList();
        }

        @Override
        void goesOnElsewhere() {
            tasks().forEach(task -> world.koji.move(task.id(), "CLOSED"));
        }

        @Override
        void isDoneOnce() {
            assertThat(tasks()).hasSize(1);
            if (job("koji-build").path("state").asText().equals("waiting")) {
                goesOnElsewhere();
            }
            ended("koji-build", "succeeded");
            if (updated) {
                ended("bodhi-update", "succeeded");
                assertThat(world.bodhi.updates())
                        .containsKey(name + "-1.0-" + tasks().get(0).id());
            }
            assertThat(world.pagure.statuses(project, commit))
                    .hasSize(updated ? 2 : 1)
                    .extracting(CommitStatus::state)
                    .containsOnly("success");
        }
    }

    /** A released build that goes into the side tag of its group. */
    static final class SideTag extends InterruptedCall {

        private final String project = "rpms/" + name;
        private final String commit = newCommit();
        private final String nvr = name + "-0.9-1.fc45";
        private final String method;
        private final List<String> before = new ArrayList<>();

        /** @param method of Koji's hub that is interrupted */
        SideTag(World world, Api api, String method) {
            super(world, api, world.koji);
            this.method = method;
            world.pagure.addProject(project, false);
            world.pagure.putFile(
                    project,
                    "main",
                    ".packit.yaml",
                    "jobs: [{job: koji_build, trigger: commit, dist_git_branches: [f45], sidetag_group: GROUP}]"
                            .replace("GROUP", name));
            world.pagure.addMember(project, "grace", "commit");
            world.pagure.addPullRequest(project, 3, commit, "ada", "fork/ada/" + project, "f45");
            world.pagure.putBranch(project, "f45", commit);
            world.koji.tagged("f45-updates", name, nvr);
        }

        @Override
        void prepare() {
            api.allow("127.0.0.1/" + project, "approved-manually");
            before.addAll(world.koji.sideTags());
        }

        @Override
        String call() {
            return "POST /kojihub " + method;
        }

        @Override
        void begin() {
            beginsOnPagure(world.pagure.commented(project, 3, "grace", "/packit koji-tag"));
        }

        @Override
        void isDoneOnce() {
            ended("koji-tag", "succeeded");
            List<String> made = new ArrayList<>(world.koji.sideTags());
            made.removeAll(before);
            assertThat(made)
                    .singleElement()
                    .satisfies(tag -> assertThat(world.koji.builds(tag)).containsEntry(name, nvr));
            assertThat(world.koji.calls("POST /kojihub tagBuild " + made.get(0)))
                    .filteredOn(call -> call.status() == 200)
                    .hasSize(1);
        }
    }
}
