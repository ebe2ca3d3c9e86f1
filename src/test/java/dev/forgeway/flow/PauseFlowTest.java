package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.camel.JobConsumers;
import dev.forgeway.camel.QueueDepths;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.Status;

/** What a person pauses waits without a loss, and goes on when it is resumed. */
@FlowTest
class PauseFlowTest extends Flow {

    @Autowired
    MeterRegistry registry;

    @Autowired
    JobConsumers consumers;

    @Autowired
    HealthEndpoint health;

    @Autowired
    QueueDepths depths;

    private final List<String> paused = new ArrayList<>();

    @AfterEach
    void resumeAll() {
        paused.forEach(what -> api.post("/api/pauses/resume", World.ADMIN_TOKEN, what));
    }

    @Test
    void keepsTheJobsOfAPausedHandlerUntilItIsResumed() throws JMSException {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        pause("handler", "copr-build");
        eventually().until(() -> consumers.active("copr-build") == 0);

        DeliveryStory opened = pullRequest.opens();
        opened.isEventually("dispatched");
        DeliveryStory help = pullRequest.isCommented("/packit help");
        help.jobIsEventually("succeeded");

        JsonNode job = opened.told().path("jobs").path(0);
        assertThat(job.path("state").asText()).as("other handlers work").isEqualTo("queued");
        assertThat(pullRequest.builds()).isEmpty();
        // what a decision asks for is put on its queue behind the decision, and a moment later the broker counts it by
        // priority
        eventually().untilAsserted(() -> {
            assertThat(waiting()).isEqualTo(Map.of("copr-build", 1));
            assertThat(api.queues()).anySatisfy(queue -> {
                assertThat(queue.path("name").asText()).isEqualTo("jobs.copr-build");
                assertThat(queue.path("messages").asInt()).isEqualTo(1);
                assertThat(queue.path("priorities")
                                .path(job.path("priority").asText())
                                .asInt())
                        .as(queue.toString())
                        .isEqualTo(1);
            });
        });
        assertThat(queuePaused("jobs.copr-build")).isEqualTo(1);
        assertThat(queuePaused("jobs.help")).isZero();
        assertThat(registry.get("forgeway.paused")
                        .tag("kind", "handler")
                        .gauge()
                        .value())
                .isEqualTo(1);

        resume("handler", "copr-build");

        copr.finishBuild(pullRequest.build().id(), true);
        assertThat(opened.jobIsEventually("succeeded").path("attempts").asInt())
                .as("waiting is no attempt")
                .isEqualTo(1);
    }

    @Test
    void keepsTheDeliveriesOfAPausedSourceUndecidedUntilItIsResumed() throws JMSException {
        pause("source", "forgejo");
        pause("source", "github");
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");

        DeliveryStory opened = pullRequest.opens();
        held(1);
        eventually().untilAsserted(() -> assertThat(waiting()).isEqualTo(Map.of("forgejo", 0, "github", 1)));
        assertThat(api.delivery(opened.id()).status()).as("undecided").isEqualTo(404);
        resume("source", "github");

        opened.jobEventuallyWaits();
        held(0);
        copr.finishBuild(pullRequest.build().id(), true);
    }

    @Test
    void keepsTheJobsOfAPausedProjectWhileOthersGoOn() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        var other = pullRequestBuiltFor("fedora-rawhide");
        var running = pullRequestBuiltFor("fedora-rawhide");
        DeliveryStory began = running.opens();
        began.jobEventuallyWaits();
        pause("project", "github.com/" + pullRequest.repository());
        pause("project", "github.com/" + running.repository());

        DeliveryStory opened = pullRequest.opens();
        held(1);
        other.opens().jobEventuallyWaits();
        copr.finishBuild(other.build().id(), true);
        JsonNode waiting = opened.isEventually("dispatched").path("jobs").path(0);
        assertThat(waiting.path("state").asText()).isEqualTo("queued");
        String paused = "project github.com/" + pullRequest.repository() + " is paused by ada: a story";
        assertThat(waiting.path("paused").asText()).isEqualTo(paused);
        assertThat(projectTold("github.com/" + pullRequest.repository(), paused)
                        .path("why")
                        .asText())
                .isEqualTo("Its new jobs wait: the " + paused + ".");
        assertThat(pullRequest.builds()).isEmpty();
        copr.finishBuild(running.build().id(), true);
        began.jobIsEventually("succeeded");

