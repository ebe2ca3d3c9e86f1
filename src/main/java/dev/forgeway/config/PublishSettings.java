package dev.forgeway.config;

import jakarta.validation.Valid;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the handler that publishes events on message buses.
 *
 * @param subscriptions which events go to which topic, each under a name of its own
 * @param pause how long a bus that is away is left alone
 */
public record PublishSettings(
        @DefaultValue Map<String, @Valid Subscription> subscriptions,
        @DefaultValue("15s") Duration pause,
        @DefaultValue FedoraMessaging fedoraMessaging,
        @DefaultValue Amqp amqp,
        @DefaultValue Mqtt mqtt) {

    /** The kinds of bus that can be published on. */
    public enum Bus {
        FEDORA_MESSAGING,
        AMQP,
        MQTT
    }

    /** How an event is written. */
    public enum Format {
        /** https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md */
        CLOUDEVENT,
        /** https://fedora-messaging.readthedocs.io/en/stable/user-guide/messages/wire-format.html */
        FEDORA_MESSAGING
    }

    /** Fedora Messaging's severities, as it numbers them. */
    public enum Severity {
        DEBUG(10),
        INFO(20),
        WARNING(30),
        ERROR(40);

        private final int number;

        Severity(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    /**
     * Events that are published on one topic.
     *
     * @param bus where; its URL has to be set
     * @param topic a {@link TopicTemplate}
     * @param severity of messages in Fedora Messaging's format
     */
    public record Subscription(
            @DefaultValue("*") List<String> events,
            @DefaultValue("*") List<String> projects,
            @DefaultValue("*") List<String> actions,
            @DefaultValue("false") boolean includePrivate,
            @Nullable Bus bus,
            @Nullable String topic,
            @DefaultValue("CLOUDEVENT") Format format,
            @DefaultValue("INFO") Severity severity)
            implements EventSelection {}

    /**
     * A broker of Fedora Messaging (AMQP 0-9-1).
     *
     * @param url the broker ({@code amqp://} or {@code amqps://})
     * @param exchange what is published to
     * @param caCertificate a file with the certificates that are trusted (PEM); null trusts what Java trusts
     * @param certificate a file with our certificate (PEM); null for none
     * @param privateKey a file with its key (PEM, PKCS#8)
     */
    public record FedoraMessaging(
            @Nullable String url,
            @DefaultValue("amq.topic") String exchange,
            @Nullable Path caCertificate,
            @Nullable Path certificate,
            @Nullable Path privateKey) {

        /** The user information that a URL may hold stays out of logs. */
        @Override
        public String toString() {
            return "FedoraMessaging[url=" + UrlText.withoutUserInfo(url) + ", exchange=" + exchange + "]";
        }
    }

    /** A broker that speaks AMQP 1.0 ({@code amqp://} or {@code amqps://}). */
    public record Amqp(
            @Nullable String url,
            @Nullable String user,
            @Nullable Secret password) {

        /** The user information that a URL may hold stays out of logs. */
        @Override
        public String toString() {
            return "Amqp[url=" + UrlText.withoutUserInfo(url) + ", user=" + user + ", password=" + password + "]";
        }
    }

    /**
     * A broker that speaks MQTT 5 ({@code tcp://} or {@code ssl://}).
     *
     * @param caCertificate a file with the certificates that are trusted (PEM); null trusts what Java trusts
     */
    public record Mqtt(
            @Nullable String url,
            @Nullable String user,
            @Nullable Secret password,
            @Nullable Path caCertificate) {

        /** The user information that a URL may hold stays out of logs. */
        @Override
        public String toString() {
            return "Mqtt[url=" + UrlText.withoutUserInfo(url) + ", user=" + user + ", password=" + password + "]";
        }
    }

    /** Where a kind of bus is; null where it was not said. */
    public @Nullable String url(Bus bus) {
        return switch (bus) {
            case FEDORA_MESSAGING -> fedoraMessaging.url();
            case AMQP -> amqp.url();
            case MQTT -> mqtt.url();
        };
    }
}
