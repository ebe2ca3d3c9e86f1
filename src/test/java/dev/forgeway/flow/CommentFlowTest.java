package dev.forgeway.flow;

import static dev.forgeway.flow.PullRequestStory.AUTHOR;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.IssueComment;
import dev.forgeway.simulator.WebhookDelivery;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people write under a pull request, and what comes of it. */
@FlowTest
class CommentFlowTest extends Flow {

    @Test
    void buildsTheHeadAgainOnCommand() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        pullRequest.opens();
        copr.finishBuild(pullRequest.build().id(), false);
        pullRequest.rpmBuild(RAWHIDE).isEventually("failure");

        var comment = pullRequest.isCommented("Once more, please.\n\n/packit build\n");

        long again = pullRequest.builds(2).get(1).id();
        pullRequest.rpmBuild(RAWHIDE).isEventuallyQueued("SRPM build in Copr was submitted ...");
        copr.finishBuild(again, true);
        assertThat(comment.jobIsEventually("succeeded").path("priority").asInt())
                .isEqualTo(7);
        pullRequest.rpmBuild(RAWHIDE).isEventually("success");
    }

    @Test
    void buildsTheHeadOfThisMomentAndFindsItWithOneRequest() {
        var pullRequest = pullRequestBuiltFor("epel-10").moves().brings(PullRequestStory.config("fedora-rawhide"));

        pullRequest.isCommented("/packit copr-build").jobEventuallyWaits();

        assertThat(pullRequest.build().script()).contains("--ref " + pullRequest.head());
        assertThat(pullRequest.build().chroots()).containsOnlyKeys(RAWHIDE);
        pullRequest.rpmBuild(RAWHIDE).isEventuallyQueued("SRPM build in Copr was submitted ...");
        assertThat(github.calls("POST /graphql"))
                .filteredOn(call ->
                        call.body().contains("\"" + pullRequest.repository().substring(5) + "\""))
                .hasSize(1);
    }

    @Test
    void answersTheHelpCommandWithOneComment() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");

        var story = pullRequest.isCommented("/packit help");

        story.jobIsEventually("succeeded");
        List<IssueComment> comments = eventually().until(pullRequest::comments, found -> found.size() == 2);
        assertThat(comments.get(1).body()).contains("`/packit build`", "`/packit copr-build`", "`/packit help`");
        JsonNode told =
                story.toldOnce(now -> now.path("statuses").path(0).path("shown").asBoolean());
        assertThat(told.path("statuses").path(0).path("kind").asText()).isEqualTo("comment");
        assertThat(pullRequest.builds()).isEmpty();
    }

    @Test
    void readsAnEditedCommentAgainAndAnswersItOnce() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        pullRequest.isCommented("/packit help").jobIsEventually("succeeded");
        List<IssueComment> comments = eventually().until(pullRequest::comments, found -> found.size() == 2);
        WebhookDelivery edited = webhooks.comment("edited", pullRequest.repository(), comments.get(0));

        var story = pullRequest.delivers(edited);

        story.jobIsEventually("succeeded");
        assertThat(story.told().path("event").path("action").asText()).isEqualTo("edited");
        nothingIsLeftInAnyQueue();
        assertThat(pullRequest.comments()).hasSize(2);
    }

    @Test
    void ignoresChatter() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");

        pullRequest.isCommented("Nice work! Will /packit build run?").isEventually("ignored", "no-command");
        pullRequest.isCommented("> /packit build\n\nNo need to.").isEventually("ignored", "no-command");

        assertThat(pullRequest.builds()).isEmpty();
    }

    @Test
    void saysWhichCommandWasProbablyMeant() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");

        var story = pullRequest.isCommented("/packit biuld").isEventually("filtered", "unknown-command");

        assertThat(story.path("detail").asText()).contains("biuld", "build");
        assertThat(pullRequest.builds()).isEmpty();
    }

    @Test
    void ignoresACommentOnAnIssue() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        github.addIssue(pullRequest.repository(), 1_000_000, "It does not work");

        pullRequest
                .delivers(webhooks.comment(pullRequest.repository(), 1_000_000, AUTHOR, "/packit build"))
                .isEventually("ignored", "no-handler");
    }

    @Test
    void neverAnswersItself() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");

        pullRequest.isCommentedBy(World.OWN_ACCOUNT, "/packit build").isEventually("ignored", "own-comment");

        assertThat(pullRequest.builds()).isEmpty();
    }

    @Test
    void obeysNoCommandInANamespaceThatNobodyApproved() {
        var pullRequest = pullRequest("flow-stranger", false).brings(PullRequestStory.config("fedora-rawhide"));

        pullRequest.isCommented("/packit build").isEventually("filtered", "namespace-not-approved");

        assertThat(pullRequest.builds()).isEmpty();
    }

    @Test
    void letsADeletedCommentGoAtTheDoor() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        IssueComment comment =
                github.addComment(pullRequest.repository(), pullRequest.number(), AUTHOR, "/packit build");
        WebhookDelivery deleted = webhooks.comment("deleted", pullRequest.repository(), comment);

        WebhookDelivery.Answer answer = webhooks.send(deleted);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body()).contains("\"status\":\"ignored\"");
        assertThat(api.deliveries(deleted.id())).isEmpty();
    }
}
