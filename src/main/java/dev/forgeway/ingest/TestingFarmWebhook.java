package dev.forgeway.ingest;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.forgeway.config.Secret;
import dev.forgeway.config.Settings;
import dev.forgeway.metrics.StepLog;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * The notifications of Testing Farm: {@code {"request_id": …, "token": …}}, with the token that was given with the
 * request (<a href="https://api.testing-farm.io/redoc">its API</a>, {@code notification.webhook}). They say that there
 * is news of a request, not what it is; that is asked for later.
 */
@Component
public class TestingFarmWebhook implements Webhook {

    static final String SOURCE = "testing-farm";

    static final String EVENT = "result";

    private static final String REQUEST_ID = "request_id";
    private static final String TOKEN = "token";

    private final List<String> tokens;
    private final Clock clock;

    public TestingFarmWebhook(Settings settings, Clock clock) {
        this.tokens = settings.ingest().testingFarm().secrets().stream()
                .map(Secret::value)
                .toList();
        this.clock = clock;
    }

    /** What goes on is written anew, without the token, so that it is nowhere stored and forwarded to nobody. */
    @Override
    public WebhookRequest verify(WebhookRequest request) {
        if (tokens.isEmpty()) {
            throw new SourceOffException(SOURCE);
        }
        Map<String, String> fields = PayloadPeek.strings(request.body(), Set.of(REQUEST_ID, TOKEN));
        if (!Tokens.contains(tokens, fields.getOrDefault(TOKEN, ""))) {
            throw new UnauthenticatedException();
        }
        StepLog.note("authentic", null);
        String id = fields.get(REQUEST_ID);
        String body = id == null ? "{}" : "{\"" + REQUEST_ID + "\":\"" + escaped(id) + "\"}";
        return new WebhookRequest(Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    private static String escaped(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    @Override
    public Receipt receive(WebhookRequest request) {
        String id = DeliveryId.at(clock.instant());
        Instant now = clock.instant();
        StepLog.note("accepted", EVENT);
        return new Receipt(
                Receipt.Status.ACCEPTED,
                id,
                new Delivery(id, SOURCE, key(request, now), EVENT, now, Map.of(), request.body(), StepLog.steps()));
    }

    /**
     * Every notification about a request is byte by byte the same, whatever it is about, so that only the time tells a
     * repetition from further news. A second is short enough that no news is taken for a repetition after which nothing
     * more would come, and a repetition that gets through costs one question.
     */
    private static String key(WebhookRequest request, Instant now) {
        String id = PayloadPeek.topLevelString(request.body(), REQUEST_ID)
                .orElseGet(() -> "sha256:" + Sha256.hex(request.body()));
        return id + "@" + now.getEpochSecond();
    }
}
