package dev.forgeway.handle.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.config.ForwardSettings;
import dev.forgeway.config.QueueClass;
import dev.forgeway.config.Secret;
import dev.forgeway.config.Settings;
import dev.forgeway.dispatch.Job;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.JobHandler;
import dev.forgeway.handle.Outcome;
import dev.forgeway.ingest.StandardWebhookSignature;
import dev.forgeway.service.webhook.Receiver;
import dev.forgeway.service.webhook.WebhookSender;
import dev.forgeway.store.EventJson;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Posts an event to a URL, signed. Every attempt has the same {@code webhook-id}, also one that is made because a crash
 * hid that the last one succeeded.
 */
@Component
class ForwardHandler implements JobHandler {

    static final HandlerSpec SPEC = new HandlerSpec(
            "forward",
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            null,
            QueueClass.SHORT,
            List.of(),
            "post an event to a URL, signed, for every subscription in the configuration that wants it");

    private final ForwardSettings settings;
    private final WebhookSender sender;
    private final EventJson json;
    private final Clock clock;

    ForwardHandler(Settings settings, WebhookSender sender, EventJson json, Clock clock) {
        this.clock = clock;
        this.settings = settings.handle().forward();
        this.sender = sender;
        this.json = json;
    }

    @Override
    public HandlerSpec spec() {
        return SPEC;
    }

    @Override
    public Outcome handle(Job job) {
        String name = String.valueOf(job.subscription());
        ForwardSettings.Subscription subscription = settings.subscriptions().get(name);
        if (subscription == null) {
            return Outcome.skipped("nobody is subscribed as " + name + " any more");
        }
        CloudEvent event = CloudEvent.of(job);
        JsonNode body = json.readTree(json.write(event));
        int status = sender.post(receiver(name, subscription), event.id(), CloudEvent.MEDIA_TYPE, body);
        return Outcome.succeeded("posted to " + name + ", answered " + status);
    }

    private Receiver receiver(String name, ForwardSettings.Subscription subscription) {
        List<String> keys =
                subscription.signingSecrets().stream().map(Secret::value).toList();
        return new Receiver(
                name, Objects.requireNonNull(subscription.url()), new StandardWebhookSignature(keys, clock)::sign);
    }
}
