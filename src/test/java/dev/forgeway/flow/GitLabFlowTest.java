package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.simulator.TestingFarmSimulator.Tests;
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
