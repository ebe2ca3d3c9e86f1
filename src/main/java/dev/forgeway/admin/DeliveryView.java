package dev.forgeway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forgeway.error.Reason;
import dev.forgeway.metrics.Step;
import dev.forgeway.store.OutboxEntry;
import dev.forgeway.store.Pause;
import dev.forgeway.store.StoredDelivery;
import dev.forgeway.store.StoredJob;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A delivery as the API tells it: the list has it without jobs, statuses and steps. */
public record DeliveryView(
        String id,
        String source,
        String key,
        String eventName,
        Instant receivedAt,
        @Nullable Instant decidedAt,
        String outcome,
        @Nullable String reason,
        @Nullable String detail,
        @Nullable String duplicateOf,
        @Nullable JsonNode event,
        @Nullable List<JobView> jobs,
        @Nullable List<StatusView> statuses,
        @Nullable List<Step> steps) {

    static DeliveryView brief(StoredDelivery delivery, Reader reader) {
        return view(readable(delivery, reader), null, null, null);
    }

    /**
     * What is not known to be about any project, for instance because it cannot be read, may be about a private one, and
     * an installation names those that it is for: everyone is told of it without the words that may tell.
     */
    private static StoredDelivery readable(StoredDelivery delivery, Reader reader) {
        JsonNode event = delivery.event();
        if (reader == Reader.OPERATOR || (event != null && !event.has("repositories"))) {
            return delivery;
        }
        return new StoredDelivery(
                delivery.id(),
                delivery.source(),
                delivery.key(),
                delivery.eventName(),
                delivery.receivedAt(),
                delivery.outcome(),
                delivery.reason(),
                null,
                delivery.duplicateOf(),
                event instanceof ObjectNode object ? object.deepCopy().without("repositories") : null,
                delivery.steps().stream().map(DeliveryView::withoutDetail).toList(),
                delivery.decidedAt());
    }

    private static Step withoutDetail(Step step) {
        return new Step(step.route(), step.node(), step.at(), step.micros(), step.result(), null);
    }

    /** The whole story: the steps of the delivery, of its jobs and of its statuses, in the order of their beginning. */
    static DeliveryView whole(
            StoredDelivery stored,
            List<StoredJob> jobs,
            List<Pause> pauses,
            List<OutboxEntry> statuses,
            Reader reader) {
        StoredDelivery delivery = readable(stored, reader);
        List<Step> steps = Stream.of(
                        delivery.steps().stream(),
                        jobs.stream().flatMap(job -> job.steps().stream()),
                        statuses.stream().flatMap(status -> status.steps().stream()))
                .flatMap(part -> part)
                .sorted(Comparator.comparing(Step::at))
                .toList();
        return view(
                delivery,
                jobs.stream().map(job -> JobView.of(job, pauses)).toList(),
                statuses.stream().map(StatusView::of).toList(),
                steps);
    }

    private static DeliveryView view(
            StoredDelivery delivery,
            @Nullable List<JobView> jobs,
            @Nullable List<StatusView> statuses,
            @Nullable List<Step> steps) {
        Reason reason = delivery.reason();
        return new DeliveryView(
                delivery.id(),
                delivery.source(),
                delivery.key(),
                delivery.eventName(),
                delivery.receivedAt(),
                delivery.decidedAt(),
                delivery.outcome().wireName(),
                reason == null ? null : reason.wireName(),
                delivery.detail(),
                delivery.duplicateOf(),
                delivery.event(),
                jobs,
                statuses,
                steps);
    }
}
