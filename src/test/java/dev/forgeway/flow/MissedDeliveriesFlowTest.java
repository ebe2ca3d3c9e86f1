package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.Faults;
import dev.forgeway.simulator.GitLabSimulator;
import dev.forgeway.simulator.Response;
import dev.forgeway.simulator.WebhookDelivery;
import dev.forgeway.store.CompletenessStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What GitHub sent while Forgeway was away is fetched, once, and what is still missing is told. */
@FlowTest
class MissedDeliveriesFlowTest extends Flow {

    private static final String APP = "github";
    private static final String HOOK = "github/" + World.HOOKED;
    private static final String HOOK_URL = "http://" + World.HOST + "/webhooks/github";
    private static final int BAD_GATEWAY = 502;
    private static final int NO_ANSWER = 0;

    /** So many attempts GitHub tells at once. */
    private static final int PAGE = 100;

    @Autowired
    CompletenessStore store;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    ProducerTemplate routes;

    @Autowired
    MeterRegistry registry;

    /** The clock of the application looks only once, and a look that is under way would meet those of the stories. */
    @BeforeEach
    void everySourceIsWatched() {
        eventually()
                .until(() -> isOver("schedule-missed-deliveries", "each-source")
                        && isOver("schedule-webhooks", "each-project"));
        assertThat(store.find(APP)).isPresent();
        assertThat(store.find(HOOK)).isPresent();
    }

    private boolean isOver(String route, String node) {
        Timer timer = registry.find("camel.message.history")
                .tag("routeId", route)
                .tag("nodeId", node)
                .timer();
        return timer != null && timer.count() > 0;
    }

    private static Instant ago(Duration time) {
        return Instant.now().minus(time);
    }

    /** The last look was so long ago, and nothing was missing then. */
    private void wasLookedAt(String source, Duration time) {
        jdbc.update(
                "update completeness set complete_since = ?, complete_until = ?, problem = null, switched_off = false, lost_from = null,"
                        + " lost_until = null where source = ?",
                ago(Duration.ofDays(30)).atOffset(ZoneOffset.UTC),
                ago(time).atOffset(ZoneOffset.UTC),
                source);
    }

    private void looks(String source) {
        routes.sendBody("direct:schedule-missed-feed", source);
    }

    private JsonNode gap(String source) {
        for (JsonNode gap : api.get("/api/gaps").json()) {
            if (gap.path("source").asText().equals(source)) {
                return gap;
            }
        }
        throw new AssertionError("no gap of " + source);
    }

    private int missed(String source, String state) {
        return gap(source).path("missed").path(state).asInt();
    }

    private static Instant instant(JsonNode gap, String field) {
        return Instant.parse(gap.path(field).asText());
    }

