package dev.forgeway.schedule;

import dev.forgeway.config.IngestSettings;
import dev.forgeway.config.Settings;
import dev.forgeway.error.TransientException;
import dev.forgeway.ingest.BusMessage;
import dev.forgeway.ingest.BusMessages;
import dev.forgeway.ingest.Receipt;
import dev.forgeway.metrics.IngestMetrics;
import dev.forgeway.service.datagrepper.Datagrepper;
import dev.forgeway.service.datagrepper.Datagrepper.Filter;
import dev.forgeway.service.datagrepper.Datagrepper.Message;
import dev.forgeway.service.datagrepper.Datagrepper.Page;
import dev.forgeway.store.Completeness;
import dev.forgeway.store.CompletenessStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads in the history of Fedora Messaging what came while nobody consumed our queue. The broker keeps messages for us
 * only as long as the queue exists; the history has them all. While the queue is consumed nobody is asked.
 */
@Component
public class FedoraMessagingGaps {

    private static final Logger LOG = LoggerFactory.getLogger(FedoraMessagingGaps.class);

    static final String SOURCE = BusMessage.FEDORA_MESSAGING;

    /** So long the queue may be left alone before the history is asked. */
    static final Duration QUIET = Duration.ofMinutes(10);

    /** What is on the bus needs a while to be in the history. */
    static final Duration LAG = Duration.ofMinutes(5);

    /** So much of the history is read in a turn. */
    static final Duration CHUNK = Duration.ofHours(1);

    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    private final @Nullable Datagrepper datagrepper;
    private final BusMessages messages;
    private final CompletenessStore store;
    private final Recovery recovery;
    private final IngestMetrics ingestMetrics;
    private final Clock clock;
    private final boolean isOn;
    private final List<TopicBinding> bindings;
    private final Set<Filter> filters;
    private @Nullable Instant consumedSince;
    private Instant watchedAt = Instant.EPOCH;
    private Instant notBefore = Instant.EPOCH;

    public FedoraMessagingGaps(
            Optional<Datagrepper> datagrepper,
            BusMessages messages,
            CompletenessStore store,
            Recovery recovery,
            IngestMetrics ingestMetrics,
            Settings settings,
            Clock clock) {
        IngestSettings.FedoraMessaging bus = settings.ingest().fedoraMessaging();
        this.datagrepper = datagrepper.orElse(null);
        this.messages = messages;
        this.store = store;
        this.recovery = recovery;
        this.ingestMetrics = ingestMetrics;
        this.clock = clock;
        this.isOn = bus.isOn() && datagrepper.isPresent();
        this.bindings = bus.topics().stream().map(TopicBinding::new).toList();
        this.filters = bindings.stream().map(TopicBinding::filter).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * This process looked whether it consumes the queue: as long as one does without a break, nothing is missing. One that did
     * not look for a while, as on a machine that slept, knows nothing of it.
     */
    public synchronized void consumes(boolean consumed) {
        Instant now = clock.instant();
        boolean goesOn = !watchedAt.plus(QUIET).isBefore(now);
        watchedAt = now;
        if (!consumed) {
            consumedSince = null;
        } else if (isOn) {
            Instant since = consumedSince == null || !goesOn ? now : consumedSince;
            consumedSince = since;
            store.begin(SOURCE, now);
            store.extend(SOURCE, since, now);
        }
    }

    /** The source, when its history is to be asked. */
    public synchronized List<String> due() {
        return isOn && !clock.instant().isBefore(notBefore) ? List.of(SOURCE) : List.of();
    }

    /** Reads the history from where on nobody consumed. */
    public synchronized MissedMessages look(String source) {
        Instant now = clock.instant();
        Completeness known = store.find(source).orElse(null);
        if (known == null || known.until().plus(QUIET).isAfter(now)) {
            return MissedMessages.none(SOURCE);
        }
        Instant until = earlier(known.until().plus(CHUNK), now.minus(LAG));
        try {
            return new MissedMessages(SOURCE, until, missing(known.until(), until));
        } catch (TransientException e) {
            Instant retryAt = e.retryAt();
            notBefore = retryAt == null ? now.plus(AFTER_FAILURE) : retryAt;
            LOG.warn("The history of Fedora Messaging is not told: {}", e.getMessage());
            store.failed(source, String.valueOf(e.getMessage()), now);
            return MissedMessages.none(SOURCE);
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private List<Receipt> missing(Instant from, Instant until) {
        Map<String, Receipt> missing = new LinkedHashMap<>();
        for (Filter filter : filters) {
            int pages = 1;
            for (int number = 1; number <= pages; number++) {
                Page page = Objects.requireNonNull(datagrepper).search(from, until, filter, number);
                missing.putAll(missing(page.messages()));
                pages = page.pages();
            }
        }
        return new ArrayList<>(missing.values());
    }

    private Map<String, Receipt> missing(List<Message> told) {
        Map<String, Receipt> wanted = new LinkedHashMap<>();
        for (Message message : told) {
            Receipt receipt = isBound(message)
                    ? messages.receive(new BusMessage(SOURCE, message.topic(), message.id(), message.body()))
                    : null;
            if (receipt != null && receipt.accepted()) {
                wanted.putIfAbsent(message.id(), receipt);
            }
        }
        wanted.keySet().retainAll(store.unknown(SOURCE, SOURCE, wanted.keySet()));
        return wanted;
    }

    private boolean isBound(Message message) {
        return bindings.stream().anyMatch(binding -> binding.matches(message.topic()));
    }

    /** Remembers how far the history was read, now that all of it is durable. */
    public void remember(MissedMessages turn) {
        for (Receipt receipt : turn.receipts()) {
            ingestMetrics.received(
                    SOURCE, Objects.requireNonNull(receipt.delivery()).eventName(), "accepted");
        }
        recovery.remember(turn);
    }
}
