package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.simulator.GitHubWebhooks;
import dev.forgeway.simulator.WebhookDelivery;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.apache.activemq.artemis.core.server.files.FileStoreMonitor;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** A broker that takes nothing, because its disk has reached the limit. */
@FlowTest
class FullBrokerFlowTest extends Flow {

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    MeterRegistry meters;

    @AfterEach
    void makeRoom() {
        limit(0.9);
    }

    @Test
    void refusesAWebhookUntilThereIsRoomAgain() throws IOException, InterruptedException {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        WebhookDelivery opening = pullRequest.opening();
        long stored = storedDeliveries();
        limit(0);

        HttpResponse<String> answer = send(opening);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("30");
        assertThat(answer.body()).contains("\"error\"", "\"hint\"");
        assertThat(storedDeliveries()).isEqualTo(stored);
        assertThat(broker.server().locateQueue("deliveries").getMessageCount()).isZero();

        limit(0.9);
        var accepted = eventually().until(() -> webhooks.send(opening), again -> again.status() == 202);
        DeliveryStory.accepted(api, accepted).jobEventuallyWaits();
        assertThat(api.deliveries(opening.id())).hasSize(1);
        assertThat(pullRequest.builds()).hasSize(1);
    }

    @Test
    void leavesTheNewsOnTheBusUntilThereIsRoomAgain() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        var opened = pullRequest.opens();
        opened.jobEventuallyWaits();
        pullRequest.rpmBuild(RAWHIDE).isEventuallyQueued("SRPM build in Copr was submitted ...");
        long stored = storedDeliveries();
        limit(0);
        long tried = triedToEnqueue();

        copr.end(pullRequest.build().id(), RAWHIDE, true);

        eventually().until(() -> triedToEnqueue() > tried + 1);
        assertThat(world.bus.waiting()).isPositive();
        assertThat(storedDeliveries()).isEqualTo(stored);
        limit(0.9);
        pullRequest.rpmBuild(RAWHIDE).isEventually("success");
        opened.jobIsEventually("succeeded");
    }

    private long triedToEnqueue() {
        return meters.get("camel.message.history")
                .tag("nodeId", "to-deliveries")
                .timer()
                .count();
    }

    private long storedDeliveries() {
        Long count = jdbc.queryForObject("select count(*) from delivery", Long.class);
        return count == null ? 0 : count;
    }

    /** The share of the disk above which the running broker takes nothing. */
    private void limit(double share) {
        FileStoreMonitor monitor = ((ActiveMQServerImpl) broker.server()).getMonitor();
        monitor.setMaxUsage(share).tick();
    }

    private HttpResponse<String> send(WebhookDelivery delivery) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(api.webhooks())
                .header("Content-Type", "application/json")
                .header("X-GitHub-Event", delivery.event())
                .header("X-GitHub-Delivery", delivery.id())
                .header("X-Hub-Signature-256", GitHubWebhooks.sign(World.SECRET, delivery.body()))
                .POST(HttpRequest.BodyPublishers.ofString(delivery.body()))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
