package dev.forgeway.config;

import java.util.Locale;

/**
 * One thing that is wrong with the settings.
 *
 * @param key the full key ("forgeway.ingest.github.secrets[0]")
 * @param problem what is wrong, without the value of a secret
 * @param example what to write instead, as {@code key=value}
 */
public record Mistake(String key, String problem, String example) {

    /**
     * The key as an environment variable
     * (https://docs.spring.io/spring-boot/reference/features/external-config.html, "Binding From Environment
     * Variables").
     */
    public String environmentVariable() {
        return key.replace("-", "")
                .replace("]", "")
                .replace('.', '_')
                .replace('[', '_')
                .toUpperCase(Locale.ROOT);
    }
}