    @Test
    void recoversOnceWhatWasSentWhileForgewayWasDown() {
        wasLookedAt(APP, Duration.ofHours(1));
        var lost = pullRequestBuiltFor("fedora-rawhide");
        WebhookDelivery unanswered = lost.opening();
        github.hooks().sent(unanswered, ago(Duration.ofMinutes(40)), NO_ANSWER);
        github.hooks().sent(unanswered, ago(Duration.ofMinutes(35)), BAD_GATEWAY);
        var arrived = pullRequestBuiltFor("fedora-rawhide");
        WebhookDelivery answered = arrived.opening();
        github.hooks().sent(answered, ago(Duration.ofMinutes(20)), 202);
        arrived.delivers(answered).jobEventuallyWaits();
        for (int i = 0; i < 120; i++) {
            github.hooks()
                    .sent(webhooks.other("star", "{\"action\":\"created\"}"), ago(Duration.ofMinutes(10)), BAD_GATEWAY);
        }
        int recovered = missed(APP, "recovered");

        looks(APP);

        JsonNode told = eventually()
                .until(() -> api.deliveries(unanswered.id()), found -> found.size() == 1)
                .get(0);
        var story = new DeliveryStory(api, told.path("id").asText());
        story.jobEventuallyWaits();
        assertThat(told.path("source").asText()).isEqualTo("github");
        assertThat(story.queuePriority()).as("what comes now goes first").isEqualTo("4");
        assertThat(story.steps()).contains("schedule-missed-feed.fetch", "call.github.hook-delivery-get");
        lost.rpmBuild(RAWHIDE).isEventuallyQueued("SRPM build in Copr was submitted ...");
        assertThat(gap(APP).path("state").asText()).isEqualTo("complete");
        assertThat(instant(gap(APP), "completeUntil")).isAfter(ago(Duration.ofMinutes(3)));
        assertThat(instant(gap(APP), "completeSince")).isBefore(ago(Duration.ofDays(29)));
        assertThat(missed(APP, "recovered")).isEqualTo(recovered + 1);
        assertThat(missed(APP, "found")).isZero();

        wasLookedAt(APP, Duration.ofHours(1));
        looks(APP);
        lost.delivers(unanswered).isEventually("duplicate");
        assertThat(missed(APP, "recovered")).as("once").isEqualTo(recovered + 1);
        assertThat(api.deliveries(unanswered.id())).hasSize(2);
        assertThat(lost.builds()).hasSize(1);
    }

    @Test
    void staysBehindWhileGitHubDoesNotAnswerAndCatchesUpThen() {
        wasLookedAt(APP, Duration.ofHours(2));
        WebhookDelivery lost = pullRequest("flow", false).opening();
        github.hooks().sent(lost, ago(Duration.ofMinutes(90)), BAD_GATEWAY);
        for (int i = 0; i < PAGE; i++) {
            github.hooks()
                    .sent(webhooks.other("star", "{\"action\":\"created\"}"), ago(Duration.ofMinutes(10)), BAD_GATEWAY);
        }
        github.hooks().sent(lost, ago(Duration.ofMinutes(5)), BAD_GATEWAY);
        github.faults().answer("GET /app/hook/deliveries", Faults.ALWAYS, Response.json(500, "down"));

        looks(APP);

        assertThat(gap(APP).path("state").asText()).isEqualTo("behind");
        assertThat(gap(APP).path("problem").asText()).contains("hook-deliveries-list");
        assertThat(instant(gap(APP), "completeUntil")).isBefore(ago(Duration.ofMinutes(119)));
        assertThat(api.deliveries(lost.id())).isEmpty();

        github.faults().clear();
        github.faults().answer("GET /app/hook/deliveries/", Faults.ALWAYS, Response.json(500, "down"));
        looks(APP);

        assertThat(missed(APP, "found")).as("found, but not fetched").isEqualTo(1);
        assertThat(instant(gap(APP), "completeUntil")).isBefore(ago(Duration.ofMinutes(89)));
        assertThat(gap(APP).path("state").asText()).isEqualTo("behind");

        github.faults().clear();
        looks(APP);

        busDeliveries(lost.id(), 1);
        assertThat(gap(APP).path("state").asText()).isEqualTo("complete");
        assertThat(gap(APP).has("problem")).isFalse();
    }

    @Test
    void fetchesTheOthersWhereOneCannotBeHad() {
        wasLookedAt(APP, Duration.ofHours(2));
        WebhookDelivery huge = pullRequest("flow", false).opening();
        WebhookDelivery later = pullRequest("flow", false).opening();
        github.hooks().sent(huge, ago(Duration.ofMinutes(90)), BAD_GATEWAY);
        github.hooks().sent(later, ago(Duration.ofMinutes(80)), BAD_GATEWAY);
        github.faults().answer("GET /app/hook/deliveries/", Faults.ALWAYS, Response.json(500, "down"));
        looks(APP);
        String unreadable = jdbc.queryForObject(
                "select remote_id from missed_delivery where delivery_key = ?", String.class, huge.id());
        github.faults().clear();
        github.faults()
                .answer("GET /app/hook/deliveries/" + unreadable, Faults.ALWAYS, Response.html(200, "too large"));

        looks(APP);

        busDeliveries(later.id(), 1);
        assertThat(gap(APP).path("state").asText()).isEqualTo("behind");
        assertThat(missed(APP, "found")).isEqualTo(1);

        github.faults().clear();
        looks(APP);
        busDeliveries(huge.id(), 1);
        assertThat(gap(APP).path("state").asText()).isEqualTo("complete");
    }

