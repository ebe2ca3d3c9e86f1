package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.Call;
import dev.forgeway.simulator.Faults;
import dev.forgeway.simulator.HttpSimulator;
import dev.forgeway.simulator.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Services that say when they will answer again: nothing is asked before that, and nothing is lost. */
@FlowTest
class RateLimitFlowTest extends Flow {

    private static final int SECONDS = 2;
    private static final String LOOK_UP = "POST /graphql";

    @Test
    void looksForTheConfigAgainWhenTheBudgetIsReset() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        Instant reset = Instant.now().plusSeconds(SECONDS + 1).truncatedTo(ChronoUnit.SECONDS);
        github.forgetCalls();
        github.faults().answer(LOOK_UP, 1, budgetUsedUp(reset));

        var opened = pullRequest.opens();

        JsonNode story = opened.toldOnce(told -> told.path("detail").isTextual());
        assertThat(story.path("outcome").asText()).isEqualTo("queued");
        assertThat(story.path("detail").asText()).contains("rate limit");
        opened.jobEventuallyWaits();
        assertThat(secondOf(github, LOOK_UP).at()).isAfterOrEqualTo(reset);
        assertThat(opened.steps()).filteredOn("call.github.config-find"::equals).hasSize(2);
        assertThat(pullRequest.builds()).hasSize(1);
    }

    @Test
    void showsTheCheckWhenTheBudgetIsReset() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        Instant reset = Instant.now().plusSeconds(SECONDS + 1).truncatedTo(ChronoUnit.SECONDS);
        String checkRuns = "POST /repos/" + pullRequest.repository() + "/check-runs";
        github.faults().answer(checkRuns, 1, budgetUsedUp(reset));
        // however late it is shown: nothing newer is wanted
        copr.faults().hang(CREATE_BUILD, Faults.ALWAYS);

        pullRequest.opens();

        pullRequest.rpmBuild(RAWHIDE).isEventuallyQueued("The task was accepted.");
        assertThat(secondOf(github, checkRuns).at()).isAfterOrEqualTo(reset);
        copr.faults().clear();
        pullRequest.rpmBuild(RAWHIDE).isEventuallyQueued("SRPM build in Copr was submitted ...");
        assertThat(pullRequest.checkRuns()).hasSize(1);
    }

    @Test
    void answersACommentAsLateAsGitHubAsksFor() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        String comments = "POST /repos/%s/issues/%d/comments".formatted(pullRequest.repository(), pullRequest.number());
        github.faults()
                .answer(
                        comments,
                        1,
                        Response.json(403, Map.of("message", "You have exceeded a secondary rate limit"))
                                .with("Retry-After", Integer.toString(SECONDS)));

        var story = pullRequest.isCommented("/packit help");

        story.toldOnce(told -> told.path("statuses").size() == 2
                && told.path("statuses").findValues("shown").stream().allMatch(JsonNode::asBoolean));
        List<Call> calls = github.calls(comments);
        assertThat(calls).hasSize(2);
        assertThat(calls.get(1).at()).isAfterOrEqualTo(calls.get(0).at().plusSeconds(SECONDS));
        assertThat(pullRequest.comments()).hasSize(2);
    }

    @Test
    void submitsABuildAsLateAsCoprAsksFor() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        copr.addProject(World.OWNER, pullRequest.coprProject(), RAWHIDE);
        copr.forgetCalls();
        copr.faults()
                .answer(
                        CREATE_BUILD,
                        1,
                        Response.json(429, Map.of("error", "Slow down."))
                                .with("Retry-After", Integer.toString(SECONDS)));

        var opened = pullRequest.opens();

        JsonNode job = opened.jobEventuallyWaits();
        assertThat(job.path("attempts").asInt()).isEqualTo(2);
        Call first = copr.calls(CREATE_BUILD).get(0);
        assertThat(secondOf(copr, CREATE_BUILD).at())
                .isAfterOrEqualTo(first.at().plusSeconds(SECONDS));
        copr.finishBuild(pullRequest.build().id(), true);
        opened.jobIsEventually("succeeded");
    }

    @Test
    void sparesTheOthersACallUntilTheBudgetIsReset() {
        var first = pullRequestBuiltFor("fedora-rawhide");
        var second = pullRequestBuiltFor("fedora-rawhide");
        // both are decided on before
        Instant reset = Instant.now().plusSeconds(3 * SECONDS).truncatedTo(ChronoUnit.SECONDS);
        github.forgetCalls();
        github.faults().answer(LOOK_UP, 1, budgetUsedUp(reset));

        var opened = first.opens();
        opened.toldOnce(told -> told.path("detail").asText().contains("rate limit"));
        var openedNext = second.opens();

        openedNext.toldOnce(told -> told.path("detail").asText().contains("that was met before"));
        openedNext.jobEventuallyWaits();
        opened.jobEventuallyWaits();
        assertThat(github.calls(LOOK_UP))
                .filteredOn(call -> call.at().isBefore(reset))
                .hasSize(1);
        assertThat(openedNext.steps())
                .filteredOn("call.github.config-find"::equals)
                .hasSize(1);
    }

    private static Call secondOf(HttpSimulator service, String calls) {
        // what a call did is seen before the call is recorded
        List<Call> all = eventually().until(() -> service.calls(calls), made -> made.size() >= 2);
        assertThat(all).hasSize(2);
        return all.get(1);
    }

    private static Response budgetUsedUp(Instant reset) {
        return Response.json(403, Map.of("message", "API rate limit exceeded for installation."))
                .with(Map.of("x-ratelimit-remaining", "0", "x-ratelimit-reset", Long.toString(reset.getEpochSecond())));
    }
}
