package dev.forgeway.forge;

import java.net.URI;

/**
 * How to reach a forge with one token.
 *
 * @param apiUrl the root of its API, on the host of its projects
 */
public record TokenSettings(URI apiUrl, String token) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "TokenSettings[apiUrl=" + apiUrl + "]";
    }
}
