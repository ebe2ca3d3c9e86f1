package dev.forgeway.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was done about an installation that led to nothing.
 *
 * @param events how many of its events found no package config
 * @param foundAt since when it is listed
 * @param warnedAt when its account was warned; null for not yet
 * @param warning the end that it was warned of, as in {@code action}; null before the warning
 * @param doneAt when it was ended; null for not yet
 * @param action "suspend", "uninstall" or "dry-run", once it was begun
 * @param detail what came of it
 */
public record Retirement(
        long installationId,
        long events,
        Instant foundAt,
        @Nullable Instant warnedAt,
        @Nullable String warning,
        @Nullable Instant doneAt,
        @Nullable String action,
        @Nullable String detail) {}
