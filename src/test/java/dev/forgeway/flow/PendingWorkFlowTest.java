package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.CoprSimulator.Build;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** A message of the bus that is lost costs minutes and not the result; what takes too long is told. */
@FlowTest
class PendingWorkFlowTest extends Flow {

    private static final String TESTS = "testing-farm:" + RAWHIDE;

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void endsTheCheckOfABuildOfWhichNobodyHeard() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide", "epel-10");
        var opened = pullRequest.opens();
        JsonNode job = opened.jobEventuallyWaits();
        Build build = pullRequest.build();
        copr.loseMessages();
        copr.startSource(build.id());
        copr.endSource(build.id(), true);
        copr.end(build.id(), RAWHIDE, true);
        copr.end(build.id(), EPEL, false);

        waitsFor(job, Duration.ofMinutes(6));

        pullRequest.rpmBuild(RAWHIDE).isEventually("success");
        pullRequest.rpmBuild(EPEL).isEventually("failure");
        opened.jobIsEventually("failed");
        JsonNode told = busDelivery("copr.build.end " + build.id() + " " + RAWHIDE);
        assertThat(told.path("source").asText()).isEqualTo("copr");
        assertThat(told.path("event").path("build").path("result").asText()).isEqualTo("succeeded");
        assertThat(new DeliveryStory(api, told.path("id").asText()).steps())
                .contains("schedule-pending-job.tell", "decide-copr-build.find-build");
    }

    @Test
    void changesNothingForAMessageThatComesLate() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        var opened = pullRequest.opens();
        JsonNode job = opened.jobEventuallyWaits();
        Build build = pullRequest.build();
        copr.loseMessages();
        copr.finishBuild(build.id(), true);
        waitsFor(job, Duration.ofMinutes(6));
        opened.jobIsEventually("succeeded");
        pullRequest.rpmBuild(RAWHIDE).isEventually("success");
        int shown = pullRequest.rpmBuild(RAWHIDE).titles().size();

        JsonNode late = busDelivery(
                world.bus.publish("org.fedoraproject.prod.copr.build.end", """
                        {"user":"packit","copr":"any","owner":"packit","pkg":"hello","build":%d,"chroot":"%s","status":0}
                        """.formatted(build.id(), RAWHIDE)));

        new DeliveryStory(api, late.path("id").asText()).jobIsEventually("skipped");
        nothingIsLeftInAnyQueue();
        assertThat(pullRequest.rpmBuild(RAWHIDE).titles()).hasSize(shown);
        assertThat(pullRequest.rpmBuild(RAWHIDE).run().conclusion()).isEqualTo("success");
    }

    @Test
    void showsAnErrorForWhatTakesLongerThanTheLimit() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide", "epel-10");
        var opened = pullRequest.opens();
        JsonNode job = opened.jobEventuallyWaits();
        Build build = pullRequest.build();
        copr.end(build.id(), EPEL, true);
        pullRequest.rpmBuild(EPEL).isEventually("success");

        waitsFor(job, Duration.ofDays(8));

        String why = "No result after 7 days; the service is not done.";
        pullRequest.rpmBuild(RAWHIDE).isEventually("failure");
        assertThat(pullRequest.rpmBuild(RAWHIDE).run().title()).isEqualTo(why);
        assertThat(pullRequest.rpmBuild(EPEL).run().conclusion()).isEqualTo("success");
        assertThat(opened.jobIsEventually("error").path("detail").asText()).isEqualTo(why);
        eventually()
                .untilAsserted(() -> assertThat(jdbc.queryForList(
                                "select job_id from pending_work where job_id = ?",
                                String.class,
                                job.path("id").asText()))
                        .isEmpty());
    }

    @Test
    void showsAnErrorForABuildThatCoprDoesNotKnow() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        JsonNode job = pullRequest.opens().jobEventuallyWaits();
        long build = pullRequest.build().id();
        copr.deleteBuild(build);

        waitsFor(job, Duration.ofMinutes(6));

        pullRequest.rpmBuild(RAWHIDE).isEventually("failure");
        assertThat(pullRequest.rpmBuild(RAWHIDE).run().title())
                .isEqualTo("Copr does not know build " + build + " any more.");
    }

    @Test
    void asksNobodyAboutABuildOfWhichMessagesArrive() {
        var quiet = pullRequestBuiltFor("fedora-rawhide");
        JsonNode quietJob = quiet.opens().jobEventuallyWaits();
        var pullRequest = pullRequestBuiltFor("fedora-rawhide", "epel-10");
        JsonNode job = pullRequest.opens().jobEventuallyWaits();
        long build = pullRequest.build().id();
        copr.startSource(build);
        copr.endSource(build, true);
        copr.start(build, RAWHIDE);
        pullRequest.rpmBuild(RAWHIDE).isEventuallyInProgress("RPM build is in progress...");

        waitsFor(job, Duration.ofMinutes(6));
        waitsFor(quietJob, Duration.ofMinutes(6));

        eventually()
                .until(() ->
                        !copr.calls("GET /api_3/build/" + quiet.build().id()).isEmpty());
        assertThat(copr.calls("GET /api_3/build/" + build)).isEmpty();
    }

    @Test
    void endsTheCheckOfTestsOfWhichNobodyHeard() {
        var pullRequest = testedWithoutBuild();
        var opened = pullRequest.opens();
        JsonNode job = opened.jobEventuallyWaits();
        String request = requestOf(pullRequest);
        farm.loseNotifications(request);
        farm.complete(request, "passed");

        waitsFor(job, Duration.ofMinutes(6));

        pullRequest.check(TESTS).isEventually("success");
        opened.jobIsEventually("succeeded");
        JsonNode told = busDelivery(request + "@complete");
        assertThat(told.path("source").asText()).isEqualTo("testing-farm");
        nothingIsLeftInAnyQueue();
        int shown = pullRequest.check(TESTS).titles().size();

        farm.notifyAgain(request);

        eventually()
                .untilAsserted(() -> assertThat(jdbc.queryForList(
                                "select id from delivery where source = 'testing-farm' and delivery_key like ?",
                                String.class,
                                request + "@%"))
                        .hasSize(2));
        nothingIsLeftInAnyQueue();
        assertThat(pullRequest.check(TESTS).titles()).as("a late notification").hasSize(shown);
    }

    @Test
    void showsAnErrorForTestsThatTestingFarmDoesNotKnow() {
        var pullRequest = testedWithoutBuild();
        JsonNode job = pullRequest.opens().jobEventuallyWaits();
        String request = requestOf(pullRequest);
        farm.forget(request);

        waitsFor(job, Duration.ofMinutes(6));

        pullRequest.check(TESTS).isEventually("failure");
        assertThat(pullRequest.check(TESTS).run().title())
                .isEqualTo("Testing Farm does not know request " + request + " any more.");
    }

    @Test
    void endsTestsWhoseBuildIsGivenUp() {
        var pullRequest = pullRequest("flow", false)
                .brings(TestsStory.config("fedora-rawhide"))
                .brings(".fmf/version", "1\n");
        var opened = pullRequest.opens();
        pullRequest.build();
        pullRequest.check(TESTS).isEventuallyQueued("Waiting for RPMs to be built...");
        JsonNode story = opened.toldOnce(
                told -> "waiting".equals(build(told).path("state").asText()));

        waitsFor(build(story), Duration.ofDays(8));

        pullRequest.rpmBuild(RAWHIDE).isEventually("failure");
        pullRequest.check(TESTS).isEventually("failure");
        assertThat(new TestsStory(farm, pullRequest.repository()).requests()).isEmpty();
    }

    private static JsonNode build(JsonNode story) {
        for (JsonNode job : story.path("jobs")) {
            if (job.path("handler").asText().equals("copr-build")) {
                return job;
            }
        }
        return story.path("none");
    }

    private PullRequestStory testedWithoutBuild() {
        return pullRequest("flow", false).brings("""
                jobs:
                  - {job: tests, trigger: pull_request, targets: [fedora-rawhide], skip_build: true}
                """).brings(".fmf/version", "1\n");
    }

    private String requestOf(PullRequestStory pullRequest) {
        return new TestsStory(farm, pullRequest.repository()).requests(1).get(0).id();
    }

    /** The job waits for this long already; what was told of it meanwhile stays. */
    private void waitsFor(JsonNode job, Duration time) {
        Instant since = Instant.now().minus(time);
        jdbc.update(
                "update job set started_at = ? where id = ?",
                since.atOffset(ZoneOffset.UTC),
                job.path("id").asText());
        if (time.toDays() > 1) {
            jdbc.update(
                    "update job_target set updated_at = ? where job_id = ?",
                    since.atOffset(ZoneOffset.UTC),
                    job.path("id").asText());
        }
    }
}
