package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.simulator.CoprSimulator;
import dev.forgeway.simulator.IssueComment;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Comments on issues and on commits of GitHub that speak to us. */
@FlowTest
class IssueAndCommitCommentFlowTest extends Flow {

    private static final int ISSUE = 77;

    private final String commit =
            (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "").substring(0, 40);
    private String repository;

    @BeforeEach
    void haveARepositoryWithAnIssue() {
        repository = "flow/talk-" + commit.substring(0, 12);
        github.addRepository(repository, false).addIssue(repository, ISSUE, "It does not work");
        github.addCollaborator(repository, "grace", "write");
        github.putFile(repository, commit, ".packit.yaml", PullRequestStory.config("fedora-rawhide"));
        github.putFile(repository, "main", ".packit.yaml", PullRequestStory.config("epel-10"));
    }

    private DeliveryStory onIssue(String author, String text) {
        return DeliveryStory.accepted(api, webhooks.send(webhooks.comment(repository, ISSUE, author, text)));
    }

    private DeliveryStory onCommit(String author, String text) {
        return DeliveryStory.accepted(api, webhooks.send(webhooks.commitComment(repository, commit, author, text)));
    }

    private List<IssueComment> issue() {
        return github.comments(repository, ISSUE);
    }

    private List<IssueComment> commit() {
        return github.comments(repository, IssueComment.onCommit(commit));
    }

    private static List<IssueComment> refusals(List<IssueComment> comments) {
        return comments.stream()
                .filter(comment -> comment.body().contains("may not ask"))
                .toList();
    }

    @Test
    void helpsOnAnIssueAndReacts() {
        onIssue("grace", "/packit help").jobIsEventually("succeeded");

        List<IssueComment> comments = eventually().until(this::issue, found -> found.size() == 2);
        assertThat(comments.get(1).body())
                .contains("`/packit help`", "What they do is in `.packit.yaml`")
                .as("no build is to be had from an issue")
                .doesNotContain("/packit build");
        eventually().until(this::issue, found -> found.get(0).reactions().containsKey("eyes"));
    }

