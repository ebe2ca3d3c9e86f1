package dev.forgeway.forge;

import org.jspecify.annotations.Nullable;

/**
 * What a person should see about one check of one commit.
 *
 * @param name the name of the check, for example {@code rpm-build:fedora-rawhide-x86_64}
 * @param title one sentence
 * @param summary Markdown
 * @param detailsUrl where the details link leads
 */
public record Check(
        String name,
        CheckState state,
        String title,
        @Nullable String summary,
        @Nullable String detailsUrl) {}
