package dev.forgeway.config;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the sources of deliveries. A source without its secret or URL is off.
 *
 * @param maxBodySize the largest delivery that is taken; GitHub sends at most 25 MB
 *     (https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap)
 * @param busPause how long a message bus that is away is left alone before it is tried again
 */
public record IngestSettings(
        @DefaultValue @Valid Webhook github,
        @DefaultValue @Valid GitLab gitlab,
        @DefaultValue @Valid Webhook forgejo,
        @DefaultValue @Valid Pagure pagure,
        @DefaultValue @Valid TestingFarm testingFarm,
        @DefaultValue @Valid StandardWebhooks standardWebhooks,
        @DefaultValue @Valid CloudEvents cloudevents,
        @DefaultValue("25MB") DataSize maxBodySize,
        @DefaultValue("5s") Duration busPause,
        @DefaultValue @Valid Amqp amqp,
        @DefaultValue @Valid FedoraMessaging fedoraMessaging,
        @DefaultValue @Valid Mqtt mqtt,
        @DefaultValue @Valid Polling githubPolling) {

    /** Whether anything at all can come in. */
    public boolean anyOn() {
        return github.isOn()
                || gitlab.isOn()
                || forgejo.isOn()
                || pagure.isOn()
                || testingFarm.isOn()
                || standardWebhooks.isOn()
                || cloudevents.isOn()
                || amqp.isOn()
                || fedoraMessaging.isOn()
                || mqtt.isOn()
                || githubPolling.isOn();
    }

    /**
     * The webhook of a forge that signs with a secret.
     *
     * @param secrets accepted for every project; several while one is being replaced
     * @param projectSecrets accepted for a project ({@code host/namespace/name}) or namespace only
     */
    public record Webhook(
            @DefaultValue List<Secret> secrets,
            @DefaultValue Map<String, List<Secret>> projectSecrets) {

        public boolean isOn() {
            return !secrets.isEmpty() || !projectSecrets.isEmpty();
        }
    }

    /**
     * The webhook of GitLab.
     *
     * @param secrets plain tokens ({@code X-Gitlab-Token})
     * @param projectSecrets plain tokens of one project or namespace only
     * @param jwtSecret what signs tokens that name their project or group, as packit's do
     * @param signingSecrets keys of the signing token ({@code whsec_…}); with any, every delivery must be signed
     */
    public record GitLab(
            @DefaultValue List<Secret> secrets,
            @DefaultValue Map<String, List<Secret>> projectSecrets,
            @Nullable Secret jwtSecret,
            @DefaultValue List<Secret> signingSecrets) {

        public boolean isOn() {
            return !secrets.isEmpty() || !projectSecrets.isEmpty() || jwtSecret != null || !signingSecrets.isEmpty();
        }
    }

    /**
     * The webhook of Pagure, whose projects have a secret each.
     *
     * @param sha1 whether the older SHA-1 signature is accepted where the newer one is missing
     */
    public record Pagure(
            @DefaultValue List<Secret> secrets,
            @DefaultValue Map<String, List<Secret>> projectSecrets,
            @DefaultValue("false") boolean sha1) {

        public boolean isOn() {
            return !secrets.isEmpty() || !projectSecrets.isEmpty();
        }
    }

    /** The notifications of Testing Farm, which carry a token. */
    public record TestingFarm(@DefaultValue List<Secret> secrets) {

        public boolean isOn() {
            return !secrets.isEmpty();
        }
    }

    /** Senders that sign as Standard Webhooks say, with keys {@code whsec_…}. */
    public record StandardWebhooks(@DefaultValue List<Secret> signingSecrets) {

        public boolean isOn() {
            return !signingSecrets.isEmpty();
        }
    }

    /**
     * Senders of CloudEvents.
     *
     * @param tokens bearer tokens that are accepted
     * @param allowedOrigins origins that may begin to send; {@code *} for any
     */
    public record CloudEvents(
            @DefaultValue List<Secret> tokens, @DefaultValue List<String> allowedOrigins) {

        public boolean isOn() {
            return !tokens.isEmpty();
        }
    }

    /**
     * A message bus over AMQP 1.0.
     *
     * @param url the broker ({@code amqp://} or {@code amqps://}); null switches the source off
     * @param addresses queues that are consumed
     * @param subscriptions topics that are subscribed to durably, which needs a client id
     * @param clientId by which the bus knows the subscriptions again
     */
    public record Amqp(
            @Nullable String url,
            @DefaultValue List<String> addresses,
            @DefaultValue List<String> subscriptions,
            @Nullable String clientId,
            @Nullable String user,
            @Nullable Secret password) {

        public boolean isOn() {
            return url != null;
        }

        /** The user information that a URL may hold stays out of logs. */
        @Override
        public String toString() {
            return "Amqp[url=" + UrlText.withoutUserInfo(url) + ", addresses=" + addresses + ", subscriptions="
                    + subscriptions + ", clientId=" + clientId + ", user=" + user + ", password=" + password + "]";
        }
    }

    /**
     * Fedora Messaging, over AMQP 0-9-1 (https://fedora-messaging.readthedocs.io/en/stable/user-guide/configuration.html).
     *
     * @param url the broker ({@code amqp://} or {@code amqps://}); null switches the source off
     * @param exchange what the queue is bound to
     * @param queue our own queue, durable and named, so that nothing is lost while we are away
     * @param topics the bindings, with {@code *} and {@code #}
     * @param prefetch how many messages are taken before the first is acknowledged
     * @param consumers how many messages are worked on at once
     * @param caCertificate a file with the certificates that are trusted (PEM); null trusts what Java trusts
     * @param certificate a file with our certificate (PEM); null for none
     * @param privateKey a file with its key (PEM, PKCS#8)
     * @param owners the accounts whose builds are ours; messages about builds of others are let go
     * @param filter which messages of the others are let go; it holds for every kind of bus, as owners do
     */
    public record FedoraMessaging(
            @Nullable String url,
            @DefaultValue("amq.topic") String exchange,
            @Nullable String queue,
            @DefaultValue List<String> topics,
            @DefaultValue("10") @Min(1) @Max(1000) int prefetch,
            @DefaultValue("2") @Min(1) @Max(100) int consumers,
            @Nullable Path caCertificate,
            @Nullable Path certificate,
            @Nullable Path privateKey,
            @DefaultValue List<String> owners,
            @DefaultValue BusFilter filter) {

        public boolean isOn() {
            return url != null;
        }

        /** The user information that a URL may hold stays out of logs. */
        @Override
        public String toString() {
            return "FedoraMessaging[url=" + UrlText.withoutUserInfo(url) + ", exchange=" + exchange + ", queue=" + queue
                    + ", topics=" + topics + "]";
        }
    }

    /**
     * What of a bus concerns us.
     *
     * @param kojiMethods the tasks of Koji whose builds are wanted
     * @param ignoredOwners accounts whose builds in Koji come in masses
     * @param tags a tag in Koji is wanted that holds one of these
     * @param changedFiles a push to dist-git is wanted that changes a file with one of these ends
     * @param distributions a new upstream version is wanted that Anitya knows for one of these
     */
    public record BusFilter(
            @DefaultValue("build") List<String> kojiMethods,
            @DefaultValue("releng") List<String> ignoredOwners,
            @DefaultValue("-side-") List<String> tags,
            @DefaultValue(".spec") List<String> changedFiles,
            @DefaultValue("CentOS") List<String> distributions) {}

    /**
     * A message bus over MQTT 5.
     *
     * @param url the broker ({@code tcp://} or {@code ssl://}); null switches the source off
     * @param topics the filters, with {@code +} and {@code #}
     * @param clientId by which the broker knows the session again
     * @param caCertificate a file with the certificates that are trusted (PEM); null trusts what Java trusts
     */
    public record Mqtt(
            @Nullable String url,
            @DefaultValue List<String> topics,
            @DefaultValue("forgeway") String clientId,
            @Nullable String user,
            @Nullable Secret password,
            @Nullable Path caCertificate) {

        public boolean isOn() {
            return url != null;
        }

        /** The user information that a URL may hold stays out of logs. */
        @Override
        public String toString() {
            return "Mqtt[url=" + UrlText.withoutUserInfo(url) + ", topics=" + topics + ", clientId=" + clientId
                    + ", user=" + user + "]";
        }
    }

    /**
     * Repositories on GitHub whose owners cannot install a webhook.
     *
     * @param repositories full names ({@code packit/hello}); none switches the source off
     * @param interval how often each is asked for news
     */
    public record Polling(
            @DefaultValue List<String> repositories,
            @DefaultValue("60s") Duration interval) {

        public boolean isOn() {
            return !repositories.isEmpty();
        }
    }
}
