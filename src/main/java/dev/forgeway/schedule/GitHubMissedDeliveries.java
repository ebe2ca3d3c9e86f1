package dev.forgeway.schedule;

import dev.forgeway.config.ScheduleSettings;
import dev.forgeway.config.Settings;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.forge.github.GitHubHookDeliveries;
import dev.forgeway.forge.github.GitHubHookDeliveries.Attempt;
import dev.forgeway.forge.github.GitHubHookDeliveries.Hook;
import dev.forgeway.forge.github.GitHubHookDeliveries.Page;
import dev.forgeway.forge.github.GitHubHookDeliveries.Sent;
import dev.forgeway.ingest.GitHubDeliveries;
import dev.forgeway.ingest.Receipt;
import dev.forgeway.metrics.GapMetrics;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.Completeness;
import dev.forgeway.store.CompletenessStore;
import dev.forgeway.store.MissedDelivery;
import dev.forgeway.store.Pause;
import dev.forgeway.store.Pauses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Asks GitHub what it sent to the webhook of the App, and to those of listed repositories, and fetches what never
 * arrived: GitHub does not send again by itself
 * (https://docs.github.com/en/webhooks/using-webhooks/handling-failed-webhook-deliveries). The first time only begins
 * the watch.
 */
@Component
public class GitHubMissedDeliveries {

    private static final Logger LOG = LoggerFactory.getLogger(GitHubMissedDeliveries.class);

    static final String SENDER = "github";
    static final String PATH = "/webhooks/github";

    /** An attempt may still be on its way, and what was accepted may not be stored yet. */
    static final Duration GRACE = Duration.ofMinutes(2);

    /** So long what was accepted may wait on our queue before it counts as missing. */
    static final Duration ON_THE_QUEUE = Duration.ofMinutes(15);

    /** So many are fetched in a turn; each costs a call. */
    private static final int MOST = 100;

    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    private final GitHubHookDeliveries hooks;
    private final CompletenessStore store;
    private final GitHubDeliveries deliveries;
    private final GapMetrics metrics;
    private final Pauses pauses;
    private final Settings settings;
    private final Clock clock;
    private final Map<String, Hook> found = new ConcurrentHashMap<>();
    private final Map<String, Instant> notBefore = new ConcurrentHashMap<>();
    private final Set<String> fetchedInVain = ConcurrentHashMap.newKeySet();

    public GitHubMissedDeliveries(
            GitHubHookDeliveries hooks,
            CompletenessStore store,
            GapMetrics metrics,
            Pauses pauses,
            Settings settings,
            Clock clock) {
        this.hooks = hooks;
        this.store = store;
        this.deliveries = new GitHubDeliveries(settings, clock);
        this.metrics = metrics;
        this.pauses = pauses;
        this.settings = settings;
        this.clock = clock;
    }

    /** The sources that GitHub lets us ask about now. */
    public List<String> due() {
        List<String> sources = new ArrayList<>();
        if (settings.ingest().github().isOn()) {
            if (settings.forge().github().appId() != null) {
                sources.add(SENDER);
            }
            settings.schedule().missedDeliveries().repositories().stream()
                    .map(ScheduleSettings.MissedDeliveries::source)
                    .forEach(sources::add);
        }
        sources.removeIf(this::waits);
        return sources;
    }

    private boolean waits(String source) {
        return clock.instant().isBefore(notBefore.getOrDefault(source, Instant.EPOCH));
    }

    /** Finds out what a source sent in vain; one that cannot say now is asked again later. */
    public MissedTurn look(String source) {
        StepLog.open();
        Instant now = clock.instant();
        Completeness known = store.find(source).orElse(null);
        if (known == null) {
            store.begin(source, now);
            return new MissedTurn(source, List.of());
        }
        try {
            Instant from = afterWhatIsGone(known, now);
            store.looked(source, ask(source, from, now), now);
            notBefore.remove(source);
            return new MissedTurn(source, toFetch(source));
        } catch (TransientException | UserErrorException e) {
            fail(source, e, now);
            return new MissedTurn(source, List.of());
        }
    }

    /** The oldest first, behind them those that could not be had before: one that never can holds up no other. */
    private List<MissedDelivery> toFetch(String source) {
        return store.oldest(source, MOST).stream()
                .sorted(Comparator.comparing(missed -> fetchedInVain.contains(missed.key())))
                .toList();
    }

    /** From where on GitHub can say what it sent. */
    private Instant afterWhatIsGone(Completeness known, Instant now) {
        Instant oldest = now.minus(GitHubHookDeliveries.KEPT);
        if (!known.until().isBefore(oldest)) {
            return known.until();
        }
        LOG.warn("What {} sent from {} to {} can no longer be asked for", known.source(), known.until(), oldest);
        store.lost(known.source(), known.until(), oldest);
        return oldest;
    }

    /** Notes what is missing from then on; until when this is known comes back. */
    private Instant ask(String source, Instant from, Instant now) {
        Instant complete = now.minus(GRACE);
        if (!from.isBefore(complete)) {
            return from;
        }
        Hook hook = hook(source);
        Map<String, Attempt> oldestByKey = new LinkedHashMap<>();
        @Nullable String cursor = null;
        do {
            Page page = hooks.list(hook, cursor);
            boolean isLast =
                    page.attempts().stream().anyMatch(attempt -> attempt.at().isBefore(from));
            List<Attempt> attempts = page.attempts().stream()
                    .filter(attempt ->
                            !attempt.at().isBefore(from) && attempt.at().isBefore(complete))
                    .filter(attempt -> GitHubDeliveries.wants(attempt.event(), attempt.action()))
                    .toList();
            keepUnknown(source, attempts, oldestByKey);
            cursor = isLast ? null : page.next();
        } while (cursor != null);
        return note(source, oldestByKey.values(), complete, now);
    }

    /** The attempts of a delivery may be on several pages, the oldest of them on the last one. */
    private void keepUnknown(String source, List<Attempt> attempts, Map<String, Attempt> oldestByKey) {
        Set<String> unknown = store.unknown(
                source, SENDER, attempts.stream().map(Attempt::guid).toList());
        attempts.stream()
                .filter(attempt -> unknown.contains(attempt.guid()))
                .forEach(attempt -> oldestByKey.put(attempt.guid(), attempt));
    }

    /** What was accepted of a paused source is held on our broker, for as long as somebody wants. */
    private Instant note(String source, Collection<Attempt> oldest, Instant until, Instant now) {
        List<MissedDelivery> missed = new ArrayList<>();
        Instant complete = until;
        boolean isPaused = pauses.isPaused(Pause.Kind.SOURCE, SENDER);
        for (Attempt attempt : oldest) {
            if (isAccepted(attempt) && isPaused) {
                continue;
            }
            if (isAccepted(attempt) && attempt.at().plus(ON_THE_QUEUE).isAfter(now)) {
                complete = attempt.at().isBefore(complete) ? attempt.at() : complete;
                continue;
            }
            missed.add(new MissedDelivery(
                    source,
                    attempt.guid(),
                    Long.toString(attempt.id()),
                    attempt.event(),
                    attempt.at(),
                    attempt.statusCode()));
        }
        store.add(missed, now);
        metrics.missed(source, "found", missed.size());
        return complete;
    }

    private static boolean isAccepted(Attempt attempt) {
        return attempt.statusCode() / 100 == 2;
    }

    /** Makes of one missed delivery what its request would have been; what is fetched in vain is left for later. */
    public Receipt fetch(MissedDelivery missed) {
        StepLog.open();
        Receipt nothing = new Receipt(Receipt.Status.IGNORED, missed.key(), null);
        if (waits(missed.source())) {
            return nothing;
        }
        try {
            Optional<Sent> sent = hooks.fetch(hook(missed.source()), missed.remoteId());
            if (sent.isEmpty()) {
                LOG.warn("{} no longer has its delivery {} of {}", missed.source(), missed.key(), missed.sentAt());
                store.lost(missed.source(), missed.sentAt(), missed.sentAt());
                end(missed, MissedDelivery.State.LOST, null);
                return nothing;
            }
            Receipt receipt = deliveries.receive(
                    missed.eventName(), sent.get().headers(), sent.get().body());
            if (!receipt.accepted()) {
                end(missed, MissedDelivery.State.UNWANTED, null);
            }
            return receipt;
        } catch (TransientException | UserErrorException e) {
            fetchedInVain.add(missed.key());
            fail(missed.source(), e, clock.instant());
            return nothing;
        }
    }

    /**
     * Remembers that a missed delivery is durable here.
     *
     * @param key the sender's
     * @param deliveryId ours
     */
    public void recovered(String key, String deliveryId) {
        for (MissedDelivery missed : store.found(key)) {
            end(missed, MissedDelivery.State.RECOVERED, deliveryId);
        }
        StepLog.close();
    }

    private void end(MissedDelivery missed, MissedDelivery.State state, @Nullable String deliveryId) {
        fetchedInVain.remove(missed.key());
        store.end(missed, state, deliveryId);
        metrics.missed(missed.source(), state.wireName(), 1);
    }

    /** Shows until when nothing is missing. */
    public void show(MissedTurn turn) {
        store.completeUntil(turn.source()).ifPresent(until -> metrics.completeUntil(turn.source(), until));
        StepLog.close();
    }

    private Hook hook(String source) {
        if (source.equals(SENDER)) {
            return Hook.OF_THE_APP;
        }
        String repository = source.substring(SENDER.length() + 1);
        WebhookAddress address = WebhookAddress.of(settings, PATH);
        return found.computeIfAbsent(
                source,
                missing -> hooks.find(repository, address.url())
                        .orElseThrow(() -> new UserErrorException(address.missingAt(repository))));
    }

    private void fail(String source, RuntimeException failure, Instant now) {
        Instant retryAt = failure instanceof TransientException later ? later.retryAt() : null;
        notBefore.put(source, retryAt == null ? now.plus(AFTER_FAILURE) : retryAt);
        found.remove(source);
        String problem = String.valueOf(failure.getMessage());
        LOG.warn("GitHub does not tell what it sent for {}: {}", source, problem);
        store.failed(source, problem, now);
    }
}
