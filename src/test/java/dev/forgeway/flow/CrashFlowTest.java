package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.WebhookDelivery;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jms.core.JmsTemplate;

/** Wherever the decision about a delivery ends half done, every job that it selects is on its queue exactly once. */
@FlowTest
class CrashFlowTest extends Flow {

    private static final String HANDLER = "handle-copr-build";
    private static final int JOBS = 2;

    @Autowired
    CamelContext camel;

    @Autowired
    Crashes crashes;

    @Autowired
    @Qualifier("internalConnections")
    ConnectionFactory connections;

    @Test
    void putsEveryJobOnItsQueueOnceWhereverTheDecisionDies() throws Exception {
        List<PullRequestStory> pullRequests = new ArrayList<>();
        List<DeliveryStory> opened = new ArrayList<>();
        camel.getRouteController().suspendRoute(HANDLER);
        try {
            for (String step : steps(pullRequests, opened)) {
                PullRequestStory pullRequest = withTwoJobs();
                WebhookDelivery opening = pullRequest.opening();
                crashes.plan(opening.id(), step);
                pullRequests.add(pullRequest);
                opened.add(pullRequest.delivers(opening));
            }

            opened.forEach(delivery -> delivery.isEventually("dispatched"));

            // a decision is seen before its messages are sent, and these before a browser sees them
            eventually()
                    .untilAsserted(() -> assertThat(crashes.open())
                            .as("crashes that did not happen")
                            .isEmpty());
            assertThat(opened).hasSizeGreaterThan(35);
            List<String> expected =
                    opened.stream().flatMap(delivery -> jobs(delivery).stream()).toList();
            eventually().untilAsserted(() -> assertThat(queued()).containsExactlyInAnyOrderElementsOf(expected));
        } finally {
            camel.getRouteController().resumeRoute(HANDLER);
        }
        pullRequests.forEach(pullRequest -> pullRequest.builds(JOBS));
    }

    /** The steps that a delivery takes to which nothing happens. */
    private List<String> steps(List<PullRequestStory> pullRequests, List<DeliveryStory> opened) {
        PullRequestStory pullRequest = withTwoJobs();
        WebhookDelivery opening = pullRequest.opening();
        crashes.watch(opening.id());
        DeliveryStory undisturbed = pullRequest.delivers(opening);
        undisturbed.isEventually("dispatched");
        pullRequests.add(pullRequest);
        opened.add(undisturbed);
        // a decision is seen before its messages are sent
        return eventually()
                .until(() -> crashes.stepsOf(opening.id()), steps -> steps.contains("dispatch-jobs.to-queues"));
    }

    private PullRequestStory withTwoJobs() {
        return pullRequest("flow", false).brings(PullRequestStory.configOfJobs(JOBS, "fedora-rawhide"));
    }

    private static List<String> jobs(DeliveryStory delivery) {
        List<String> ids = new ArrayList<>();
        for (JsonNode job : delivery.told().path("jobs")) {
            ids.add(job.path("id").asText());
        }
        assertThat(ids).hasSize(JOBS);
        return ids;
    }

    /** Once no delivery is left, nothing more comes. */
    private List<String> queued() {
        eventually().until(() -> broker.server().locateQueue("deliveries").getMessageCount() == 0);
        List<String> ids = new JmsTemplate(connections)
                .browse("jobs.copr-build", (session, browser) -> ids(Collections.list(browser.getEnumeration())));
        return Objects.requireNonNull(ids);
    }

    private static List<String> ids(List<?> messages) throws JMSException {
        List<String> ids = new ArrayList<>();
        for (Object message : messages) {
            ids.add(((TextMessage) message).getText());
        }
        return ids;
    }
}