    @Test
    void waitsForWhatWasAcceptedAndIsStillOnTheQueue() {
        wasLookedAt(APP, Duration.ofHours(1));
        WebhookDelivery accepted = pullRequest("flow", false).opening();
        Instant sentAt = ago(Duration.ofMinutes(5));
        github.hooks().sent(accepted, sentAt, 202);

        looks(APP);

        assertThat(missed(APP, "found")).isZero();
        assertThat(instant(gap(APP), "completeUntil")).isBetween(sentAt.minusMillis(1), sentAt.plusMillis(1));

        DeliveryStory.accepted(api, webhooks.send(accepted)).isEventually("filtered");
        looks(APP);

        assertThat(instant(gap(APP), "completeUntil")).isAfter(ago(Duration.ofMinutes(3)));
    }

    @Test
    void leavesAloneWhatIsHeldOfAPausedSource() {
        String gitLabSource = "gitlab/" + World.HOOKED;
        world.gitlab.addProject(World.HOOKED, false);
        world.gitlab.hooks().put(World.HOOKED, "http://" + World.HOST + "/webhooks/gitlab", "executable", null);
        looksAtWebhook();
        wasLookedAt(APP, Duration.ofHours(1));
        wasLookedAt(gitLabSource, Duration.ofHours(1));
        WebhookDelivery held = pullRequest("flow", false).opening();
        WebhookDelivery refused = pullRequest("flow", false).opening();
        WebhookDelivery heldOfGitLab = pushed();
        github.hooks().sent(held, ago(Duration.ofMinutes(40)), 202);
        github.hooks().sent(refused, ago(Duration.ofMinutes(40)), BAD_GATEWAY);
        world.gitlab.hooks().sent(World.HOOKED, heldOfGitLab, ago(Duration.ofMinutes(40)), 202);
        pauses("", "github");
        pauses("", "gitlab");
        int recovered = missed(APP, "recovered");
        int recoveredOfGitLab = missed(gitLabSource, "recovered");
        try {
            looks(APP);
            looksAtWebhook();
        } finally {
            pauses("/resume", "github");
            pauses("/resume", "gitlab");
        }

        busDeliveries(refused.id(), 1);
        assertThat(missed(APP, "recovered")).isEqualTo(recovered + 1);
        assertThat(instant(gap(APP), "completeUntil")).isAfter(ago(Duration.ofMinutes(3)));
        assertThat(missed(gitLabSource, "recovered")).isEqualTo(recoveredOfGitLab);
        assertThat(instant(gap(gitLabSource), "completeUntil")).isAfter(ago(Duration.ofMinutes(3)));
    }

    private void pauses(String order, String source) {
        api.post(
                "/api/pauses" + order,
                World.ADMIN_TOKEN,
                "{\"kind\":\"source\",\"name\":\"" + source + "\",\"by\":\"ada\"}");
    }

    @Test
    void tellsWhatGitHubNoLongerHas() {
        wasLookedAt(APP, Duration.ofDays(5));
        Instant gone = store.find(APP).orElseThrow().until();
        WebhookDelivery forgotten = pullRequest("flow", false).opening();
        github.hooks().sent(forgotten, ago(Duration.ofHours(70)), BAD_GATEWAY);
        github.faults().answer("GET /app/hook/deliveries/", 1, Response.json(404, "{}"));
        int lost = missed(APP, "lost");

        looks(APP);

        JsonNode gap = gap(APP);
        assertThat(missed(APP, "lost")).isEqualTo(lost + 1);
        assertThat(instant(gap, "lostFrom")).isEqualTo(gone);
        assertThat(instant(gap, "lostUntil")).isBetween(ago(Duration.ofHours(71)), ago(Duration.ofHours(69)));
        assertThat(instant(gap, "completeSince")).isEqualTo(instant(gap, "lostUntil"));
        assertThat(gap.path("state").asText()).isEqualTo("complete");
        assertThat(api.deliveries(forgotten.id())).isEmpty();
    }

