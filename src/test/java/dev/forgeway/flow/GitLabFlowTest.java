package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.simulator.IssueComment;
import dev.forgeway.simulator.TestingFarmSimulator.Tests;
import dev.forgeway.simulator.TokenForgeSimulator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Merge requests of GitLab, in a group of a group. */
@FlowTest
class GitLabFlowTest extends OtherForgeFlow {

    GitLabFlowTest() {
        super("gitlab", "flow/packaging/tools");
    }

    @Override
    TokenForgeSimulator forge() {
        return world.gitlab;
    }

    @Override
    String failed() {
        return "failed";
    }

    @Override
    String writer() {
        return "developer";
    }

    @Override
    String commentCall() {
        return "POST /api/v4/projects/{project}/merge_requests/{iid}/notes";
    }

    @Test
    void buildsARelease() {
        aReleaseIsBuilt();
    }

    @Test
    void asksFewTimesAboutMergeRequestsThatComeAtTheSameMoment() {
        List<OtherForgeStory> mergeRequests =
                Stream.generate(this::pullRequest).limit(20).toList();
        int before = forge().calls("POST /api/graphql").size();
        forge().faults().holdAnswer("POST /api/graphql", 1);

        List<DeliveryStory> stories =
                mergeRequests.stream().map(OtherForgeStory::opens).toList();
        // all of them wait for what the first one asks, or are about to
        stories.forEach(story -> story.toldOnce(told -> told.has("id")));
        forge().faults().clear();

        stories.forEach(story -> story.isEventually("filtered", "no-package-config"));
        assertThat(forge().calls("POST /api/graphql").size() - before).isLessThanOrEqualTo(10);
    }

    @Test
    void asksOnceAboutAHeadAndOnceAboutEachPush() {
        var mergeRequest = pullRequest().builtFor("fedora-rawhide");
        mergeRequest.opens().jobEventuallyWaits();
        mergeRequest.isCommentedBy(OtherForgeStory.AUTHOR, "/packit build").jobEventuallyWaits();
        assertThat(queriesAbout(mergeRequest)).isEqualTo(1);

        String before = OtherForgeStory.commit();
        for (int push = 1; push <= 3; push++) {
            String after = OtherForgeStory.commit();
            mergeRequest
                    .isPushed(before, after, "README.md", "text " + push)
                    .isEventually("filtered", "no-package-config");
            before = after;
        }

        assertThat(queriesAbout(mergeRequest))
                .as("GitLab does not tell a push by force")
                .isEqualTo(1 + 3);
    }

    private long queriesAbout(OtherForgeStory mergeRequest) {
        return forge().calls("POST /api/graphql").stream()
                .filter(call -> call.body().contains("\"" + mergeRequest.project() + "\""))
                .count();
    }

    @Test
    void showsTheStatusInTheForkWhereTheCommitIsOnABranch() {
        var mergeRequest = pullRequestFrom("ada").builtFor("fedora-rawhide");

        mergeRequest.opens();

        copr.finishBuild(mergeRequest.builds(1).get(0).id(), true);
        mergeRequest.statusIsEventually(mergeRequest.fork(), CHECK, "success");
        assertThat(mergeRequest.statusHistory()).isEmpty();
    }

    @Test
    void followsAnEditedCommentOnceMoreOnlyWhenItsCommandChanged() {
        var mergeRequest = pullRequest().builtFor("fedora-rawhide");
        mergeRequest.isCommentedBy(OtherForgeStory.AUTHOR, "/packit biuld").isEventually("filtered", "unknown-command");
        long comment = mergeRequest.comments().get(0).id();

        mergeRequest
                .delivers(world.gitlab.edited(mergeRequest.project(), mergeRequest.number(), comment, "/packit build"))
                .jobEventuallyWaits();
        mergeRequest
                .delivers(world.gitlab.edited(
                        mergeRequest.project(), mergeRequest.number(), comment, "/packit build\n\nThanks!"))
                .isEventually("ignored", "command-unchanged");

        mergeRequest.builds(1);
    }

