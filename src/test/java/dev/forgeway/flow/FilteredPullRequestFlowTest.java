package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

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
    void doesNothingForANamespaceThatNobodyApproved() {
        var pullRequest = pullRequest("flow-stranger", false).brings(CONFIG);

        var story = pullRequest.opens().isEventually("filtered", "namespace-not-approved");

        assertThat(story.path("detail").asText()).contains("github.com/flow-stranger", "unknown");
        nothingIsDoneFor(pullRequest);
        nothingIsAskedAbout(pullRequest);
    }

    @Test
    void doesNothingForADeniedNamespaceUntilItIsApproved() {
        api.allow("github.com/flow-denied", "denied");
        var pullRequest = pullRequest("flow-denied", false).brings(CONFIG);

        pullRequest.opens().isEventually("filtered", "namespace-denied");
        nothingIsDoneFor(pullRequest);

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
        String name =
                pullRequest.repository().substring(pullRequest.repository().indexOf('/') + 1);
        assertThat(github.calls("POST /graphql")).noneMatch(call -> call.body().contains("\"" + name + "\""));
    }
}
