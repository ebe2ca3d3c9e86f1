package dev.forgeway.flow;

import static dev.forgeway.simulator.Faults.ALWAYS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.Response;
import dev.forgeway.simulator.WebhookDelivery;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jms.core.BrowserCallback;
import org.springframework.jms.core.JmsTemplate;

/** What is left when every attempt has failed: an end that people see, a reason, and a message to redrive. */
@FlowTest
class GivingUpFlowTest extends Flow {

    private static final Response DOWN =
            Response.json(500, Map.of("error", "Out of order.", "message", "Out of order."));

    private static final String DEAD_STATUSES = "dead.statuses::dead.statuses";

    @Autowired
    @Qualifier("internalConnections")
    ConnectionFactory connections;

    @Test
    void endsAJobThatCoprNeverTook() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        copr.faults().answer(CREATE_BUILD, ALWAYS, DOWN);
        WebhookDelivery opening = pullRequest.opening();

        var opened = pullRequest.delivers(opening);

        JsonNode job = opened.jobIsEventually("error");
        assertThat(job.path("attempts").asInt()).isEqualTo(20);
        assertThat(job.path("detail").asText()).contains("Gave up after 20 attempts", "Out of order.");
        pullRequest.rpmBuild(RAWHIDE).isEventually("failure");
        assertThat(pullRequest.rpmBuild(RAWHIDE).run().title()).contains("Gave up after 20 attempts");
        isIn("dead.jobs::dead.jobs", job.path("id").asText());
        assertThat(opened.steps()).filteredOn("call.copr.build-create"::equals).hasSize(20);

        copr.faults().clear();
        pullRequest.delivers(opening).jobEventuallyWaits();
        assertThat(pullRequest.builds()).hasSize(1);
    }

    @Test
    void parksADeliveryWhoseConfigCouldNeverBeLookedFor() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        github.faults().answer("POST /graphql", ALWAYS, DOWN);
        WebhookDelivery opening = pullRequest.opening();

        var opened = pullRequest.delivers(opening);

        JsonNode story = opened.isEventually("parked", "attempts-exhausted");
        assertThat(story.path("detail").asText()).contains("500", "Out of order.");
        assertThat(opened.steps()).filteredOn("call.github.config-find"::equals).hasSize(20);
        assertThat(pullRequest.builds()).isEmpty();

        github.faults().clear();
        pullRequest.delivers(opening).jobEventuallyWaits();
        assertThat(pullRequest.builds()).hasSize(1);
    }

    @Test
    void saysThatACheckCouldNeverBeShownAndShowsTheNextOne() {
        String ofAnEarlierVersion = "left-behind";
        givesUp("dead.statuses", ofAnEarlierVersion);
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        github.faults().answer("POST /repos/" + pullRequest.repository() + "/check-runs", ALWAYS, DOWN);

        var opened = pullRequest.opens();

        JsonNode story =
                opened.toldOnce(told -> status(told).path("lastError").asText().contains("gave up"));
        assertThat(status(story).path("shown").asBoolean()).isFalse();
        String id = status(story).path("id").asText();
        assertThat(status(story).path("lastError").asText()).contains("Out of order.");
        isIn(DEAD_STATUSES, id);
        String letters = "/api/dead-letters?project=github.com/" + pullRequest.repository();
        assertThat(api.get(letters).json().findValuesAsText("kind")).containsExactly("status");

        github.faults().clear();
        opened.jobEventuallyWaits();
        copr.finishBuild(pullRequest.build().id(), true);
        pullRequest.rpmBuild(RAWHIDE).isEventually("success");
        opened.toldOnce(told -> status(told).path("shown").asBoolean());
        assertThat(api.get(letters).json()).isEmpty();
        eventually()
                .until(() -> bodiesIn(DEAD_STATUSES), left -> !left.contains(id) && !left.contains(ofAnEarlierVersion));
    }

    @Test
    void asksNoLongerForAJobThatTheDatabaseDoesNotKnow() {
        givesUp("dead.jobs", "forgotten");

        // and after each story no notice is left, also none that is to be tried again
        isIn("dead.jobs::dead.jobs", "forgotten");
    }

    /** A browser may not see at once what came a moment ago. */
    private void isIn(String queue, String id) {
        eventually().untilAsserted(() -> assertThat(bodiesIn(queue)).contains(id));
    }

    /** The broker gives one copy to whoever ends the story, and keeps one for people. */
    private void givesUp(String address, String id) {
        JmsTemplate toBoth = new JmsTemplate(connections);
        toBoth.setPubSubDomain(true);
        toBoth.convertAndSend(address, id);
    }

    private static JsonNode status(JsonNode story) {
        return story.path("statuses").path(0);
    }

    /** The texts of the messages that wait in a queue. */
    private List<String> bodiesIn(String queue) {
        BrowserCallback<List<String>> read = (session, browser) -> {
            List<String> bodies = new ArrayList<>();
            for (Object message : Collections.list((Enumeration<?>) browser.getEnumeration())) {
                bodies.add(((TextMessage) message).getText());
            }
            return bodies;
        };
        List<String> bodies = new JmsTemplate(connections).browse(queue, read);
        return bodies == null ? List.of() : bodies;
    }
}
