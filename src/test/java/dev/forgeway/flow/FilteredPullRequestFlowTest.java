package dev.forgeway.flow;

import static dev.forgeway.simulator.Faults.ALWAYS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.simulator.IssueComment;
import dev.forgeway.simulator.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pull requests for which nothing is done, and what is told about why. */
@FlowTest
class FilteredPullRequestFlowTest extends Flow {

    private static final String CONFIG = PullRequestStory.config("fedora-rawhide");

    @Test
    void saysWhichNamesOfAPackageConfigItLookedFor() {
        var pullRequest = pullRequest("flow", false);

        var story = pullRequest.opens().isEventually("filtered", "no-package-config");

        assertThat(story.path("detail").asText()).contains(".packit.yaml", "packit.yml");
        nothingIsDoneFor(pullRequest);
    }

    @Test
    void saysOnWhichLineAPackageConfigIsInvalid() {
        var pullRequest = pullRequest("flow", false).brings("""
                jobs:
                  - job: copr_build
                    trigger: pull_reqest
                """);

        var story = pullRequest.opens().isEventually("filtered", "invalid-package-config");
        pullRequest.reopens().isEventually("filtered", "invalid-package-config");

        assertThat(story.path("detail").asText()).contains(".packit.yaml", "3", "did you mean pull_request");
        pullRequest.check("packit-config").isEventually("failure");
        assertThat(pullRequest.checkRuns()).singleElement().satisfies(check -> {
            assertThat(check.title()).isEqualTo("The package config is invalid: .packit.yaml, line 3");
            assertThat(check.summary()).contains("column 14", "there is no trigger pull_reqest", "did you mean");
        });
        assertThat(pullRequest.builds()).isEmpty();
        assertThat(pullRequest.comments()).isEmpty();
    }

    @Test
    void neverLooksIntoAPrivateRepository() {
        var pullRequest = pullRequest("flow", true).brings(CONFIG);

        pullRequest.opens().isEventually("filtered", "private-repository");

        nothingIsDoneFor(pullRequest);
        nothingIsAskedAbout(pullRequest);
    }

    @Test
    void tellsOnceOnACommitThatNobodyApprovedTheNamespaceHoweverOftenItIsPushed() {
        isToldOfTheFirstPushAlone(
                "flow-strangers/pushed", "namespace-not-approved", "not approved", "github.com/flow-strangers");
    }

    private void isToldOfTheFirstPushAlone(String repository, String reason, String... words) {
        String config = CONFIG.replace("pull_request", "commit");
        String first = "a1".repeat(20);
        String second = "b2".repeat(20);
        github.addRepository(repository, false)
                .putFile(repository, first, ".packit.yaml", config)
                .putFile(repository, second, ".packit.yaml", config);

        DeliveryStory.accepted(api, webhooks.send(webhooks.push(repository, "refs/heads/main", "c3".repeat(20), first)))
                .isEventually("filtered", reason);
        eventually()
                .untilAsserted(() -> assertThat(github.comments(repository, IssueComment.onCommit(first)))
                        .singleElement()
                        .satisfies(comment -> assertThat(comment.body()).contains(words)));
        DeliveryStory.accepted(api, webhooks.send(webhooks.push(repository, "refs/heads/main", first, second)))
                .isEventually("filtered", reason);

        nothingIsLeftInAnyQueue();
        assertThat(github.comments(repository, IssueComment.onCommit(second))).isEmpty();
    }

