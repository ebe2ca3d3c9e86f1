package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Nobody waits for another one's storm. The same with 10,000 jobs is a part of the benchmark ({@code bench/run job-storm}). */
@FlowTest
class FairnessFlowTest extends Flow {

    private static final int STORM = 150;
    private static final Duration BUILD = Duration.ofMillis(300);

    /** What the nine consumers do in the two seconds that are promised, however slow the machine is. */
    private static final int PROMISED = 9 * 2000 / 300;

    private static final String HANDLER = "handle-copr-build";

    @Autowired
    CamelContext camel;

    @Test
    void servesAnActiveUserAndANewOneInTheMiddleOfAStorm() throws Exception {
        List.of("storm", "newcomer-in-storm").forEach(name -> api.allow("github.com/" + name, "approved-manually"));
        var ofActiveUser = pullRequestBuiltFor("fedora-rawhide");
        ofActiveUser.opens().jobEventuallyWaits();
        var ofNewUser = readyToBuild("newcomer-in-storm");
        List<PullRequestStory> storm = new ArrayList<>();
        List<DeliveryStory> opened = new ArrayList<>();
        camel.getRouteController().suspendRoute(HANDLER);
        for (int i = 0; i < STORM; i++) {
            storm.add(readyToBuild("storm"));
            opened.add(storm.get(i).opens());
        }
        opened.forEach(delivery -> delivery.isEventually("dispatched"));
        copr.faults().delay(BUILD);

        camel.getRouteController().resumeRoute(HANDLER);
        eventually().until(() -> builtInStorm() > 0);
        int before = builtInStorm();
        ofActiveUser.isCommented("/packit build");
        ofNewUser.opens();

        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        ofActiveUser.builds().size() == 2 && ofNewUser.builds().size() == 1);
        int built = builtInStorm();
        assertThat(built).as("builds of the storm so far").isLessThan(STORM);
        assertThat(built - before).as("builds of the storm meanwhile").isLessThan(PROMISED);
        copr.faults().clear();
        eventually().until(() -> builtInStorm() == STORM);
        JsonNode last = opened.get(STORM - 1).jobEventuallyWaits();
        assertThat(last.path("priorityReasons")).hasSize(2);
        assertThat(last.path("priorityReasons").path(1).asText())
                .matches("-\\d: \\d+ jobs of github.com/storm already waiting");
    }

    @Test
    void runsNoMoreJobsOfAProjectThanAreAllowed() {
        var busy = pullRequest("flow", false).brings(PullRequestStory.configOfJobs(6, "fedora-rawhide"));
        busy.coprProjects(6).forEach(project -> copr.addProject(World.OWNER, project, RAWHIDE));
        copr.forgetCalls();
        copr.faults().hang(CREATE_BUILD, Faults.ALWAYS);

        var opened = busy.opens();

        opened.isEventually("dispatched");
        eventually().until(() -> copr.calls(CREATE_BUILD).size() == World.MOST_PER_PROJECT && scheduled() == 4);
        var other = pullRequestBuiltFor("fedora-rawhide");
        other.isCommented("/packit help").jobIsEventually("succeeded");
        assertThat(copr.calls(CREATE_BUILD)).hasSize(World.MOST_PER_PROJECT);
        copr.faults().clear();
        busy.builds(6);
        opened.toldOnce(told -> {
            List<String> states = told.path("jobs").findValuesAsText("state");
            return states.stream().filter("waiting"::equals).count() == 6;
        });
    }

    /** Jobs that wait for their turn, and hold no consumer. */
    private int scheduled() {
        return (int) broker.server().locateQueue("jobs.copr-build").getScheduledCount();
    }

    private PullRequestStory readyToBuild(String namespace) {
        var pullRequest = pullRequest(namespace, false).brings(PullRequestStory.config("fedora-rawhide"));
        copr.addProject(World.OWNER, pullRequest.coprProject(), RAWHIDE);
        return pullRequest;
    }

    private int builtInStorm() {
        return (int) copr.builds().stream()
                .filter(build -> build.projectname().startsWith("storm-"))
                .count();
    }
}
