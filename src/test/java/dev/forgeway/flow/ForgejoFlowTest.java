package dev.forgeway.flow;

import static dev.forgeway.simulator.Faults.ALWAYS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.simulator.IssueComment;
import dev.forgeway.simulator.Response;
import dev.forgeway.simulator.TokenForgeSimulator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pull requests of Forgejo. */
@FlowTest
class ForgejoFlowTest extends OtherForgeFlow {

    ForgejoFlowTest() {
        super("forgejo", "flow");
    }

    @Override
    TokenForgeSimulator forge() {
        return world.forgejo;
    }

    @Override
    String failed() {
        return "failure";
    }

    @Override
    String writer() {
        return "write";
    }

    @Override
    String commentCall() {
        return "POST /api/v1/repos/{owner}/{repo}/issues/{number}/comments";
    }

    @Test
    void buildsARelease() {
        aReleaseIsBuilt();
    }

    @Test
    void readsWhatItFoundLastTimeAtOnce() {
        var project = pullRequest();
        String first = OtherForgeStory.commit();
        String second = OtherForgeStory.commit();
        project.isPushed(OtherForgeStory.commit(), first, ".packit.yaml", buildOn("pull_request"))
                .isEventually("filtered", "no-matching-job");
        project.isPushed(first, second, ".packit.yaml", buildOn("release")).isEventually("filtered", "no-matching-job");
        project.isPushed(second, OtherForgeStory.commit(), "packit.yaml", buildOn("commit"))
                .jobEventuallyWaits();

        String contents = "/api/v1/repos/" + project.project() + "/contents";
        assertThat(forge().calls("GET " + contents))
                .extracting(call -> call.target().replace(contents, "").replaceFirst("\\?ref=.*", ""))
                .containsExactly("", "/.packit.yaml", "/.packit.yaml", "/.packit.yaml", "", "/packit.yaml");
    }

    @Test
    void showsTheStatusOfAForkWhereThePullRequestIs() {
        var pullRequest = pullRequestFrom("ada").builtFor("fedora-rawhide");

        pullRequest.opens();

        copr.finishBuild(pullRequest.builds(1).get(0).id(), true);
        pullRequest.statusIsEventually(CHECK, "success");
    }

    @Test
    void commentsOnThePullRequestHowABuildEndedWhereNoStatusMayBeSet() {
        var pullRequest = pullRequest().builtFor("fedora-rawhide");
        forge().faults()
                .answer(
                        "POST /api/v1/repos/" + pullRequest.project() + "/statuses/",
                        ALWAYS,
                        Response.json(403, Map.of("message", "user should have permission to write to this repo")));

        pullRequest.opens();

        copr.finishBuild(pullRequest.builds(1).get(0).id(), false);
        List<IssueComment> comments = eventually().until(pullRequest::comments, found -> !found.isEmpty());
        assertThat(comments)
                .singleElement()
                .satisfies(comment -> assertThat(comment.body())
                        .startsWith("`" + CHECK + "`: **failure**.")
                        .contains("write:repository"));
    }

    @Test
    void reactsToACommandThatItFollows() {
        var pullRequest = pullRequest().builtFor("fedora-rawhide");

        pullRequest.isCommentedBy(OtherForgeStory.AUTHOR, "/packit build").jobEventuallyWaits();

        eventually()
                .untilAsserted(() -> assertThat(pullRequest.comments())
                        .singleElement()
                        .satisfies(
                                comment -> assertThat(comment.reactions()).containsEntry("eyes", List.of("forgeway"))));
    }

    @Test
    void followsACommandOfAWriter() {
        var pullRequest = pullRequest().builtFor("fedora-rawhide");
        world.forgejo.addMember(pullRequest.project(), "grace", "write");

        pullRequest.isCommentedBy("grace", "/packit build").jobEventuallyWaits();

        assertThat(pullRequest.builds()).hasSize(1);
    }
}
