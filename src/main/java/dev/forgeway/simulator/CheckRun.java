package dev.forgeway.simulator;

import org.jspecify.annotations.Nullable;

/**
 * A check run at the simulated GitHub, as it was after one call
 * (https://docs.github.com/en/rest/checks/runs). Times are texts, as GitHub writes them.
 *
 * @param status queued, in_progress or completed
 * @param conclusion null until completed
 */
public record CheckRun(
        long id,
        String name,
        String headSha,
        @Nullable String externalId,
        String status,
        @Nullable String conclusion,
        @Nullable String detailsUrl,
        @Nullable String startedAt,
        @Nullable String completedAt,
        @Nullable String title,
        @Nullable String summary,
        @Nullable String text) {}
