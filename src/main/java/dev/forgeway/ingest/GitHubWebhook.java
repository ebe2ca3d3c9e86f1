package dev.forgeway.ingest;

import dev.forgeway.config.IngestSettings;
import dev.forgeway.config.Settings;
import dev.forgeway.metrics.StepLog;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * GitHub's webhooks, as
 * <a href="https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries">validating deliveries</a>
 * and <a href="https://docs.github.com/en/webhooks/webhook-events-and-payloads">events and payloads</a> define them.
 * Those of an App, an organization and a repository differ in what their payloads leave out only.
 */
@Component
public class GitHubWebhook implements Webhook {

    static final String SOURCE = "github";

    static final PayloadProject PROJECT = new PayloadProject("html_url", "full_name");

    private final ForgeSecrets secrets;
    private final HmacSignature general;
    private final GitHubDeliveries deliveries;

    public GitHubWebhook(Settings settings, Clock clock) {
        IngestSettings.Webhook github = settings.ingest().github();
        this.secrets = new ForgeSecrets(github.secrets(), github.projectSecrets());
        this.general = signature(secrets.general());
        this.deliveries = new GitHubDeliveries(settings, clock);
    }

    private static HmacSignature signature(List<String> secrets) {
        return new HmacSignature("HmacSHA256", "sha256=", secrets);
    }

    /** The signature covers the raw body, also of a form. Forgejo and Gitea send GitHub's headers too: not here. */
    @Override
    public WebhookRequest verify(WebhookRequest request) {
        if (secrets.isEmpty()) {
            throw new SourceOffException(SOURCE);
        }
        String given = request.header("x-hub-signature-256");
        if (given == null || ForgejoWebhook.sent(request)) {
            throw new UnauthenticatedException();
        }
        if (!general.matches(request.body(), given) && !fitsProject(request, given)) {
            throw new UnauthenticatedException();
        }
        StepLog.note("authentic", null);
        return request;
    }

    private boolean fitsProject(WebhookRequest request, String given) {
        return secrets.hasScoped()
                && signature(secrets.accepted(
                                PROJECT.find(json(request), "repository"),
                                GitHubDeliveries.isWanted(eventName(request))))
                        .matches(request.body(), given);
    }

    @Override
    public Receipt receive(WebhookRequest request) {
        String event = eventName(request);
        if (event.equals("ping")) {
            return new Receipt(Receipt.Status.PONG, UUID.randomUUID().toString(), null);
        }
        return deliveries.receive(event, request.headers(), json(request));
    }

    private static String eventName(WebhookRequest request) {
        return request.headers().getOrDefault("x-github-event", "");
    }

    private static byte[] json(WebhookRequest request) {
        return request.isForm() ? FormPayload.json(request.body()) : request.body();
    }
}
