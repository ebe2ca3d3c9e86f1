package dev.forgeway.ingest;

import dev.forgeway.config.Secret;
import dev.forgeway.config.Settings;
import dev.forgeway.metrics.StepLog;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Any sender that follows <a
 * href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 * Webhooks</a>. The type is the payload's {@code type}; the id is the same for every attempt.
 */
@Component
public class StandardWebhook implements Webhook {

    static final String SOURCE = "standard";

    private final List<String> secrets;
    private final StandardWebhookSignature signature;
    private final Clock clock;

    public StandardWebhook(Settings settings, Clock clock) {
        this.secrets = settings.ingest().standardWebhooks().signingSecrets().stream()
                .map(Secret::value)
                .toList();
        this.signature = new StandardWebhookSignature(secrets, clock);
        this.clock = clock;
    }

    @Override
    public WebhookRequest verify(WebhookRequest request) {
        if (secrets.isEmpty()) {
            throw new SourceOffException(SOURCE);
        }
        signature.verify(
                request.body(),
                request.header("webhook-id"),
                request.header("webhook-timestamp"),
                request.header("webhook-signature"));
        StepLog.note("authentic", null);
        return request;
    }

    @Override
    public Receipt receive(WebhookRequest request) {
        String id = DeliveryId.at(clock.instant());
        String key = request.headers().getOrDefault("webhook-id", "");
        String type = PayloadPeek.topLevelString(request.body(), "type").orElse("");
        StepLog.note("accepted", type);
        return new Receipt(
                Receipt.Status.ACCEPTED,
                id,
                new Delivery(id, SOURCE, key, type, clock.instant(), Map.of(), request.body(), StepLog.steps()));
    }
}
