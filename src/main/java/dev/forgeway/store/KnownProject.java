package dev.forgeway.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a project's package config.
 *
 * @param key {@code host/namespace/name}
 * @param configState as it was seen last
 * @param configDetail what is wrong with it, or worth a hint
 * @param configCommit where it was seen last, at {@code configAt}
 * @param absences how many events found no package config, between the first and the last time
 */
public record KnownProject(
        String key,
        ConfigSighting.State configState,
        @Nullable String configPath,
        @Nullable String configDetail,
        String configCommit,
        Instant configAt,
        @Nullable Instant lastPresentAt,
        long absences,
        @Nullable Instant firstAbsentAt,
        @Nullable Instant lastAbsentAt) {}
