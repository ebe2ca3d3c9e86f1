package dev.forgeway.admin;

import dev.forgeway.store.KnownProject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A project as the API tells it: the list has it without the rest.
 *
 * @param config what was seen last of its package config; null when it was never looked for
 * @param allowlist the status that counts for it ("unknown" where nobody decided)
 * @param installation of the GitHub App on its account; null where none was told to us
 * @param why in a sentence, what becomes of its events and what would change that
 * @param deliveries the newest, with their reasons
 */
public record ProjectView(
        String key,
        @Nullable Config config,
        @Nullable Absence absence,
        @Nullable String allowlist,
        @Nullable InstallationView installation,
        @Nullable String why,
        @Nullable List<DeliveryView> deliveries) {

    /** A package config, as it was at a commit. */
    public record Config(
            String state,
            @Nullable String path,
            @Nullable String detail,
            String commit,
            Instant seenAt,
            @Nullable Instant lastPresentAt) {}

    /** How many events found no package config, and from when to when. */
    public record Absence(long events, Instant firstAt, Instant lastAt) {}

    static ProjectView brief(KnownProject project) {
        return new ProjectView(project.key(), config(project), absence(project), null, null, null, null);
    }

    static Config config(KnownProject project) {
        return new Config(
                project.configState().wireName(),
                project.configPath(),
                project.configDetail(),
                project.configCommit(),
                project.configAt(),
                project.lastPresentAt());
    }

    static @Nullable Absence absence(KnownProject project) {
        Instant first = project.firstAbsentAt();
        Instant last = project.lastAbsentAt();
        return first == null || last == null ? null : new Absence(project.absences(), first, last);
    }
}
