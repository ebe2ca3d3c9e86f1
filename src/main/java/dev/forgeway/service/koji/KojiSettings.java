package dev.forgeway.service.koji;

import java.net.URI;

/**
 * Where Koji is.
 *
 * @param url of the hub, for example https://koji.fedoraproject.org/kojihub
 * @param webUrl of the site for people
 */
public record KojiSettings(URI url, URI webUrl) {}
