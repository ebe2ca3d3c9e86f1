package dev.forgeway.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.config.Settings;
import dev.forgeway.error.TransientException;
import dev.forgeway.forge.github.GitHubFeed;
import dev.forgeway.forge.github.GitHubFeed.News;
import dev.forgeway.ingest.GitHubDeliveries;
import dev.forgeway.ingest.Receipt;
import dev.forgeway.metrics.IngestMetrics;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.PollingStore;
import dev.forgeway.store.PollingStore.Position;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Asks GitHub for the news of repositories whose owners cannot install a webhook, and makes of them what a webhook would
 * have sent. The first time only shows where to begin.
 */
@Component
public class GitHubPolling {

    private static final int EVENT_PAGES = 3;

    private final List<String> repositories;
    private final GitHubFeed feed;
    private final PollingStore store;
    private final GitHubDeliveries deliveries;
    private final IngestMetrics metrics;
    private final Clock clock;
    private final Map<String, Instant> notBefore = new ConcurrentHashMap<>();

    public GitHubPolling(Settings settings, GitHubFeed feed, PollingStore store, IngestMetrics metrics, Clock clock) {
        this.repositories = settings.ingest().githubPolling().repositories();
        this.feed = feed;
        this.store = store;
        this.deliveries = new GitHubDeliveries(settings, clock);
        this.metrics = metrics;
        this.clock = clock;
    }

    /** The repositories that GitHub lets us ask about now. */
    public List<String> due() {
        Instant now = clock.instant();
        return repositories.stream()
                .filter(repository -> !now.isBefore(notBefore.getOrDefault(repository, Instant.EPOCH)))
                .toList();
    }

    /**
     * Asks for the news of a repository.
     *
     * @throws TransientException when GitHub cannot say now
     */
    public GitHubPoll poll(String repository) {
        StepLog.open();
        try {
            return ask(repository);
        } catch (TransientException e) {
            Instant retryAt = e.retryAt();
            if (retryAt != null) {
                notBefore.put(repository, retryAt);
            }
            throw e;
        }
    }

    private GitHubPoll ask(String repository) {
        List<PolledDelivery> told = new ArrayList<>();
        Map<String, Position> positions = new LinkedHashMap<>();
        pullRequests(repository, told, positions);
        events(repository, told, positions);
        List<Receipt> receipts = told.stream()
                .map(news -> deliveries.receive(
                        news.event(),
                        news.key(),
                        Map.of(),
                        news.body().toString().getBytes(StandardCharsets.UTF_8)))
                .filter(Receipt::accepted)
                .toList();
        return new GitHubPoll(repository, receipts, positions);
    }

    private void pullRequests(String repository, List<PolledDelivery> told, Map<String, Position> positions) {
        String name = "pulls/" + key(repository);
        Position last = store.find(name).orElse(null);
        News news = feed.pullRequests(repository, last == null ? null : last.etag());
        JsonNode pulls = news.items();
        if (pulls == null) {
            return;
        }
        PullRequestHeads before = last == null ? null : PullRequestHeads.read(last.position());
        if (before != null) {
            told.addAll(before.changes(pulls));
        }
        PullRequestHeads now = PullRequestHeads.in(pulls, before);
        positions.put(name, new Position(now.write(), news.etag()));
    }

    private void events(String repository, List<PolledDelivery> told, Map<String, Position> positions) {
        String name = "events/" + key(repository);
        Position last = store.find(name).orElse(null);
        News news = feed.events(repository, last == null ? null : last.etag(), 1);
        notBefore.put(repository, clock.instant().plus(news.pause()));
        if (news.items() == null) {
            return;
        }
        long position = last == null ? Long.MAX_VALUE : Long.parseLong(last.position());
        List<JsonNode> newer = newer(repository, news.items(), position);
        if (!newer.isEmpty()) {
            JsonNode about = feed.repository(repository);
            newer.forEach(event -> PolledEvents.delivery(event, about).ifPresent(told::add));
        }
        long highest = last == null ? 0 : position;
        for (JsonNode event : news.items()) {
            highest = Math.max(highest, PolledEvents.id(event));
        }
        positions.put(name, new Position(Long.toString(highest), news.etag()));
    }

    /** The events behind a position, oldest first; more pages are asked for only when the first is full of them. */
    private List<JsonNode> newer(String repository, JsonNode firstPage, long position) {
        List<JsonNode> newer = new ArrayList<>();
        @Nullable JsonNode items = firstPage;
        for (int page = 1; items != null; page++) {
            int before = newer.size();
            for (JsonNode event : items) {
                if (PolledEvents.id(event) > position) {
                    newer.add(0, event);
                }
            }
            boolean full = newer.size() - before == GitHubFeed.PAGE;
            items = full && page < EVENT_PAGES
                    ? feed.events(repository, null, page + 1).items()
                    : null;
        }
        return newer;
    }

    /** Begins the story of one delivery. */
    public Receipt tell(Receipt receipt) {
        StepLog.open();
        StepLog.note("accepted", Objects.requireNonNull(receipt.delivery()).eventName());
        return receipt;
    }

    /** Remembers how far was read, now that all of it is durable. */
    public void remember(GitHubPoll poll) {
        poll.positions().forEach(store::move);
        for (Receipt receipt : poll.receipts()) {
            metrics.received(
                    "github", Objects.requireNonNull(receipt.delivery()).eventName(), "accepted");
        }
        StepLog.close();
    }

    private static String key(String repository) {
        return "github/" + repository.toLowerCase(Locale.ROOT);
    }
}
