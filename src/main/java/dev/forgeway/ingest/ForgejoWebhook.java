package dev.forgeway.ingest;

import dev.forgeway.config.IngestSettings;
import dev.forgeway.config.Settings;
import dev.forgeway.event.Project;
import dev.forgeway.metrics.StepLog;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The webhooks of <a href="https://forgejo.org/docs/latest/user/webhooks/">Forgejo</a> and <a
 * href="https://docs.gitea.com/usage/webhooks">Gitea</a>. Both send headers of other forges too, GitHub's among them;
 * only their own count, Forgejo's before Gitea's before those of Gogs.
 */
@Component
public class ForgejoWebhook implements Webhook {

    static final String SOURCE = "forgejo";

    static final PayloadProject PROJECT = new PayloadProject("html_url", "full_name");

    private static final List<String> SIGNATURE = headers("signature");
    private static final List<String> EVENT = headers("event");
    private static final List<String> DELIVERY = headers("delivery");

    private static final Set<String> WANTED = Set.of(
            "pull_request",
            "issue_comment",
            "pull_request_comment",
            "push",
            "create",
            "delete",
            "release",
            "workflow_run");

    /** Forgejo tells the outcome in the name. */
    private static final Set<String> ACTION_RUNS =
            Set.of("action_run", "action_run_failure", "action_run_recover", "action_run_success");

    private final ForgeSecrets secrets;
    private final HmacSignature general;
    private final Clock clock;

    public ForgejoWebhook(Settings settings, Clock clock) {
        IngestSettings.Webhook forgejo = settings.ingest().forgejo();
        this.secrets = new ForgeSecrets(forgejo.secrets(), forgejo.projectSecrets());
        this.general = signature(secrets.general());
        this.clock = clock;
    }

    private static List<String> headers(String what) {
        return Stream.of("forgejo", "gitea", "gogs")
                .map(forge -> "x-" + forge + "-" + what)
                .toList();
    }

    /** Bare hexadecimal digits, without a prefix. */
    private static HmacSignature signature(List<String> secrets) {
        return new HmacSignature("HmacSHA256", "", secrets);
    }

    /** Whether a request comes from one of these forges, whatever else it looks like. */
    static boolean sent(WebhookRequest request) {
        return request.firstHeader(EVENT) != null;
    }

    /** The signature covers the JSON, also where a form carries it. Without a secret the header is there, but empty. */
    @Override
    public WebhookRequest verify(WebhookRequest request) {
        if (secrets.isEmpty()) {
            throw new SourceOffException(SOURCE);
        }
        WebhookRequest json = request.isForm() ? request.withBody(FormPayload.json(request.body())) : request;
        String given = json.firstHeader(SIGNATURE);
        if (given == null || given.isEmpty()) {
            throw new UnauthenticatedException();
        }
        if (!general.matches(json.body(), given) && !fitsProject(json, given)) {
            throw new UnauthenticatedException();
        }
        StepLog.note("authentic", null);
        return json;
    }

    private boolean fitsProject(WebhookRequest request, String given) {
        if (!secrets.hasScoped()) {
            return false;
        }
        String event = eventName(request);
        Project project = isActionRun(event)
                ? PROJECT.find(request.body(), "run.repository", "repository")
                : PROJECT.find(request.body(), "repository");
        return signature(secrets.accepted(project, isWanted(event))).matches(request.body(), given);
    }

    @Override
    public Receipt receive(WebhookRequest request) {
        String id = DeliveryId.at(clock.instant());
        String event = eventName(request);
        if (!isWanted(event)) {
            StepLog.note("ignored", event);
            return Receipt.ignored(id, "event-not-wanted");
        }
        StepLog.note("accepted", event);
        String uuid = request.firstHeader(DELIVERY);
        String key = uuid == null || uuid.isBlank() ? "sha256:" + Sha256.hex(request.body()) : uuid;
        return new Receipt(
                Receipt.Status.ACCEPTED,
                id,
                new Delivery(
                        id,
                        SOURCE,
                        key,
                        event,
                        clock.instant(),
                        fingerprint(event, ContentDigest.of(request.body())),
                        request.body(),
                        StepLog.steps()));
    }

    /** Every hook gives a delivery a UUID of its own, and so does a bus that repeats it; what they share is the payload. */
    static Map<String, String> fingerprint(String event, Optional<String> digest) {
        return digest.map(content -> Map.of(Delivery.FINGERPRINT, SOURCE + ":" + event + ":" + content))
                .orElse(Map.of());
    }

    private static String eventName(WebhookRequest request) {
        String event = request.firstHeader(EVENT);
        return event == null ? "" : event;
    }

    private static boolean isWanted(String event) {
        return WANTED.contains(event) || isActionRun(event);
    }

    private static boolean isActionRun(String event) {
        return ACTION_RUNS.contains(event);
    }
}
