package dev.forgeway.admin;

import dev.forgeway.metrics.Step;
import java.util.List;

/**
 * What a replay of a delivery would do, without doing it.
 *
 * @param differences how that is another decision than the one that was made; none for the same
 * @param steps what each filter answers now, and what was looked up
 */
public record DryRun(String deliveryId, Decided was, Decided would, List<Difference> differences, List<Step> steps) {}
