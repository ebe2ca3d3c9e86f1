package dev.forgeway.flow;

import static dev.forgeway.flow.Flow.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.WebhookDelivery;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the API tells of one delivery. */
record DeliveryStory(Api api, String id) {

    private static final Pattern ACCEPTED = Pattern.compile("\\{\"id\":\"([0-9a-f-]{36})\",\"status\":\"accepted\"}");

    /** The delivery that a webhook was answered for with 202 and an id. */
    static DeliveryStory accepted(Api api, WebhookDelivery.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        Matcher body = ACCEPTED.matcher(answer.body());
        assertThat(body.matches()).as(answer.body()).isTrue();
        return new DeliveryStory(api, body.group(1));
    }

    /** With which priority it waited to be decided. */
    String queuePriority() {
        for (JsonNode step : told().path("steps")) {
            if (step.path("node").asText().equals("read-message")) {
                return step.path("detail").asText().replaceFirst(".* with priority ", "");
            }
        }
        return "not decided";
    }

    /** The story as it is now. */
    JsonNode told() {
        return api.delivery(id).json();
    }

    /** It was dispatched and all its jobs succeeded; what was sent again may be a copy, and the delivery that it copies counts. */
    void isOver() {
        JsonNode story = told();
        JsonNode counts = story.hasNonNull("duplicateOf")
                ? api.delivery(story.path("duplicateOf").asText()).json()
                : story;
        assertThat(counts.path("outcome").asText()).as(counts.toPrettyString()).isEqualTo("dispatched");
        assertThat(counts.path("jobs"))
                .isNotEmpty()
                .allSatisfy(job -> assertThat(job.path("outcome").asText())
                        .as(counts.toPrettyString())
                        .isEqualTo("succeeded"));
    }

    /** The story, once there is one and it fits. */
    JsonNode toldOnce(Predicate<JsonNode> fits) {
        return eventually().until(this::told, told -> told.has("outcome") && fits.test(told));
    }

    /** The story, once something was decided; fails when it was something else. */
    JsonNode isEventually(String outcome) {
        JsonNode story = toldOnce(told -> !told.path("outcome").asText("queued").equals("queued"));
        assertThat(story.path("outcome").asText()).as(story.toPrettyString()).isEqualTo(outcome);
        return story;
    }

    /** The same, with the reason. */
    JsonNode isEventually(String outcome, String reason) {
        JsonNode story = isEventually(outcome);
        assertThat(story.path("reason").asText()).as(story.toPrettyString()).isEqualTo(reason);
        return story;
    }

    /** The only job, once it is done; fails when it came to something else. */
    JsonNode jobIsEventually(String outcome) {
        JsonNode job = job(told -> told.path("state").asText().equals("done"));
        assertThat(job.path("outcome").asText()).as(job.toPrettyString()).isEqualTo(outcome);
        return job;
    }

    /** The only job, once its build is submitted. */
    JsonNode jobEventuallyWaits() {
        return job(told -> told.path("state").asText().equals("waiting"));
    }

    /** The only job, once it fits. */
    JsonNode job(Predicate<JsonNode> fits) {
        return toldOnce(told -> told.path("jobs").size() == 1
                        && fits.test(told.path("jobs").path(0)))
                .path("jobs")
                .path(0);
    }

    /** The steps as {@code route.node}; for calls of others {@code call.service.operation}. */
    List<String> steps() {
        List<String> steps = new ArrayList<>();
        told().path("steps")
                .forEach(step -> steps.add(
                        step.path("route").asText() + "." + step.path("node").asText()));
        return steps;
    }
}
