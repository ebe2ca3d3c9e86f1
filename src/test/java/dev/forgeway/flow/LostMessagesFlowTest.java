package dev.forgeway.flow;

import static dev.forgeway.simulator.Faults.ALWAYS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.camel.JobConsumers;
import dev.forgeway.simulator.Response;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.apache.activemq.artemis.api.core.management.QueueControl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the broker lost is found by what the database knows, and is done once. */
@FlowTest
class LostMessagesFlowTest extends Flow {

    private static final Response DOWN = Response.json(500, Map.of("message", "Out of order."));

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    JobConsumers consumers;

    @Autowired
    MeterRegistry registry;

    @AfterEach
    void resume() {
        builds("/resume");
    }

    @Test
    void putsALostJobOnItsQueueAgainAndNoneThatWaitsThere() throws Exception {
        double before = found("job");
        builds("");
        eventually().until(() -> consumers.active("copr-build") == 0);
        var kept = pullRequestBuiltFor("fedora-rawhide");
        var lost = pullRequestBuiltFor("fedora-rawhide");
        DeliveryStory keptOpened = kept.opens();
        DeliveryStory lostOpened = lost.opens();
        String keptJob = queuedJob(keptOpened);
        String lostJob = queuedJob(lostOpened);
        eventually().until(() -> messages(keptJob) == 1 && messages(lostJob) == 1);

        queue("jobs.copr-build").removeMessages("forgewayJobId = '" + lostJob + "'");

        eventually().until(() -> messages(lostJob) == 1);
        assertThat(messages(keptJob)).isEqualTo(1);
        assertThat(found("job")).isEqualTo(before + 1);
        builds("/resume");
        copr.finishBuild(lost.build().id(), true);
        copr.finishBuild(kept.build().id(), true);
        lostOpened.jobIsEventually("succeeded");
        keptOpened.jobIsEventually("succeeded");
        assertThat(lost.builds()).hasSize(1);
        assertThat(kept.builds()).hasSize(1);
        assertThat(lostOpened.told().path("steps")).anySatisfy(LostMessagesFlowTest::tellsOfTheLoss);
        assertThat(keptOpened.told().path("steps")).noneSatisfy(LostMessagesFlowTest::tellsOfTheLoss);
    }

    /** As with a copy of the database from when it was tried. */
    @Test
    void decidesADeliveryThatIsLost() {
        double before = found("delivery");
        github.faults().answer("POST /graphql", ALWAYS, DOWN);
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        DeliveryStory opened = pullRequest.opens();
        opened.isEventually("parked", "attempts-exhausted");
        github.faults().clear();

        jdbc.update(
                "update delivery set outcome = 'queued', reason = null, decided_at = null where id = ?", opened.id());

        opened.jobEventuallyWaits();
        copr.finishBuild(pullRequest.build().id(), true);
        opened.jobIsEventually("succeeded");
        assertThat(pullRequest.builds()).hasSize(1);
        assertThat(found("delivery")).isEqualTo(before + 1);
        assertThat(opened.told().path("steps")).anySatisfy(LostMessagesFlowTest::tellsOfTheLoss);
    }

    /** As with a copy of the database from before it was shown. */
    @Test
    void showsAStatusThatIsLostAtItsPlace() throws Exception {
        double before = found("status");
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        DeliveryStory opened = pullRequest.opens();
        copr.finishBuild(pullRequest.build().id(), true);
        pullRequest.rpmBuild(RAWHIDE).isEventually("success");
        String place = opened.told().path("statuses").path(0).path("id").asText();
        eventually().until(() -> isShown(place));
        // a report that met another one about its place looks again later
        eventually()
                .until(() -> queue("statuses").removeMessages(null)
                                + queue("statuses").getMessageCount()
                        == 0);

        jdbc.update("update outbox set sent = wanted - 1 where id = ?", place);

        eventually().until(() -> isShown(place) && found("status") > before);
        assertThat(found("status")).isEqualTo(before + 1);
        assertThat(pullRequest.checkRuns()).hasSize(1);
        assertThat(opened.told().path("steps")).anySatisfy(LostMessagesFlowTest::tellsOfTheLoss);
    }

    private static void tellsOfTheLoss(JsonNode step) {
        assertThat(step.path("route").asText()).isEqualTo("schedule-lost-messages");
        assertThat(step.path("result").asText()).isEqualTo("lost");
    }

    private boolean isShown(String place) {
        return jdbc.queryForObject("select count(*) from outbox where id = ? and sent = wanted", Integer.class, place)
                == 1;
    }

    /** Pauses all builds, or lets them go on. */
    private void builds(String order) {
        api.post(
                "/api/pauses" + order,
                World.ADMIN_TOKEN,
                "{\"kind\":\"handler\",\"name\":\"copr-build\",\"by\":\"ada\"}");
    }

    private static String queuedJob(DeliveryStory opened) {
        return opened.job(told -> told.path("state").asText().equals("queued"))
                .path("id")
                .asText();
    }

    private long messages(String job) throws Exception {
        return queue("jobs.copr-build").countMessages("forgewayJobId = '" + job + "'");
    }

    private QueueControl queue(String name) {
        return (QueueControl) broker.server().getManagementService().getResource("queue." + name);
    }

    private double found(String kind) {
        Counter counter = registry.find("forgeway.schedule.lost.messages")
                .tag("kind", kind)
                .counter();
        return counter == null ? 0 : counter.count();
    }
}
