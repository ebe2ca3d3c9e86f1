package dev.forgeway.ingest;

import dev.forgeway.config.IngestSettings;
import dev.forgeway.config.Settings;
import dev.forgeway.metrics.StepLog;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Pagure's webhooks, as <a href="https://docs.pagure.org/pagure/usage/using_webhooks.html">using web-hooks</a> defines
 * them. Only the body is signed, so that only the body is believed: project, topic and id are read from there.
 */
@Component
public class PagureWebhook implements Webhook {

    static final String SOURCE = "pagure";

    static final PayloadProject PROJECT = new PayloadProject("full_url", "url_path");

    private static final Set<String> WANTED = Set.of(
            "pull-request.new",
            "pull-request.reopened",
            "pull-request.updated",
            "pull-request.rebased",
            "pull-request.closed",
            "pull-request.comment.added",
            "pull-request.comment.edited",
            "pull-request.flag.added",
            "pull-request.flag.updated",
            "issue.comment.added",
            "issue.comment.edited",
            "git.receive",
            "git.branch.creation",
            "git.branch.deletion",
            "git.tag.creation",
            "git.tag.deletion");

    private final ForgeSecrets secrets;
    private final boolean sha1;
    private final Clock clock;

    public PagureWebhook(Settings settings, Clock clock) {
        IngestSettings.Pagure pagure = settings.ingest().pagure();
        this.secrets = new ForgeSecrets(pagure.secrets(), pagure.projectSecrets());
        this.sha1 = pagure.sha1();
        this.clock = clock;
    }

    /** The older SHA-1 signature counts only where that was switched on and the newer one is not there. */
    @Override
    public WebhookRequest verify(WebhookRequest request) {
        if (secrets.isEmpty()) {
            throw new SourceOffException(SOURCE);
        }
        String sha256 = request.header("x-pagure-signature-256");
        boolean matches;
        if (sha256 != null) {
            matches = matches(request.body(), "HmacSHA256", sha256);
        } else {
            matches = sha1 && matches(request.body(), "HmacSHA1", request.header("x-pagure-signature"));
        }
        if (!matches) {
            throw new UnauthenticatedException();
        }
        StepLog.note("authentic", sha256 == null ? "SHA-1" : null);
        return request;
    }

    private boolean matches(byte[] body, String algorithm, @Nullable String given) {
        if (given == null || given.isEmpty()) {
            return false;
        }
        return signature(algorithm, secrets.general()).matches(body, given)
                || (secrets.hasScoped() && signature(algorithm, scoped(body)).matches(body, given));
    }

    private static HmacSignature signature(String algorithm, List<String> keys) {
        return new HmacSignature(algorithm, "", keys);
    }

    /** Every kind of message has its project in another place. */
    private List<String> scoped(byte[] body) {
        String kind = kind(topic(body));
        String place = "msg.project";
        if (kind.startsWith("pull-request.")) {
            place = "msg.pullrequest.project";
        } else if (kind.startsWith("git.")) {
            place = "msg.repo";
        }
        return secrets.accepted(PROJECT.find(body, place), !kind.isEmpty());
    }

    /** What cannot be read has no topic either; it is accepted, so that it is parked with its reason. */
    @Override
    public Receipt receive(WebhookRequest request) {
        String id = DeliveryId.at(clock.instant());
        String topic = topic(request.body());
        String kind = kind(topic);
        if (kind.isEmpty() && !topic.isEmpty()) {
            StepLog.note("ignored", topic);
            return Receipt.ignored(id, "event-not-wanted");
        }
        StepLog.note("accepted", kind);
        String key = PayloadPeek.topLevelString(request.body(), "msg_id")
                .filter(text -> !text.isBlank())
                .orElseGet(() -> "sha256:" + Sha256.hex(request.body()));
        return new Receipt(
                Receipt.Status.ACCEPTED,
                id,
                new Delivery(id, SOURCE, key, kind, clock.instant(), Map.of(), request.body(), StepLog.steps()));
    }

    private static String topic(byte[] body) {
        return PayloadPeek.topLevelString(body, "topic").orElse("");
    }

    /** A topic without what a bus puts before it; empty for one that nobody wants. */
    private static String kind(String topic) {
        return WANTED.stream()
                .filter(wanted -> topic.equals(wanted) || topic.endsWith("." + wanted))
                .findFirst()
                .orElse("");
    }
}