        resume("project", "github.com/" + pullRequest.repository());
        opened.jobEventuallyWaits();
        copr.finishBuild(pullRequest.build().id(), true);
        assertThat(opened.jobIsEventually("succeeded").path("attempts").asInt()).isEqualTo(1);
    }

    /** A pause of a name that no event has would hold nothing. */
    @Test
    void pausesAProjectHoweverAPersonWritesIt() {
        var pullRequest = pullRequest("flow", false);
        pullRequest.opens().isEventually("filtered", "no-package-config");
        String written = "GitHub.com/" + pullRequest.repository().toUpperCase(Locale.ROOT);

        pause("project", written);
        assertThat(api.get("/api/pauses").json().findValuesAsText("name"))
                .containsExactly("github.com/" + pullRequest.repository());

        resume("project", written);
        assertThat(api.get("/api/pauses").json()).isEmpty();
    }

    @Test
    void tellsWhoPausedWhatAndWhy() {
        pause("handler", "koji-build");
        assertThat(order("pauses", "handler", "koji-build", "bob").status()).isEqualTo(200);

        JsonNode pauses = api.get("/api/pauses").json();
        assertThat(pauses).singleElement().satisfies(pause -> {
            assertThat(pause.path("kind").asText()).isEqualTo("handler");
            assertThat(pause.path("name").asText()).isEqualTo("koji-build");
            assertThat(pause.path("since").asText()).isNotEmpty();
            assertThat(pause.path("by").asText()).as("who was first").isEqualTo("ada");
            assertThat(pause.path("note").asText()).isEqualTo("a story");
        });
        resume("handler", "koji-build");
        assertThat(api.get("/api/pauses").json()).isEmpty();
        assertThat(api.get("/api/actions?limit=2").json())
                .extracting(action -> action.path("action").asText() + " "
                        + action.path("subject").asText() + " by "
                        + action.path("by").asText())
                .containsExactly("resume handler koji-build by ada", "pause handler koji-build by ada");
        assertThat(order("pauses/resume", "handler", "koji-build", "ada").status())
                .isEqualTo(404);
    }

    @Test
    void pausesNothingThatIsNotThere() {
        Api.Answer unknown = order("pauses", "handler", "copr-biuld", "ada");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.json().path("detail").asText()).contains("copr-build");
        assertThat(order("pauses", "source", "sourceforge", "ada").status()).isEqualTo(400);
        assertThat(order("pauses", "project", "github.com", "ada").status()).isEqualTo(400);
        assertThat(order("pauses", "project", "github.com/it's/mine", "ada").status())
                .isEqualTo(400);
        assertThat(order("pauses", "planet", "mars", "ada").status()).isEqualTo(400);
        assertThat(order("pauses", "handler", "copr-build", " ").status()).isEqualTo(400);
        assertThat(api.post("/api/pauses", "wrong", what("handler", "copr-build", "ada"))
                        .status())
                .isEqualTo(401);
        assertThat(api.get("/api/pauses").json()).isEmpty();
    }

    @Test
    void comesToRestAndLosesNoWebhookMeanwhile() {
        var running = pullRequestBuiltFor("fedora-rawhide");
        copr.faults().delay(CREATE_BUILD, Duration.ofSeconds(2));
        DeliveryStory began = running.opens();
        eventually().until(() -> api.get("/api/drain").json().path("running").has("handle-copr-build"));
        try {
            JsonNode state = api.post("/api/drain", World.ADMIN_TOKEN, "{\"by\":\"ada\"}")
                    .json();
            assertThat(state.path("running").has("handle-copr-build"))
                    .as(state.toString())
                    .isTrue();
            assertThat(state.path("empty").asBoolean()).isFalse();
            assertThat(readiness()).isEqualTo(Status.OUT_OF_SERVICE);
            began.jobEventuallyWaits();
            eventually().until(() -> api.get("/api/drain").json().path("empty").asBoolean());

            var late = pullRequestBuiltFor("fedora-rawhide");
            DeliveryStory kept = late.opens();
            eventually().until(() -> broker.server().locateQueue("deliveries").getMessageCount() == 1);
            assertThat(api.get("/api/drain").json().path("by").asText()).isEqualTo("ada");
            api.post("/api/drain/end", World.ADMIN_TOKEN, "{\"by\":\"ada\"}");

            kept.jobEventuallyWaits();
            copr.finishBuild(late.build().id(), true);
            copr.finishBuild(running.build().id(), true);
            kept.jobIsEventually("succeeded");
            began.jobIsEventually("succeeded");
        } finally {
            api.post("/api/drain/end", World.ADMIN_TOKEN, "{\"by\":\"ada\"}");
        }
        assertThat(readiness()).isEqualTo(Status.UP);
    }

    private Status readiness() {
        return health.healthForPath("readiness").getStatus();
    }

    /** How many wait for what is paused, by its name. */
    private Map<String, Integer> waiting() throws JMSException {
        depths.sample();
        Map<String, Integer> waiting = new HashMap<>();
        for (JsonNode pause : api.get("/api/pauses").json()) {
            waiting.put(pause.path("name").asText(), pause.path("waiting").asInt(-1));
        }
        return waiting;
    }

    private double queuePaused(String queue) {
        return registry.get("forgeway.queue.paused").tag("queue", queue).gauge().value();
    }

    private void held(int messages) {
        eventually().until(() -> broker.server().locateQueue("held").getMessageCount() == messages);
    }

    private void pause(String kind, String name) {
        paused.add(what(kind, name, "ada"));
        assertThat(order("pauses", kind, name, "ada").json()).isNotEmpty();
    }

    private void resume(String kind, String name) {
        assertThat(order("pauses/resume", kind, name, "ada").status()).isEqualTo(200);
    }

    private Api.Answer order(String path, String kind, String name, String by) {
        return api.post("/api/" + path, World.ADMIN_TOKEN, what(kind, name, by));
    }

    private static String what(String kind, String name, String by) {
        return "{\"kind\":\"" + kind + "\",\"name\":\"" + name + "\",\"by\":\"" + by + "\",\"note\":\"a story\"}";
    }
}
