package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.simulator.CommitStatus;
import dev.forgeway.simulator.DistGitSimulator;
import dev.forgeway.simulator.GitHubIssue;
import dev.forgeway.simulator.IssueComment;
import dev.forgeway.simulator.Response;
import dev.forgeway.simulator.TokenForgeSimulator;
import dev.forgeway.simulator.WebhookDelivery;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Releases on forges other than GitHub that become pull requests in dist-git. */
@FlowTest
class ProposeDownstreamOnOtherForgesFlowTest extends Flow {

    private static final int ISSUE = 77;

    private final String commit =
            (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "").substring(0, 40);
    private final String name = "hello-" + commit.substring(0, 8);
    private final String project = "flow/" + name;

    private String source = "";

    private TokenForgeSimulator forge() {
        return switch (source) {
            case "gitlab" -> world.gitlab;
            case "forgejo" -> world.forgejo;
            default -> world.pagure;
        };
    }

    /** A project of a forge that proposes its releases to branches, of which the first exists in dist-git. */
    private void isProposedTo(String forge, String branches) {
        isProposed(forge, "dist_git_branches: [" + branches + "]");
    }

    private void isProposed(String forge, String keys) {
        source = forge;
        api.allow("127.0.0.1/flow", "approved-manually");
        forge().addProject(project, false);
        forge().addMember(
                        project,
                        "grace",
                        forge.equals("gitlab") ? "developer" : forge.equals("pagure") ? "commit" : "write");
        for (String at : List.of(commit, "main")) {
            forge().putFile(project, at, ".packit.yaml", """
                    upstream_tag_include: v\\d
                    jobs:
                      - {job: propose_downstream, trigger: release, %s}
                    """.formatted(keys));
        }
        hasBranch("f45");
        world.distGit.archive(name + "-2.10.tar.gz", "version 2.10");
    }

    private void hasBranch(String branch) {
        world.distGit.packageFiles(name, branch, Map.of(name + ".spec", """
                        Name: %s
                        Version: 1.0
                        Release: %%autorelease
                        Source0: %s/archives/%%{name}-%%{version}.tar.gz
                        """.formatted(name, world.distGit.url())));
    }

    private DeliveryStory isReleased() {
        return sends(forge().released(project, "v2.10", commit));
    }

    private DeliveryStory isAskedFor() {
        return sends(forge().commentedOnIssue(project, ISSUE, "grace", "/packit propose-downstream"));
    }

    private DeliveryStory sends(WebhookDelivery delivery) {
        return DeliveryStory.accepted(api, forge().send(api.webhooks(source), World.SECRET, delivery));
    }

    private void isShown(String branch, String state) {
        eventually()
                .untilAsserted(() -> assertThat(forge().statuses(project, commit))
                        .filteredOn(status -> status.name().equals("propose-downstream:v2.10:" + branch))
                        .singleElement()
                        .extracting(CommitStatus::state)
                        .isEqualTo(state));
    }

    private List<DistGitSimulator.PullRequest> pullRequests() {
        return world.distGit.pullRequests(name);
    }

