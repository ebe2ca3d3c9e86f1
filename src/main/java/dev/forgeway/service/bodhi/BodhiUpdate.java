package dev.forgeway.service.bodhi;

import org.jspecify.annotations.Nullable;

/**
 * An update of a release.
 *
 * @param alias its name ({@code FEDORA-2026-0123456789})
 * @param url its page
 * @param fromTag the side tag that it was made of, or null
 */
public record BodhiUpdate(
        String alias, String url, @Nullable String fromTag) {}
