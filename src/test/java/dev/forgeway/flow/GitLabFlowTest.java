package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.simulator.TokenForgeSimulator;
import java.util.List;
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
    String commentCall() {
        return "POST /api/v4/projects/{project}/merge_requests/{iid}/notes";
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
    void followsACommandOfADeveloper() {
        var mergeRequest = pullRequest().builtFor("fedora-rawhide");
        world.gitlab.addMember(mergeRequest.project(), "grace", "developer");

        mergeRequest.isCommentedBy("grace", "/packit build").jobEventuallyWaits();

        assertThat(mergeRequest.builds()).hasSize(1);
    }
}
