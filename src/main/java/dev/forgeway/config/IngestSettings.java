package dev.forgeway.config;

import jakarta.validation.Valid;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the sources of deliveries.
 *
 * @param maxBodySize the largest delivery that is taken; GitHub sends at most 25 MB
 *     (https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap)
 */
public record IngestSettings(
        @DefaultValue @Valid GitHub github,
        @DefaultValue("25MB") DataSize maxBodySize,
        @DefaultValue @Valid Amqp amqp) {

    /**
     * The GitHub webhook.
     *
     * @param secrets the webhook secrets that are accepted; several while one is being replaced, none switches it off
     */
    public record GitHub(@DefaultValue List<Secret> secrets) {

        public boolean isOn() {
            return !secrets.isEmpty();
        }
    }

    /**
     * A message bus over AMQP.
     *
     * @param url the broker ({@code amqp://} or {@code amqps://}); null switches the source off
     * @param addresses what is consumed
     */
    public record Amqp(
            @Nullable String url,
            @DefaultValue List<String> addresses,
            @Nullable String user,
            @Nullable Secret password) {

        public boolean isOn() {
            return url != null;
        }

        /** The user information that a URL may hold stays out of logs. */
        @Override
        public String toString() {
            return "Amqp[url=" + UrlText.withoutUserInfo(url) + ", addresses=" + addresses + ", user=" + user
                    + ", password=" + password + "]";
        }
    }
}
