package dev.forgeway.service.bodhi;

/**
 * An update of a release.
 *
 * @param alias its name ({@code FEDORA-2026-0123456789})
 * @param url its page
 */
public record BodhiUpdate(String alias, String url) {}
