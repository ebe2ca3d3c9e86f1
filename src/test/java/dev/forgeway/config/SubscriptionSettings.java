package dev.forgeway.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every key of those who want events, with a value that is not the default, and what it is read as. */
final class SubscriptionSettings {

    static final PublishSettings PUBLISH = new PublishSettings(
            Map.of(
                    "fedora",
                    new PublishSettings.Subscription(
                            List.of("pull-request*", "push"),
                            List.of("github.com/packit/*"),
                            List.of("opened"),
                            true,
                            PublishSettings.Bus.FEDORA_MESSAGING,
                            "org.example.{type}",
                            PublishSettings.Format.FEDORA_MESSAGING,
                            PublishSettings.Severity.DEBUG)),
            Duration.ofSeconds(5),
            new PublishSettings.FedoraMessaging(
                    "amqps://fedora.example.org",
                    "zmq.topic",
                    Path.of("/etc/ca.pem"),
                    Path.of("/etc/own.pem"),
                    Path.of("/etc/own.key")),
            new PublishSettings.Amqp("amqp://bus.example.org", "amqp-user", Secret.of("amqp-secret")),
            new PublishSettings.Mqtt(
                    "ssl://mqtt.example.org", "mqtt-user", Secret.of("mqtt-secret"), Path.of("/etc/mqtt-ca.pem")));

    static final ForwardSettings FORWARD = new ForwardSettings(Map.of(
            "hook",
            new ForwardSettings.Subscription(
                    List.of("release"),
                    List.of("*/hello"),
                    List.of("published"),
                    true,
                    URI.create("https://receiver.example.org/events"),
                    List.of(Secret.of("whsec_c2VjcmV0")))));

    static final OwnHandlersSettings OWN = new OwnHandlersSettings(
            Path.of("docs"),
            Map.of(
                    "announce",
                    new OwnHandlersSettings.Handler(
                            List.of("push"), List.of("gitlab.com/*"), List.of("created"), true, QueueClass.LONG)));

    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry("publish.subscriptions.[fedora].events", "pull-request*,push"),
            Map.entry("publish.subscriptions.[fedora].projects", "github.com/packit/*"),
            Map.entry("publish.subscriptions.[fedora].actions", "opened"),
            Map.entry("publish.subscriptions.[fedora].include-private", "true"),
            Map.entry("publish.subscriptions.[fedora].bus", "fedora-messaging"),
            Map.entry("publish.subscriptions.[fedora].topic", "org.example.{type}"),
            Map.entry("publish.subscriptions.[fedora].format", "fedora-messaging"),
            Map.entry("publish.subscriptions.[fedora].severity", "debug"),
            Map.entry("publish.pause", "5s"),
            Map.entry("publish.fedora-messaging.url", "amqps://fedora.example.org"),
            Map.entry("publish.fedora-messaging.exchange", "zmq.topic"),
            Map.entry("publish.fedora-messaging.ca-certificate", "/etc/ca.pem"),
            Map.entry("publish.fedora-messaging.certificate", "/etc/own.pem"),
            Map.entry("publish.fedora-messaging.private-key", "/etc/own.key"),
            Map.entry("publish.amqp.url", "amqp://bus.example.org"),
            Map.entry("publish.amqp.user", "amqp-user"),
            Map.entry("publish.amqp.password", "amqp-secret"),
            Map.entry("publish.mqtt.url", "ssl://mqtt.example.org"),
            Map.entry("publish.mqtt.user", "mqtt-user"),
            Map.entry("publish.mqtt.password", "mqtt-secret"),
            Map.entry("publish.mqtt.ca-certificate", "/etc/mqtt-ca.pem"),
            Map.entry("forward.subscriptions.[hook].events", "release"),
            Map.entry("forward.subscriptions.[hook].projects", "*/hello"),
            Map.entry("forward.subscriptions.[hook].actions", "published"),
            Map.entry("forward.subscriptions.[hook].include-private", "true"),
            Map.entry("forward.subscriptions.[hook].url", "https://receiver.example.org/events"),
            Map.entry("forward.subscriptions.[hook].signing-secrets", "whsec_c2VjcmV0"),
            Map.entry("own.folder", "docs"),
            Map.entry("own.handlers.[announce].events", "push"),
            Map.entry("own.handlers.[announce].projects", "gitlab.com/*"),
            Map.entry("own.handlers.[announce].actions", "created"),
            Map.entry("own.handlers.[announce].include-private", "true"),
            Map.entry("own.handlers.[announce].queue-class", "long"));

    private SubscriptionSettings() {}

    /** The keys of others, and these. */
    static Map<String, String> with(Map<String, String> others) {
        Map<String, String> all = new HashMap<>(others);
        KEYS.forEach((key, value) -> all.put("forgeway.handle." + key, value));
        return all;
    }
}
