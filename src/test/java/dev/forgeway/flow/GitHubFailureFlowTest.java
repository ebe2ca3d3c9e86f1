package dev.forgeway.flow;

import static dev.forgeway.simulator.Faults.ALWAYS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.CommitStatus;
import dev.forgeway.simulator.IssueComment;
import dev.forgeway.simulator.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** GitHub down or answering something else, while a config is looked for and while checks are shown. */
@FlowTest
class GitHubFailureFlowTest extends Flow {

    private static final String LOOK_UP = "POST /graphql";

    static Stream<Response> failures() {
        return Stream.of(
                Response.json(500, Map.of("message", "Server Error")),
                Response.json(401, Map.of("message", "Bad credentials")),
                Response.html(502, "<html>Unicorn!</html>"),
                Response.html(200, "<html>Making sure you're not a bot!</html>"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void looksForTheConfigUntilGitHubAnswers(Response failure) {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        github.faults().answer(LOOK_UP, 3, failure);

        pullRequest.opens().jobEventuallyWaits();

        assertThat(pullRequest.builds()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void showsTheCheckOnceGitHubAnswers(Response failure) {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        github.faults().answer(checkRuns("POST", pullRequest), 3, failure);

        var opened = pullRequest.opens();

        opened.jobEventuallyWaits();
        pullRequest.rpmBuild(RAWHIDE).isEventuallyQueued("SRPM build in Copr was submitted ...");
        copr.finishBuild(pullRequest.build().id(), true);
        pullRequest.rpmBuild(RAWHIDE).isEventually("success");
    }

    @Test
    void waitsForAGitHubThatIsDownWhileItLooksForTheConfig() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        var opening = pullRequest.opening();
        github.stopListening();
        var opened = pullRequest.delivers(opening);
        JsonNode story = opened.toldOnce(told -> !told.path("detail").asText("").isEmpty());
        assertThat(story.path("outcome").asText()).isEqualTo("queued");

        github.startListening();

        opened.jobEventuallyWaits();
        assertThat(pullRequest.builds()).hasSize(1);
    }

    @Test
    void showsOnlyTheNewestStateAfterGitHubWasDown() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        pullRequest.opens().jobEventuallyWaits();
        pullRequest.rpmBuild(RAWHIDE).isEventuallyQueued("SRPM build in Copr was submitted ...");
        github.stopListening();
        copr.startSource(pullRequest.build().id());
        nothingWaitsOnTheBus();

        github.startListening();

        pullRequest.rpmBuild(RAWHIDE).isEventuallyInProgress("SRPM build is in progress...");
    }

    @Test
    void asksForANewTokenWhenGitHubRevokedTheOldOne() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        pullRequest.opens();
        pullRequest.rpmBuild(RAWHIDE).isEventuallyQueued("SRPM build in Copr was submitted ...");
        nothingIsLeftInAnyQueue();
        github.revokeTokens();

        var reopened = pullRequest.reopens();

        reopened.jobEventuallyWaits();
        eventually().until(() -> reopened.steps().contains("call.github.installation-token"));
        pullRequest.rpmBuild(RAWHIDE).isEventuallyQueued("SRPM build in Copr was submitted ...");
    }

    @Test
    void findsTheCheckRunOfWhichTheAnswerWasLost() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        github.faults().dropAfter(checkRuns("POST", pullRequest), 1);

        pullRequest.opens().jobEventuallyWaits();

        pullRequest.rpmBuild(RAWHIDE).isEventuallyQueued("SRPM build in Copr was submitted ...");
        copr.finishBuild(pullRequest.build().id(), true);
        pullRequest.rpmBuild(RAWHIDE).isEventually("success");
        assertThat(github.calls(checkRuns("POST", pullRequest))).hasSize(1);
        assertThat(pullRequest.checkRuns()).hasSize(1);
    }

    @Test
    void changesTheSameCheckRunAgainWhenTheAnswerToAChangeWasLost() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        pullRequest.opens().jobEventuallyWaits();
        pullRequest.rpmBuild(RAWHIDE).isEventuallyQueued("SRPM build in Copr was submitted ...");
        github.faults().dropAfter(checkRuns("PATCH", pullRequest), 2);

        copr.finishBuild(pullRequest.build().id(), true);

        pullRequest.rpmBuild(RAWHIDE).isEventually("success");
        nothingIsLeftInAnyQueue();
        assertThat(pullRequest.checkRuns()).hasSize(1);
    }

    @Test
    void findsTheCommentOfWhichTheAnswerWasLost() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        String comments = "POST /repos/%s/issues/%d/comments".formatted(pullRequest.repository(), pullRequest.number());
        github.faults().dropAfter(comments, 1);

        var story = pullRequest.isCommented("/packit help");

        story.toldOnce(told -> told.path("statuses").size() == 2
                && told.path("statuses").findValues("shown").stream().allMatch(JsonNode::asBoolean));
        List<IssueComment> all = pullRequest.comments();
        assertThat(all).hasSize(2);
        assertThat(github.calls(comments)).hasSize(1);
    }

    @Test
    void showsACommitStatusWhereGitHubRefusesTheCheckRun() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        github.faults().answer(checkRuns("POST", pullRequest), ALWAYS, notAccessible());

        var opened = pullRequest.opens();

        opened.jobEventuallyWaits();
        copr.finishBuild(pullRequest.build().id(), true);
        opened.jobIsEventually("succeeded");
        List<CommitStatus> shown = eventually()
                .until(
                        () -> github.statusHistory(pullRequest.repository(), pullRequest.head()),
                        all -> !all.isEmpty() && all.get(all.size() - 1).state().equals("success"));
        assertThat(shown).extracting(CommitStatus::name).containsOnly("rpm-build:" + RAWHIDE);
        assertThat(github.calls(checkRuns("POST", pullRequest))).hasSize(1);
    }

    @Test
    void commentsOnceHowABuildEndedWhereGitHubRefusesChecksOfAnyKind() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        github.faults()
                .answer(checkRuns("POST", pullRequest), ALWAYS, notAccessible())
                .answer("POST /repos/" + pullRequest.repository() + "/statuses/", ALWAYS, notAccessible());

        var opened = pullRequest.opens();

        JsonNode told = opened.toldOnce(
                now -> now.path("statuses").path(0).path("lastError").isTextual());
        assertThat(told.path("statuses").path(0).path("lastError").asText()).contains("Commit statuses: write");
        opened.jobEventuallyWaits();
        copr.finishBuild(pullRequest.build().id(), true);
        opened.jobIsEventually("succeeded");
        List<IssueComment> comments = eventually().until(pullRequest::comments, found -> !found.isEmpty());
        assertThat(comments)
                .singleElement()
                .satisfies(comment -> assertThat(comment.body())
                        .startsWith("`rpm-build:" + RAWHIDE + "`: **success**. RPMs were built successfully.")
                        .contains("/coprs/build/", "Commit statuses: write"));
        assertThat(github.calls(checkRuns("POST", pullRequest))).hasSize(1);
    }

    private static Response notAccessible() {
        return Response.json(403, Map.of("message", "Resource not accessible by integration"));
    }

    private void nothingWaitsOnTheBus() {
        eventually().until(() -> world.bus.waiting() == 0);
    }

    private static String checkRuns(String method, PullRequestStory pullRequest) {
        return method + " /repos/" + pullRequest.repository() + "/check-runs";
    }
}
