package dev.forgeway.ingest;

import dev.forgeway.config.Secret;
import dev.forgeway.config.Settings;
import dev.forgeway.metrics.StepLog;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Any sender of CloudEvents 1.0 over HTTP, in <a
 * href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md">structured or
 * binary mode</a>, that shows a bearer token as the <a
 * href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/http-webhook.md">webhook specification</a> says.
 */
@Component
public class CloudEventsWebhook implements Webhook {

    static final String SOURCE = "cloudevents";

    static final String STRUCTURED = "application/cloudevents+json";

    private static final String SUPPORTED = "1.0";
    private static final String BEARER = "bearer ";
    private static final Set<String> ATTRIBUTES = Set.of("specversion", "id", "source", "type", "subject", "time");

    private final List<String> tokens;
    private final Clock clock;

    public CloudEventsWebhook(Settings settings, Clock clock) {
        this.tokens = settings.ingest().cloudevents().tokens().stream()
                .map(Secret::value)
                .toList();
        this.clock = clock;
    }

    /** By the header alone: a token in the query, which the specification allows too, would be found in logs. */
    @Override
    public WebhookRequest verify(WebhookRequest request) {
        if (tokens.isEmpty()) {
            throw new SourceOffException(SOURCE);
        }
        String given = request.headers().getOrDefault("authorization", "");
        if (!given.toLowerCase(Locale.ROOT).startsWith(BEARER)
                || !Tokens.contains(tokens, given.substring(BEARER.length()).strip())) {
            throw new UnauthenticatedException();
        }
        StepLog.note("authentic", null);
        return request;
    }

    /** An event without an id is known by its bytes; the id alone is unique only for its source. */
    @Override
    public Receipt receive(WebhookRequest request) {
        Map<String, String> attributes =
                isStructured(request) ? PayloadPeek.strings(request.body(), ATTRIBUTES) : inHeaders(request.headers());
        checkVersion(attributes, isStructured(request));
        String id = DeliveryId.at(clock.instant());
        String type = attributes.getOrDefault("type", "");
        String key = attributes.getOrDefault("id", "");
        Map<String, String> headers = new LinkedHashMap<>();
        if (!isStructured(request)) {
            attributes.forEach((name, value) -> headers.put("ce-" + name, value));
        }
        if (key.isEmpty()) {
            key = "sha256:" + Sha256.hex(request.body());
        } else {
            headers.put(Delivery.SCOPE, attributes.getOrDefault("source", ""));
        }
        StepLog.note("accepted", type);
        return new Receipt(
                Receipt.Status.ACCEPTED,
                id,
                new Delivery(id, SOURCE, key, type, clock.instant(), headers, request.body(), StepLog.steps()));
    }

    private static boolean isStructured(WebhookRequest request) {
        return request.headers()
                .getOrDefault("content-type", "")
                .toLowerCase(Locale.ROOT)
                .startsWith(STRUCTURED);
    }

    /** What is no JSON goes on, to be parked: only a person can say what it should have been. */
    private static void checkVersion(Map<String, String> attributes, boolean structured) {
        String version = attributes.getOrDefault("specversion", structured && attributes.isEmpty() ? SUPPORTED : "");
        if (!version.equals(SUPPORTED)) {
            throw new UnknownFormatException();
        }
    }

    private static Map<String, String> inHeaders(Map<String, String> headers) {
        Map<String, String> attributes = new HashMap<>();
        for (String name : ATTRIBUTES) {
            String value = headers.get("ce-" + name);
            if (value != null) {
                attributes.put(name, decoded(value));
            }
        }
        return attributes;
    }

    /** Headers carry what is not ASCII with percent signs (3.1.3.2 of the HTTP binding). */
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }
}