    private List<IssueComment> comments(int issue, int count) {
        return eventually().until(() -> forge().comments(project, issue), found -> found.size() == count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gitlab", "forgejo"})
    void tellsInOneIssueWhichBranchesOfAReleaseFailed(String forge) {
        isProposedTo(forge, "f45, f46");

        isReleased().jobIsEventually("failed");

        isShown("f45", "success");
        isShown("f46", forge.equals("gitlab") ? "failed" : "failure");
        assertThat(pullRequests())
                .singleElement()
                .satisfies(
                        made -> assertThat(made.text()).contains("Upstream tag: v2.10", "Upstream commit: " + commit));
        GitHubIssue issue = forge().issues(project).get(0);
        assertThat(issue.title()).contains("v2.10");
        assertThat(issue.body()).contains("`f46`", "/packit propose-downstream").doesNotContain("`f45`");

        world.distGit.packageFiles(name, "f46", Map.of("README", "no spec file here"));
        isReleased().jobIsEventually("failed");

        assertThat(comments(issue.number(), 1).get(0).body()).contains("`f46`", "no spec file");
        assertThat(forge().issues(project)).containsExactly(issue);
        assertThat(pullRequests()).as("the branch has its pull request").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gitlab", "forgejo", "pagure"})
    void proposesTheLatestReleaseWhenACommentAsks(String forge) {
        isProposedTo(forge, "f45, f46");
        forge().released(project, "v2.9", "a".repeat(40));
        forge().released(project, "v2.10", commit);

        isAskedFor().jobIsEventually("failed");

        isShown("f45", "success");
        assertThat(comments(ISSUE, 2).get(1).body()).contains("`f46`").doesNotContain("`f45`");
        assertThat(forge().issues(project)).isEmpty();

        hasBranch("f46");
        isAskedFor().jobIsEventually("succeeded");

        isShown("f46", "success");
        assertThat(pullRequests())
                .extracting(DistGitSimulator.PullRequest::from)
                .containsExactlyInAnyOrder("2.10-f45-propose_downstream", "2.10-f46-propose_downstream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gitlab", "forgejo"})
    void carriesTheFilesOfUpstreamThatBelongToThePackage(String forge) {
        isProposed(
                forge,
                "dist_git_branches: [f45], files_to_sync: [dist/" + name
                        + ".spec, {src: '*.patch', dest: ./}, {src: dist/plans/, dest: plans, delete: true, filters: ['- kept']}]");
        world.distGit.packageFiles(name, "f45", Map.of("plans/old.fmf", "old", "plans/kept", "kept", "README", "here"));
        forge().putRepository(
                        project,
                        "v2.10",
                        Map.of(
                                "dist/" + name + ".spec",
                                "Version: 0",
                                "one.patch",
                                "1",
                                "two.patch",
                                "2",
                                "dist/plans/new.fmf",
                                "new",
                                "README",
                                "upstream"));

        isReleased().jobIsEventually("succeeded");

        Map<String, String> files = world.distGit.forkFiles(name, "2.10-f45-propose_downstream");
        assertThat(files)
                .containsOnlyKeys(
                        name + ".spec", "sources", "README", "one.patch", "two.patch", "plans/new.fmf", "plans/kept")
                .containsEntry("README", "here")
                .containsEntry("two.patch", "2");
        assertThat(files.get(name + ".spec")).contains("Version: 2.10");
    }

    @Test
    void proposesEverythingOnceWhileEveryFifthCallFails() {
        isProposedTo("gitlab", "f45, f44, epel9, epel10, f46");
        for (String branch : List.of("f44", "epel9", "epel10")) {
            hasBranch(branch);
        }
        Response broken = Response.html(502, "<h1>Bad Gateway</h1>");
        world.distGit.faults().failRandomly(0.2, 7, broken);
        world.gitlab.faults().failRandomly(0.2, 8, broken);

        isReleased().jobIsEventually("failed");

        for (String branch : List.of("f45", "f44", "epel9", "epel10")) {
            isShown(branch, "success");
        }
        isShown("f46", "failed");
        assertThat(pullRequests())
                .extracting(DistGitSimulator.PullRequest::to)
                .containsExactlyInAnyOrder("f45", "f44", "epel9", "epel10");
        assertThat(forge().issues(project))
                .singleElement()
                .satisfies(issue -> assertThat(issue.body()).contains("`f46`"));
    }

    @Test
    void takesTheHighestVersionThatIsMeantOfTheTagsOfPagure() {
        isProposedTo("pagure", "f45");
        for (String tag : List.of("v2.10", "v2.10~rc1", "v2.9", "nightly", "release 3")) {
            forge().released(project, tag, commit);
        }

        isAskedFor().jobIsEventually("succeeded");

        assertThat(pullRequests())
                .singleElement()
                .extracting(DistGitSimulator.PullRequest::from)
                .isEqualTo("2.10-f45-propose_downstream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gitlab", "forgejo", "pagure"})
    void saysThatThereIsNoRelease(String forge) {
        isProposedTo(forge, "f45");

        isAskedFor().jobIsEventually("failed");

        assertThat(comments(ISSUE, 2).get(1).body()).contains(project + " has no release");
        assertThat(pullRequests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gitlab", "forgejo"})
    void opensOneIssueWhenTheAnswerOfTheForgeIsLost(String forge) {
        isProposedTo(forge, "f46");
        forge().faults()
                .dropAfter(
                        forge.equals("gitlab")
                                ? "POST /api/v4/projects/{project}/issues"
                                : "POST /api/v1/repos/" + project + "/issues",
                        1);

        isReleased().jobIsEventually("failed");

        assertThat(forge().issues(project)).hasSize(1);
    }
}
