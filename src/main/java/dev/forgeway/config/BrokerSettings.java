package dev.forgeway.config;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the message broker.
 *
 * @param url the remote broker
 * @param amqpAcceptor where the embedded broker listens for AMQP ({@code tcp://127.0.0.1:5672}); null for nowhere
 */
public record BrokerSettings(
        @DefaultValue("embedded") Mode mode,
        @Nullable String url,
        @Nullable String user,
        @Nullable Secret password,
        @Nullable String amqpAcceptor) {

    /** Where the broker runs. */
    public enum Mode {
        /** In this process, with its files below the data folder. */
        EMBEDDED,
        /** Elsewhere, at the URL. */
        REMOTE
    }

    /** The user information that a URL may hold stays out of logs. */
    @Override
    public String toString() {
        return "BrokerSettings[mode=" + mode + ", url=" + UrlText.withoutUserInfo(url) + ", user=" + user
                + ", password=" + password + ", amqpAcceptor=" + amqpAcceptor + "]";
    }
}
