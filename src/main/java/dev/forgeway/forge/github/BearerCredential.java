package dev.forgeway.forge.github;

import dev.forgeway.service.http.Credential;

/** A token that stays the same for the length of a call. */
final class BearerCredential implements Credential {

    private final String token;
    private final String settings;

    BearerCredential(String token, String settings) {
        this.token = token;
        this.settings = settings;
    }

    @Override
    public String header() {
        return "Bearer " + token;
    }

    @Override
    public String settings() {
        return settings;
    }
}
