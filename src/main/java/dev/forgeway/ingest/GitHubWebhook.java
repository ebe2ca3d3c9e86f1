package dev.forgeway.ingest;

import dev.forgeway.config.IngestSettings;
import dev.forgeway.config.Settings;
import dev.forgeway.metrics.StepLog;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

    /** The events that somebody wants, with the actions among them; a push has none. */
    private static final Map<String, Set<String>> WANTED = Map.of(
            "pull_request", Set.of("opened", "reopened", "synchronize", "closed", "edited", "labeled", "unlabeled"),
            "issue_comment", Set.of("created", "edited"),
            "commit_comment", Set.of("created"),
            "push", Set.of(),
            "release", Set.of("published"),
            "installation", Set.of("created", "deleted", "suspend", "unsuspend"),
            "installation_repositories", Set.of("added", "removed"),
            "check_run", Set.of("rerequested"),
            "check_suite", Set.of("rerequested"));

    /** The events of which every app hears, but only one is meant. */
    private static final Set<String> OF_AN_APP = Set.of("check_run", "check_suite");

    private final ForgeSecrets secrets;
    private final HmacSignature general;
    private final @Nullable String appId;
    private final GitHubFingerprint fingerprint;
    private final Clock clock;

    public GitHubWebhook(Settings settings, Clock clock) {
        IngestSettings.Webhook github = settings.ingest().github();
        this.secrets = new ForgeSecrets(github.secrets(), github.projectSecrets());
        this.general = signature(secrets.general());
        this.appId = settings.forge().github().appId();
        this.fingerprint =
                new GitHubFingerprint(settings.ingest().githubPolling().repositories());
        this.clock = clock;
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
                && signature(secrets.accepted(PROJECT.find(json(request), "repository"), isWanted(request)))
                        .matches(request.body(), given);
    }

    private static boolean isWanted(WebhookRequest request) {
        return WANTED.containsKey(eventName(request));
    }

    @Override
    public Receipt receive(WebhookRequest request) {
        String id = UUID.randomUUID().toString();
        String event = eventName(request);
        if (event.equals("ping")) {
            return new Receipt(Receipt.Status.PONG, id, null);
        }
        byte[] json = json(request);
        String unwanted = unwanted(event, json);
        if (unwanted != null) {
            StepLog.note("ignored", unwanted);
            return Receipt.ignored(id, unwanted);
        }
        StepLog.note("accepted", event);
        return new Receipt(Receipt.Status.ACCEPTED, id, delivery(id, event, request, json));
    }

    private static String eventName(WebhookRequest request) {
        return request.headers().getOrDefault("x-github-event", "");
    }

    private static byte[] json(WebhookRequest request) {
        return request.isForm() ? FormPayload.json(request.body()) : request.body();
    }

    private @Nullable String unwanted(String event, byte[] json) {
        Set<String> actions = WANTED.get(event);
        if (actions == null) {
            return "event-not-wanted";
        }
        boolean wanted = PayloadPeek.topLevelString(json, "action")
                .map(action -> actions.isEmpty() || actions.contains(action))
                .orElse(true);
        if (!wanted) {
            return "action-not-wanted";
        }
        return OF_AN_APP.contains(event) && !isOurs(event, json) ? "check-of-another-app" : null;
    }

    /** Whether the check is one of the app that we are, by the app's number or client id. */
    private boolean isOurs(String event, byte[] json) {
        String app = event + ".app.";
        return appId != null
                && PayloadPeek.strings(json, Set.of(app + "id", app + "client_id"))
                        .containsValue(appId);
    }

    private Delivery delivery(String id, String event, WebhookRequest request, byte[] json) {
        String guid = request.header("x-github-delivery");
        String key = guid == null || guid.isBlank() ? "sha256:" + Sha256.hex(json) : guid;
        Map<String, String> headers = kept(request);
        fingerprint.of(event, json).ifPresent(print -> headers.put(Delivery.FINGERPRINT, print));
        return new Delivery(id, SOURCE, key, event, clock.instant(), headers, json, StepLog.steps());
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
