package dev.forgeway.handle.bridge;

import dev.forgeway.bus.Buses;
import dev.forgeway.bus.Publication;
import dev.forgeway.config.PublishSettings;
import dev.forgeway.config.QueueClass;
import dev.forgeway.config.Settings;
import dev.forgeway.dispatch.Job;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.JobHandler;
import dev.forgeway.handle.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Publishes an event on a message bus. A crash between the broker's confirmation and the end of the job publishes it
 * again, with the same id.
 */
@Component
class PublishHandler implements JobHandler {

    static final HandlerSpec SPEC = new HandlerSpec(
            "publish",
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            null,
            QueueClass.SHORT,
            List.of(),
            "publish an event on a message bus, for every subscription in the configuration that wants it");

    private final PublishSettings settings;
    private final Publications publications;
    private final Buses buses;

    PublishHandler(Settings settings, Publications publications, Buses buses) {
        this.settings = settings.handle().publish();
        this.publications = publications;
        this.buses = buses;
    }

    @Override
    public HandlerSpec spec() {
        return SPEC;
    }

    @Override
    public Outcome handle(Job job) {
        PublishSettings.Subscription subscription = settings.subscriptions().get(job.subscription());
        if (subscription == null) {
            return Outcome.skipped("nobody is subscribed as " + job.subscription() + " any more");
        }
        PublishSettings.Bus bus = Objects.requireNonNull(subscription.bus());
        Publication message = publications.of(job, subscription);
        buses.publish(bus, message);
        return Outcome.succeeded("published to " + message.topic() + " ("
                + bus.name().toLowerCase(Locale.ROOT).replace('_', '-') + ")");
    }
}
