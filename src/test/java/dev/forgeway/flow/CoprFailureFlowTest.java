package dev.forgeway.flow;

import static dev.forgeway.simulator.Faults.ALWAYS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copr down, slow or answering something else; in the end there is one build, or people see why not. */
@FlowTest
class CoprFailureFlowTest extends Flow {

    private static final Response HTML = Response.html(200, "<html><h1>Making sure you're not a bot!</h1></html>");

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 401, 429})
    void triesAgainUntilCoprAnswers(int status) {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        copr.faults()
                .answer(
                        CREATE_BUILD,
                        3,
                        Response.json(status, Map.of("error", "Out of order.")).with("Retry-After", "1"));

        var opened = pullRequest.opens();

        assertThat(opened.jobEventuallyWaits().path("attempts").asInt()).isEqualTo(4);
        succeeds(pullRequest, opened);
    }

    @Test
    void keepsTheErrorOfTheLastAttemptInTheStory() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        copr.faults().answer(CREATE_BUILD, ALWAYS, Response.json(500, Map.of("error", "Out of order.")));

        var opened = pullRequest.opens();

        JsonNode job = opened.job(told -> told.path("attempts").asInt() >= 1);
        assertThat(job.path("detail").asText()).contains("500", "Out of order.");
        copr.faults().clear();
        succeeds(pullRequest, opened);
    }

    @Test
    void triesAgainAfterAPageOfABotGuard() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        copr.faults().answer(CREATE_BUILD, 2, HTML);

        succeeds(pullRequest, pullRequest.opens());
    }

    @Test
    void triesAgainWhenCoprHangs() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        copr.faults().hang(CREATE_BUILD, 1);

        var opened = pullRequest.opens();

        assertThat(opened.jobEventuallyWaits().path("attempts").asInt()).isEqualTo(2);
        succeeds(pullRequest, opened);
    }

    @Test
    void findsTheBuildOfWhichTheAnswerWasLost() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        copr.addProject(World.OWNER, pullRequest.coprProject(), RAWHIDE);
        copr.faults().dropAfter(CREATE_BUILD, 1);

        var opened = pullRequest.opens();

        JsonNode job = opened.jobEventuallyWaits();
        assertThat(job.path("attempts").asInt()).isEqualTo(2);
        assertThat(job.path("externalId").asLong())
                .isEqualTo(pullRequest.build().id());
        succeeds(pullRequest, opened);
    }

    @Test
    void waitsForACoprThatIsDown() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        copr.stopListening();
        var opened = pullRequest.opens();
        pullRequest.rpmBuild(RAWHIDE).isEventuallyQueued("The task was accepted.");
        opened.job(told -> told.path("attempts").asInt() >= 2);

        copr.startListening();

        succeeds(pullRequest, opened);
    }

    @Test
    void tellsTheUserWhatCoprRefuses() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        copr.faults()
                .answer(CREATE_BUILD, 1, Response.json(403, Map.of("error", "You are not allowed to build here.")));

        var opened = pullRequest.opens();

        assertThat(opened.jobIsEventually("failed").path("detail").asText())
                .contains("You are not allowed to build here.");
        pullRequest.rpmBuild(RAWHIDE).isEventually("failure");
        assertThat(pullRequest.rpmBuild(RAWHIDE).run().title()).contains("You are not allowed to build here.");
        assertThat(pullRequest.builds()).isEmpty();
    }

    @Test
    void tellsTheUserWhichChrootCoprDoesNotHave() {
        var pullRequest = pullRequestBuiltFor("fedora-39-x86_64");

        var opened = pullRequest.opens();

        opened.jobIsEventually("failed");
        pullRequest.rpmBuild("fedora-39-x86_64").isEventually("failure");
        assertThat(pullRequest.rpmBuild("fedora-39-x86_64").run().title()).contains("Unexpected chroot");
    }

    private void succeeds(PullRequestStory pullRequest, DeliveryStory opened) {
        opened.jobEventuallyWaits();
        copr.finishBuild(pullRequest.build().id(), true);
        opened.jobIsEventually("succeeded");
        pullRequest.rpmBuild(RAWHIDE).isEventually("success");
        assertThat(pullRequest.builds()).hasSize(1);
    }
}