    @Test
    void tellsOnceThatNobodyApprovedTheNamespaceHoweverOftenItIsPushed() {
        var pullRequest = pullRequest("flow-stranger", false).brings(CONFIG);

        var story = pullRequest.opens().isEventually("filtered", "namespace-not-approved");
        String first = pullRequest.head();
        pullRequest.check("forgeway").isEventually("neutral");
        pullRequest.isPushed(CONFIG).isEventually("filtered", "namespace-not-approved");
        pullRequest.isPushed(CONFIG).isEventually("filtered", "namespace-not-approved");

        assertThat(story.path("detail").asText()).contains("github.com/flow-stranger", "unknown");
        nothingIsLeftInAnyQueue();
        assertThat(github.calls("POST /repos/" + pullRequest.repository() + "/check-runs"))
                .hasSize(1);
        assertThat(github.checkRuns(pullRequest.repository(), first))
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.title()).isEqualTo("Nothing was done for this pull request");
                    assertThat(check.summary()).contains("not approved", "github.com/flow-stranger");
                });
        nothingIsDoneFor(pullRequest);
    }

    @Test
    void tellsNobodyAboutANamespaceWithoutAPackageConfig() {
        var pullRequest = pullRequest("flow-stranger", false);

        pullRequest.opens().isEventually("filtered", "no-package-config");

        nothingIsDoneFor(pullRequest);
    }

    @Test
    void tellsADeniedAccountOnceAndLooksNoMore() {
        api.allow("github.com/villain", "denied");
        var pullRequest = pullRequestOf("villain").brings(CONFIG);

        pullRequest.opens().isEventually("filtered", "namespace-denied");
        String first = pullRequest.head();
        pullRequest.check("forgeway").isEventually("neutral");
        long looked = lookUps(pullRequest);
        pullRequest.isPushed(CONFIG).isEventually("filtered", "namespace-denied");

        nothingIsLeftInAnyQueue();
        assertThat(github.checkRuns(pullRequest.repository(), first))
                .singleElement()
                .satisfies(
                        check -> assertThat(check.summary()).contains("`github.com/villain` may not use this service"));
        assertThat(lookUps(pullRequest)).isEqualTo(looked);
        nothingIsDoneFor(pullRequest);
    }

    @Test
    void tellsADeniedAccountNothingWhereNobodyUsesAPackageConfig() {
        api.allow("github.com/villain", "denied");
        var pullRequest = pullRequestOf("villain");

        pullRequest.opens().isEventually("filtered", "namespace-denied");

        nothingIsDoneFor(pullRequest);
    }

    @Test
    void neverLooksIntoAPrivateRepositoryOfADeniedNamespace() {
        api.allow("github.com/flow-denied-private", "denied");
        var pullRequest = pullRequest("flow-denied-private", true).brings(CONFIG);

        pullRequest.opens().isEventually("filtered", "namespace-denied");

        nothingIsDoneFor(pullRequest);
        nothingIsAskedAbout(pullRequest);
    }

    @Test
    void tellsOnceOnACommitThatTheNamespaceIsDenied() {
        api.allow("github.com/flow-denied-pushes", "denied");
        isToldOfTheFirstPushAlone(
                "flow-denied-pushes/pushed",
                "namespace-denied",
                "`github.com/flow-denied-pushes/pushed` may not use this service");
    }

    @Test
    void ignoresItsOwnPullRequest() {
        var pullRequest = pullRequestOf(World.OWN_ACCOUNT).brings(CONFIG);

        pullRequest.opens().isEventually("ignored", "own-action");

        nothingIsAskedAbout(pullRequest);
    }

    @Test
    void leavesJobsToTheInstanceThatTheyAreMeantFor() {
        var pullRequest = pullRequest("flow", false).brings("""
                jobs:
                  - {job: copr_build, trigger: pull_request, targets: [fedora-rawhide], packit_instances: [stg]}
                """);

        pullRequest.opens().isEventually("filtered", "other-instance");

        nothingIsDoneFor(pullRequest);
    }

    @Test
    void waitsForTheLabelsThatAJobRequires() {
        var pullRequest = pullRequest("flow", false).brings("""
                jobs:
                  - {job: copr_build, trigger: pull_request, targets: [fedora-rawhide], require: {label: {absent: [wip]}}}
                """);
        github.label(pullRequest.repository(), pullRequest.number(), "wip");

        var story = pullRequest.opens().isEventually("filtered", "label-mismatch");

        assertThat(story.path("detail").asText()).contains("none of [wip] may be there");
        nothingIsDoneFor(pullRequest);
        github.label(pullRequest.repository(), pullRequest.number());
        pullRequest.reopens().jobEventuallyWaits();
    }

    @Test
    void leavesAHeadThatWaitedTooLongToTheNewerOne() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        github.faults()
                .answer(
                        "POST /graphql",
                        ALWAYS,
                        Response.json(503, Map.of("message", "Busy")).with("Retry-After", "1"));
        var opened = pullRequest.opens();
        opened.toldOnce(told -> !told.path("detail").asText("").isEmpty());

        var pushed = pullRequest.isPushed(CONFIG);
        pushed.toldOnce(told -> !told.path("detail").asText("").isEmpty());
        github.faults().clear();

        opened.isEventually("ignored", "superseded");
        pushed.jobEventuallyWaits();
        assertThat(pullRequest.builds())
                .singleElement()
                .satisfies(build -> assertThat(build.script()).contains("--ref " + pullRequest.head()));
    }

    @Test
    void doesNothingForADeniedNamespaceUntilItIsApproved() {
        api.allow("github.com/flow-denied", "denied");
        var pullRequest = pullRequest("flow-denied", false).brings(CONFIG);

        pullRequest.opens().isEventually("filtered", "namespace-denied");
        pullRequest.check("forgeway").isEventually("neutral");
        assertThat(pullRequest.builds()).isEmpty();

        api.allow("github.com/" + pullRequest.repository(), "approved-manually");
        pullRequest.reopens().jobEventuallyWaits();
        assertThat(pullRequest.builds()).hasSize(1);
    }

    private static void nothingIsDoneFor(PullRequestStory pullRequest) {
        assertThat(pullRequest.builds()).isEmpty();
        assertThat(pullRequest.checkRuns()).isEmpty();
        assertThat(pullRequest.comments()).isEmpty();
    }

    private void nothingIsAskedAbout(PullRequestStory pullRequest) {
        assertThat(lookUps(pullRequest)).isZero();
    }

    private long lookUps(PullRequestStory pullRequest) {
        String name =
                pullRequest.repository().substring(pullRequest.repository().indexOf('/') + 1);
        return github.calls("POST /graphql").stream()
                .filter(call -> call.body().contains("\"" + name + "\""))
                .count();
    }
}
