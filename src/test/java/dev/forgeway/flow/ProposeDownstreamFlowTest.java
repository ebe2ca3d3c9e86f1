package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.simulator.DistGitSimulator;
import dev.forgeway.simulator.IssueComment;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Releases that become pull requests in dist-git. */
@FlowTest
class ProposeDownstreamFlowTest extends Flow {

    private static final int ISSUE = 77;

    private final String commit =
            (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "").substring(0, 40);
    private final String name = "hello-" + commit.substring(0, 8);
    private final String repository = "flow/" + name;

    /** A repository that proposes its releases to branches, of which f45, epel9 and main exist in dist-git. */
    private void isProposedTo(String branches) {
        isProposed("dist_git_branches: [" + branches + "]");
    }

    private void isProposed(String keys) {
        String config = """
                upstream_tag_template: v{version}
                jobs:
                  - {job: propose_downstream, trigger: release, %s}
                """.formatted(keys);
        github.addRepository(repository, false)
                .addIssue(repository, ISSUE, "It is old")
                .addCollaborator(repository, "grace", "write");
        github.putFile(repository, commit, ".packit.yaml", config);
        github.putFile(repository, "main", ".packit.yaml", config);
        for (String branch : List.of("f45", "epel9", "main")) {
            world.distGit.packageFiles(name, branch, Map.of(name + ".spec", """
                            Name: %s
                            Version: 1.0
                            Release: 4%%{?dist}
                            Source0: %s/archives/%%{name}-%%{version}.tar.gz

                            %%changelog
                            """.formatted(name, world.distGit.url())));
        }
        world.distGit.archive(name + "-2.0.tar.gz", "version 2.0");
    }

    private DeliveryStory isReleased() {
        return DeliveryStory.accepted(api, webhooks.send(webhooks.release(repository, "v2.0", commit)));
    }

    private CheckStory check(String branch) {
        return new CheckStory(github, repository, commit, "propose-downstream:v2.0:" + branch);
    }

    private List<DistGitSimulator.PullRequest> pullRequests() {
        return world.distGit.pullRequests(name);
    }

    @Test
    void proposesAReleaseToTwoBranches() {
        isProposedTo("f45, epel9");

        isReleased().jobIsEventually("succeeded");

        check("f45").isEventually("success");
        check("epel9").isEventually("success");
        assertThat(pullRequests())
                .extracting(DistGitSimulator.PullRequest::to)
                .containsExactlyInAnyOrder("f45", "epel9");
        assertThat(pullRequests().get(0).text()).contains("Upstream tag: v2.0", "Upstream commit: " + commit);
        Map<String, String> files = world.distGit.forkFiles(name, "2.0-f45-propose_downstream");
        assertThat(files.get(name + ".spec")).contains("Version: 2.0", "Release: 1%{?dist}", "Update to version 2.0");
        assertThat(files.get("sources")).contains("SHA512 (" + name + "-2.0.tar.gz) = ");
        assertThat(github.issues(repository)).hasSize(1);
        assertThat(check("f45").run().detailsUrl()).contains("/rpms/" + name + "/pull-request/");
    }

    @Test
    void tellsInOneIssueWhichBranchFailedAndTriesAgainByAComment() {
        isProposed("dist_git_branches: [f45, f46], notifications: {failure_comment: {message: '@ada, please help'}}");

        isReleased().jobIsEventually("failed");

        check("f45").isEventually("success");
        check("f46").isEventually("failure");
        assertThat(github.issues(repository)).hasSize(2).last().satisfies(issue -> {
            assertThat(issue.title()).contains("v2.0");
            assertThat(issue.body())
                    .contains("`f46`", "/packit propose-downstream", "\n@ada, please help\n")
                    .doesNotContain("`f45`");
        });

        comments("/packit propose-downstream").jobIsEventually("failed");

        List<IssueComment> talk =
                eventually().until(() -> github.comments(repository, ISSUE), found -> found.size() == 2);
        assertThat(talk.get(1).body()).contains("`f46`");
        assertThat(pullRequests()).as("the branch has its pull request").hasSize(1);

        world.distGit.packageFiles(name, "f46", world.distGit.files(name, "f45"));
        comments("/packit propose-downstream").jobIsEventually("succeeded");

        assertThat(pullRequests()).hasSize(2);
        check("f46").isEventually("success");
        assertThat(github.issues(repository)).hasSize(2);
    }

    @Test
    void runsTheCheckOfABranchAgainThatACommentAskedForLast() {
        isProposedTo("f45, f46");
        isReleased().jobIsEventually("failed");
        comments("/packit propose-update").jobIsEventually("failed");
        check("f46").isEventually("failure");
        world.distGit.packageFiles(name, "f46", world.distGit.files(name, "f45"));

        DeliveryStory.accepted(
                        api,
                        webhooks.send(webhooks.rerun(repository, check("f46").run())))
                .jobIsEventually("succeeded");

        check("f46").isEventually("success");
        assertThat(pullRequests()).extracting(DistGitSimulator.PullRequest::to).containsExactly("f45", "f46");
    }

    @Test
    void proposesTheSameCommitToTheBranchesThatAreMergedInto() {
        isProposed("dist_git_branches: {rawhide: {fast_forward_merge_into: [f45]}, epel-9: {}}");

        isReleased().jobIsEventually("succeeded");

        check("main").isEventually("success");
        check("epel9").isEventually("success");
        assertThat(pullRequests())
                .extracting(made -> made.from() + " to " + made.to())
                .containsExactlyInAnyOrder(
                        "2.0-main-propose_downstream to main",
                        "2.0-main-propose_downstream to f45",
                        "2.0-epel9-propose_downstream to epel9");
    }

    @Test
    void leavesBranchesOfReleasesAloneThatTheVersionIsTooNewFor() {
        isProposed(
                "version_update_mask: '\\d+', dist_git_branches: {rawhide: {fast_forward_merge_into: [f45]}, epel9: {}}");

        isReleased().jobIsEventually("succeeded");

        check("main").isEventually("success");
        check("epel9").isEventually("neutral");
        assertThat(check("epel9").run().title()).contains("version_update_mask", "2.0", "1.0");
        assertThat(pullRequests()).extracting(DistGitSimulator.PullRequest::to).containsExactly("main");
        assertThat(github.issues(repository)).as("nothing failed").hasSize(1);
    }

    private DeliveryStory comments(String text) {
        return DeliveryStory.accepted(api, webhooks.send(webhooks.comment(repository, ISSUE, "grace", text)));
    }

    @Test
    void makesOnePullRequestWhenDistGitLosesItsAnswer() {
        isProposedTo("f45");
        world.distGit.faults().dropAfter("POST /api/0/rpms/" + name + "/pull-request/new", 1);

        isReleased().jobIsEventually("succeeded");

        check("f45").isEventually("success");
        assertThat(pullRequests()).hasSize(1);
    }
}
