package dev.forgeway.service.http;

import org.jspecify.annotations.Nullable;

/** Nobody in particular, for what everybody may read. */
public final class Anonymous implements Credential {

    private final String settings;

    /** @param settings where the address of the service comes from, for messages */
    public Anonymous(String settings) {
        this.settings = settings;
    }

    @Override
    public @Nullable String header() {
        return null;
    }

    @Override
    public String settings() {
        return settings;
    }
}
