package dev.forgeway.event;

import org.jspecify.annotations.Nullable;

/**
 * An analysis of a build by another service: its id there, its state, and what it was about.
 *
 * @param system where the build is ("copr", "koji")
 */
public record Analysis(
        String id,
        String state,
        @Nullable String build,
        @Nullable String url,
        @Nullable String system) {

    public Analysis(String id, String state, @Nullable String build, @Nullable String url) {
        this(id, state, build, url, null);
    }
}
