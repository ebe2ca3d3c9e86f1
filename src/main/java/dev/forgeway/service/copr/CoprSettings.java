package dev.forgeway.service.copr;

import java.net.URI;

/**
 * How to reach Copr.
 *
 * @param url the root of the site, for example https://copr.fedorainfracloud.org
 * @param login the API login, from the site's /api page
 * @param token the API token that belongs to it
 */
public record CoprSettings(URI url, String login, String token) {

    /** Without the secrets. */
    @Override
    public String toString() {
        return "CoprSettings[url=" + url + "]";
    }
}