    @Test
    void reactsToACommandThatItFollows() {
        var mergeRequest = pullRequest().builtFor("fedora-rawhide");

        mergeRequest.isCommentedBy(OtherForgeStory.AUTHOR, "/packit build").jobEventuallyWaits();

        eventually()
                .untilAsserted(() -> assertThat(mergeRequest.comments())
                        .singleElement()
                        .satisfies(
                                comment -> assertThat(comment.reactions()).containsEntry("eyes", List.of("forgeway"))));
    }

    @Test
    void reactsToACommandOnAnIssue() {
        var project = pullRequest();

        project.issueIsCommentedBy(OtherForgeStory.AUTHOR, "/packit help").jobIsEventually("succeeded");

        eventually()
                .untilAsserted(() -> assertThat(project.commentsOnIssue().get(0).reactions())
                        .containsEntry("eyes", List.of("forgeway")));
    }

    @Test
    void answersCommandsOnACommitOnceEvenWhenTheForgesAnswerIsLost() {
        var project = pullRequest().builtFor("fedora-rawhide");
        String commit = project.head();
        forge().faults().dropAfter("POST /api/v4/projects/{project}/repository/commits/{sha}/discussions", 1);

        project.delivers(world.gitlab.commentedOnCommit(project.project(), commit, "ada", "/packit help"))
                .jobIsEventually("succeeded");

        List<IssueComment> comments = eventually()
                .until(
                        () -> forge().comments(project.project(), IssueComment.onCommit(commit)),
                        found -> found.size() > 1);
        assertThat(comments).hasSize(2);
        assertThat(comments.get(1).body()).contains("`/packit help`", "`.packit.yaml`");
        assertThat(comments.get(0).reactions()).isEmpty();
    }

    @Test
    void buildsTheReleaseThatACommentOnACommitNames() {
        var project = pullRequest().brings(".packit.yaml", """
                jobs:
                  - {job: copr_build, trigger: release, targets: [fedora-rawhide]}
                """);
        String commit = project.head();
        world.gitlab.addMember(project.project(), "grace", "developer");
        world.gitlab.putTag(project.project(), "v1.0", commit);

        project.delivers(world.gitlab.commentedOnCommit(
                        project.project(), commit, "grace", "/packit build --release v1.0"))
                .jobEventuallyWaits();
        project.delivers(world.gitlab.commentedOnCommit(project.project(), commit, "grace", "/packit build"))
                .isEventually("filtered", "ref-mismatch");

        assertThat(copr.builds())
                .anyMatch(build -> build.projectname()
                        .equals("127.0.0.1-" + project.project().replace('/', '-') + "-releases"));
    }

    /** The tests of a fork are in the fork, as its statuses are. */
    @Test
    @Override
    void testsWhatItBuilt() {
        var mergeRequest = pullRequestFrom("ada")
                .brings(".packit.yaml", TestsStory.config("fedora-rawhide"))
                .brings(".fmf/version", "1\n");
        var tests = new TestsStory(farm, mergeRequest.project());
        mergeRequest.opens();
        String check = "testing-farm:" + RAWHIDE;
        mergeRequest.statusIsEventually(mergeRequest.fork(), check, "pending");

        copr.finishBuild(mergeRequest.builds(1).get(0).id(), true);

        Tests request = tests.requests(1).get(0);
        assertThat(request.body().at("/test/tmt/url").asText()).isEqualTo(forge().url() + "/" + mergeRequest.fork());
        assertThat(request.body().at("/test/tmt/ref").asText()).isEqualTo(mergeRequest.head());
        farm.complete(request.id(), "failed");
        mergeRequest.statusIsEventually(mergeRequest.fork(), check, failed());
    }

    @Test
    void followsACommandOfADeveloper() {
        var mergeRequest = pullRequest().builtFor("fedora-rawhide");
        world.gitlab.addMember(mergeRequest.project(), "grace", "developer");

        mergeRequest.isCommentedBy("grace", "/packit build").jobEventuallyWaits();

        assertThat(mergeRequest.builds()).hasSize(1);
    }
}
