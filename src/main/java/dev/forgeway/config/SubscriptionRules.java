package dev.forgeway.config;

import dev.forgeway.error.Suggestion;
import dev.forgeway.event.EventType;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has to fit together among the settings of those who want events. */
final class SubscriptionRules {

    private static final String ROOM = "forgeway.handle.";
    private static final List<String> TYPES =
            Arrays.stream(EventType.values()).map(EventType::wireName).toList();

    private final HandleSettings settings;
    private final List<Mistake> mistakes = new ArrayList<>();

    private SubscriptionRules(HandleSettings settings) {
        this.settings = settings;
    }

    /** The rules that the settings break. */
    static List<Mistake> brokenBy(HandleSettings settings) {
        var rules = new SubscriptionRules(settings);
        settings.publish().subscriptions().forEach(rules::checkPublish);
        settings.forward().subscriptions().forEach(rules::checkForward);
        rules.checkOwn(settings.own());
        return List.copyOf(rules.mistakes);
    }

    private void checkPublish(String name, PublishSettings.Subscription wanted) {
        String key = ROOM + "publish.subscriptions." + name;
        checkSelection(key, name, wanted);
        PublishSettings.Bus bus = wanted.bus();
        if (bus == null) {
            add(key + ".bus", "is missing", "mqtt");
        } else if (settings.publish().url(bus) == null) {
            String other = SettingKey.dashed(bus.name().replace('_', '-'));
            add(
                    ROOM + "publish." + other + ".url",
                    "is missing, but the subscription " + name + " needs it",
                    "amqps://bus.example.org");
        }
        if (wanted.topic() == null) {
            add(key + ".topic", "is missing", "org.example.forgeway.{forge}.{type}.{action}");
            return;
        }
        for (String unknown : new TopicTemplate(wanted.topic()).unknown()) {
            add(
                    key + ".topic",
                    "has {" + unknown + "}; known are "
                            + TopicTemplate.NAMES.stream().sorted().toList(),
                    "forgeway.{type}");
        }
    }

    private void checkForward(String name, ForwardSettings.Subscription wanted) {
        String key = ROOM + "forward.subscriptions." + name;
        checkSelection(key, name, wanted);
        URI url = wanted.url();
        if (url == null || url.getHost() == null || !List.of("http", "https").contains(url.getScheme())) {
            add(key + ".url", "must be an http or https URL", "https://receiver.example.org/events");
        }
        if (wanted.signingSecrets().isEmpty()) {
            add(key + ".signing-secrets", "is missing", "whsec_(output of: openssl rand -base64 32)");
        }
        for (int index = 0; index < wanted.signingSecrets().size(); index++) {
            if (!wanted.signingSecrets().get(index).value().matches(SettingsRules.SIGNING_KEY)) {
                add(
                        key + ".signing-secrets[" + index + "]",
                        "must be whsec_ and Base64 text",
                        "whsec_(output of: openssl rand -base64 32)");
            }
        }
    }

    private void checkOwn(OwnHandlersSettings own) {
        Map<String, OwnHandlersSettings.Handler> handlers = own.handlers();
        handlers.forEach((name, handler) -> checkSelection(ROOM + "own.handlers." + name, name, handler));
        @Nullable Path folder = own.folder();
        if (folder == null && !handlers.isEmpty()) {
            add(ROOM + "own.folder", "is missing, but handlers are set", "/etc/forgeway/routes");
        } else if (folder != null && !Files.isDirectory(folder)) {
            add(ROOM + "own.folder", "is no folder", "/etc/forgeway/routes");
        }
    }

    private void checkSelection(String key, String name, EventSelection wanted) {
        if (!name.matches("[a-z][a-z0-9-]*")) {
            add(key, "has a name that is not made of small letters, digits and dashes", "…");
        }
        for (String pattern : wanted.events()) {
            WantedEvents.Pattern events = new WantedEvents.Pattern(pattern);
            if (TYPES.stream().noneMatch(events::fits)) {
                String meant = Suggestion.nearest(pattern, TYPES)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("");
                add(key + ".events", "has " + pattern + ", which fits no type of event" + meant, "pull-request,push");
            }
        }
    }

    private void add(String key, String problem, String example) {
        mistakes.add(new Mistake(key, problem, key + "=" + example));
    }
}
