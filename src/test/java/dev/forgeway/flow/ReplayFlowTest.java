package dev.forgeway.flow;

import static dev.forgeway.simulator.Faults.ALWAYS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.Response;
import dev.forgeway.simulator.WebhookDelivery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a replay would do is told, and nothing of it is done. */
@FlowTest
class ReplayFlowTest extends Flow {

    private static final List<String> TABLES = List.of("delivery", "job", "outbox", "admin_action", "notice");

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void tellsThatNothingWouldBeDifferent() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        DeliveryStory opened = pullRequest.opens();
        opened.jobEventuallyWaits();
        opened.toldOnce(
                told -> told.path("statuses").findValues("shown").stream().allMatch(JsonNode::asBoolean));
        nothingIsLeftInAnyQueue();
        Map<String, Object> before = rows();
        int writes = writesTo(pullRequest.repository());

        JsonNode run = dryRun(opened);

        assertThat(different(run)).doesNotContain("outcome", "reason", "job", "targets");
        assertThat(run.path("would").path("jobs")).hasSize(1);
        assertThat(run.path("would").path("jobs").path(0).path("priorityReasons"))
                .isNotEmpty();
        assertThat(run.path("steps").findValuesAsText("node"))
                .contains("parse", "drop-not-approved", "find-package-config", "select-jobs", "prioritise");
        nothingIsLeftInAnyQueue();
        assertThat(rows()).isEqualTo(before);
        assertThat(writesTo(pullRequest.repository())).isEqualTo(writes);
    }

    @Test
    void tellsWhatAnApprovalWouldChange() {
        var pullRequest = pullRequest("stranger" + UUID.randomUUID().toString().substring(0, 8), false)
                .brings(PullRequestStory.config("fedora-rawhide"));
        DeliveryStory refused = pullRequest.opens();
        refused.isEventually("filtered", "namespace-not-approved");
        nothingIsLeftInAnyQueue();
        Instant received = Instant.parse(refused.told().path("receivedAt").asText());
        assertThat(different(dryRun(refused))).isEmpty();

        api.allow("github.com/" + pullRequest.repository(), "approved-manually");

        JsonNode run = dryRun(refused);
        assertThat(different(run)).containsExactly("outcome", "reason", "job");
        assertThat(run.path("was").path("reason").asText()).isEqualTo("namespace-not-approved");
        assertThat(run.path("would").path("outcome").asText()).isEqualTo("dispatched");
        JsonNode shadow = shadowAround(received);
        assertThat(shadow.path("replayed").asInt())
                .isEqualTo(shadow.path("same").asInt()
                        + shadow.path("failed").asInt()
                        + shadow.path("deliveries").size());
        assertThat(shadow.path("deliveries").findValuesAsText("deliveryId")).contains(refused.id());
        assertThat(shadow.path("changes")).anySatisfy(change -> {
            assertThat(change.path("what").asText()).isEqualTo("outcome");
            assertThat(change.path("was").asText()).isEqualTo("filtered");
            assertThat(change.path("would").asText()).isEqualTo("dispatched");
            assertThat(change.path("deliveries").asInt()).isPositive();
        });
        assertThat(pullRequest.builds()).isEmpty();
    }

    @Test
    void remembersNoHead() {
        DeliveryStory opened = pullRequestBuiltFor("fedora-rawhide").opens();
        opened.jobEventuallyWaits();
        String project =
                opened.told().path("event").path("project").path("name").asText();
        String heads = "select count(*) from pull_request_head where project like ?";
        assertThat(jdbc.queryForObject(heads, Long.class, "%/" + project)).isOne();
        jdbc.update("delete from pull_request_head where project like ?", "%/" + project);

        dryRun(opened);

        assertThat(jdbc.queryForObject(heads, Long.class, "%/" + project)).isZero();
    }

    @Test
    void tellsThatAnOldHeadWouldBeLeftAlone() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        DeliveryStory opened = pullRequest.opens();
        opened.jobEventuallyWaits();
        pullRequest.isPushed(PullRequestStory.config("fedora-rawhide")).isEventually("dispatched");

        JsonNode run = dryRun(opened);

        assertThat(run.path("would").path("reason").asText()).isEqualTo("superseded");
        assertThat(run.path("would").path("detail").asText()).contains(pullRequest.head());
    }

    @Test
    void tellsThatABrokenDeliveryWouldBeParkedAgain() {
        WebhookDelivery broken =
                new WebhookDelivery("pull_request", UUID.randomUUID().toString(), "{\"action\":\"opened\"");
        DeliveryStory parked = DeliveryStory.accepted(api, webhooks.send(broken));
        parked.isEventually("parked", "invalid-json");

        JsonNode run = dryRun(parked);

        assertThat(run.path("would").path("outcome").asText()).isEqualTo("parked");
        assertThat(different(run)).isEmpty();
    }

    @Test
    void saysThatAForgeWhichIsDownCannotBeAsked() {
        var pullRequest = pullRequest("flow", false);
        DeliveryStory filtered = pullRequest.isCommented("/packit build");
        filtered.isEventually("filtered", "no-package-config");
        github.faults().answer("POST /graphql", ALWAYS, Response.json(500, Map.of("message", "Out of order.")));

        Api.Answer answer = post("/api/deliveries/" + filtered.id() + "/replay?dryRun=true");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().path("detail").asText()).contains("Out of order.");
        Instant received = Instant.parse(filtered.told().path("receivedAt").asText());
        assertThat(shadowAround(received).path("failed").asInt()).isPositive();
    }

    private JsonNode dryRun(DeliveryStory delivery) {
        Api.Answer answer = post("/api/deliveries/" + delivery.id() + "/replay?dryRun=true");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    /** Of all deliveries that came within a second. */
    private JsonNode shadowAround(Instant time) {
        Api.Answer answer =
                post("/api/replays?dryRun=true&from=" + time.minusSeconds(1) + "&to=" + time.plusSeconds(1));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private Api.Answer post(String target) {
        return api.post(target, World.ADMIN_TOKEN, "{}");
    }

    /** What is different, apart from priorities, which depend on what else happens. */
    private static List<String> different(JsonNode run) {
        List<String> what = new ArrayList<>(run.path("differences").findValuesAsText("what"));
        what.removeIf("priority"::equals);
        return what;
    }

    private Map<String, Object> rows() {
        Map<String, Object> rows = new TreeMap<>();
        TABLES.forEach(table -> rows.put(table, jdbc.queryForObject("select count(*) from " + table, Integer.class)));
        return rows;
    }

    /** Calls that show something in the repository; other stories may still show how far their builds are. */
    private int writesTo(String repository) {
        return github.calls("POST /repos/" + repository + "/").size()
                + github.calls("PATCH /repos/" + repository + "/").size();
    }
}
