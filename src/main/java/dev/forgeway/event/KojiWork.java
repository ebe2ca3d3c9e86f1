package dev.forgeway.event;

import org.jspecify.annotations.Nullable;

/** A task or build of Koji: what it is, and how it stands. The numbers are Koji's own. */
public record KojiWork(
        String system,
        String id,
        @Nullable String taskId,
        String state,
        @Nullable String stateBefore,
        @Nullable String nvr,
        @Nullable String target,
        @Nullable String owner,
        @Nullable String packageName) {}