    @Test
    void helpsOnACommitOnceAndReactsEvenWhenTheAnswerOfGitHubIsLost() {
        github.faults().dropAfter("POST /repos/{owner}/{repo}/commits/{sha}/comments", 1);

        onCommit("grace", "/packit help").jobIsEventually("succeeded");

        eventually().until(this::commit, found -> found.size() == 2);
        eventually().until(this::commit, found -> found.get(0).reactions().containsKey("eyes"));
        nothingIsLeftInAnyQueue();
        assertThat(commit()).hasSize(2);
        assertThat(commit().get(1).body()).contains("`/packit help`", "`.packit.yaml`");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /packit porpose-downstream  | grace    | unknown-command   | Did you mean `/packit propose-downstream`?
            /packit propose-downstream  | grace    | no-matching-job   | No job of the package config runs for `/packit
            /packit create-update now   | grace    | invalid-command   | `create-update` cannot do anything with `now`
            /packit koji-build          | stranger | actor-not-allowed | `stranger` may not ask for work here
            """)
    void answersWhatItCannotFollowOnAnIssueAndOnACommit(String command, String author, String reason, String answer) {
        onIssue(author, command).isEventually("filtered", reason);
        onCommit(author, command).isEventually("filtered", reason);

        assertThat(eventually()
                        .until(this::issue, found -> found.size() == 2)
                        .get(1)
                        .body())
                .contains(answer);
        assertThat(eventually()
                        .until(this::commit, found -> found.size() == 2)
                        .get(1)
                        .body())
                .contains(answer);
    }

    @Test
    void tellsAStrangerOnceForEachPlace() {
        onIssue("stranger", "/packit koji-build").isEventually("filtered", "actor-not-allowed");
        onIssue("stranger", "/packit koji-build").isEventually("filtered", "actor-not-allowed");
        onCommit("stranger", "/packit koji-build").isEventually("filtered", "actor-not-allowed");

        nothingIsLeftInAnyQueue();
        // an answer may still wait for its turn among the many things that the tests before had written
        eventually().untilAsserted(() -> assertThat(refusals(issue())).hasSize(1));
        eventually().untilAsserted(() -> assertThat(refusals(commit())).hasSize(1));
        onIssue("grace", "/packit help");
        onCommit("grace", "/packit help");
        eventually().until(() -> issue().size() == 5 && commit().size() == 4);
        assertThat(refusals(issue())).hasSize(1);
        assertThat(refusals(commit())).hasSize(1);
    }

    @Test
    void looksForThePackageConfigWhereTheCommentIs() {
        github.putFile(repository, "main", ".packit.yaml", "jobs: [");

        onIssue("grace", "/packit koji-build").isEventually("filtered", "invalid-package-config");
        onCommit("grace", "/packit koji-build").isEventually("filtered", "no-matching-job");

        assertThat(eventually()
                        .until(this::issue, found -> found.size() == 2)
                        .get(1)
                        .body())
                .contains(".packit.yaml, line 1");
    }

    @Test
    void saysThatThereIsNoPackageConfig() {
        repository = "flow/bare-" + commit.substring(0, 12);
        github.addRepository(repository, false).addIssue(repository, ISSUE, "It does not work");
        github.addCommit(repository, commit);

        onIssue("grace", "/packit propose-downstream").isEventually("filtered", "no-package-config");
        onCommit("grace", "/packit build").isEventually("filtered", "no-package-config");

        assertThat(eventually()
                        .until(this::issue, found -> found.size() == 2)
                        .get(1)
                        .body())
                .contains("no package config");
    }

    @Test
    void buildsWhatACommentOnACommitAsksForBranchesAndReleases() {
        github.putFile(repository, commit, ".packit.yaml", """
                jobs:
                  - {job: copr_build, trigger: pull_request, targets: [epel-10]}
                  - {job: copr_build, trigger: commit, targets: [fedora-rawhide]}
                  - {job: copr_build, trigger: release, targets: [epel-10]}
                """);
        github.putBranch(repository, "main", "0".repeat(40), commit, "1".repeat(40));
        github.putTag(repository, "v1.0", commit);
        int asked = github.calls("GET /repos/{owner}/{repo}/compare/{basehead}").size();

        onCommit("grace", "/packit build").jobEventuallyWaits();
        onCommit("grace", "/packit build --release v1.0").jobEventuallyWaits();
        onCommit("grace", "/packit build --commit topic").isEventually("filtered", "ref-mismatch");

        assertThat(builds("main")).singleElement().satisfies(build -> {
            assertThat(build.chroots()).containsOnlyKeys(RAWHIDE);
            assertThat(build.script()).contains("--ref " + commit).doesNotContain("--pr-id");
        });
        assertThat(builds("releases"))
                .singleElement()
                .satisfies(build -> assertThat(build.chroots()).containsOnlyKeys(EPEL));
        copr.finishBuild(builds("releases").get(0).id(), true);
        new CheckStory(github, repository, commit, "rpm-build:v1.0:" + EPEL).isEventually("success");
        assertThat(eventually()
                        .until(this::commit, found -> found.size() == 4)
                        .get(3)
                        .body())
                .contains("this commit is not on a branch `topic`");
        assertThat(github.calls("GET /repos/{owner}/{repo}/compare/{basehead}")).hasSize(asked + 2);
    }

    @Test
    void testsWhatACommentOnACommitAsksForBranchesAndReleases() {
        github.putFile(repository, commit, ".packit.yaml", """
                jobs:
                  - {job: copr_build, trigger: commit, targets: [fedora-rawhide]}
                  - {job: tests, trigger: commit, targets: [fedora-rawhide]}
                  - {job: tests, trigger: release, targets: [fedora-rawhide], skip_build: true}
                """);
        github.putFile(repository, commit, ".fmf/version", "1\n");
        github.putBranch(repository, "main", commit);
        github.putTag(repository, "v1.0", commit);
        github.putTag(repository, "v2.0", "2".repeat(40));
        var tests = new TestsStory(farm, repository);

        var comment = onCommit("grace", "/packit build");
        var built = eventually().until(() -> builds("main"), found -> found.size() == 1);
        copr.finishBuild(built.get(0).id(), true);
        comment.toldOnce(told -> told.path("jobs").size() == 2
                && told.at("/jobs/1/state").asText().equals("waiting"));
        onCommit("grace", "/packit test").jobEventuallyWaits();
        onCommit("grace", "/packit test --release v1.0").jobEventuallyWaits();

        assertThat(tests.requests(3))
                .allSatisfy(request ->
                        assertThat(request.body().at("/test/tmt/ref").asText()).isEqualTo(commit));
        tests.requests(3).forEach(request -> farm.complete(request.id(), "passed"));
        new CheckStory(github, repository, commit, "testing-farm:main:" + RAWHIDE).isEventually("success");
        onCommit("grace", "/packit test --release v2.0").isEventually("filtered", "ref-mismatch");
        onCommit("grace", "/packit test --release v3.0").isEventually("filtered", "ref-mismatch");
        assertThat(eventually().until(this::commit, found -> found.size() == 7))
                .extracting(IssueComment::body)
                .anySatisfy(answer -> assertThat(answer).contains("there is no tag `v3.0`"));
    }

    private List<CoprSimulator.Build> builds(String place) {
        return copr.builds().stream()
                .filter(build -> build.projectname().equals(repository.replace('/', '-') + "-" + place))
                .toList();
    }

    @Test
    void ignoresChatterAndItself() {
        onIssue("grace", "Will /packit build help?").isEventually("ignored", "no-command");
        onCommit("grace", "Nice one.").isEventually("ignored", "no-command");
        onIssue(World.OWN_ACCOUNT, "/packit help").isEventually("ignored", "own-comment");
        onCommit(World.OWN_ACCOUNT, "/packit help").isEventually("ignored", "own-comment");
    }
}