    @Test
    void recoversWhatWasSentToTheWebhookOfARepository() {
        wasLookedAt(HOOK, Duration.ofHours(1));
        github.addRepository(World.HOOKED, false);

        looks(HOOK);

        assertThat(gap(HOOK).path("problem").asText())
                .isEqualTo("No webhook of flow/hooked sends to " + HOOK_URL + ": was it removed?");

        github.hooks().add(World.HOOKED, HOOK_URL);
        WebhookDelivery push =
                webhooks.push(World.HOOKED, "refs/heads/main", "a".repeat(40), "b".repeat(40), List.of());
        github.hooks().sent(World.HOOKED, push, ago(Duration.ofMinutes(30)), 503);
        looks(HOOK);

        busDeliveries(push.id(), 1);
        assertThat(gap(HOOK).path("state").asText()).isEqualTo("complete");
        assertThat(missed(HOOK, "recovered")).isEqualTo(1);

        github.hooks().add(World.HOOKED, HOOK_URL);
        wasLookedAt(HOOK, Duration.ofHours(1));
        looks(HOOK);
        assertThat(gap(HOOK).path("problem").asText())
                .as("the webhook that was found before is gone")
                .contains("refused with 404", "Webhooks: read");

        looks(HOOK);
        assertThat(gap(HOOK).has("problem")).as("found again").isFalse();
        assertThat(gap(HOOK).path("state").asText()).isEqualTo("complete");
    }

