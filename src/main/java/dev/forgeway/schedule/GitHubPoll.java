package dev.forgeway.schedule;

import dev.forgeway.ingest.Receipt;
import dev.forgeway.store.PollingStore.Position;
import java.util.List;
import java.util.Map;

/**
 * What asking for the news of one repository brought.
 *
 * @param receipts the deliveries, oldest first
 * @param positions how far each feed was read, to be remembered once the deliveries are durable
 */
public record GitHubPoll(String repository, List<Receipt> receipts, Map<String, Position> positions) {}
