package dev.forgeway.send;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Whom a delivery is sent as; a folder of fixtures has the same name. */
enum Source {
    GITHUB("/webhooks/github"),
    GITLAB("/webhooks/gitlab"),
    FORGEJO("/webhooks/forgejo"),
    GITEA("/webhooks/forgejo"),
    PAGURE("/webhooks/pagure"),
    TESTING_FARM("/webhooks/testing-farm"),
    STANDARD("/webhooks/standard"),
    CLOUDEVENTS("/webhooks/cloudevents"),
    FEDORA_MESSAGING(""),
    AMQP(""),
    MQTT("");

    private final String path;

    Source(String path) {
        this.path = path;
    }

    static Optional<Source> named(String name) {
        return Stream.of(values())
                .filter(source -> source.toString().equals(name))
                .findFirst();
    }

    boolean isBus() {
        return path.isEmpty();
    }

    /** Where its webhooks go. */
    String path() {
        return path;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
