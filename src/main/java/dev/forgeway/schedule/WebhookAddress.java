package dev.forgeway.schedule;

import dev.forgeway.config.Settings;
import java.util.Objects;

/**
 * Where a forge sends what happens; its webhooks for this service are known by that.
 *
 * @param url the whole address
 */
record WebhookAddress(String url) {

    /**
     * The address below {@code forgeway.public-url}, which has to be set.
     *
     * @param path that of the receiving route ({@code /webhooks/github})
     */
    static WebhookAddress of(Settings settings, String path) {
        return new WebhookAddress(
                Objects.requireNonNull(settings.publicUrl()).toString().replaceFirst("/+$", "") + path);
    }

    /** What to say of a project that has no webhook with this address. */
    String missingAt(String project) {
        return "No webhook of " + project + " sends to " + url + ": was it removed?";
    }
}
