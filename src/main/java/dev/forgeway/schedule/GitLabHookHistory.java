package dev.forgeway.schedule;

import dev.forgeway.error.UserErrorException;
import dev.forgeway.forge.gitlab.GitLabHooks;
import dev.forgeway.forge.gitlab.GitLabHooks.Hook;
import dev.forgeway.forge.gitlab.GitLabHooks.Sent;
import dev.forgeway.ingest.GitLabWebhook;
import dev.forgeway.ingest.Receipt;
import dev.forgeway.ingest.WebhookRequest;
import dev.forgeway.metrics.GapMetrics;
import dev.forgeway.store.Completeness;
import dev.forgeway.store.CompletenessStore;
import dev.forgeway.store.MissedDelivery;
import dev.forgeway.store.Pause;
import dev.forgeway.store.Pauses;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Finds what GitLab sent to the webhook of a project in vain: it sends nothing again by itself, and remembers it for a while. */
@Component
class GitLabHookHistory {

    private static final Logger LOG = LoggerFactory.getLogger(GitLabHookHistory.class);

    private static final String SENDER = "gitlab";

    /** So many come again in a turn, the oldest first. */
    private static final int MOST = 500;

    private final CompletenessStore store;
    private final GitLabWebhook webhook;
    private final GapMetrics metrics;
    private final Pauses pauses;
    private final Clock clock;

    GitLabHookHistory(CompletenessStore store, GitLabWebhook webhook, GapMetrics metrics, Pauses pauses, Clock clock) {
        this.store = store;
        this.webhook = webhook;
        this.metrics = metrics;
        this.pauses = pauses;
        this.clock = clock;
    }

    /** A request, and what it would have been to us. */
    private record Told(Sent sent, Receipt receipt) {

        String key() {
            return Objects.requireNonNull(receipt.delivery()).key();
        }
    }

    /**
     * Reads what was sent since the webhook was looked at last.
     *
     * @return what of it never came, and until when this is known
     * @throws UserErrorException when GitLab does not tell enough to know a delivery again
     */
    MissedMessages read(GitLabHooks hooks, Hook hook, Completeness known) {
        Instant now = clock.instant();
        Instant until = now.minus(GitHubMissedDeliveries.GRACE);
        Instant from = afterWhatIsGone(known, now);
        if (!from.isBefore(until)) {
            return MissedMessages.none(known.source());
        }
        List<Told> missing = missing(known.source(), told(known.source(), hooks, hook, from, until));
        List<Receipt> receipts = new ArrayList<>();
        boolean isPaused = pauses.isPaused(Pause.Kind.SOURCE, SENDER);
        for (Told told : missing) {
            if (isPaused && told.sent().isAccepted()) {
                continue; // held on our broker
            }
            boolean mayBeOnTheQueue = told.sent().isAccepted()
                    && told.sent()
                            .at()
                            .plus(GitHubMissedDeliveries.ON_THE_QUEUE)
                            .isAfter(now);
            if (mayBeOnTheQueue || receipts.size() == MOST) {
                until = told.sent().at().isBefore(until) ? told.sent().at() : until;
            } else {
                receipts.add(told.receipt());
            }
        }
        return new MissedMessages(known.source(), until, receipts);
    }

    private Instant afterWhatIsGone(Completeness known, Instant now) {
        Instant oldest = now.minus(GitLabHooks.KEPT);
        if (!known.until().isBefore(oldest)) {
            return known.until();
        }
        LOG.warn("What {} sent from {} to {} can no longer be asked for", known.source(), known.until(), oldest);
        store.lost(known.source(), known.until(), oldest);
        return oldest;
    }

    /** What somebody wants of what was sent in a time, the oldest first, by what names it. */
    private Map<String, List<Told>> told(String source, GitLabHooks hooks, Hook hook, Instant from, Instant until) {
        List<Sent> all = new ArrayList<>();
        boolean goesOn = true;
        for (int page = 1; goesOn; page++) {
            List<Sent> sent = hooks.sent(hook, page);
            sent.stream()
                    .filter(one -> !one.at().isBefore(from) && one.at().isBefore(until))
                    .forEach(one -> all.add(0, one));
            goesOn = !sent.isEmpty() && !sent.get(sent.size() - 1).at().isBefore(from);
        }
        Map<String, List<Told>> byName = new LinkedHashMap<>();
        for (Sent sent : all) {
            told(source, sent, byName);
        }
        return byName;
    }

    private void told(String source, Sent sent, Map<String, List<Told>> byName) {
        byte[] body = sent.body();
        if (body == null) {
            if (!sent.isAccepted()) {
                lose(source, sent);
            }
            return;
        }
        WebhookRequest request = new WebhookRequest(sent.headers(), body);
        if (!webhook.isNamed(request)) {
            throw new UserErrorException("GitLab does not tell by which id what it sent can be known again"
                    + " (Idempotency-Key, since GitLab 17.4)");
        }
        Receipt receipt = webhook.receive(request);
        if (receipt.accepted()) {
            String name = Objects.requireNonNullElse(
                    sent.headers().get("idempotency-key"), sent.headers().getOrDefault("webhook-id", ""));
            byName.computeIfAbsent(name, first -> new ArrayList<>()).add(new Told(sent, receipt));
        }
    }

    /** What was too large to be remembered, once. */
    private void lose(String source, Sent sent) {
        String key = "event:" + sent.id();
        if (store.unknown(source, SENDER, List.of(key)).isEmpty()) {
            return;
        }
        LOG.warn("GitLab did not keep request {} to {}, which was too large", sent.id(), source);
        MissedDelivery missed = new MissedDelivery(
                source,
                key,
                Long.toString(sent.id()),
                sent.headers().getOrDefault("x-gitlab-event", ""),
                sent.at(),
                sent.status());
        store.add(List.of(missed), clock.instant());
        store.end(missed, MissedDelivery.State.LOST, null);
        store.lost(source, sent.at(), sent.at());
        metrics.missed(source, MissedDelivery.State.LOST.wireName(), 1);
    }

    /** Of several attempts, one that came is enough, and else the first comes again. */
    private List<Told> missing(String source, Map<String, List<Told>> byName) {
        List<String> keys = byName.values().stream()
                .flatMap(attempts -> attempts.stream().map(Told::key))
                .toList();
        Set<String> unknown = store.unknown(source, SENDER, keys);
        return byName.values().stream()
                .filter(attempts -> attempts.stream().allMatch(attempt -> unknown.contains(attempt.key())))
                .map(attempts -> attempts.get(0))
                .toList();
    }
}
