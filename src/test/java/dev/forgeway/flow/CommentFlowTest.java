package dev.forgeway.flow;

import static dev.forgeway.flow.PullRequestStory.AUTHOR;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.IssueComment;
import dev.forgeway.simulator.WebhookDelivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertThat(comment.jobIsEventually("succeeded")
                        .path("priorityReasons")
                        .path(0)
                        .asText())
                .isEqualTo("base 7 for pull-request-comment");
        pullRequest.rpmBuild(RAWHIDE).isEventually("success");
    }

    @Test
    void buildsOnlyWhatFailedOnceMore() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide", "epel-10");
        pullRequest.opens();
        long first = pullRequest.build().id();
        copr.endSource(first, true);
        copr.end(first, RAWHIDE, true);
        copr.end(first, EPEL, false);
        pullRequest.rpmBuild(RAWHIDE).isEventually("success");
        pullRequest.rpmBuild(EPEL).isEventually("failure");

        pullRequest.isCommented("/packit rebuild-failed").jobEventuallyWaits();

        var again = pullRequest.builds(2).get(1);
        assertThat(again.chroots()).containsOnlyKeys(EPEL);
        copr.finishBuild(again.id(), true);
        pullRequest.rpmBuild(EPEL).isEventually("success");
        JsonNode nothing = pullRequest.isCommented("/packit rebuild-failed").isEventually("filtered");
        assertThat(nothing.path("reason").asText()).isEqualTo("no-matching-job");
        assertThat(nothing.path("detail").asText()).isEqualTo("no build of this commit failed");
    }

    @Test
    void buildsTheHeadOfThisMomentAndFindsItWithOneRequest() {
        var pullRequest = pullRequestBuiltFor("epel-10").moves().brings(PullRequestStory.config("fedora-rawhide"));

        pullRequest.isCommented("/packit copr-build").jobEventuallyWaits();

        assertThat(pullRequest.build().script()).contains(" --target-branch='main' ", "--ref " + pullRequest.head());
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
        assertThat(comments.get(1).body())
                .contains(
                        "`/packit build [--commit <branch>] [--release <tag>]`",
                        "`/packit copr-build [--commit <branch>] [--release <tag>]`",
                        "(fedora-rawhide)",
                        "`/packit help`");
        JsonNode told = story.toldOnce(now -> shown(now).size() == 2);
        assertThat(shown(told)).containsExactlyInAnyOrder("comment", "reaction");
        assertThat(pullRequest.builds()).isEmpty();
    }

    private static List<String> shown(JsonNode told) {
        List<String> kinds = new ArrayList<>();
        told.path("statuses").forEach(status -> {
            if (status.path("shown").asBoolean()) {
                kinds.add(status.path("kind").asText());
            }
        });
        return kinds;
    }

    @Test
    void helpsWhereThereIsNoPackageConfig() {
        var pullRequest = pullRequest("flow-stranger", false);

        pullRequest.isCommented("/packit help").jobIsEventually("succeeded");

        List<IssueComment> comments = eventually().until(pullRequest::comments, found -> found.size() == 2);
        assertThat(comments.get(1).body())
                .contains("`/packit help`", "no package config")
                .doesNotContain("build");
    }

    @Test
    void helpsToMendThePackageConfig() {
        var pullRequest = pullRequest("flow", false).brings("jobs: [");

        pullRequest.isCommented("/packit help").jobIsEventually("succeeded");

        List<IssueComment> comments = eventually().until(pullRequest::comments, found -> found.size() == 2);
        assertThat(comments.get(1).body()).contains("`.packit.yaml` cannot be used", "line 1");
    }

    @Test
    void reactsToACommandThatItFollows() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");

        pullRequest.isCommented("/packit build").jobEventuallyWaits();

        eventually().until(() -> reactions(pullRequest), found -> found.containsKey("eyes"));
        assertThat(pullRequest.comments()).hasSize(1);
    }

    private static Map<String, List<String>> reactions(PullRequestStory pullRequest) {
        return pullRequest.comments().get(0).reactions();
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
    void repeatsNothingWhenOnlyTheWordsAroundTheCommandWereEdited() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        pullRequest.isCommented("/packit build").jobEventuallyWaits();
        IssueComment edited = github.editComment(
                pullRequest.repository(), pullRequest.comments().get(0).id(), "/packit build\n\nThank you!");

        pullRequest
                .delivers(webhooks.edited(pullRequest.repository(), edited, "/packit build"))
                .isEventually("ignored", "command-unchanged");

        assertThat(pullRequest.builds()).hasSize(1);
    }

    @Test
    void followsACommandThatWasMended() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        pullRequest.isCommented("/packit biuld").isEventually("filtered", "unknown-command");
        eventually().until(pullRequest::comments, found -> found.size() == 2);
        IssueComment edited = github.editComment(
                pullRequest.repository(), pullRequest.comments().get(0).id(), "/packit build");

        pullRequest
                .delivers(webhooks.edited(pullRequest.repository(), edited, "/packit biuld"))
                .jobEventuallyWaits();

        assertThat(pullRequest.builds()).hasSize(1);
    }

    @Test
    void ignoresChatter() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");

        pullRequest.isCommented("Nice work! Will /packit build run?").isEventually("ignored", "no-command");
        pullRequest.isCommented("> /packit build\n\nNo need to.").isEventually("ignored", "no-command");

        assertThat(pullRequest.builds()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /packit biuld          | unknown-command   | Did you mean `/packit build`?
            /packit zzzzzzz        | unknown-command   | There is no command `zzzzzzz`.
            /packit build now      | invalid-command   | `build` cannot do anything with `now`
            /packit test --relase  | invalid-command   | did you mean `--release`?
            /packit build --release v1 | ref-mismatch  | `--commit` and `--release` are for comments on commits
            /packit test           | no-matching-job   | No job of the package config runs for `/packit test` here.
            /packit verify-fas ada | no-matching-job   | No job of the package config runs for `/packit verify-fas` here.
            /packit-ci test        | no-matching-job   | Nothing runs for `/packit-ci test` here. `/packit-ci help` lists
            /packit-ci tset        | unknown-command   | Did you mean `/packit-ci test`?
            /packit-ci test --x    | invalid-command   | It is written `/packit-ci test [<test>] [--target
            /packit --package x build | no-matching-job | No job of the package config runs for `/packit build` here.
            """)
    void answersACommandThatItCannotFollowOnce(String command, String reason, String answer) {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");

        pullRequest.isCommented(command).isEventually("filtered", reason);

        List<IssueComment> comments = eventually().until(pullRequest::comments, found -> found.size() == 2);
        assertThat(comments.get(1).body()).contains(answer);
        nothingIsLeftInAnyQueue();
        assertThat(pullRequest.comments()).hasSize(2);
        assertThat(reactions(pullRequest)).isEmpty();
        assertThat(pullRequest.builds()).isEmpty();
    }

    @Test
    void answersCommandsThatNeedNoPackageConfigWhereThereIsNone() {
        var pullRequest = pullRequest("flow", false);

        pullRequest.isCommented("/packit-ci scratch-build").isEventually("filtered", "no-matching-job");
        pullRequest.isCommented("/packit-ci help").jobIsEventually("succeeded");

        List<IssueComment> comments = eventually().until(pullRequest::comments, found -> found.size() == 4);
        assertThat(comments)
                .extracting(IssueComment::body)
                .anyMatch(body -> body.contains("Nothing runs for `/packit-ci scratch-build` here."))
                .anyMatch(body -> body.contains("- `/packit-ci help`: show this message"));
    }

    @Test
    void saysWhichCommandWasProbablyMeant() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");

        var story = pullRequest.isCommented("/packit biuld").isEventually("filtered", "unknown-command");

        assertThat(story.path("detail").asText()).contains("biuld", "build");
    }

    @Test
    void saysThatThereIsNoPackageConfigForACommand() {
        var pullRequest = pullRequest("flow", false);

        pullRequest.isCommented("/packit build").isEventually("filtered", "no-package-config");

        List<IssueComment> comments = eventually().until(pullRequest::comments, found -> found.size() == 2);
        assertThat(comments.get(1).body()).contains("no package config", ".packit.yaml");
    }

    @Test
    void neverAnswersItself() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");

        pullRequest.isCommentedBy(World.OWN_ACCOUNT, "/packit build").isEventually("ignored", "own-comment");

        assertThat(pullRequest.builds()).isEmpty();
    }

    @Test
    void tellsWhoeverCommandsInANamespaceThatNobodyApprovedOnce() {
        var pullRequest = pullRequest("flow-stranger", false).brings(PullRequestStory.config("fedora-rawhide"));

        for (int i = 0; i < 3; i++) {
            pullRequest.isCommented("/packit build").isEventually("filtered", "namespace-not-approved");
        }

        nothingIsLeftInAnyQueue();
        assertThat(pullRequest.comments()).hasSize(4);
        assertThat(pullRequest.comments())
                .filteredOn(comment -> comment.body().contains("not approved"))
                .hasSize(1);
        assertThat(pullRequest.builds()).isEmpty();
    }

    @Test
    void tellsAStrangerOnceThatOthersCommandHere() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");

        pullRequest.isCommentedBy("stranger", "/packit build").isEventually("filtered", "actor-not-allowed");
        pullRequest.isCommentedBy("stranger", "/packit build").isEventually("filtered", "actor-not-allowed");

        nothingIsLeftInAnyQueue();
        assertThat(pullRequest.comments())
                .filteredOn(comment -> comment.body().contains("`stranger` may not ask"))
                .hasSize(1);
        assertThat(pullRequest.builds()).isEmpty();
        assertThat(github.calls("GET /repos/" + pullRequest.repository() + "/collaborators/stranger/permission"))
                .as("one for each command")
                .hasSize(2);
    }

    @Test
    void obeysACollaborator() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        github.addCollaborator(pullRequest.repository(), "colleague", "maintain");

        pullRequest.isCommentedBy("colleague", "/packit build").jobEventuallyWaits();

        assertThat(pullRequest.builds()).hasSize(1);
        assertThat(github.calls("GET /repos/" + pullRequest.repository())).hasSize(1);
    }

    @Test
    void obeysAnAdminWhereNobodyApprovedTheNamespace() {
        var pullRequest = pullRequest("flow-stranger", false).brings(PullRequestStory.config("fedora-rawhide"));

        pullRequest.isCommentedBy(World.ADMIN, "/packit build").jobEventuallyWaits();

        assertThat(pullRequest.builds()).hasSize(1);
    }

    @Test
    void buildsOnCommandOnlyUnderTheLabelsThatTheJobRequires() {
        var pullRequest = pullRequest("flow", false).brings("""
                jobs:
                  - {job: copr_build, trigger: pull_request, targets: [fedora-rawhide], require: {label: {present: [ready]}}}
                """);

        pullRequest.isCommented("/packit build").isEventually("filtered", "label-mismatch");
        github.label(pullRequest.repository(), pullRequest.number(), "ready");
        pullRequest.isCommented("/packit build").jobEventuallyWaits();

        assertThat(pullRequest.builds()).hasSize(1);
        assertThat(github.calls("GET /repos/" + pullRequest.repository())).isEmpty();
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