    @Test
    void tellsOfAWebhookThatGitLabSwitchedOff() {
        String source = "gitlab/" + World.HOOKED;
        String url = "http://" + World.HOST + "/webhooks/gitlab";
        world.gitlab.addProject(World.HOOKED, false);
        world.gitlab.hooks().remove(World.HOOKED);

        looksAtWebhook();
        assertThat(gap(source).path("problem").asText()).startsWith("No webhook of flow/hooked sends to " + url);

        world.gitlab.hooks().put(World.HOOKED, url, "temporarily_disabled", "2027-01-01T00:00:00Z");
        looksAtWebhook();
        assertThat(gap(source).path("state").asText()).isEqualTo("behind");
        assertThat(gap(source).path("problem").asText())
                .isEqualTo("GitLab switched the webhook off after failures, until 2027-01-01T00:00:00Z");
        assertThat(registry.get("forgeway.schedule.webhook.on")
                        .tag("source", source)
                        .gauge()
                        .value())
                .isZero();

        world.gitlab.hooks().put(World.HOOKED, url, "disabled", null);
        looksAtWebhook();
        assertThat(gap(source).path("problem").asText()).contains("until somebody tests it");

        world.gitlab.hooks().put(World.HOOKED, url, "executable", null);
        looksAtWebhook();
        assertThat(gap(source).has("problem")).isFalse();
        assertThat(registry.get("forgeway.schedule.webhook.on")
                        .tag("source", source)
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void recoversOnceWhatGitLabSentInVain() {
        String source = "gitlab/" + World.HOOKED;
        GitLabSimulator gitlab = world.gitlab;
        gitlab.addProject(World.HOOKED, false);
        gitlab.hooks().put(World.HOOKED, "http://" + World.HOST + "/webhooks/gitlab", "executable", null);
        looksAtWebhook();
        wasLookedAt(source, Duration.ofHours(2));
        WebhookDelivery came = pushed();
        gitlab.send(api.webhooks("gitlab"), World.SECRET, came);
        busDeliveries(came.id(), 1);
        gitlab.hooks().sent(World.HOOKED, came, ago(Duration.ofMinutes(90)), NO_ANSWER);
        List<WebhookDelivery> missing = Stream.generate(this::pushed).limit(30).toList();
        for (WebhookDelivery delivery : missing) {
            gitlab.hooks().sent(World.HOOKED, delivery, ago(Duration.ofMinutes(60)), 503);
        }
        WebhookDelivery longAgo = pushed();
        gitlab.hooks().sent(World.HOOKED, longAgo, ago(Duration.ofHours(3)), 503);
        WebhookDelivery onItsWay = pushed();
        gitlab.hooks().sent(World.HOOKED, onItsWay, ago(Duration.ofMinutes(5)), 202);
        gitlab.hooks().sentTooLarge(World.HOOKED, pushed(), ago(Duration.ofMinutes(50)), 503);

        looksAtWebhook();

        missing.forEach(delivery -> busDeliveries(delivery.id(), 1));
        assertThat(api.deliveries(came.id())).as("it came after all").hasSize(1);
        assertThat(api.deliveries(longAgo.id())).as("before the watch began").isEmpty();
        assertThat(api.deliveries(onItsWay.id())).as("it may be on our queue").isEmpty();
        assertThat(missed(source, "recovered")).isEqualTo(missing.size());
        assertThat(instant(gap(source), "completeUntil"))
                .isBetween(ago(Duration.ofMinutes(6)), ago(Duration.ofMinutes(4)));
        assertThat(gap(source).path("state").asText()).isEqualTo("complete");
        assertThat(gap(source).has("lostFrom")).as("GitLab kept nothing of it").isTrue();

        wasLookedAt(source, Duration.ofHours(2));
        looksAtWebhook();
        assertThat(missed(source, "recovered")).as("once").isEqualTo(missing.size());
        assertThat(missed(source, "lost")).as("once").isEqualTo(1);
    }

    @Test
    void tellsThatNothingWasSentWhileAWebhookWasOff() {
        String source = "gitlab/" + World.HOOKED;
        String url = "http://" + World.HOST + "/webhooks/gitlab";
        world.gitlab.addProject(World.HOOKED, false);
        world.gitlab.hooks().put(World.HOOKED, url, "executable", null);
        looksAtWebhook();
        wasLookedAt(source, Duration.ofHours(1));
        world.gitlab.hooks().put(World.HOOKED, url, "disabled", null);
        looksAtWebhook();
        world.gitlab.hooks().put(World.HOOKED, url, "executable", null);

        looksAtWebhook();

        JsonNode gap = gap(source);
        assertThat(gap.has("problem")).isFalse();
        assertThat(instant(gap, "lostFrom")).isBetween(ago(Duration.ofMinutes(61)), ago(Duration.ofMinutes(59)));
        assertThat(instant(gap, "lostUntil")).isAfter(ago(Duration.ofMinutes(1)));
        assertThat(instant(gap, "completeSince")).isEqualTo(instant(gap, "lostUntil"));
    }

    private WebhookDelivery pushed() {
        return world.gitlab.pushed(World.HOOKED, "main", "a".repeat(40), "b".repeat(40));
    }

    private void looksAtWebhook() {
        routes.sendBody("direct:schedule-webhook", World.HOOKED);
    }

    @Test
    void saysOfTheOtherSourcesWhyNothingIsKnown() {
        assertThat(gap("forgejo").path("state").asText()).isEqualTo("unknown");
        assertThat(gap("forgejo").path("reason").asText()).contains("no API");
        assertThat(api.get("/api/gaps").json().findValuesAsText("source"))
                .containsExactly(
                        APP, HOOK, "gitlab", "gitlab/" + World.HOOKED, "forgejo", "pagure", "testing-farm", "amqp");
    }
}
