package dev.forgeway.ingest;

import dev.forgeway.config.IngestSettings;
import dev.forgeway.config.Secret;
import dev.forgeway.config.Settings;
import dev.forgeway.event.Project;
import dev.forgeway.metrics.StepLog;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * GitLab's webhooks, as <a href="https://docs.gitlab.com/user/project/integrations/webhooks/">webhooks</a> and <a
 * href="https://docs.gitlab.com/user/project/integrations/webhook_events/">webhook events</a> define them. GitLab
 * switches a hook off that is answered with errors, so that whatever is authentic is answered 2xx.
 */
@Component
public class GitLabWebhook implements Webhook {

    static final String SOURCE = "gitlab";

    static final PayloadProject PROJECT = new PayloadProject("git_http_url", "path_with_namespace");

    private static final Set<String> WANTED =
            Set.of("Merge Request Hook", "Note Hook", "Push Hook", "Tag Push Hook", "Release Hook", "Pipeline Hook");

    /** For a request without the header; what is not here is not wanted either. */
    private static final Map<String, String> BY_OBJECT_KIND = Map.of(
            "merge_request", "Merge Request Hook",
            "note", "Note Hook",
            "push", "Push Hook",
            "tag_push", "Tag Push Hook",
            "release", "Release Hook",
            "pipeline", "Pipeline Hook");

    private final boolean on;
    private final boolean signed;
    private final StandardWebhookSignature signature;
    private final ForgeSecrets secrets;
    private final @Nullable GitLabToken token;
    private final Clock clock;

    public GitLabWebhook(Settings settings, Clock clock) {
        IngestSettings.GitLab gitlab = settings.ingest().gitlab();
        this.on = gitlab.isOn();
        this.signed = !gitlab.signingSecrets().isEmpty();
        this.signature = new StandardWebhookSignature(
                gitlab.signingSecrets().stream().map(Secret::value).toList(), clock);
        this.secrets = new ForgeSecrets(gitlab.secrets(), gitlab.projectSecrets());
        this.token = gitlab.jwtSecret() == null
                ? null
                : new GitLabToken(gitlab.jwtSecret().value(), clock);
        this.clock = clock;
    }

    /**
     * By the signature where one is expected or there, and then by nothing else; by the token otherwise
     * (https://docs.gitlab.com/user/project/integrations/webhooks/#signing-tokens).
     */
    @Override
    public WebhookRequest verify(WebhookRequest request) {
        if (!on) {
            throw new SourceOffException(SOURCE);
        }
        if (isSigned(request)) {
            signature.verify(
                    request.body(),
                    request.header("webhook-id"),
                    request.header("webhook-timestamp"),
                    request.header("webhook-signature"));
        } else {
            verifyToken(request);
        }
        StepLog.note("authentic", null);
        return request;
    }

    private boolean isSigned(WebhookRequest request) {
        return signed || request.header("webhook-signature") != null;
    }

    private void verifyToken(WebhookRequest request) {
        String given = request.header("x-gitlab-token");
        if (given == null || given.isBlank()) {
            throw new UnauthenticatedException();
        }
        if (!Tokens.contains(secrets.general(), given) && !fitsProject(request, given)) {
            throw new UnauthenticatedException();
        }
    }

    private boolean fitsProject(WebhookRequest request, String given) {
        if (token == null && !secrets.hasScoped()) {
            return false;
        }
        Project project = PROJECT.find(request.body(), "project");
        boolean wanted = WANTED.contains(eventName(request));
        if (Tokens.contains(secrets.accepted(project, wanted), given)) {
            return true;
        }
        return token != null && (project != null || !wanted) && token.covers(given, project);
    }

    @Override
    public Receipt receive(WebhookRequest request) {
        String id = DeliveryId.at(clock.instant());
        String event = eventName(request);
        String unwanted = unwanted(event, request.body());
        if (unwanted != null) {
            StepLog.note("ignored", unwanted);
            return Receipt.ignored(id, unwanted);
        }
        StepLog.note("accepted", event);
        return new Receipt(
                Receipt.Status.ACCEPTED,
                id,
                new Delivery(
                        id,
                        SOURCE,
                        key(request),
                        event,
                        clock.instant(),
                        fingerprint(request),
                        request.body(),
                        StepLog.steps()));
    }

    /**
     * The hooks of a project and of its groups tell of one event with a key each; what they share is the event's id, which
     * other events of the same request have too, and the body.
     */
    private static Map<String, String> fingerprint(WebhookRequest request) {
        String event = request.header("x-gitlab-event-uuid");
        return event == null || event.isBlank()
                ? Map.of()
                : Map.of(Delivery.FINGERPRINT, SOURCE + ":" + event + ":" + Sha256.hex(request.body()));
    }

    private static String eventName(WebhookRequest request) {
        String header = request.header("x-gitlab-event");
        return header != null && !header.isBlank()
                ? header
                : PayloadPeek.topLevelString(request.body(), "object_kind")
                        .map(BY_OBJECT_KIND::get)
                        .orElse("");
    }

    /** Confidential notes end here: what is in them is not even stored. */
    private static @Nullable String unwanted(String event, byte[] body) {
        if (event.equals("System Hook")) {
            return "system-hook";
        }
        boolean confidential = event.startsWith("Confidential ")
                || PayloadPeek.topLevelString(body, "event_type")
                        .filter(type -> type.startsWith("confidential_"))
                        .isPresent();
        if (confidential) {
            return "confidential";
        }
        return WANTED.contains(event) ? null : "event-not-wanted";
    }

    /**
     * Whether a request names itself, so that it is known again when it is told a second time in other bytes: by its signed
     * id where signatures are expected, else by its Idempotency-Key (since GitLab 17.4).
     */
    public boolean isNamed(WebhookRequest request) {
        String id = isSigned(request) ? request.header("webhook-id") : request.header("idempotency-key");
        return id != null && !id.isBlank();
    }

    /** The signed id, or the one that stays the same across retries (since GitLab 17.4), for each hook by itself. */
    private String key(WebhookRequest request) {
        String id = isSigned(request) ? request.header("webhook-id") : request.header("idempotency-key");
        if (id != null && !id.isBlank()) {
            String hook = request.header("x-gitlab-webhook-uuid");
            return hook == null || hook.isBlank() ? id : id + ":" + hook;
        }
        String event = request.header("x-gitlab-event-uuid");
        String digest = "sha256:" + Sha256.hex(request.body());
        return event == null || event.isBlank() ? digest : event + ":" + digest;
    }
}
