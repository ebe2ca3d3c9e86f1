package dev.forgeway.ingest;

import dev.forgeway.config.Secret;
import dev.forgeway.config.Settings;
import dev.forgeway.metrics.StepLog;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * GitHub's webhooks, as
 * <a href="https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries">validating deliveries</a>
 * and <a href="https://docs.github.com/en/webhooks/webhook-events-and-payloads">events and payloads</a> define them.
 */
@Component
public class GitHubWebhook implements Webhook {

    static final String SOURCE = "github";

    /** The events that somebody wants, with the actions among them. */
    private static final Map<String, Set<String>> WANTED = Map.of(
            "pull_request", Set.of("opened", "reopened", "synchronize"),
            "issue_comment", Set.of("created", "edited"));

    private final List<String> secrets;
    private final HmacSignature signature;
    private final Clock clock;

    public GitHubWebhook(Settings settings, Clock clock) {
        this.secrets =
                settings.ingest().github().secrets().stream().map(Secret::value).toList();
        this.signature = new HmacSignature("HmacSHA256", "sha256=", secrets);
        this.clock = clock;
    }

    /** The signature covers the raw body, also of a form. Forgejo and Gitea send GitHub's headers too: not here. */
    @Override
    public WebhookRequest verify(WebhookRequest request) {
        if (secrets.isEmpty()) {
            throw new SourceOffException(SOURCE);
        }
        if (ForgejoWebhook.sent(request)) {
            throw new UnauthenticatedException();
        }
        signature.verify(request.body(), request.header("x-hub-signature-256"));
        StepLog.note("authentic", null);
        return request;
    }

    @Override
    public Receipt receive(WebhookRequest request) {
        String id = DeliveryId.at(clock.instant());
        String event = request.headers().getOrDefault("x-github-event", "");
        if (event.equals("ping")) {
            return new Receipt(Receipt.Status.PONG, id, null);
        }
        byte[] json = request.isForm() ? FormPayload.json(request.body()) : request.body();
        if (!wanted(event, json)) {
            return new Receipt(Receipt.Status.IGNORED, id, null);
        }
        StepLog.note("accepted", event);
        return new Receipt(Receipt.Status.ACCEPTED, id, delivery(id, event, request, json));
    }

    private static boolean wanted(String event, byte[] json) {
        Set<String> actions = WANTED.get(event);
        return actions != null
                && PayloadPeek.topLevelString(json, "action")
                        .map(actions::contains)
                        .orElse(true);
    }

    private Delivery delivery(String id, String event, WebhookRequest request, byte[] json) {
        String guid = request.header("x-github-delivery");
        String key = guid == null || guid.isBlank() ? "sha256:" + Sha256.hex(json) : guid;
        return new Delivery(id, SOURCE, key, event, clock.instant(), kept(request), json, StepLog.steps());
    }

    private static Map<String, String> kept(WebhookRequest request) {
        Map<String, String> kept = new LinkedHashMap<>();
        for (String name : List.of("x-github-enterprise-host", "x-github-hook-installation-target-type")) {
            String value = request.header(name);
            if (value != null) {
                kept.put(name, value);
            }
        }
        return kept;
    }
}
