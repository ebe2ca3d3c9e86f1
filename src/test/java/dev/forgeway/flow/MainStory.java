package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.CoprSimulator.Build;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The story that must run, whatever stands behind the application. */
abstract class MainStory extends Flow {

    private static final String SUBMITTED = "SRPM build in Copr was submitted ...";

    @Test
    void showsEveryChrootFromAcceptedToItsEnd() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide", "epel-10");
        copr.faults().hang(CREATE_BUILD, 1);

        var delivery = pullRequest.opens();
        pullRequest.rpmBuild(RAWHIDE).isEventuallyQueued("The task was accepted.");
        pullRequest.rpmBuild(EPEL).isEventuallyQueued("The task was accepted.");
        copr.faults().clear();

        Build build = pullRequest.build();
        assertThat(build.chroots()).containsOnlyKeys(RAWHIDE, EPEL);
        assertThat(build.script()).contains("--pr-id " + pullRequest.number(), "--ref " + pullRequest.head());
        pullRequest.rpmBuild(RAWHIDE).isEventuallyQueued(SUBMITTED);
        pullRequest.rpmBuild(EPEL).isEventuallyQueued(SUBMITTED);

        copr.startSource(build.id());
        pullRequest.rpmBuild(RAWHIDE).isEventuallyInProgress("SRPM build is in progress...");
        copr.endSource(build.id(), true);
        pullRequest.rpmBuild(RAWHIDE).isEventuallyInProgress("SRPM build succeeded. Waiting for RPM build to start...");
        copr.start(build.id(), RAWHIDE);
        pullRequest.rpmBuild(RAWHIDE).isEventuallyInProgress("RPM build is in progress...");
        copr.end(build.id(), RAWHIDE, true);
        pullRequest.rpmBuild(RAWHIDE).isEventually("success");
        delivery.jobEventuallyWaits();

        copr.start(build.id(), EPEL);
        copr.end(build.id(), EPEL, false);
        pullRequest.rpmBuild(EPEL).isEventually("failure");
        assertThat(pullRequest.rpmBuild(EPEL).run().detailsUrl())
                .isEqualTo(copr.url() + "/coprs/build/" + build.id() + "/");
        JsonNode targets = delivery.jobIsEventually("failed").path("targetStates");
        assertThat(targets.path(RAWHIDE).asText()).isEqualTo("success");
        assertThat(targets.path(EPEL).asText()).isEqualTo("failure");
    }

    @Test
    void tellsWhatBecameOfADelivery() {
        api.allow("github.com/newcomer", "approved-manually");
        var pullRequest = pullRequest("newcomer", false).brings(PullRequestStory.config("fedora-rawhide"));
        var delivery = pullRequest.opens();
        // an end that is told before the attempt is stored counts none
        delivery.jobEventuallyWaits();
        copr.finishBuild(pullRequest.build().id(), true);
        JsonNode job = delivery.jobIsEventually("succeeded");
        pullRequest.rpmBuild(RAWHIDE).isEventually("success");

        assertThat(job.path("handler").asText()).isEqualTo("copr-build");
        assertThat(job.path("trigger").asText()).isEqualTo("pull_request");
        assertThat(job.path("priority").asInt()).isEqualTo(5);
        assertThat(job.path("priorityReasons")).hasToString("[\"base 5 for pull-request\"]");
        assertThat(job.path("attempts").asInt()).isEqualTo(1);
        assertThat(job.path("links").path(0).path("url").asText()).contains("/coprs/build/");
        JsonNode story = delivery.toldOnce(
                told -> told.path("statuses").path(0).path("shown").asBoolean());
        assertThat(story.path("event").path("type").asText()).isEqualTo("pull-request");
        assertThat(story.path("event").path("commit").asText()).isEqualTo(pullRequest.head());
        assertThat(story.path("statuses").path(0).path("state").asText()).isEqualTo("success");
    }

    @Test
    void tellsEveryStepWithItsRouteNodeAndDuration() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        var delivery = pullRequest.opens();
        pullRequest.build();
        pullRequest.rpmBuild(RAWHIDE).isEventuallyQueued(SUBMITTED);
        delivery.jobEventuallyWaits();
        // the steps of a report are stored behind the call that people see
        delivery.toldOnce(told -> told.at("/statuses/0/shown").asBoolean());

        assertThat(delivery.steps())
                .containsSubsequence(
                        "ingest-github.verify-signature",
                        "ingest-github.build-envelope",
                        "decide-delivery.read-message",
                        "decide-delivery.record",
                        "decide-delivery.parse",
                        "decide-pull-request.drop-own-action",
                        "decide-project.drop-denied",
                        "decide-project.drop-private-repository",
                        "decide-pull-request.drop-superseded",
                        "decide-pull-request.find-package-config",
                        "call.github.config-find",
                        "decide-config-jobs.drop-not-approved",
                        "decide-config-jobs.drop-actor-not-allowed",
                        "decide-config-jobs.read-package-config",
                        "decide-left-out-jobs.leave-out-by-labels",
                        "decide-left-out-jobs.leave-out-other-instances",
                        "decide-config-jobs.select-jobs",
                        "dispatch-jobs.prioritise")
                .containsSubsequence(
                        "handle-copr-build.load-job", "handle-copr-build.run-handler", "call.copr.build-create")
                .containsSubsequence("report-status.claim", "report-status.deliver", "call.github.check-create");
        List<JsonNode> steps = new ArrayList<>();
        delivery.told().path("steps").forEach(steps::add);
        assertThat(steps).allSatisfy(step -> {
            assertThat(step.path("route").asText()).isNotEmpty();
            assertThat(step.path("micros").isIntegralNumber()).isTrue();
            assertThat(step.path("at").asText()).isNotEmpty();
        });
    }
}
