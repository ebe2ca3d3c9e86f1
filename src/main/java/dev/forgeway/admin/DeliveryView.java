package dev.forgeway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.error.Reason;
import dev.forgeway.metrics.Step;
import dev.forgeway.store.OutboxEntry;
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

    static DeliveryView brief(StoredDelivery delivery) {
        return view(delivery, null, null, null);
    }

    /** The whole story: the steps of the delivery, of its jobs and of its statuses, in the order of their beginning. */
    static DeliveryView whole(StoredDelivery delivery, List<StoredJob> jobs, List<OutboxEntry> statuses) {
        List<Step> steps = Stream.of(
                        delivery.steps().stream(),
                        jobs.stream().flatMap(job -> job.steps().stream()),
                        statuses.stream().flatMap(status -> status.steps().stream()))
                .flatMap(part -> part)
                .sorted(Comparator.comparing(Step::at))
                .toList();
        return view(
                delivery,
                jobs.stream().map(JobView::of).toList(),
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
