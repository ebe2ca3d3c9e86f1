package dev.forgeway.schedule;

import dev.forgeway.store.MissedDelivery;
import java.util.List;

/**
 * What a source was found to have sent in vain.
 *
 * @param missed to be fetched now, in the order in which it was sent
 */
public record MissedTurn(String source, List<MissedDelivery> missed) {}
