package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.forgeway.simulator.WebhookDelivery;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One job whose call to a service is under way when Forgeway dies. Each has projects of its own. */
abstract class InterruptedWork {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    final World world;
    final Api api;
    final String name = getClass().getSimpleName().toLowerCase(Locale.ROOT) + NUMBERS.incrementAndGet();
    private @Nullable DeliveryStory delivery;

    InterruptedWork(World world, Api api) {
        this.world = world;
        this.api = api;
    }

    static String newCommit() {
        return (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "").substring(0, 40);
    }

    /** What was there before the call could be made; nothing is held yet. */
    void prepare() {}

    /** What leads to the call. */
    abstract void begin();

    /** What goes on elsewhere while Forgeway is dead, where the call had an effect. */
    void goesOnElsewhere() {}

    /** Fails unless everything is there once, and the job came to its right end. */
    abstract void isDoneOnce();

    /** From now on the call gets no answer, whether it has its effect or not. */
    abstract void hold(boolean hasEffect);

    /** Whether the call was made and waits. */
    abstract boolean isUnderWay();

    final void begins(DeliveryStory told) {
        this.delivery = told;
    }

    /** Pagure tells of what leads to the call. */
    final void beginsOnPagure(WebhookDelivery told) {
        begins(DeliveryStory.accepted(api, world.pagure.send(api.webhooks("pagure"), World.SECRET, told)));
    }

    /** The job of this handler; a missing node where there is none. */
    final JsonNode job(String handler) {
        for (JsonNode job : story().path("jobs")) {
            if (job.path("handler").asText().equals(handler)) {
                return job;
            }
        }
        return MissingNode.getInstance();
    }

    final void waits(String handler) {
        assertThat(job(handler).path("state").asText())
                .as(story().toPrettyString())
                .isEqualTo("waiting");
    }

    final void ended(String handler, String outcome) {
        assertThat(job(handler).path("outcome").asText())
                .as(story().toPrettyString())
                .isEqualTo(outcome);
    }

    private JsonNode story() {
        return Objects.requireNonNull(delivery, "not begun").told();
    }

    @Override
    public String toString() {
        return name;
    }
}
