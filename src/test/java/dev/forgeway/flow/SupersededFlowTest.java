package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.CoprSimulator.Build;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A push makes the work for the old head of its pull request useless, and no other work. */
@FlowTest
class SupersededFlowTest extends Flow {

    private static final String HANDLER = "handle-copr-build";

    @Autowired
    CamelContext camel;

    @Test
    void stopsTheBuildOfTheOldHead() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        var other = pullRequestBuiltFor("fedora-rawhide");
        var opened = pullRequest.opens();
        opened.jobEventuallyWaits();
        var openedOther = other.opens();
        openedOther.jobEventuallyWaits();
        CheckStory oldCheck = pullRequest.rpmBuild(RAWHIDE);

        var pushed = pullRequest.isPushed(PullRequestStory.config("fedora-rawhide"));

        JsonNode canceled = opened.jobIsEventually("canceled");
        assertThat(canceled.path("detail").asText())
                .isEqualTo("Superseded by " + pullRequest.head().substring(0, 7) + ".");
        assertThat(canceled.path("targetStates").path(RAWHIDE).asText()).isEqualTo("canceled");
        oldCheck.isEventually("cancelled");
        assertThat(oldCheck.run().title()).startsWith("Superseded by ");
        Build newBuild = pullRequest.builds(2).get(1);
        assertThat(pullRequest.builds(2).get(0).state()).isEqualTo("canceled");
        assertThat(newBuild.state()).isNotEqualTo("canceled");
        assertThat(other.build().state()).isNotEqualTo("canceled");
        assertThat(openedOther.told().path("jobs").path(0).path("state").asText())
                .isEqualTo("waiting");
        JsonNode cancellation = jobOf(pushed, "cancel-superseded");
        assertThat(cancellation.path("outcome").asText()).isEqualTo("succeeded");

        copr.finishBuild(newBuild.id(), true);
        pullRequest.rpmBuild(RAWHIDE).isEventually("success");
    }

    @Test
    void leavesOutWhatStillWaited() throws Exception {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        camel.getRouteController().suspendRoute(HANDLER);
        try {
            var opened = pullRequest.opens();
            opened.isEventually("dispatched");
            CheckStory oldCheck = pullRequest.rpmBuild(RAWHIDE);

            pullRequest.isPushed(PullRequestStory.config("fedora-rawhide"));

            opened.jobIsEventually("canceled");
            oldCheck.isEventually("cancelled");
        } finally {
            camel.getRouteController().resumeRoute(HANDLER);
        }
        pullRequest.rpmBuild(RAWHIDE).isEventuallyQueued("SRPM build in Copr was submitted ...");
        assertThat(pullRequest.builds())
                .hasSize(1)
                .allMatch(build -> build.script().contains(pullRequest.head()));
    }

    @Test
    void keepsTheResultOfABuildThatHadEnded() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        var opened = pullRequest.opens();
        copr.finishBuild(pullRequest.build().id(), true);
        opened.jobIsEventually("succeeded");

        var pushed = pullRequest.isPushed(PullRequestStory.config("fedora-rawhide"));

        pushed.jobEventuallyWaits();
        assertThat(opened.told().path("jobs").path(0).path("outcome").asText()).isEqualTo("succeeded");
    }

    @Test
    void stopsTheBuildEvenWhereTheNewHeadAsksForNothing() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        var opened = pullRequest.opens();
        opened.jobEventuallyWaits();

        var pushed = pullRequest.isPushed("specfile_path: hello.spec\njobs: []\n");

        opened.jobIsEventually("canceled");
        assertThat(pullRequest.build().state()).isEqualTo("canceled");
        pushed.isEventually("filtered", "no-matching-job");
    }

    private static JsonNode jobOf(DeliveryStory delivery, String handler) {
        JsonNode story = delivery.toldOnce(
                told -> find(told, handler).path("state").asText().equals("done"));
        return find(story, handler);
    }

    private static JsonNode find(JsonNode story, String handler) {
        for (JsonNode job : story.path("jobs")) {
            if (job.path("handler").asText().equals(handler)) {
                return job;
            }
        }
        return story.path("none");
    }
}
